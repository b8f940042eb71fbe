"""Loading passport files: all or nothing, twice the same as once, and never into an edition in use."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kazservices.clock import now

from .files import PassportFile, read_file
from .models import (
    Assumption,
    Category,
    Edition,
    FormField,
    Ground,
    Question,
    RegisterItem,
    Requirement,
    Service,
    Variant,
    Window,
)

FOLDER = settings.BASE_DIR / "fixtures" / "passports"
LOADED, REPLACED, UNCHANGED = "loaded", "replaced", "unchanged"

# Standard fields that are one value; all its other fields are law texts in three columns.
_PLAIN = ("term_length", "term_unit", "price", "schedule", "eds_accepted", "otp_accepted", "contact_phones")
_COLUMNS = {"price_text": "price", "schedule_text": "schedule"}


@dataclass(frozen=True)
class Loaded:
    """What became of one file."""

    code: str
    outcome: str


def load_all() -> list[Loaded]:
    """Every passport of the project, in the order of the files' names."""
    return [load(path) for path in sorted(FOLDER.glob("*.yaml"))]


@transaction.atomic
def load(path: Path | str) -> Loaded:
    """Load one file, or raise PassportError and change nothing. Norm: LAW-14-3-1."""
    file = read_file(Path(path))
    return _load_general_grounds(file) if file.is_general else _load_edition(file)


def _load_edition(file: PassportFile) -> Loaded:
    content, code = file.content, file.content["edition"]
    before = Edition.objects.select_for_update().filter(code=code).first()
    if before and before.sha256 == file.sha256:
        return Loaded(code, UNCHANGED)
    if before and before.cases.exists():
        file.refuse("edition", _("edition “%(code)s” is in use and is never changed: make a new edition"), code=code)
    service = _service(file)
    _refuse_a_first_day_taken(file, service)
    if before:
        before.delete()
    columns = _columns(content)
    edition = Edition.objects.create(service=service, code=code, sha256=file.sha256, loaded_at=now(), **columns)
    _write_windows_and_assumptions(edition, content)
    _write_grounds(edition, content["grounds"])
    _write_categories(edition, content)
    _write_fields(edition, content["fields"])
    _name_after_newest(service)
    return Loaded(code, REPLACED if before else LOADED)


def _service(file: PassportFile) -> Service:
    """The prefix stands in numbers already given: a file cannot change it."""
    given, standard = file.content["service"], file.content["standard"]
    service, _created = Service.objects.get_or_create(
        code=given["code"],
        defaults={"number_prefix": given["number_prefix"], **_law(standard, "name"), **_law(standard, "alias")},
    )
    if service.number_prefix != given["number_prefix"]:
        file.refuse("service", _("the service's numbers begin with “%(prefix)s”"), prefix=service.number_prefix)
    return service


def _refuse_a_first_day_taken(file: PassportFile, service: Service) -> None:
    others = service.editions.filter(valid_from=file.content["valid_from"]).exclude(code=file.content["edition"])
    for other in others:
        file.refuse("valid_from", _("edition “%(code)s” begins on the same day"), code=other.code)


def _columns(content: dict) -> dict:
    standard = content["standard"]
    columns = {name: standard[name] for name in _PLAIN} | content["decided"]
    for name in standard.keys() - set(_PLAIN):
        columns |= _law(standard, name)
    act = content["act"]
    columns |= {f"act_{name}": act[name] for name in act} | _ours(content, "rules")
    source = content["source"]
    columns |= {"source_status": source["status"], "source_kk": source["kk"], "source_ru": source["ru"]}
    columns |= {"general_grounds": content["general_grounds"]}
    columns |= _complaints(content["complaints"])
    columns |= {"on_by_default": content["switched_on"], "channels_open": content["channels_open"]}
    return columns | {"valid_from": content["valid_from"], "valid_to": content["valid_to"]}


def _complaints(said: dict) -> dict:
    """How complaints go under this wording, and the term for them with its source, where it names one."""
    columns, term = {"complaint_profile": said["profile"]}, said["appeal_term"]
    if term:
        columns |= {"appeal_length": term["length"], "appeal_unit": term["unit"]}
        columns |= {"appeal_source_kk": term["kk"], "appeal_source_ru": term["ru"]}
    return columns


def _law(source: dict, name: str) -> dict:
    column = _COLUMNS.get(name, name)
    return {f"{column}_{language}": source[name][language] for language in ("raw", "kk", "ru")}


def _ours(source: dict, name: str) -> dict:
    return {f"{name}_{language}": source[name][language] for language in ("kk", "ru")}


def _write_windows_and_assumptions(edition: Edition, content: dict) -> None:
    for window in content["windows"]:
        (opens_month, opens_day), (closes_month, closes_day) = window["opens"], window["closes"]
        Window.objects.create(
            edition=edition,
            norm=window["norm"],
            opens_month=opens_month,
            opens_day=opens_day,
            closes_month=closes_month,
            closes_day=closes_day,
            restricted=window["restricted"],
        )
    for order, said in enumerate(content["assumptions"], 1):
        Assumption.objects.create(edition=edition, order=order, gap=said["gap"], text_kk=said["kk"], text_ru=said["ru"])


def _write_categories(edition: Edition, content: dict) -> None:
    groups = {group["code"]: group for group in content["groups"]}
    registers = {item["register"]: _write_register(edition, item) for item in content["registers"]}
    for order, said in enumerate(content["categories"], 1):
        group = groups[said["group"]]
        category = Category.objects.create(
            edition=edition,
            code=said["code"],
            norm=said["norm"],
            order=order,
            group=group["code"],
            group_kk=group["kk"],
            group_ru=group["ru"],
            **_law(said, "label"),
            **_ours(said, "plain"),
            **_ours(said, "hint"),
        )
        _write_parts(category, said)
        for register in said["registers"]:
            registers[register].categories.add(category)


def _write_register(edition: Edition, said: dict) -> RegisterItem:
    columns = {name: said[name] for name in ("register", "norm", "for_everyone")}
    return RegisterItem.objects.create(edition=edition, label_kk=said["kk"], label_ru=said["ru"], **columns)


def _write_parts(category: Category, said: dict) -> None:
    for order, part in enumerate(said["variants"], 1):
        texts = _law(part, "label") | _ours(part, "plain")
        Variant.objects.create(category=category, code=part["code"], norm=part["norm"], order=order, **texts)
    for order, part in enumerate(said["questions"], 1):
        texts = _ours(part, "text") | _ours(part, "told")
        columns = {name: part[name] for name in ("code", "norm", "on_yes")}
        Question.objects.create(category=category, order=order, **columns, **texts)
    for order, part in enumerate(said["documents"], 1):
        texts = _law(part, "text") | _ours(part, "plain")
        columns = {name: part[name] for name in part.keys() - {"text", "plain"}}
        Requirement.objects.create(category=category, order=order, **columns, **texts)


def _write_fields(edition: Edition, fields: list[dict]) -> None:
    for order, said in enumerate(fields, 1):
        columns = {name: said[name] for name in said.keys() - {"label", "hint", "only_for"}}
        texts = _ours(said, "label") | _ours(said, "hint")
        field = FormField.objects.create(edition=edition, order=order, **columns, **texts)
        field.categories.set(edition.categories.filter(code__in=said["only_for"]))


def _write_grounds(edition: Edition | None, grounds: list[dict]) -> None:
    for order, said in enumerate(grounds, 1):
        Ground.objects.create(edition=edition, order=order, **_ground_columns(said))


def _ground_columns(said: dict) -> dict:
    plain = {name: said[name] for name in ("code", "norm", "basis_kind", "offered")}
    return plain | _law(said, "text") | _ours(said, "plain") | _ours(said, "basis")


def _name_after_newest(service: Service) -> None:
    """A service is called as its newest edition calls it."""
    names = [f"{name}_{language}" for name in ("name", "alias") for language in ("raw", "kk", "ru")]
    newest = service.editions.order_by("-valid_from").values(*names).first()
    Service.objects.filter(pk=service.pk).update(**newest)


def _load_general_grounds(file: PassportFile) -> Loaded:
    """The Law's own grounds, one closed list; no case may stand on it when it changes (LAW-19-1-2)."""
    wanted = [_ground_columns(said) for said in file.content["grounds"]]
    general = Ground.objects.filter(edition=None)
    if list(general.values(*wanted[0])) == wanted:
        return Loaded("law-grounds", UNCHANGED)
    before = general.exists()
    if before and Edition.objects.filter(cases__isnull=False).exists():
        file.refuse("grounds", _("the general grounds are in use and are never changed"))
    general.delete()
    _write_grounds(None, file.content["grounds"])
    return Loaded("law-grounds", REPLACED if before else LOADED)
