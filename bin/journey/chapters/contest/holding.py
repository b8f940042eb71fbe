"""From the schedule to the protocol: sealed materials, cameras, a file of scores, three ties, the order by hand."""

import re

from days import at, in_digits, in_words
from papers import words_of

from chapters.contest.campaign import DAY_BEFORE, HELD, PLACES, RESULTS, SCHEDULE, Contest

PLACE = "Бас ғимарат, 12-кабинет"
ROOMS = ("building", "rooms", "entrance", "sound", "equipment")
NOT_OPEN = "Онсыз конкурс ашық болмайды"
TOTAL, UNKNOWN, TWICE = "жиыны", "нөмірлі үміткер жоқ", "-жолда тұр"
MOTIVE = "Комиссия екі жұмысты қатар қарап, шешімді хаттамаға енгізді."
OUTCOMES = {"general": "орын берілді", "quota": "квота бойынша орын", "reserve": "резерв, {place}",
            "not_selected": "іріктеуден өтпеді"}  # fmt: skip
ROW = re.compile(
    r'<tr><td>(\d+)</td><th scope="row"><span[^>]*>([^<]+)</span><br>(.*?)</th><td class="num">(-?\d+)</td>', re.DOTALL
)
TAG = re.compile(r"<[^>]+>")


def schedule_is_published(scene: Contest) -> None:
    scene.clock_to(at(SCHEDULE, "11:00"))
    clerk = scene.of("clerk")
    form = scene.page("clerk").form(to="/moves/publish_schedule/")
    form.fill(place=PLACE, **{f"day_{grade}": f"{HELD}" for grade in PLACES}, **dict.fromkeys(
        (f"hour_{grade}" for grade in PLACES), "10:00"))  # fmt: skip
    clerk.browser.press(form)
    page = scene.board()
    scene.tell("clerk", "publishes the schedule: all three classes on Tue 21 April at ten.")
    scene.of_citizen(
        scene.citizen("first"), "schedule", "The schedule on the public page", top="section:has(#schedule)"
    )
    scene.ledger.says("the public page names day, hour and room", page.text, f"{in_words(HELD, 'kk')}", PLACE)
    parent = scene.citizen("second")
    scene.in_long(lambda: "приглаш" in parent.look().text, "the second parent is invited")
    scene.tell("another parent", "is invited to the test, with day, hour and room.")
    scene.of_citizen(parent, "invited", "Invited to the test")
    scene.ledger.says("the invitation names Tue 21 April, 10:00", parent.page.text, f"{in_words(HELD, 'ru')}", "10:00")


def materials_come_sealed(scene: Contest) -> None:
    """The day before: a receipt for the sealed materials, a check list for cameras and sound."""
    scene.clock_to(at(DAY_BEFORE, "16:00"))
    clerk = scene.of("clerk")
    facts = {
        "day": f"{DAY_BEFORE}",
        "hour": "15:00",
        "brought_by": "Р. Жақсылықов",
        "packages": "6",
        "seals_whole": "on",
    }
    paper = clerk.move_with_paper(scene, "receive_materials", **facts)
    scene.tell("clerk", "signs the receipt for six sealed packages, the day before the contest.")
    scene.ledger.says("the receipt (PDF) names day, hour and who brought them", paper, in_digits(DAY_BEFORE), "15:00",
                      "Р. Жақсылықов")  # fmt: skip
    form = scene.page("clerk").form(to="/moves/check_rooms/")
    form.fill(**dict.fromkeys(ROOMS[:-2], "on"))
    page = clerk.browser.press(form, expected=(422,))
    scene.tell("clerk", "finds the sound recording switched off: the check list is not accepted without it.")
    scene.of_staff(clerk, "rooms", "The check list of cameras and sound: nothing of it may be missing")
    scene.ledger.says("a room without sound is refused in words", page.text, NOT_OPEN)
    form = page.form(having="sound")
    form.fill(**dict.fromkeys(ROOMS, "on"))
    clerk.browser.press(form)


def contest_is_held(scene: Contest) -> None:
    scene.clock_to(at(HELD, "14:00"))
    scene.settled("конкурс өтті")
    scene.tell("nobody", "presses a button: on its last day the contest is recorded as held by itself.")


def wrong_file_is_not_taken(scene: Contest) -> None:
    """A wrong total, an unknown candidate, a duplicate row: each with its line, and nothing is taken."""
    scene.clock_to(at(HELD, "16:00"))
    secretary = scene.of("secretary")
    rows = _rows(scene)
    number, right, wrong, total = rows[0].split(";")
    spoilt = [f"{number};{right};{wrong};{int(total) + 1}", *rows[1:], "МБҰ-45-2026-999999;1;1;3", rows[4]]
    page = _send(scene, spoilt, expected=(422,))
    scene.tell("secretary", "sends a file with a wrong total, an unknown candidate and a row that stands twice.")
    scene.of_staff(secretary, "faults", "Every wrong line is told with its number; none of the others is taken")
    last = len(rows) + 1
    scene.ledger.says("three faults, each with its line", page.text, "2-жол: ", TOTAL, f"{last + 1}-жол: ", UNKNOWN,
                      f"{last + 2}-жол: ", f"6{TWICE}")  # fmt: skip
    scene.ledger.check("nothing of it was taken", "Балдар:" not in scene.page("secretary").text)


def scores_are_taken(scene: Contest) -> None:
    """The right file: 600 rows at once."""
    _send(scene, _rows(scene))
    page = scene.page("secretary")
    scene.tell("secretary", "sends the file that the commission scanned: 600 rows.")
    scene.ledger.says("600 scores are in", page.text, f"Балдар: {len(scene.lines)}")


def _rows(scene) -> list[str]:
    return [f"{scene.numbers[line.number]};{line.right};{line.wrong};{line.total}" for line in scene.lines]


def _send(scene, rows, expected=(200,)):
    secretary = scene.of("secretary")
    form = scene.page("secretary").form(to="/moves/import_scores/")
    content = "\n".join(["number;right;wrong;total", *rows]).encode()
    return secretary.browser.press(form, files={"file": ("scores.csv", content, "text/csv")}, expected=expected)


def commission_decides_ties(scene: Contest) -> None:
    """Equals at the last place, at reserve place ten, inside the quota: the program draws no lots."""
    scene.clock_to(at(RESULTS, "10:00"))
    chair = scene.of("chair")
    page = scene.page("chair")
    scene.ledger.check("the protocol is closed while equals wait for the commission",
                       not [form for form in page.forms if "/moves/issue_protocol/" in form.action])  # fmt: skip
    scene.tell("chair", "finds three pairs of equals whose order would decide a place.")
    scene.of_staff(chair, "ties", "Equal at the last place: the commission decides, with a motive",
                   top="section:has(#order)")  # fmt: skip
    for grade in PLACES:
        pair = sorted(
            (line for line in scene.lines if line.decided and line.grade == grade), key=lambda one: one.decided
        )
        numbers = [scene.numbers[line.number] for line in pair]
        scene.ledger.says(f"class {grade}: exactly these two wait: {' and '.join(numbers)}", scene.page("chair").text,
                          *numbers)  # fmt: skip
        form = scene.page("chair").form(to="/moves/decide_tie/")
        form.fill(group=f"{grade}", order="\n".join(numbers), motive=MOTIVE)
        chair.browser.press(form)
    scene.tell("chair", "enters the commission's word on each pair; it stands in the protocol with its motive.")


def protocol_is_published(scene: Contest) -> None:
    """The day after the contest: protocol and public results."""
    chair = scene.of("chair")
    chair.browser.press(scene.page("chair").form(to="/moves/issue_protocol/"))
    where = chair.page.url
    scene.in_long(lambda: any("sha256" in form.names() for form in chair.browser.open(where).forms),
                  "the protocol is drawn")  # fmt: skip
    drawn = chair.browser.take(chair.page.link("/papers/")).content
    chair.sign_paper()
    scene.tell("chair", "signs the protocol on Wed 22 April, the day after the contest; it is published at once.")
    scene.of_paper(drawn, "protocol", "The protocol of the contest")
    paper = words_of(drawn)
    missing = [number for number in scene.numbers.values() if number not in paper]
    scene.ledger.check("the protocol (PDF) names all 600 candidates, and the motive of the commission",
                       not missing and MOTIVE.split(maxsplit=1)[0] in paper, str(missing[:10]))  # fmt: skip


def order_is_that_of_the_file(scene: Contest) -> None:
    """Read from the public page, line by line, and compared with the order made by hand."""
    page = scene.board()
    published = {number: (int(rank), int(total), " ".join(TAG.sub(" ", outcome).split()))
                 for rank, number, outcome, total in ROW.findall(_results(page))}  # fmt: skip
    wanted = {
        scene.numbers[line.number]: (line.rank, line.total, OUTCOMES[line.outcome].format(place=line.reserve_place))
        for line in scene.lines
    }
    other = [
        (number, wanted[number], published.get(number)) for number in wanted if published.get(number) != wanted[number]
    ]
    scene.tell("anybody", "reads the results on the public page: registration numbers, scores, outcomes.")
    scene.of_citizen(
        scene.citizen("first"), "results", "The results as everybody reads them", top="section:has(#results)"
    )
    scene.ledger.check(
        "600 rows are published, equal to the file made by hand line by line",
        not other and len(published) == len(wanted), f"{len(published)} rows, first {other[:3]}",
    )  # fmt: skip
    for grade, places in PLACES.items():
        of_class = [published[scene.numbers[line.number]][2] for line in scene.lines if line.grade == grade]
        seated = sum(said in (OUTCOMES["general"], OUTCOMES["quota"]) for said in of_class)
        kept = sum(said.startswith("резерв") for said in of_class)
        scene.ledger.check(f"class {grade}: {places} places given, ten in the reserve", (seated, kept) == (places, 10),
                           str((seated, kept)))  # fmt: skip


def _results(page) -> str:
    """The results of the public page without the lists that stand below them."""
    return page.source.partition('id="results"')[2].partition('id="reserve"')[0]


def nobody_is_named(scene: Contest) -> None:
    """The public page carries no name, no IIN, no address; and no way to appeal."""
    page = scene.board()
    shown = page.source
    personal = ["@example.kz", "Дамир", "Инара", "150914", "160308"]
    scene.ledger.check("the public page names nobody: no name, no IIN, no address",
                       not [words for words in personal if words in shown])  # fmt: skip
    scene.ledger.says("it says that there is no appeal and that a complaint stays possible", page.text,
                      "апелляция жүргізілмейді", "шағым беруге болады")  # fmt: skip
