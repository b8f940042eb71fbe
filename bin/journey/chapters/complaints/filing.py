"""Monday: four complaints arrive, three from phones, one in an envelope; what cannot be true is told at its field."""

from days import at, in_words
from ledger import Fault

from chapters.complaints.ways import CASE, DAYS, MONDAY, REFUSED, SCHOOL, SENT_ON, Ways, refused_move

SAID = {
    "a": {"text": "Анықтаманың мерзімі өткен жоқ, бас тарту дұрыс емес.", "demand": "Бас тартудың күшін жою."},
    "b": {"text": "Тыңдауда көрсеткен құжатым ескерілмеді.", "demand": "Өтінішті қайта қарап, кейінге қалдыру."},
    "c": {"text": "Сотрудник отказался назвать срок ответа.", "demand": "Провести проверку и принять меры."},
    "e": {"text": "Мектеп құжаттарды қабылдағысы келмеді.", "demand": "Құжаттарды қабылдау."},
}
NOT_OWN = "У заявителя нет дела с таким номером"
SECOND = "Осы іс бойынша"
BEFORE_ARRIVAL = "Ол күні шағым әлі түспеген"
PARENT = "Әлиева Гүлнар Сапарқызы"
FORWARD_BY, CONSIDER_BY = DAYS[2], DAYS[4]


def conscripts_complain(scene: Ways) -> None:
    """A and B from the pages of their refused cases: the form knows the case, the page has both clocks."""
    scene.clock_to(at(MONDAY, "15:00"))
    for name in ("a", "b"):
        citizen = scene.citizen(name)
        citizen.enter()
        _find_refused_case(citizen)
        scene.refusals[name] = citizen.papers(1)[0]
        citizen.look()
        if name == "a":
            scene.tell("citizen A", "opens the page of his refused deferral: he may complain there.")
            scene.of_citizen(citizen, "refused", "The refused case, and the way to complain")
        page = citizen.browser.press(citizen.page.form(to=SENT_ON))
        known, number = page.form(having="about").values("about"), citizen.number
        scene.ledger.check(f"case {name}: the form of the complaint knows the case", known == [number], str(known))
        citizen.browser.open(page.url)
        _send(scene, name, **SAID[name])
    scene.tell("citizens A and B", "say what is wrong and what they demand, and sign with a one-time password.")
    for name in ("a", "b"):
        page = scene.complaint(name).look()
        scene.ledger.says(f"case {name}: its page has both clocks: forward by Thu 19 March, consider by Thu 26 March",
                          page.text, in_words(FORWARD_BY, "kk"), in_words(CONSIDER_BY, "kk"))  # fmt: skip
    scene.of_citizen(scene.complaint("a"), "status", "Both clocks on the page of the complaint")


def another_is_not_taken(scene: Ways) -> None:
    """A second complaint on a case that has one, and a complaint on the case of somebody else."""
    citizen, stranger = scene.citizen("b"), scene.citizen("c")
    number, running, of_a = citizen.number, scene.complaint("b").number, scene.citizen("a").number
    page = citizen.look()
    scene.ledger.check("case b: the page of the case offers no second complaint",
                       not [form for form in page.forms if SENT_ON in form.action])  # fmt: skip
    citizen.choose("complaint", "PROVIDER", "Сарыөзен")
    page = citizen.answer(about=number, subject="decision", **SAID["b"])
    scene.tell("citizen B", "tries to complain once more on the same case, by its number: told at the field.")
    scene.of_citizen(citizen, "second", "One complaint on a case at a time", top="#errors")
    scene.ledger.says("a second complaint on one case is refused in words", page.text, f"№ {running}")
    stranger.enter()
    stranger.choose("complaint", "PROVIDER", "Сарыозен")
    page = stranger.answer(about=of_a, subject="act", addressee="quality", **SAID["c"])
    scene.tell("citizen C", "writes the number of A's case into his complaint.")
    scene.ledger.says("the case of another person is refused in words", page.text, NOT_OWN)
    stranger.answer(about="")


def third_goes_to_the_authority(scene: Ways) -> None:
    """C leaves the number out; he wants the authority for quality to consider it."""
    _send(scene, "c")
    page = scene.complaint("c").look()
    scene.tell("citizen C", "leaves the field empty: he complains of an act, to the authority for quality.")
    scene.of_citizen(scene.complaint("c"), "to-authority", "Who considers it, and within how many working days")
    scene.ledger.says("case c: the authority answers within fifteen working days", page.text,
                      "Департамент качества услуг", "15 рабочих дней")  # fmt: skip


def parent_writes_by_post(scene: Ways) -> None:
    """An envelope at the school: written down at the counter with the hour of its stamp, registered that day."""
    scene.clock_to(at(MONDAY, "16:00"))
    clerk, parent = scene.office("clerk", SCHOOL), scene.citizen("e")
    parent.enter()
    form = clerk.browser.open("/admin/counter/").form(having="situation")
    form.fill(situation=form.offered("situation", "Мекеменің шешіміне"), iin=parent.iin, full_name=PARENT,
              phone=parent.phone, language=parent.language)  # fmt: skip
    form = clerk.browser.press(form).form(having="how")
    form.fill(how="post", arrived_on=f"{MONDAY}", arrived_at="10:40", subject="act", **SAID["e"])
    clerk.browser.press(form, button=("act", "keep"))
    scene.tell("clerk of the school", "writes down at the counter a complaint that came by post at 10:40.")
    scene.of_staff(clerk, "counter", "The counter asks how it came, and when", whole=True)
    clerk.browser.press(clerk.page.form(having="how"), button=("act", "take"))
    parent.case = clerk.page.answer.url.path.removeprefix("/admin")
    complaint = scene.complaints["e"] = parent
    page = refused_move(clerk, complaint, "register", registered_on="2026-03-13")
    scene.tell("clerk of the school", "dates the registration Friday by mistake: it had not arrived then.")
    scene.of_staff(clerk, "before-arrival", "A registration before the arrival is told at its field")
    scene.ledger.says("a registration before the arrival is refused in words", page.text, BEFORE_ARRIVAL)
    page = clerk.move(complaint, "register", registered_on=f"{MONDAY}")
    scene.ledger.says("case e: it arrived at 10:40 and goes on by Thu 19 March", page.text, "10:40",
                      f"{FORWARD_BY:%d.%m} 18:30")  # fmt: skip


def _find_refused_case(citizen) -> None:
    """The case of his on whose page a complaint is offered and the refusal stands."""
    page = citizen.browser.open("/cases/")
    for address in dict.fromkeys(one for one, _ in page.links if CASE.match(one)):
        citizen.case = address
        page = citizen.look()
        if REFUSED in page.text and any(SENT_ON in form.action for form in page.forms):
            return
    raise Fault("he has a case that was refused")


def _send(scene, name, **said) -> None:
    """From the form that stands open to the complaint."""
    citizen = scene.citizen(name)
    if said:
        citizen.answer(**said)
    citizen.review()
    citizen.sign()
    scene.remember(name)
