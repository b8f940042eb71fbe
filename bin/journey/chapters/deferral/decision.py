"""The six working days: sent on D1, voted on D2, concluded or called on D3, heard on D5 and D6, refused from D6."""

from days import in_digits, in_english, in_words
from papers import words_of

from chapters.deferral.week import Golden

MEMBERS = ("member1", "member2", "member3")
WOULD_REFUSE = {"decision": "refuse", "ground": "2"}
MOTIVES = {
    "b": "Анықтамада көрсетілген оқу мерзімі аяқталған.",
    "c": "Медициналық комиссияның үзіндісі осы кезеңге жатпайды.",
}
NOT_IN_TIME = "хабарламаның соңғы күні өтіп кетті"
POSITION = "Моё обучение продлено до июля, приказ вуза приложу на заслушивании."
EXPLANATION = {
    "b": "Өтініш беруші оқу мерзімі шілдеге дейін ұзартылғанын айтты, бірақ бұйрықты көрсетпеді.",
    "c": "Өтініш беруші жаңа үзінді алуға үлгермегенін айтты.",
}


def chair_sends_on(scene: Golden) -> None:
    """D1: all three go to the members."""
    scene.move_clock(1, "10:00")
    chair = scene.cast.of_office("chair")
    scene.tell("chair", "opens the day: the cases that wait for him stand first.")
    scene.of_staff(chair, "today", "The chair's Today", "/admin/")
    chair.open(scene.citizen("b"))
    scene.of_staff(chair, "case", "The page of a case: clocks, papers, journal, the one move that leads on")
    for citizen in scene.cast.citizens.values():
        chair.move(citizen, "send_to_members")
    scene.tell("chair", "sends the three applications to the members of the commission.")


def members_give_opinions(scene: Golden) -> None:
    """D2: case A unanimously for, B and C against by a majority; the round ends with the last opinion."""
    scene.move_clock(2, "11:00")
    for number, name in enumerate(MEMBERS):
        member = scene.cast.of_office(name)
        member.move(scene.citizen("a"), "give_opinion", decision="approve")
        for case in ("b", "c"):
            member.move(scene.citizen(case), "give_opinion", **_opinion(number, case))
    scene.tell("members 1, 2, 3", "give their opinions: A three for, B and C two against on ground 2. The round ends.")
    scene.of_staff(
        scene.cast.of_office("member3"), "opinions", "A member sees the others' opinions after giving his own"
    )


def second_goes_to_members(scene: Golden) -> None:
    """D1, case B alone."""
    scene.move_clock(1, "10:00")
    scene.cast.of_office("chair").move(scene.citizen("b"), "send_to_members")
    scene.tell("chair", "sends case B to the members of the commission.")


def second_is_voted(scene: Golden) -> None:
    """D2, case B alone: two of three would refuse."""
    scene.move_clock(2, "11:00")
    for number, name in enumerate(MEMBERS):
        scene.cast.of_office(name).move(scene.citizen("b"), "give_opinion", **_opinion(number, "b"))
    scene.tell("members 1, 2, 3", "give their opinions of case B: two against on ground 2, one for.")


def _opinion(number, case) -> dict:
    """The third of the members is for, the others against."""
    return {"decision": "approve"} if number == 2 else {**WOULD_REFUSE, "motive": MOTIVES[case]}


def first_ends_in_a_conclusion(scene: Golden) -> None:
    """D3, case A: the conclusion is drawn, read, signed; at that moment it lies in the cabinet."""
    scene.move_clock(3, "10:30")
    chair, citizen = scene.cast.of_office("chair"), scene.citizen("a")
    drawn = chair.prepare_paper(citizen, "grant")
    paper = words_of(drawn)
    scene.tell("chair", "prepares the conclusion of case A, reads it, and signs exactly these bytes.")
    scene.of_staff(chair, "sign", "The paper is read where it is signed")
    scene.of_paper(drawn, "conclusion", "The conclusion (our own form: the official one is not loaded)")
    chair.sign_paper()
    text = citizen.look().text
    scene.ledger.says("case a: the citizen reads that the commission decided in his favour", text, "сіздің пайдаңызға")
    scene.ledger.says("case a: the conclusion (PDF) carries 30 March 2026", paper, in_words(scene.week.day(3), "kk"))
    scene.ledger.check("case a: what was signed is what lies in the cabinet", citizen.paper() == paper)
    scene.tell("citizen A", "finds the conclusion in the cabinet, two working days before its term ends.")
    scene.of_citizen(citizen, "granted", "Decided in the citizen's favour")


def second_is_called_in_time(scene: Golden) -> None:
    """D3, case B: preliminary decision and notice of the hearing in one move, on the last day for it."""
    scene.move_clock(3, "12:00")
    chair, citizen = scene.cast.of_office("chair"), scene.citizen("b")
    week = scene.week
    held = week.day(5)
    offered = [chosen for form in chair.open(citizen).forms for chosen in form.values("day")]
    last_days = [chosen for chosen in offered if chosen.startswith("2026")]
    scene.ledger.check(
        "case b: the form offers no hearing after Wed 1 April", max(last_days) == f"{held}", str(offered)
    )
    facts = {"day": f"{held}", "hour": "11:00", "grounds": ["2"], "motive": MOTIVES["b"]}
    drawn = chair.prepare_paper(citizen, "call_hearing", **facts)
    paper = words_of(drawn)
    chair.sign_paper()
    scene.tell("chair", "signs preliminary decision and notice for case B on D3, the last day for it.")
    scene.of_paper(drawn, "notice", "Preliminary decision and notice of the hearing")
    scene.ledger.says(
        "case b: the notice (PDF) names hearing 01.04.2026 11:00 and result 02.04.2026",
        paper, f"11:00 ({in_digits(held)})", f"18:30 ({in_digits(week.day(6))})",
    )  # fmt: skip
    page = citizen.look()
    invited = f"{in_words(held, 'ru')}, среда, 11:00"
    scene.ledger.says("case b: the citizen is invited for 1 April, 11:00", page.text, "Вы приглашены", invited)
    scene.ledger.says("case b: his copy of the notice is dated 30 March", citizen.paper(), in_words(week.day(3), "ru"))
    scene.tell("citizen B", "reads the invitation in the cabinet and sends a position in writing besides.")
    scene.of_citizen(citizen, "invited", "Invited to a hearing: when, where, why, and what may be done")
    form = citizen.browser.open(page.link("/do/give_position/")).form(having="position")
    form.fill(position=POSITION)
    citizen.browser.press(form)
    scene.ledger.says("case b: the position stands in the case", citizen.look().text, "Ваша позиция приобщена к делу")


def third_is_called_too_late(scene: Golden) -> None:
    """D4, case C: the last day has gone; the head must allow the notice in writing, and the breach is noted."""
    scene.move_clock(4, "10:00")
    chair, head, citizen = scene.cast.of_office("chair"), scene.cast.of_office("head"), scene.citizen("c")
    page = chair.open(citizen)
    scene.ledger.says("case c: on D4 the notice is closed, with the reason", page.text, NOT_IN_TIME)
    scene.tell("chair", "finds on D4 that case C was forgotten: the notice is closed, the page says why.")
    scene.of_staff(chair, "closed-move", "The move is closed, with its reason")
    answer = chair.browser.post_by_hand(f"{page_path(page)}moves/call_hearing/", seen="0", motive="x")
    scene.ledger.check(
        "case c: a late notice is refused to the chair", answer.status_code == 409, str(answer.status_code)
    )
    head.move(
        citizen, "permit_hearing", reason="Төраға үш күн іссапарда болды; азаматты тыңдамай бас тартуға болмайды."
    )
    scene.tell("head", "allows the late hearing of case C in writing, with the reason.")
    facts = {"day": f"{scene.week.day(6)}", "hour": "11:00", "grounds": ["2"], "motive": MOTIVES["c"]}
    paper = chair.move_with_paper(citizen, "call_hearing", **facts)
    called = f"11:00 ({in_digits(scene.week.day(6))})"
    scene.ledger.says("case c: the late notice (PDF) names hearing 02.04.2026 11:00", paper, called)
    scene.tell("chair", "signs the late notice: the hearing of case C is on Thu 2 April.")


def second_is_heard(scene: Golden) -> None:
    """D5, case B: the secretary writes the record and signs it, then the chair."""
    scene.move_clock(5, "11:40")
    paper = _record(scene, "b", "11:30")
    scene.ledger.says(
        f"case b: the record (PDF) names {in_english(scene.week.day(5))}, 11:00 to 11:30",
        paper, in_digits(scene.week.day(5)), "11:00", "11:30", EXPLANATION["b"],
    )  # fmt: skip
    scene.tell("secretary", "writes and signs the record of the hearing of case B; the chair signs it too.")
    chair = scene.cast.of_office("chair")
    page = chair.open(scene.citizen("b"))
    offered = [form for form in page.forms if "/moves/refuse/" in form.action]
    scene.ledger.check("case b: no refusal before the third working day after the notice", not offered)


def second_is_refused(scene: Golden) -> None:
    """D6, case B: refused after the hearing, within the term."""
    scene.move_clock(6, "10:00")
    _refuse(scene, "b", heard=5, served=3)
    scene.of_citizen(scene.citizen("b"), "refused", "Refused: the motive, the paper, the way to complain")


def third_is_heard(scene: Golden) -> None:
    """D6, case C: heard on the second working day after its late notice."""
    scene.move_clock(6, "11:40")
    paper = _record(scene, "c", "11:20")
    scene.ledger.says("case c: the record (PDF) names 02.04.2026", paper, in_digits(scene.week.day(6)))
    scene.tell("secretary", "writes and signs the record of the hearing of case C; the chair signs it too.")
    scene.of_staff(scene.cast.of_office("secretary"), "heard", "The case after its hearing")


def third_is_refused(scene: Golden) -> None:
    """The working day after D6, case C: the refusal is lawful only now, and late."""
    scene.move_clock(7, "10:00")
    _refuse(scene, "c", heard=6, served=4)


def page_path(page) -> str:
    """The address of the case page that stands open."""
    return page.answer.url.path


def _record(scene, name, ended) -> str:
    secretary = scene.cast.of_office("secretary")
    secretary.open(scene.citizen(name))
    facts = {"started": "11:00", "ended": ended, "explanations": EXPLANATION[name]}
    paper = secretary.move_with_paper(scene.citizen(name), "record_hearing", **facts)
    chair = scene.cast.of_office("chair")
    scene.ledger.check(f"case {name}: the chair signs the same record", chair.countersign(scene.citizen(name)) == paper)
    return paper


def _refuse(scene, name, *, heard, served):
    chair, citizen, week = scene.cast.of_office("chair"), scene.citizen(name), scene.week
    today = scene.cast.product.now().date()
    paper = chair.move_with_paper(citizen, "refuse", grounds=["2"], motive=MOTIVES[name])
    scene.tell("chair", f"reads and signs the refusal of case {name.upper()}: ground 2, after the hearing.")
    scene.ledger.says(
        f"case {name}: the refusal (PDF) names notice {in_digits(week.day(served))}, "
        f"hearing {in_digits(week.day(heard))}, and is dated {in_digits(today)}",
        paper, in_digits(week.day(served)), in_digits(week.day(heard)), in_words(today, "kk"), MOTIVES[name],
    )  # fmt: skip
    refused = {"kk": "бас тартылды", "ru": "В оказании услуги отказано"}[citizen.language]
    scene.ledger.says(f"case {name}: the citizen reads the refusal and its motive", citizen.look().text, refused)
    mine = citizen.papers(3)
    scene.ledger.says(f"case {name}: his copy is dated the same day", mine[0], in_words(today, citizen.language))
