"""A transfer between two schools: half an hour of working time, with lunch in its middle."""

import re
from datetime import date

from cast import Citizen, Known, desk
from chapter import Chapter
from days import at, day_name, in_digits, in_words
from papers import certificate_pdf, words_of
from scene import Scene
from tables import rows_of

TUESDAY = date(2026, 3, 17)  # an ordinary working day before Nauryz
RECEIVING, LEAVING = "21", "22"
RULE = "TRN-S3"
#: 12:50 and thirty working minutes: ten up to lunch at 13:00, twenty from 14:30.
DUE = "14:50"

CHILD, IIN = "Әлиева Айлин Ерланқызы", "150311600036"
IIN_OF_ANOTHER = "140903500011"
COUPON = "Т-417"
SAID = {
    "child_name": CHILD, "child_iin": IIN, "child_birth": "2015-03-11", "grade": "5", "language": "kk",
    "coupon_number": COUPON, "coupon_date": "2026-03-13", "coupon_iin": IIN,
}  # fmt: skip

OF_ANOTHER_CHILD = "Бұл басқа баланың талоны"
STANDS_STILL = "Уақыт тоқтап тұр: түскі үзіліс. Жалғасады: 14:30"
SILENT, CONFIRMED = "бұрынғы мектеп жауап берген жоқ", "бұрынғы мектеп растады"
MINUTES = re.compile(r"(\d+) мин қалды")


def promised_before_filing(scene: Scene) -> None:
    """The public page reckons with lunch before anybody enters."""
    scene.clock_to(at(TUESDAY, "12:40"))
    parent = scene.citizen("parent")
    parent.speak()
    page = parent.browser.open(f"/services/transfer/?day={TUESDAY}&hour=12:50")
    scene.tell("a parent", "asks on the phone when the answer would come if she filed at ten to one.")
    scene.of_citizen(parent, "standard", "Ten to three: lunch stands in the middle and does not count", top="#when")
    scene.ledger.says("the public page answers Tue 17 March, 14:50, and shows the lunch between", page.text,
                      f"{in_words(TUESDAY, 'kk')}, сейсенбі, {DUE}", "12:50–13:00: 10 мин",
                      "13:00–14:30: есептелмейді, түскі үзіліс", "14:30–14:50: 20 мин")  # fmt: skip


def coupon_of_another_child(scene: Scene) -> None:
    """The IIN on the coupon is not that of the child: told at its field, and nothing typed is lost."""
    parent = scene.citizen("parent")
    parent.enter()
    parent.choose("transfer", "TRANSFER", f"№ {RECEIVING}")
    leaving = parent.page.form(having="leaving_school").offered("leaving_school", f"№ {LEAVING}")
    page = parent.answer(**SAID | {"leaving_school": leaving, "coupon_iin": IIN_OF_ANOTHER})
    scene.tell("parent", "enters and fills the form in, but copies the number from the coupon of another child.")
    scene.of_citizen(parent, "coupon", "Told at its field; what was typed stays", top="#id_leaving_school")
    scene.ledger.says("a coupon of another child is refused in words", page.text, OF_ANOTHER_CHILD)
    form = page.form(having="coupon_iin")
    scene.ledger.check("nothing that was typed is lost", (dict(form.sent())["child_name"], "") == (CHILD, "")
                       and dict(form.sent())["coupon_number"] == COUPON)  # fmt: skip
    parent.answer(coupon_iin=IIN)


def filed_at_ten_to_one(scene: Scene) -> None:
    """Signed at 12:50; the status page has the hour, and why."""
    parent = scene.citizen("parent")
    parent.add_paper("coupon_copy", "talon.pdf", certificate_pdf("Coupon of de-registration T-417"), "application/pdf")
    scene.clock_to(at(TUESDAY, "12:50"))
    page = parent.review()
    scene.ledger.says("the review says 14:50 before she signs", page.text, f"сейсенбі, {DUE}", "14:30–14:50: 20 мин")
    parent.sign()
    parent.remember_case()
    page = parent.look()
    scene.tell("parent", "puts it right, adds the coupon and signs at 12:50.")
    scene.of_citizen(parent, "status", "Filed at 12:50, answered by 14:50")
    scene.of_citizen(parent, "why", "Why ten to three", top="#why")
    scene.ledger.says("the status page promises the answer by Tue 17 March, 14:50", page.text,
                      f"{in_words(TUESDAY, 'kk')}, сейсенбі, {DUE}", f"Неге {DUE}?", SILENT)  # fmt: skip
    scene.ledger.says("the receipt (PDF) names number and hour", parent.paper(), parent.number, f"{DUE} ({_day()})")


def minutes_in_the_queue(scene: Scene) -> None:
    """The clerk's queue counts the minutes down and sorts by them."""
    parent, clerk = scene.citizen("parent"), scene.cast.of_office("clerk")
    first = _left(clerk, parent)
    scene.clock_to(at(TUESDAY, "12:55"))
    then = _left(clerk, parent)
    scene.tell("clerk", f"opens the queue: at 12:50 {first} minutes were left, at 12:55 {then} are.")
    scene.of_staff(clerk, "queue", "The queue at 12:55, the least working time first", "/admin/queue/")
    scene.ledger.check("the queue counts working minutes: 29 or 30 of them at 12:50, 24 or 25 at 12:55",
                       first in (29, 30) and then in (24, 25), f"{first}, {then}")  # fmt: skip
    due = re.findall(r"\d\d\.\d\d \d\d:\d\d(?= АУ-)", clerk.browser.open("/admin/queue/").text)
    scene.ledger.check("the rows stand in the order of their terms", due == sorted(due) and len(due) > 1, str(due))


def lunch(scene: Scene) -> None:
    """13:30: the clock stands still, and everybody's page says so; the minutes are those of 13:00."""
    scene.clock_to(at(TUESDAY, "13:30"))
    parent, clerk = scene.citizen("parent"), scene.cast.of_office("clerk")
    left = _left(clerk, parent)
    scene.tell("clerk", "looks at the queue again at 13:30: the term is running, the clock stands still for lunch.")
    scene.of_staff(clerk, "queue-lunch", "13:30 in the queue: twenty minutes, and why they do not pass",
                   "/admin/queue/")  # fmt: skip
    scene.ledger.check("at 13:30 twenty minutes are left, as at 13:00", left in (19, 20), str(left))
    page = clerk.open(parent)
    scene.of_staff(clerk, "case-lunch", "13:30 on the page of the case")
    scene.ledger.says("the clerk's page says that the clock stands for lunch until 14:30", page.text, STANDS_STILL)
    scene.ledger.says("so does the parent's", parent.look().text, STANDS_STILL)
    scene.clock_to(at(TUESDAY, "14:10"))
    scene.ledger.check("at 14:10 not a minute less", _left(clerk, parent) == left)


def leaving_school_sees_its_part(scene: Scene) -> None:
    """Child, coupon, dates; neither the parent's number nor the receiving school's papers. It confirms the coupon."""
    scene.clock_to(at(TUESDAY, "14:33"))
    parent, other = scene.citizen("parent"), scene.cast.official(f"clerk-{LEAVING}")
    number = parent.number
    page = other.browser.open("/admin/shared/")
    scene.ledger.says("the leaving school finds the case among those shared with it", page.text, number)
    page = other.browser.open(page.link(_shared(parent)))
    scene.tell(f"clerk of school {LEAVING}", "opens the part of the case that concerns the school the child leaves.")
    scene.of_staff(other, "leaving", "What the leaving school sees")
    scene.ledger.says("it sees child, coupon and dates", page.text, CHILD, COUPON, "13.03.2026", in_digits(TUESDAY))
    hidden = (parent.iin, parent.phone, IIN, "talon.pdf", "Гүлнар")
    scene.ledger.check("and neither the parent nor her papers", not [one for one in hidden if one in page.text])
    refused = other.browser.open(desk(parent), expected=(403, 404)).status
    scene.ledger.check("the whole case stays closed to it", refused in (403, 404))
    answer = other.browser.post_by_hand(f"{desk(parent)}moves/admit/", seen="0")
    scene.ledger.check("a hand-made request to admit is refused to it", answer.status_code in (403, 404),
                       str(answer.status_code))  # fmt: skip
    form = other.browser.open(f"{_shared(parent)}confirm_coupon/").form(to="confirm_coupon")
    other.browser.press(form)
    scene.tell(f"clerk of school {LEAVING}", "confirms the coupon and the de-registration.")
    scene.ledger.says("the receiving school reads it in the case", scene.cast.of_office("clerk").open(parent).text,
                      CONFIRMED)  # fmt: skip


def admitted(scene: Scene) -> None:
    """14:41, nine minutes before the end: a seat, a receipt read and signed, in the cabinet at that moment."""
    scene.clock_to(at(TUESDAY, "14:40"))
    parent, clerk = scene.citizen("parent"), scene.cast.of_office("clerk")
    drawn = clerk.prepare_paper(parent, "admit")
    scene.tell("clerk", "gives a seat in 5 «А» and reads the receipt that the school will sign.")
    scene.of_paper(drawn, "receipt", "The receipt of the documents (our own form: the official one is not loaded)")
    clerk.sign_paper()
    paper = words_of(drawn)
    scene.ledger.says("the receipt (PDF) names child, class, coupon and the official", paper,
                      CHILD, "5 «А»", COUPON, in_words(TUESDAY, "kk"), "Меруерт Сағынова")  # fmt: skip
    page = parent.look()
    scene.tell("parent", "finds the answer and the paper in the cabinet, some minutes before ten to three.")
    scene.of_citizen(parent, "admitted", "Admitted: the class, the paper")
    scene.ledger.says("the parent reads that the child is admitted to 5 «А»", page.text, "5 «А»", "Бала қабылданды")
    scene.ledger.check("what was signed is what lies in the cabinet", parent.paper() == paper)


def friday_paper_is_handed_over(scene: Scene) -> None:
    """A paper result that nobody has fetched is kept at the counter, and given against a document."""
    clerk = scene.cast.of_office("clerk")
    page = clerk.browser.open("/admin/results/")
    scene.tell("clerk", "finds a receipt of last Friday among the results kept on paper: nobody has come for it yet.")
    scene.of_staff(clerk, "kept", "Results kept on paper, without a term")
    kept = page.link("/hand/")
    form = clerk.browser.open(kept).form(having="identity_document")
    form.fill(identity_document="041000777")
    page = clerk.browser.press(form)
    scene.ledger.says("the case says to whom the paper was given, and by whom", page.text, "Берген: Меруерт Сағынова")
    scene.tell("clerk", "gives it to the parent who has come with the identity document; the case keeps a line of it.")
    links = [address for address, _ in clerk.browser.open("/admin/results/").links]
    scene.ledger.check("it is kept no more", kept not in links)


def auditor_finds_the_term_kept(scene: Scene) -> None:
    auditor, number = scene.cast.of_office("auditor"), scene.citizen("parent").number
    period = f"?since={TUESDAY}&until={TUESDAY}&service=transfer&office={RECEIVING}"
    rows = [row for row in rows_of(auditor, f"/reports/clocks.csv{period}") if number in row and RULE in row]
    scene.tell("auditor", "takes the clocks of the day away as CSV.")
    scene.ledger.check(f"one row for the half hour in clocks.csv, due {in_digits(TUESDAY)} {DUE}",
                       len(rows) == 1 and f"{in_digits(TUESDAY)} {DUE}" in rows[0], str(rows))  # fmt: skip
    late = [row for row in rows_of(auditor, f"/reports/breaches.csv{period}") if number in row]
    scene.ledger.check("no row in breaches.csv", not late, str(late))


def _left(clerk, parent: Citizen) -> int:
    """The working minutes that the row of the case shows."""
    text = clerk.browser.open(f"/admin/queue/?number={parent.number}").text
    found = MINUTES.findall(text)
    return int(found[-1]) if found else -1


def _shared(parent: Citizen) -> str:
    """The address of the part of the case that another office sees."""
    return f"/admin/shared{parent.case.removeprefix('/cases')}"


def _day() -> str:
    return in_digits(TUESDAY)


TRANSFER = Chapter(
    name="transfer",
    title="A transfer in half an hour",
    told=f"""Written by `manage.py journey --walk transfer`. On {day_name(TUESDAY)} at 12:50 a parent files a transfer
from school {LEAVING} to school {RECEIVING}. The term is thirty minutes of the school's working time (09:00 to 18:30,
lunch 13:00 to 14:30): ten before lunch, twenty after it, so the answer is due at {DUE}. All people are fictional.""",
    begins=at(TUESDAY, "12:40"),
    people={"parent": Known("810214205017", "+77000000041", "kk")},
    office=RECEIVING,
    parts=(
        promised_before_filing,
        coupon_of_another_child,
        filed_at_ten_to_one,
        minutes_in_the_queue,
        lunch,
        leaving_school_sees_its_part,
        admitted,
        friday_paper_is_handed_over,
        auditor_finds_the_term_kept,
    ),
    prefix="transfer-",
)
