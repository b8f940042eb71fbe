"""Up to 2 April: places, 598 families at the counter, two on their phones, the register of candidates."""

import csv
import hashlib
import io
import re

from cast import Citizen
from days import at, in_digits
from ledger import Fault
from papers import certificate_pdf, certificate_png

from chapters.contest.campaign import BEGINS, BOARD, BY_PARENTS, FILE, FILED, PLACES, QUOTA, REGISTER, YEAR, Contest

DIGEST = re.compile(r"\b[0-9a-f]{16}\b")
CHILDREN = {"first": "150914500011", "second": "160308600015"}
PAPERS = {
    "birth_certificate": ("kualik.pdf", certificate_pdf("Birth certificate"), "application/pdf"),
    "school_certificate": ("anyqtama.pdf", certificate_pdf("Certificate of the school"), "application/pdf"),
    "photos": ("photo.png", certificate_png("PHOTO 3x4"), "image/png"),
    "diploma": ("diplom.pdf", certificate_pdf("Diploma of the regional stage"), "application/pdf"),
}
NO_PHOTOS = "үміткердің 3×4 көлеміндегі 2 дана фотосуреті"
WAITING, WAITING_ROOM = "енгізуді күтуде", "/admin/queue/?status=submitted&service=contest_application"
ONLY_FROM_5_APRIL = "кесте 5 сәуірден бастап жарияланады"


def head_sets_the_places(scene: Contest) -> None:
    """A hundred places in class 7, ten of them by quota."""
    scene.clock_to(at(BEGINS, "10:00"))
    head = scene.of("head")
    scene.case = _campaign(head)
    form = scene.page("head").form(to="/moves/set_places/")
    form.fill(**{f"places_{grade}": f"{number}" for grade, number in PLACES.items()})
    head.browser.press(form)
    page = scene.page("head")
    scene.tell("head", "sets the places: 100 in class 7, 40 in class 6, 30 in class 5.")
    scene.of_staff(head, "places", "The campaign: places, quota, commission, the dates of the rules as clocks")
    scene.ledger.says("the quota of class 7 is a tenth of its places, 10", page.text, f"квота бойынша: {QUOTA}")
    scene.ledger.says(
        "the commission is odd, has at least seven members and its chair",
        page.text,
        "Мүшелері: 7",
        "тақ, кемінде жеті, төрағасымен",
    )


def _campaign(head) -> str:
    """The campaign of the year stands among the contests that everybody may read."""
    for address, words in head.browser.open(BOARD).links:
        if "contest=" in address and words.strip().endswith(f"{YEAR}"):
            return f"/cases/{address.rpartition('contest=')[2]}/"
    found = [f"/cases/{a.rpartition('contest=')[2]}/" for a, _ in head.page.links if "contest=" in a]
    older = head.browser.open(f"{BOARD}?contest={found[0].split('/')[2]}")
    for address, words in older.links:
        if "contest=" in address and words.strip().endswith(f"{YEAR}"):
            return f"/cases/{address.rpartition('contest=')[2]}/"
    raise Fault(f"the board names the contest of {YEAR}: {older.text[:600]}")


def families_come(scene: Contest) -> None:
    """Those who brought their papers in March: an act past HTTP, by the clerk's own doors of the product."""
    done = scene.cast.product.command("fill_contest", str(FILE), "--but", *map(str, BY_PARENTS))
    if done.returncode:
        raise Fault(f"the candidates of the file are taken in: {done.stderr[-400:]}")
    scene.tell("clerk", "has taken in the papers of 598 families at the counter between 2 and 5 March.")


def parent_forgets_the_photos(scene: Contest) -> None:
    """On the phone, and incomplete: a receipt says what is missing, nothing is lost."""
    scene.clock_to(at(FILED, "09:40"))
    parent = scene.citizen("first")
    parent.enter()
    _up_to_the_papers(parent, "first", diploma="no")
    for code in ("birth_certificate", "school_certificate"):
        parent.add_paper(code, *PAPERS[code])
    parent.review()
    parent.sign()
    parent.remember_case()
    scene.tell("a parent", "files for class 5 on the phone and forgets the photographs: it is not accepted yet.")
    scene.of_citizen(parent, "incomplete", "Not accepted yet: the receipt says what is missing, the draft stays")
    scene.ledger.says("the receipt (PDF) names the missing photographs", parent.paper(), NO_PHOTOS)
    parent.browser.open(parent.look().link("/papers/"))
    parent.add_paper("photos", *PAPERS["photos"])
    parent.review()
    parent.sign()
    parent.remember_case()
    scene.tell("the parent", "adds the photographs and sends it again: accepted.")
    scene.of_citizen(parent, "accepted", "Accepted: the number by which the results will be published")


def another_parent_files(scene: Contest) -> None:
    """In Russian, with the diploma of a winner."""
    parent = scene.citizen("second")
    parent.enter()
    _up_to_the_papers(parent, "second", diploma="yes")
    for code, paper in PAPERS.items():
        parent.add_paper(code, *paper)
    parent.review()
    parent.sign()
    parent.remember_case()
    scene.tell("another parent", "files in Russian, with the diploma of a winner of the regional stage.")
    scene.ledger.says("the second parent reads the number in Russian", parent.look().text, "№ МБҰ-45-2026-")


def _up_to_the_papers(parent: Citizen, name: str, *, diploma: str) -> None:
    number = dict(zip(CHILDREN, BY_PARENTS, strict=True))[name]
    form = parent.browser.open("/services/contest_application/apply/whom/parent/").form(having="agreed")
    form.fill(iin=CHILDREN[name], agreed="on")
    parent.browser.press(form)
    form = parent.page.form(having="category")
    form.fill(office=form.offered("office", "лице"), category="CLASS_5")
    parent.browser.press(form)
    parent.answer(has_diploma=diploma)
    parent.answer(study_language=parent.language, email=f"candidate{number}@example.kz")
    if any("consent" in form.names() for form in parent.page.forms):
        parent.answer(consent="yes")


def clerk_enters_the_last(scene: Contest) -> None:
    """Whoever waits is entered with what his papers prove; without that the register may not go."""
    clerk = scene.of("clerk")
    page = scene.page("clerk")
    scene.ledger.says("the campaign says that some wait to be entered", page.text, WAITING)
    for _ in range(10):
        waits = [a for a, _ in clerk.browser.open(WAITING_ROOM).links if "/moves/enter_register/" in a]
        if not waits:
            break
        form = clerk.browser.open(waits[0]).form(having="olympiad")
        winner = any(scene.citizen("second").case in address for address, _ in clerk.page.links)
        form.fill(olympiad="0" if winner else "2")
        clerk.browser.press(form)
    scene.tell("clerk", "enters the last applications into the register of candidates, each with its diploma.")
    scene.ledger.check("nobody waits for the register any more", WAITING not in scene.page("clerk").text)


def register_goes_out(scene: Contest) -> None:
    """Thursday 2 April: the register as a file, with its digest."""
    scene.clock_to(at(REGISTER, "10:00"))
    clerk = scene.of("clerk")
    clerk.browser.press(scene.page("clerk").form(to="/moves/send_register/"))
    page = scene.page("clerk")
    scene.tell("clerk", "hands the register of candidates over to the Daryn centre, a day before 3 April.")
    scene.of_staff(clerk, "register", "The register has gone out: candidates by class, digest of the file",
                   top="section:has(#register)")  # fmt: skip
    content = clerk.browser.take(page.link("/files/")).content
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    by_email = {row[6]: row for row in rows[1:]}
    scene.numbers = {line.number: by_email[line.email][1] for line in scene.lines if line.email in by_email}
    scene.ledger.check("all 600 candidates of the file stand in the register", len(scene.numbers) == len(scene.lines),
                       f"{len(scene.numbers)} of {len(rows)} rows")  # fmt: skip
    wrong = [line.number for line in scene.lines if by_email.get(line.email, [""] * 6)[4] != f"{line.grade}"]
    scene.ledger.check("each in the class of the file", not wrong, str(wrong[:10]))
    digest = hashlib.sha256(content).hexdigest()
    scene.ledger.says("the page names the beginning of the file's digest", page.text, digest[:16])
    scene.ledger.says("before 5 April no schedule is published, and the page says why", page.text, ONLY_FROM_5_APRIL)
    scene.ledger.says("the register was due on Thu 2 April, 18:30 (GAP-28), and has gone", page.text,
                      f"{in_digits(REGISTER)[:5]} 18:30")  # fmt: skip
