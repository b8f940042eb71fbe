"""One finished case of each service, told by the worlds of the services' own tests."""

from datetime import date

from kazservices.flow.door import advance
from kazservices.passports import service as passports
from kazservices.passports.models import Edition
from schools.admission import orders
from schools.admission.models import AdmissionApplication, Pool
from schools.contest.models import ContestApplication
from schools.duplicates import originals
from schools.duplicates.models import Blank, BlankForm
from tests import world
from tests.complaints import scene
from tests.schools.admission import scene as admission
from tests.schools.contest import world as contest
from tests.schools.duplicates import conftest as duplicates
from tests.schools.duplicates import counter
from tests.schools.transfer import scene as transfer
from tests.simple import school as simple


def conscripted(service):
    """Refused after a hearing: with votes, a preliminary decision, a record, letters."""
    place = world.build_place()
    world.order_call_up(place.operator)
    category = "STUDY" if service == "deferral" else "DEGREE"
    return world.to_refused(world.build_recipient(), place, service=service, category=category)


def simple_case(service):
    place, user = simple.build_school(), world.build_recipient()
    with world.at("2026-03-20 12:00"):
        case = simple.apply(user, place.office, service)
    with world.at("2026-03-20 16:00"):
        return world.make(case, "grant", place.head, motive="")


def admitted(service):
    school = admission.build_school()
    if service == "admission_classes":
        edition = Edition.objects.get(code="admission-classes-2020")
        passports.switch(edition, on=True, reason="Тексерілді", by=school.operator)
        admission.pool(school, seats=1, grade=5)
        with world.at("2026-06-02 10:00"):
            return admission.apply(school, service=service, said={"grade": 5})
    pool = admission.pool(school)
    with world.at("2026-04-01 10:00"):
        case = admission.apply(school)
    with world.at("2026-04-02 10:00"):
        admission.hold(school, pool)
    if service == "admission":
        return AdmissionApplication.objects.get(pk=case.pk)
    with world.at("2026-08-26 10:00"):
        order = orders.draw_up(Pool.objects.get(), by=school.academic)
        return world.make(order, "sign_order", school.head, order_number="101")


def transferred(service):
    place = transfer.build_school("21", "№ 21 мектеп")
    transfer.build_school("22", "№ 22 мектеп")
    return transfer.admit(transfer.filed(transfer.build_parent(), place), place)


def duplicated(service):
    school = duplicates.build_school()
    form = BlankForm.objects.create(
        document="general", name_kk="2020 жылғы үлгі", name_ru="Образец 2020 года", act="бұйрық", since="2020-01-01"
    )
    blank = Blank.objects.create(
        office=school.office, form=form, series="ЖОБ", number="0000001", received_on="2026-01-12",
        received_by=school.clerk,
    )  # fmt: skip
    if service == "original":
        said = {"graduate": "Оспанов Нұрлан", "document": "general", "basis": "commission", "basis_number": "7"}
        with world.at("2026-06-18 10:00"):
            made = originals.Decision(**said, basis_date=date(2026, 6, 12))
            case = originals.enter(school.office, made, blank=blank.pk, by=school.clerk)
            return advance(case, "hand_over", by=school.clerk, received_by="self", identity="ЖК 1")
    with world.at("2026-03-13 10:00"):
        case = counter.apply(world.build_recipient(), school.office)
        case = world.make(case, "write_out", school.clerk, blank=blank.pk)
        return duplicates.sign_and_issue(case, school)


def contested(service):
    school = contest.build_school()
    case = contest.to_ordered(school, [{}, {}], [(40, 5), (30, 0)])
    return case if service == "contest" else ContestApplication.objects.order_by("pk").first()


def complained(service):
    place, user = world.build_place(), world.build_recipient()
    with world.at(scene.FILED):
        complaint = scene.complain(user, place.office)
    with world.at("2026-03-26 10:00"):
        return scene.move(complaint, "grant_in_full", place.head, granted="Талап орындалды.")


LIVES = {
    **dict.fromkeys(("deferral", "exemption"), conscripted),
    **dict.fromkeys(simple.SERVICES, simple_case),
    **dict.fromkeys(("admission", "admission_classes", "admission_order"), admitted),
    "transfer": transferred,
    **dict.fromkeys(("duplicates", "original"), duplicated),
    **dict.fromkeys(("contest", "contest_application"), contested),
    "complaint": complained,
}
