"""The stories: what may happen to an application, each lawful step at an hour of a working day."""

from .story import APPLICANT, Story, When, step, story

GROUND, UNTRUE = "2", "1"
WHY_NOT = "Ұсынылған құжат өтініш берушінің санат талаптарына сай келетінін растамайды."
SEEN = "Құжаттар толық, санатқа сәйкес келеді."
ROOM = "214-кабинет"


def sent(day=1, hour="10:15"):
    return step(day, hour, "chair", "send_to_members")


def votes(day, *decisions, hours=("10:40", "12:05", "15:20")):
    """An opinion of each member, in turn; None for one who stays silent."""
    for number, (decision, hour) in enumerate(zip(decisions, hours, strict=True), start=1):
        if decision == "approve":
            yield step(day, hour, f"member{number}", "give_opinion", decision="approve", motive=SEEN)
        elif decision:
            why = {"ground": GROUND, "motive": WHY_NOT}
            yield step(day, hour, f"member{number}", "give_opinion", decision="refuse", **why)


def called(day, hour, held_day, held_hour="11:00"):
    return step(
        day, hour, "chair", "call_hearing", grounds=[GROUND], motive=WHY_NOT, held_at=When(held_day, held_hour),
        place=ROOM, way="in_person",
    )  # fmt: skip


def held(day, hour, ended, recorded, *, waived=False):
    return step(
        day, recorded, "secretary", "record_hearing", started_at=When(day, hour), ended_at=When(day, ended), place=ROOM,
        official=("name", "chair"), secretary=("name", "secretary"), participant=("name", APPLICANT), matter=WHY_NOT,
        explanations="Өтініш беруші қосымша түсініктеме берді және құжаттың түпнұсқасын көрсетті.",
        questions="Құжаттың берілген күні мен мерзімі нақтыланды.", objection_waived=waived,
    )  # fmt: skip


def refused(day, hour="10:20"):
    return step(day, hour, "chair", "refuse", grounds=[GROUND], motive=WHY_NOT, chair_motive="")


def granted(day, hour="11:30", motive=""):
    return step(day, hour, "chair", "grant", motive=motive, valid_until=None)


def changed_minds(day, hour="14:40"):
    return step(day, hour, "member1", "revise_opinion", decision="approve", motive="Тыңдаудан кейін дәлел жеткілікті.")


def explained(day, hour, rule, cause, note):
    return step(day, hour, "head", "explain", rule=rule, cause=cause, note=note)


YES, NO = ("approve",) * 3, ("refuse", "refuse", "approve")

STORIES: dict[str, Story] = {
    "granted": story(sent(), *votes(2, *YES), granted(3)),
    "granted_at_once": story(sent(0, "15:05"), *votes(1, *YES), granted(2, "10:05"), filed="09:25"),
    "filed_at_night": story(sent(0, "11:20"), *votes(1, *YES), granted(2, "16:45"), filed="20:40"),
    "a_silent_member": story(
        sent(),
        *votes(2, "approve", "approve", None),
        granted(3, "12:10"),
        explained(3, "17:05", "members", "other", "Комиссия мүшесі кезекті еңбек демалысында болған."),
    ),
    "refused": story(
        sent(), *votes(2, *NO), called(3, "12:00", 5), held(5, "11:00", "11:35", "11:50"), refused(6, "10:10")
    ),
    "granted_after_hearing": story(
        sent(), *votes(2, *NO), called(3, "10:30", 4), held(4, "11:00", "11:40", "12:00"), changed_minds(4), granted(5)
    ),
    "no_show": story(
        sent(),
        *votes(2, *NO),
        called(3, "15:30", 5, "10:00"),
        step(5, "10:45", "secretary", "record_no_show", note="Хабарлама кабинетке тапсырылған; өтініш беруші келмеді."),
        refused(6, "12:15"),
    ),
    "in_writing": story(
        sent(),
        *votes(2, *NO),
        called(3, "11:15", 5),
        step(
            4,
            "20:10",
            APPLICANT,
            "give_position",
            instead_of_coming=True,
            position="Оқу мерзімі ұзартылды, жаңа анықтаманы оқу орны осы аптада береді. Келе алмаймын.",
        ),
        step(5, "11:10", "secretary", "record_position"),
        changed_minds(5),
        granted(6, "09:40"),
    ),  # fmt: skip
    "postponed": story(
        sent(),
        *votes(2, *NO),
        called(3, "10:00", 4),
        step(3, "16:10", APPLICANT, "ask_postponement", wish="Сол күні емтихан бар.", wished_at=When(5, "15:00")),
        step(
            4,
            "09:30",
            "secretary",
            "postpone_hearing",
            held_at=When(5, "15:00"),
            place=ROOM,
            way="in_person",
            reason="Өтініш берушінің емтиханына байланысты",
            asked_by="applicant",
        ),
        held(5, "15:00", "15:30", "15:45"),
        refused(6, "11:05"),
    ),  # fmt: skip
    "late_notice": story(
        sent(2, "16:00"),
        *votes(3, *NO),
        step(4, "10:10", "head", "permit_hearing", reason="Төраға іссапарда болған; тыңдаусыз бас тартуға болмайды."),
        called(4, "12:05", 6, "10:00"),
        held(6, "10:00", "10:35", "10:50"),
        refused(7, "10:15"),
        explained(7, "16:20", "send", "official", "Төраға іссапарда болған, орынбасар тағайындалмаған."),
        explained(7, "16:25", "hearing_notice", "official", "Алдыңғы кезең кешіккен."),
        explained(7, "16:30", "decide", "official", "Тыңдау заңды мерзімнің соңғы күні өтті."),
    ),
    "decided_late": story(
        sent(),
        *votes(2, *YES),
        granted(7, "09:35"),
        explained(8, "12:00", "conclude", "official", "Төраға ауырып қалған; бұйрық кеш шықты."),
        explained(8, "12:05", "decide", "official", "Төраға ауырып қалған; бұйрық кеш шықты."),
    ),
    "sent_late": story(
        sent(2, "10:20"), *votes(3, *YES), granted(4), explained(4, "15:00", "send", "other", "Қосымша тексеру болған.")
    ),
    "withdrawn": story(sent(), step(2, "13:20", APPLICANT, "withdraw")),
    "withdrawn_early": story(step(0, "17:40", APPLICANT, "withdraw"), filed="12:30"),
    "incomplete": story(papers=0),
    "not_what_it_claims": story(
        step(0, "16:30", "clerk", "refuse_acceptance", missing=[], motive="Файлда басқа адамның анықтамасы тұр.")
    ),
    "a_member_recused": story(
        sent(),
        step(1, "12:10", "head", "recuse", person=("pk", "member3"), reason="Өтініш берушінің туысы."),
        *votes(2, "approve", "approve", None),
        granted(3, "10:50"),
    ),
    "reopened": story(
        sent(),
        *votes(2, *NO),
        called(3, "12:20", 5),
        held(5, "11:00", "11:30", "11:45"),
        refused(6, "15:20"),
        step(12, "10:00", "head", "withdraw_result", because="Облыс әкімдігінің шағым бойынша шешімі (үлгі)."),
        granted(13, "11:00", "Шағым бойынша шешімде жаңа дәлел танылды."),
    ),
    "reopened_today": story(
        sent(),
        *votes(2, *NO),
        called(3, "12:20", 5),
        held(5, "11:00", "11:30", "11:45"),
        refused(6, "15:20"),
        step(12, "09:50", "head", "withdraw_result", because="Облыс әкімдігінің шағым бойынша шешімі (үлгі)."),
    ),
    "just_filed": story(),
    # Stories that stop: what the people of today find on their desks.
    "waits_for_the_chair": story(filed="09:40"),
    "waits_for_members": story(sent(1, "09:30"), *votes(2, "approve", None, None, hours=("09:20", "10:00", "11:00"))),
    "waits_for_all_members": story(sent(1, "09:45")),
    "waits_for_a_conclusion": story(sent(), *votes(2, *YES)),
    "waits_for_a_notice": story(sent(), *votes(2, *NO)),
    "waits_for_the_hearing": story(sent(), *votes(2, *NO), called(3, "09:20", 5)),
    "waits_after_the_hearing": story(
        sent(), *votes(2, *NO), called(3, "09:50", 4, "10:00"), held(4, "10:00", "10:30", "10:40")
    ),
    "position_given": story(
        sent(),
        *votes(2, *NO),
        called(3, "12:30", 5, "15:00"),
        step(
            4,
            "19:15",
            APPLICANT,
            "give_position",
            instead_of_coming=True,
            position="Жаңа анықтаманы қоса беремін, тыңдауға келмеймін.",
        ),
    ),  # fmt: skip
}
