"""The queue 3 + 1 at the head's desk: proposed, confirmed, signed; the parent's answer; the auditor's replay."""

import re

from days import at, in_digits, in_words
from papers import words_of
from scene import Scene
from tables import rows_of

from chapters.admission.days import AISHA, ANSWERS, FAMILIES, FIRST, SCHOOL, SECOND

QUEUE, ROUNDS = "/admin/services/admission/queue/", "/admin/services/admission/rounds/"
KAZAKH_2026 = "2026 · 50"  # the seats of the demo
NOT_FINAL = "әлі түпкілікті емес"
SAME_ANSWERS = "қайта есептелді: жауаптары сол"
#: The mark, the instant and the channel of a row, then the child.
ROW = re.compile(r"(\+\d|\d|—) \d\d\.\d\d\.\d{4}, \w\w, \d\d:\d\d \w+ (.+?) № БҚ")


def not_final_on_its_own_day(scene: Scene) -> None:
    """At five on 1 April the head sees the queue grow and may confirm nothing."""
    scene.clock_to(at(FIRST, "17:00"))
    head = scene.cast.of_office("head")
    page = _open(head)
    scene.tell("head", "looks at the queue of the day in the afternoon: it is proposed already, and not final yet.")
    scene.of_staff(head, "not-final", "The day's queue before it is final", whole=True)
    scene.ledger.says("the list of the day is not final before its closing hour", page.text,
                      f"{in_digits(SECOND)}, бс, 09:00")  # fmt: skip
    scene.ledger.check("nothing can be confirmed yet", not _acts(page, "confirm"))


def proposed_by_three_and_one(scene: Scene) -> None:
    """Thu 2 April, 09:20: five answers in the order that was reckoned by hand."""
    scene.clock_to(at(SECOND, "09:20"))
    head, clerk = scene.cast.of_office("head"), scene.cast.of_office("clerk")
    page = _open(head)
    scene.tell("head", "opens the queue in the morning: three of the area, one from outside, and a left-over seat.")
    scene.of_staff(head, "proposed", "Seats, cycle, proposed answers", whole=True)
    rows = ROW.findall(page.text)
    seen = [(mark, child) for mark, words in rows for _mark, child in ANSWERS if child in words]
    scene.ledger.check("the five stand in the order, and with the marks, reckoned by hand", seen == [*ANSWERS],
                       str(rows))  # fmt: skip
    scene.ledger.says("with the places of the cycle, and why", page.text, "3 + 1: аумақтан, 1-орын",
                      "3 + 1: аумақтан, 2-орын", "3 + 1: аумақтан, 3-орын", "3 + 1: аумақтан тыс бірінші тіркелген",
                      "артық орын, кезек орнында қалады")  # fmt: skip
    confirm = _acts(page, "confirm")[0]
    sha256 = confirm.values("sha256")[0]
    answer = clerk.browser.post_by_hand(page.url, act="confirm", sha256=sha256)
    scene.ledger.check("a hand-made request of the clerk to confirm it is answered with 403",
                       answer.status_code == 403, str(answer.status_code))  # fmt: skip


def confirmed_and_signed(scene: Scene) -> None:
    """The head confirms exactly what was shown, has the notices drawn, reads one, signs all."""
    head = scene.cast.of_office("head")
    page = head.browser.press(_acts(_open(head), "confirm")[0])
    where = page.url

    def ready():
        forms = _acts(head.browser.open(where), "sign")
        return forms[0] if forms and len(forms[0].values("paper")) == len(ANSWERS) else None

    sign = scene.cast.product.until(ready, "five notices are drawn")
    scene.tell("head", "confirms the round; the notices are drawn at once.")
    scene.of_staff(head, "to-sign", "Five notices to be read and signed", whole=True)
    paper = head.browser.take(head.page.link("/papers/")).content
    scene.tell("head", "reads the first notice.")
    scene.of_paper(paper, "notice", "The notice of admission (our own form: the official one is not loaded)")
    scene.ledger.says("the notice (PDF) names child and 1 September", words_of(paper), AISHA, "1 қыркүйек")
    page = head.browser.press(sign)
    scene.tell("head", "signs the five admissions together, each exactly as it was drawn.")
    scene.ledger.check("nothing waits for a signature any more", not _acts(head.browser.open(where), "sign"))


def father_is_answered(scene: Scene) -> None:
    """The answer lies in the cabinet on the day that the receipt named; a letter says so."""
    father = scene.citizen("father")
    page = father.look()
    scene.tell("father", "finds the answer in the cabinet in the morning: the term ends at 18:30.")
    scene.of_citizen(father, "admitted", "Admitted from 1 September")
    scene.ledger.says("the father reads that the child is admitted from 1 September 2026", page.text,
                      "Ребёнок принимается с 1 сентября 2026")  # fmt: skip
    scene.ledger.says("his copy of the notice is dated 2 April", father.paper(), in_words(SECOND, "ru"), AISHA)
    letters = [(address, words) for address, words in father.browser.open("/letters/").links if "с 1 сентября" in words]
    scene.ledger.check("a letter says so", letters)
    if letters:
        father.browser.open(letters[0][0])
        scene.of_citizen(father, "letter", "The letter on it")


def paper_waits_for_paper(scene: Scene) -> None:
    """Who has applied on paper gets the result on paper: kept at the counter."""
    clerk = scene.cast.of_office("clerk")
    page = clerk.browser.open("/admin/results/")
    scene.tell("clerk", "finds four notices on paper that wait for their families.")
    kept = {address for address, _ in page.links if address.endswith("/hand/")}
    scene.ledger.check("four results on paper are kept at the counter", len(kept) >= len(FAMILIES), str(len(kept)))


def auditor_replays(scene: Scene) -> None:
    """The round once more from what was kept: the same answers."""
    auditor = scene.cast.of_office("auditor")
    page = auditor.browser.open(ROUNDS)
    pool = next(address for address, words in page.links if "2026, 1" in words and "Қазақ" in words.title())
    page = auditor.browser.open(pool)
    rounds = [address for address, words in page.links if in_digits(FIRST) in words]
    page = auditor.browser.open(rounds[0])
    scene.tell("auditor", "replays the round of 1 April: the kept input gives the kept answers.")
    scene.of_staff(auditor, "replay", "The round replayed", whole=True)
    scene.ledger.says("the replay gives the same answers", page.text, SAME_ANSWERS, "Рауан Төребаева")
    period = f"?since={FIRST}&until={SECOND}&service=admission&office={SCHOOL}"
    number = scene.citizen("father").number
    rows = [row for row in rows_of(auditor, f"/reports/clocks.csv{period}") if number in row]
    due = [row for row in rows if f"{in_digits(SECOND)} 18:30" in row]
    scene.ledger.check("the clock of the answer in clocks.csv ended on 02.04.2026 18:30, kept", due, str(rows))
    late = rows_of(auditor, f"/reports/breaches.csv{period}")
    scene.ledger.check("no breach of these days at this school", not late, str(late))


def _open(official):
    """The queue of the first class with instruction in Kazakh."""
    page = official.browser.open(QUEUE)
    pools = [address for address, words in page.links if KAZAKH_2026 in words]
    return official.browser.open(pools[0])


def _acts(page, act) -> list:
    return [form for form in page.forms if form.values("act") == [act]]
