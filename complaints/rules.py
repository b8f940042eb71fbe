"""The legal clocks of a complaint, as rows: two run at the provider, one at the body that considers it (GAP-34)."""

from datetime import date

from calendars.rules import Rule, Unit
from kazservices.offices.roles import Role

SINCE = date(2020, 1, 1)

#: What a complaint carries of these its clocks begin by; see ``Complaint.marks``.
PROVIDER, OWN, BODY, OUTSIDE, FIVE, FIFTEEN = "provider", "own", "body", "outside", "five", "fifteen"
#: The moves that say what the body thinks of the complaint; its answer ends the term.
ANSWERED = frozenset({"answer"})
#: The terms of consideration count from the day of registration, whatever hour it was entered at.
REGISTERED = "registered_on"
EXTENSION = {"extendable": 10, "extension_norm": "LAW-25-4a"}
AT_THE_BODY = {
    "since": SINCE,
    "until": None,
    "starts": frozenset({"take_up"}),
    "stops": ANSWERED,
    "unit": Unit.WORKING_DAYS,
    "from_happening": True,
    "from_day": REGISTERED,
    "outlives": True,
    "transfers": frozenset({"hand_over"}),
    "responsible": Role.HEAD,
    **EXTENSION,
}
THEIRS = {
    "since": SINCE,
    "until": None,
    "starts": frozenset({"confirm_registration"}),
    "stops": frozenset({"record_answer"}),
    "unit": Unit.WORKING_DAYS,
    "from_happening": True,
    "from_day": "their_registered_on",
    "ours": False,
    "external": True,
}

RULES = (
    Rule(
        code="complaint.register",
        norm="CONS-14-1",
        since=SINCE,
        until=None,
        starts=frozenset({"submit"}),
        stops=frozenset({"register", "take_up"}),
        length=0,
        unit=Unit.WORKING_DAYS,
        responsible=Role.CLERK,
        label_kk="Шағымды тіркеу",
        label_ru="Регистрация жалобы",
        label_en="Registration of the complaint",
    ),
    Rule(
        code="complaint.forward",
        norm="CONS-14-2",
        since=SINCE,
        until=None,
        starts=frozenset({"submit", "hand_over"}),
        stops=frozenset({"forward", "grant_in_full"}),
        marks=frozenset({PROVIDER}),
        length=3,
        unit=Unit.WORKING_DAYS,
        responsible=Role.HEAD,
        warn_days_before=1,
        label_kk="Талапты толық орындау немесе шағымды қарайтын органға жіберу",
        label_ru="Удовлетворить полностью или направить органу, рассматривающему жалобу",
        label_en="Grant in full, or forward to the body that considers it",
    ),
    Rule(
        code="complaint.consider",
        norm="CONS-14-4",
        since=SINCE,
        until=None,
        starts=frozenset({"register"}),
        stops=frozenset({"grant_in_full"}),
        transfers=frozenset({"forward"}),
        marks=frozenset({PROVIDER, OWN}),
        from_happening=True,
        from_day=REGISTERED,
        length=5,
        unit=Unit.WORKING_DAYS,
        responsible=Role.HEAD,
        label_kk="Шағымды қарау",
        label_ru="Рассмотрение жалобы",
        label_en="Consideration of the complaint",
    ),
    Rule(
        code="complaint.answer_5",
        norm="LAW-25-2a",
        marks=frozenset({BODY, FIVE}),
        length=5,
        label_kk="Шағымға жауап",
        label_ru="Ответ на жалобу",
        label_en="Answer to the complaint",
        **AT_THE_BODY,
    ),
    Rule(
        code="complaint.answer_15",
        norm="LAW-25-2b",
        marks=frozenset({BODY, FIFTEEN}),
        length=15,
        label_kk="Уәкілетті органның жауабы",
        label_ru="Ответ уполномоченного органа",
        label_en="Answer of the authority for quality",
        **AT_THE_BODY,
    ),
    Rule(
        code="complaint.tell_extension",
        norm="LAW-25-4b",
        since=SINCE,
        until=None,
        starts=frozenset({"extend"}),
        stops=frozenset({"tell_extension"}),
        from_acceptance=False,
        length=3,
        unit=Unit.WORKING_DAYS,
        responsible=Role.CLERK,
        label_kk="Мерзімнің ұзартылғаны туралы хабарлау",
        label_ru="Уведомление о продлении срока",
        label_en="Notice of the extension",
    ),
    Rule(
        code="complaint.their_5",
        norm="CONS-14-4",
        marks=frozenset({OUTSIDE, FIVE}),
        length=5,
        label_kk="Шағымды қарайтын органның жауабы",
        label_ru="Ответ органа, рассматривающего жалобу",
        label_en="Answer of the body that considers it",
        **THEIRS,
    ),
    Rule(
        code="complaint.their_15",
        norm="CONS-14-5",
        marks=frozenset({OUTSIDE, FIFTEEN}),
        length=15,
        label_kk="Уәкілетті органның жауабы",
        label_ru="Ответ уполномоченного органа",
        label_en="Answer of the authority for quality",
        **THEIRS,
    ),
)
