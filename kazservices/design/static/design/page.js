// Small helps for every page; nothing here is needed to use the product.
(() => {
  "use strict";

  // After a failed submit the reader starts at the summary of errors.
  const summary = document.querySelector(".errors");
  if (summary) summary.focus();

  // A link of the summary leads into the field itself, not beside it.
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".errors a[href^='#']");
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    for (let fold = field.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    (field.matches("input, select, textarea") ? field : field.querySelector("input, select, textarea") || field).focus();
  });

  // One press sends one form.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });

  // What is being made is looked for again after so many seconds.
  const waiting = document.querySelector("[data-look-again]");
  if (waiting) setTimeout(() => location.reload(), waiting.dataset.lookAgain * 1000);

  // What changes by the minute is asked for again while it is looked at; whoever is busy in it is not disturbed.
  const lookAgain = async (part) => {
    const busy = part.contains(document.activeElement) || part.querySelector("input:checked, details[open]");
    if (document.hidden || busy) return;
    try {
      const answer = await fetch(location.href);
      if (!answer.ok || answer.redirected) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      const there = fresh.getElementById(part.id);
      if (there) part.replaceChildren(...there.childNodes);
      const said = document.getElementById("live-said"), says = fresh.getElementById("live-said");
      if (said && says && said.textContent !== says.textContent) said.textContent = says.textContent;
    } catch { /* no connection: the next look may find one */ }
  };
  for (const part of document.querySelectorAll("[data-live]")) setInterval(lookAgain, part.dataset.live * 1000, part);

  // What is being written stays in this tab until it is sent; it never leaves the browser.
  const keep = (name, value) => { try { value ? sessionStorage.setItem(name, value) : sessionStorage.removeItem(name); } catch { /* private window */ } };
  const kept = (name) => { try { return sessionStorage.getItem(name) || ""; } catch { return ""; } };
  for (const form of document.querySelectorAll("form[data-keep]")) {
    for (const area of form.querySelectorAll("textarea")) {
      const name = `${form.dataset.keep}-${area.name}`;
      if (!area.value) area.value = kept(name);
      area.addEventListener("input", () => keep(name, area.value));
    }
  }
  for (const sent of document.querySelectorAll("[data-sent-form]")) {
    try {
      for (const name of Object.keys(sessionStorage)) if (name.startsWith(sent.dataset.sentForm)) sessionStorage.removeItem(name);
    } catch { /* private window */ }
  }

  // Whoever has left the cabinet leaves nothing behind.
  if (document.body.classList.contains("citizen") && !document.querySelector(".me")) {
    try { sessionStorage.clear(); } catch { /* private window */ }
  }

  // Paper has no folds.
  window.addEventListener("beforeprint", () => {
    for (const fold of document.querySelectorAll("main details:not([open])")) {
      fold.open = true;
      fold.dataset.folded = "1";
    }
  });
  window.addEventListener("afterprint", () => {
    for (const fold of document.querySelectorAll("details[data-folded]")) {
      fold.open = false;
      delete fold.dataset.folded;
    }
  });
  for (const button of document.querySelectorAll("button[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
})();
