// Keys for staff. They act by place on the keyboard (event.code), so a Kazakh or Russian layout changes nothing;
// never inside a field; and they can be switched off (WCAG 2.1.4). Each key has a visible control: data-key names it.
(() => {
  "use strict";
  const OFF = "staff-keys-off";
  const GO_WAIT = 1500;
  const FIELDS = "input, select, textarea, [contenteditable]";
  let goUntil = 0;
  let lastPicked = null;

  const off = () => { try { return localStorage.getItem(OFF) === "1"; } catch { return false; } };
  const remember = (value) => { try { localStorage.setItem(OFF, value ? "1" : "0"); } catch { /* private window */ } };

  const toggle = document.querySelector("[data-keys-switch]");
  if (toggle) {
    toggle.closest("[hidden]")?.removeAttribute("hidden");
    toggle.checked = !off();
    toggle.addEventListener("change", () => remember(!toggle.checked));
  }

  const rows = () => [...document.querySelectorAll("tr[data-row]")];
  const here = () => rows().find((row) => row.classList.contains("here"));

  function step(by) {
    const all = rows();
    if (!all.length) return press(by > 0 ? "KeyJ" : "KeyK");
    const at = all.indexOf(here());
    const next = all[Math.min(all.length - 1, Math.max(0, at < 0 ? 0 : at + by))];
    for (const row of all) row.classList.toggle("here", row === next);
    next.querySelector("a")?.focus();
    next.scrollIntoView({ block: "nearest" });
    return true;
  }

  function press(code, within = document) {
    const control = within.querySelector(`[data-key="${code}"]`);
    if (!control) return false;
    if (control.matches(FIELDS)) {
      control.focus();
    } else if (control.matches("button, a:not([href^='#']), summary")) {
      control.click();
    } else {
      // A place on the page: the reader is led there.
      const target = control.hash ? document.getElementById(control.hash.slice(1)) : control;
      if (!target) return false;
      if (!target.hasAttribute("tabindex")) target.setAttribute("tabindex", "-1");
      target.focus();
      target.scrollIntoView({ block: "start" });
    }
    return true;
  }

  function pick(range) {
    const row = here();
    const box = row?.querySelector("input[type='checkbox']");
    if (!box) return false;
    box.checked = !box.checked;
    const all = rows();
    if (range && lastPicked && all.includes(lastPicked)) {
      const [a, b] = [all.indexOf(lastPicked), all.indexOf(row)].sort((x, y) => x - y);
      for (const between of all.slice(a, b + 1)) {
        const other = between.querySelector("input[type='checkbox']");
        if (other) other.checked = box.checked;
      }
    }
    lastPicked = row;
    return true;
  }

  function why() {
    const clock = document.activeElement?.closest(".clk, .terms li");
    const link = (clock || document).querySelector("[data-why]");
    link?.click();
    return Boolean(link);
  }

  function help() {
    const list = document.getElementById("keys");
    if (!list) return false;
    list.open = true;
    list.querySelector("summary").focus();
    return true;
  }

  function act(event) {
    const { code, shiftKey } = event;
    if (Date.now() < goUntil) {
      goUntil = 0;
      const link = document.querySelector(`[data-go="${code}"]`);
      if (link) { link.click(); return true; }
    }
    switch (code) {
      case "KeyG": goUntil = Date.now() + GO_WAIT; return true;
      case "KeyJ": return step(1);
      case "KeyK": return step(-1);
      case "KeyX": return pick(shiftKey);
      case "KeyW": return why();
      case "KeyE": return press("KeyE", here() || document);
      case "KeyC": case "KeyD": case "KeyL": return press(code);
      case "Slash": return shiftKey ? help() : press("Slash");
      default: return false;
    }
  }

  document.addEventListener("keydown", (event) => {
    if (off() || event.defaultPrevented || event.isComposing) return;
    if (event.ctrlKey && event.code === "Enter") {
      const form = event.target.closest("form") || document.querySelector("form[data-key='CtrlEnter']");
      if (form) { event.preventDefault(); form.requestSubmit(); }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(FIELDS)) return;
    if (act(event)) event.preventDefault();
  });
})();
