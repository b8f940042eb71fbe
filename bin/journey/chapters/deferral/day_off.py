"""A day off in the middle of the week: drafted by one operator, published by another, and what becomes of case B."""

import re

from days import in_digits, in_words
from tables import rows_of

from chapters.deferral.week import Golden

AUTHOR, SECOND = "operator-03", "operator-07"
NOTE = "1 сәуір – демалыс күні (ойдан шығарылған акт)"
COLUMNS = "date,kind,exchanged_with,issuer,act_number,act_date,source,provisional,note"
SOURCE = "ойдан шығарылған"
WHOLE_TERM = "CONS-8"

LINE_REFUSED = "3-жол, date"
NOTHING_TAKEN = "Файлдан ештеңе алынған жоқ"
IN_THE_DRAFT = "Файлдан алынды: 1"
HEARINGS_STAND = "тыңдау демалысқа айналатын күнге тағайындалған"
WAITS = "Екінші адамды күтуде"
NOT_BY_ITS_AUTHOR = "Сіз жасаған жобаны екінші адам жариялауға тиіс"
ALL_TOLD = "Мерзімі жылжығандардың бәріне хабарланды"
MOVED = "сдвинула этот срок"
BY_THE_ACT = "Постановление Правительства Республики Казахстан от 31.03.2026 № 000"
PROGRESS = re.compile(r"Қаралды: (?P<total>\d+) мерзімнің (?P<done>\d+)")
CHAIN = "Журнал тізбегі бұзылмаған"


def why_before(scene: Golden) -> None:
    """D3: the citizen asks why 2 April, before anybody knows of a day off."""
    citizen, week = scene.citizen("b"), scene.week
    page = _ask_why(scene)
    result, held = (f"{in_words(week.day(number), 'ru')}" for number in (6, 5))
    scene.tell("citizen B", "asks why the answer comes on 2 April: day by day, each counted or not, and by which act.")
    scene.of_citizen(citizen, "why-before", "Why 2 April: 1 April is the fifth working day")
    scene.ledger.says("case b: on 30 March the page explains 2 April", page.text, f"Почему {result}?", held)


def operator_drafts(scene: Golden) -> None:
    """D4: a file with a bad line is refused whole, and names it; the same file put right is taken."""
    scene.clock_to(scene.week.at(4, "10:00"))
    author = scene.cast.official(AUTHOR)
    author.browser.open("/admin/calendar/")
    form = author.browser.open("/admin/calendar/drafts/new/").form(having="note")
    form.fill(note=NOTE)
    page = author.browser.press(form)
    good, bad = _line(f"{scene.day_off.date}"), _line("2026-04-31")
    page = _send_file(author, page, [good, bad], expected=(422,))
    scene.tell("operator", f"drafts a revision (an invented act, {in_digits(scene.day_off.published)}, No 000): the "
               "third line of his file names a 31 April, so nothing is taken and the line is named.")  # fmt: skip
    scene.ledger.says("a file with a bad line is refused, the line and the column named", page.text, LINE_REFUSED)
    scene.ledger.says("nothing of that file was taken", page.text, NOTHING_TAKEN)
    page = _send_file(author, author.browser.open(_path(page)), [good])
    scene.ledger.says("the file put right is taken: one day", page.text, IN_THE_DRAFT)
    scene.tell("operator", "sends the file again with the one right line: the day stands in the draft, in the picture.")
    scene.of_staff(author, "draft", "The year with the day of the draft; no term has changed yet", whole=True)


def operator_looks(scene: Golden) -> None:
    """Numbers before anything happens: clocks, cases, the hearing that stands on the day."""
    author = scene.cast.official(AUTHOR)
    number = scene.citizen("b").number
    page = author.browser.open(author.page.link("/preview/"))
    rows = rows_of(author, page.link("preview.csv"))
    mine = [row for row in rows if number in row]
    scene.tell("operator", f"looks at what the revision moves: {len(rows)} clocks, of them {len(mine)} of case B, and "
               "the hearing of case B.")  # fmt: skip
    scene.of_staff(author, "preview", "What the revision moves, in numbers; the hearing stands on the day off")
    known = (f"{in_digits(scene.week.day(5))}, ср, 11:00", f"{in_digits(scene.day_off.becomes.day(5))}, бс, 11:00")
    scene.ledger.says("the preview says which hearing stands on the day, and proposes Thu 2 April 11:00", page.text,
                      HEARINGS_STAND, number, *known)  # fmt: skip
    whole = [row for row in mine if f"{in_digits(scene.day_off.becomes.day(6))} 18:30" in row]
    scene.ledger.check("the preview moves the result of case b to 03.04.2026 18:30", len(whole) == 1, str(mine))
    scene.ledger.check("the preview names no person", scene.citizen("b").iin not in page.text)


def author_may_not_publish(scene: Golden) -> None:
    """His button is grey, and a request made by hand with the second person's own digest is refused too."""
    author, second = scene.cast.official(AUTHOR), scene.cast.official(SECOND)
    page = author.browser.press(author.page.act("propose"))
    where = _path(page)
    scene.tell("operator", "proposes it. To publish what he has drafted himself is closed to him.")
    scene.of_staff(author, "author", "The author sees the button, and why it is not for him")
    scene.ledger.says("the author reads that a second person is awaited", page.text, WAITS)
    offered = [form for form in page.forms if form.values("act") == ["publish"]]
    scene.ledger.check("the author is offered no form to publish", not offered)
    typed = dict(second.browser.open(where).act("publish").sent())
    typed.pop("csrfmiddlewaretoken")
    answer = author.browser.post_by_hand(where, **typed)
    scene.ledger.check("his hand-made request to publish is answered with 422", answer.status_code == 422,
                       str(answer.status_code))  # fmt: skip
    scene.ledger.says("and with the reason", answer.text, NOT_BY_ITS_AUTHOR)
    page = author.browser.open(where)
    waits = WAITS in page.text and _path(page) == where
    scene.ledger.check("nothing was published by it: the revision still waits", waits, page.text[:800])
    scene.tell("operator", "tries it by a hand-made request with everything that the form would hold: refused.")


def second_person_publishes(scene: Golden) -> None:
    """The operator of another office is shown the same, confirms it, and the recount comes to its end."""
    author, second = scene.cast.official(AUTHOR), scene.cast.official(SECOND)
    shown = second.browser.open(second.browser.open("/admin/calendar/").link("/preview/"))
    same = rows_of(second, shown.link("preview.csv")) == rows_of(author, shown.link("preview.csv"))
    scene.ledger.check("the second operator is shown the same preview, line by line", same)
    scene.tell("operator of office 07", "finds the proposal in the calendar, looks at the same preview, confirms it.")
    scene.of_staff(second, "second", "The second person sees the same, and the new moment of the hearing")
    page = second.browser.press(shown.act("publish"))
    where = _path(page)

    def done():
        return ALL_TOLD in second.browser.open(where).text

    scene.cast.product.until(done, "the recount of the revision came to its end")
    scene.week = scene.day_off.becomes
    looked, total = _progress(second.page.text)
    scene.ledger.check("the recount has looked at every clock", looked == total > 0, second.page.text[:800])
    scene.tell("operator of office 07", "publishes: the page of the revision shows the recount until it is done.")
    scene.of_staff(second, "progress", "The revision, and how far the recount has come: to its end")


def citizen_is_told(scene: Golden) -> None:
    """The status page has the new dates, and a letter each says what has changed and by which act."""
    citizen, week = scene.citizen("b"), scene.week
    result, held = in_words(week.day(6), "ru"), in_words(week.day(5), "ru")
    page = citizen.look()
    scene.tell("citizen B", "finds two letters and the new dates: the hearing on Thu 2 April, the result on Fri 3.")
    scene.of_citizen(citizen, "status-after", "The invitation names Thu 2 April now")
    scene.ledger.says("case b: the status page names hearing Thu 2 April 11:00 and result Fri 3 April 18:30", page.text,
                      f"{held}, четверг, 11:00", f"{result}, пятница, 18:30")  # fmt: skip
    letters = (
        ("due-moved", "срок изменился", "The letter on the terms", f"{result} 2026 года, пятница, 18:30"),
        (
            "hearing-moved",
            "время заслушивания изменилось",
            "The letter on the hearing",
            f"{held} 2026 года, четверг, 11:00",
        ),
    )
    for name, subject, title, wanted in letters:
        citizen.browser.open(_letter(citizen, subject))
        scene.of_citizen(citizen, name, title)
        scene.ledger.says(f"case b: {title[0].lower()}{title[1:]} names the new moment and the act",
                          citizen.page.text, wanted, BY_THE_ACT)  # fmt: skip


def why_after(scene: Golden) -> None:
    """Two explanations of one date: as it is counted now, and as it was known on 30 March."""
    citizen, week = scene.citizen("b"), scene.week
    page = _ask_why(scene)
    scene.tell("citizen B", "asks why again: 1 April is left out by the act, and the days as known before stand there.")
    scene.of_citizen(citizen, "why-after", "Why 3 April: 1 April is a day off, by the act")
    scene.ledger.says("case b: now the page explains 3 April, says what moved it, and by which act", page.text,
                      f"Почему {in_words(week.day(6), 'ru')}?", MOVED, BY_THE_ACT)  # fmt: skip
    page = citizen.browser.open(page.link(f"as_of={week.day(3)}"))
    scene.of_citizen(citizen, "why-as-known", "The same date as it was known on 30 March")
    before = in_words(week.day(5), "ru")
    scene.ledger.says("case b: as known on 30 March the page explains 2 April", page.text, f"Почему {before}?")


def chair_sees(scene: Golden) -> None:
    """The desk shows the moved clocks, why, and a journal that is whole."""
    chair, week = scene.cast.of_office("chair"), scene.week
    page = chair.open(scene.citizen("b"))
    scene.tell("chair", "opens case B: its clocks and its hearing stand on the new days.")
    scene.of_staff(chair, "case-after", "The case at the desk with the clocks moved")
    held, result = f"{in_digits(week.day(5))}, бс, 11:00", f"{week.day(6):%d.%m} 18:30"
    scene.ledger.says("case b: the chair sees hearing and result moved, and by which act", page.text,
                      held, result, "№ 000", CHAIN)  # fmt: skip


def nobody_is_heard_on_the_day_off(scene: Golden) -> None:
    """Wed 1 April, 11:40: where the hearing stood there is nothing to record."""
    scene.clock_to(scene.day_off.at("11:40"))
    page = scene.cast.of_office("secretary").open(scene.citizen("b"))
    offered = [form for form in page.forms if "/moves/record_hearing/" in form.action]
    scene.ledger.check("case b: on the day off there is no hearing to record", not offered)
    scene.tell("secretary", "finds nothing to record on the day off: the hearing has not begun.")


def auditor_sees_no_breach(scene: Golden) -> None:
    """By the new days case B was in time with everything."""
    auditor, week, number = scene.cast.official("auditor-01"), scene.week, scene.citizen("b").number
    period = f"?since={week.filed:%Y-%m-%d}&until={week.day(6)}&service=deferral&office=03"
    scene.tell("auditor", "opens the register of breaches and takes the two tables away.")
    page = auditor.browser.open(f"/reports/breaches/{period}")
    scene.of_staff(auditor, "breaches", "The register of breaches: case B is not in it")
    scene.ledger.check("the auditor's register does not show case b", number not in page.text)
    late = [row for row in rows_of(auditor, f"/reports/breaches.csv{period}") if number in row]
    scene.ledger.check("case b: no row in the auditor's breaches.csv", not late, str(late))
    kept = [row for row in rows_of(auditor, f"/reports/clocks.csv{period}") if number in row and WHOLE_TERM in row]
    scene.ledger.check("case b: one row for the whole term in clocks.csv, due 03.04.2026 18:30",
                       len(kept) == 1 and f"{in_digits(week.day(6))} 18:30" in kept[0], str(kept))  # fmt: skip


def journals_hold(scene: Golden) -> None:
    """The product's own proof, over every case of it."""
    done = scene.cast.product.command("verify_journal")
    scene.tell("operator", "runs manage.py verify_journal.")
    scene.ledger.check("verify_journal: the journals of all cases hold", done.returncode == 0,
                       f"{done.stdout}{done.stderr}"[-800:])  # fmt: skip


def _line(day: str) -> str:
    return f"{day},day_off,,government,000,2026-03-31,{SOURCE},0,"


def _progress(text: str) -> tuple[int, int]:
    """(looked at, total) as the bar of a recount says them."""
    found = PROGRESS.search(text)
    return (int(found["done"]), int(found["total"])) if found else (0, 0)


def _letter(citizen, subject: str) -> str:
    """The address of the newest letter of a subject, as soon as it lies in the cabinet."""

    def came():
        return next((address for address, words in citizen.browser.open("/letters/").links if subject in words), None)

    return citizen.product.until(came, f"a letter came: {subject}")


def _path(page) -> str:
    return page.answer.url.path


def _send_file(official, page, lines, expected=(200,)):
    sent = ("days.csv", "\n".join([COLUMNS, *lines, ""]).encode(), "text/csv")
    return official.browser.press(page.act("file"), files={"file": sent}, expected=expected)


def _ask_why(scene):
    """The page of the clock of the whole term."""
    citizen = scene.citizen("b")
    links = [address for address, _ in citizen.look().links if "/why/" in address]
    pages = (citizen.browser.open(link) for link in dict.fromkeys(links))
    return next(page for page in pages if WHOLE_TERM in page.text)
