"""Friday: what the citizens see and do, up to three applications filed at five in the afternoon."""

from cast import desk
from days import in_digits, in_words
from papers import certificate_pdf, certificate_png

from chapters.deferral.week import Golden

WRONG_CODE = "Код сәйкес келмейді"
NOT_TAKEN = "Өтініш әзірге қабылданбады"
MISSING_PAPER = "білім беру ұйымынан оқып жатқанын растайтын анықтаманың электрондық көшірмесі"
PAPERS = {
    "a": ("STUDY", "study_certificate", "anyqtama.pdf", certificate_pdf("Certificate of study"), "application/pdf"),
    "b": ("STUDY", "study_certificate", "spravka.png", certificate_png("CERTIFICATE OF STUDY"), "image/png"),
    "c": (
        "HEALTH_TEMP",
        "medical_extract",
        "uzindi.pdf",
        certificate_pdf("Extract of the protocol"),
        "application/pdf",
    ),
}


def promised_before_filing(scene: Golden) -> None:
    """Anybody may ask when the answer would come, before he enters."""
    scene.clock_to(scene.week.begins)
    reader = scene.citizen("a")
    filed, result = scene.week.filed, scene.week.day(6)
    page = reader.browser.open(f"/services/deferral/?day={filed:%Y-%m-%d}&hour={filed:%H:%M}")
    scene.tell("a citizen", "reads the standard and asks when the answer would come, without entering.")
    scene.of_citizen(reader, "standard", "The standard of the deferral, with the dates reckoned before filing")
    answered = f"{in_words(result, 'kk')}, бейсенбі, 18:30"
    scene.ledger.says("the public page answers Thu 2 April, 18:30, before anything is filed", page.text, answered)


def enter_with_a_code(scene: Golden) -> None:
    """IIN and one-time password; a wrong one is refused in words."""
    for name, citizen in scene.cast.citizens.items():
        citizen.speak()
        code = citizen.ask_to_enter()
        if name == "a":
            page = citizen.type_code(f"{(int(code) + 1) % 10**6:06d}")
            scene.ledger.says("a wrong one-time password is refused with a message at its field", page.text, WRONG_CODE)
        citizen.type_code(code)
        scene.ledger.check(f"citizen {name} is in his cabinet", "/cases/" in citizen.page.url, citizen.page.url)
    scene.tell(
        "citizens A, B, C", "enter by IIN and one-time password, B in Russian; a wrong password of A is refused."
    )
    scene.of_citizen(scene.citizen("a"), "cabinet-empty", "The cabinet of a citizen without a case")


def incomplete_is_not_taken(scene: Golden) -> None:
    """A package without its paper: a receipt that lists what is missing, and a draft in which nothing is lost."""
    citizen = scene.citizen("a")
    citizen.apply("deferral", "STUDY")
    scene.tell("citizen A", "chooses study as the ground and leaves out the certificate that it needs.")
    scene.of_citizen(citizen, "papers", "Only the paper of this situation is asked for")
    citizen.review()
    scene.of_citizen(citizen, "review", "Before the signature: what is missing, and by when the answer would come")
    citizen.sign()
    citizen.remember_case()
    scene.ledger.says("the incomplete package is not taken, and the page says so", citizen.page.text, NOT_TAKEN)
    scene.ledger.says("the receipt (PDF) names the missing certificate", citizen.paper(), MISSING_PAPER)
    scene.tell(
        "citizen A", "signs it all the same. It is not taken: the receipt lists the certificate, the draft stays."
    )
    scene.of_citizen(citizen, "not-taken", "Not accepted yet: this is not a refusal")


def file_all_three(scene: Golden) -> None:
    """Three complete packages at 17:00, in Kazakh and in Russian, a PDF and a photograph."""
    citizen = scene.citizen("a")
    citizen.browser.open(citizen.look().link("/papers/"))
    for name in ("b", "c"):
        scene.citizen(name).apply("deferral", PAPERS[name][0])
    scene.clock_to(scene.week.filed)
    for name in scene.cast.citizens:
        _file(scene, name)
    scene.tell("citizens A, B, C", "add the paper, check, sign with a second password: three applications are filed.")
    for name, citizen in scene.cast.citizens.items():
        _filed(scene, name, citizen)
    scene.of_citizen(scene.citizen("a"), "status", "The status page: number, dates, every clock, why 2 April")
    scene.of_citizen(scene.citizen("b"), "status-ru", "The same in Russian")


def file_the_second(scene: Golden) -> None:
    """Case B alone: entered at 16:50, filed at 17:00."""
    scene.clock_to(scene.week.begins)
    citizen = scene.citizen("b")
    citizen.enter()
    citizen.apply("deferral", PAPERS["b"][0])
    scene.clock_to(scene.week.filed)
    _file(scene, "b")
    scene.tell("citizen B", "enters, chooses study as the ground, adds the paper, signs: filed as in the first walk.")
    _filed(scene, "b", citizen)
    scene.of_citizen(citizen, "status", "The status page on the day of the filing: the result on 2 April")


def _file(scene, name):
    """From the page of the papers to the case."""
    citizen = scene.citizen(name)
    _, requirement, *file = PAPERS[name]
    citizen.add_paper(requirement, *file)
    citizen.review()
    citizen.sign()
    citizen.remember_case()


def _filed(scene, name, citizen):
    week, language = scene.week, citizen.language
    result = f"{in_words(week.day(6), language)}"
    page = citizen.look()
    scene.ledger.says(f"case {name}: the status page names the day of the result, {result}", page.text, result)
    receipt = citizen.paper()
    scene.ledger.says(
        f"case {name}: the receipt (PDF) names number, filing 20.03.2026 17:00 and result 02.04.2026",
        receipt, citizen.number, f"17:00 ({in_digits(week.filed)})", f"18:30 ({in_digits(week.day(6))})",
    )  # fmt: skip


def only_this_office_acts(scene: Golden) -> None:
    """The clerk sees the new cases in the queue; the chair of another office may do nothing with them."""
    clerk, stranger = scene.cast.of_office("clerk"), scene.cast.official("chair-07")
    citizen = scene.citizen("b")
    number = citizen.number
    page = clerk.browser.open(f"/admin/queue/?number={number}")
    scene.ledger.says("the clerk finds the new case in the queue of office 03", page.text, number)
    scene.tell("clerk", "opens the queue: the three cases have been registered and handed over to the chair at once.")
    scene.of_staff(clerk, "queue", "The queue of the office, the least working time left first", "/admin/queue/")
    before = clerk.open(citizen).text
    answer = stranger.browser.post_by_hand(f"{desk(citizen)}moves/send_to_members/", seen="0")
    scene.ledger.check(
        "a hand-made POST of the chair of office 07 is answered with 403", answer.status_code == 403,
        str(answer.status_code),
    )  # fmt: skip
    page = stranger.browser.open(desk(citizen), expected=(403, 404))
    scene.ledger.check("the chair of office 07 is not shown the case", number not in page.text)
    journal = clerk.open(citizen).text
    chain = "Журнал тізбегі бұзылмаған"
    scene.ledger.check("nothing was written by it", _chain(before, chain) == _chain(journal, chain) != "")
    scene.tell("chair of office 07", "tries to send a case of office 03 to the members by a hand-made request: 403.")


def _chain(text, words) -> str:
    """The line under the journal that counts its entries."""
    return text.partition(words)[2][:40]
