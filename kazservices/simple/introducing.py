"""From a passport file to a service: its flow, its clocks and its manifest, without a line of code of its own."""

from datetime import date
from pathlib import Path

from calendars import rules as law
from kazservices.flow.manifest import Manifest
from kazservices.passports.faults import Fault, PassportError
from kazservices.passports.files import PassportFile, read_file
from kazservices.passports.loading import FOLDER

from . import flows
from .flows import Flow
from .manifest import manifest
from .rules import rules

#: A file without such a line runs by code, and is not read here.
MARK = "\nflow:"
#: What is wrong in the files that could not be introduced: told by the system check.
faults: list[Fault] = []


def introduce_all(folder: Path = FOLDER) -> None:
    """Introduce every service of the folder that runs from its file; a bad file keeps only its own service out."""
    found = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            found += _read(path)
        except PassportError as error:
            faults.extend(error.faults)
    _make_known(found)


def introduce(path: Path | str) -> Manifest:
    """Introduce the service of one file. Raises PassportError, which names file, line and field."""
    (flow,) = _read(Path(path))
    return _make_known([flow])[flow.service]


def _read(path: Path) -> list[Flow]:
    if MARK not in path.read_text(encoding="utf-8", errors="replace"):
        return []
    file = read_file(path)
    return [_flow(file)] if file.content["flow"] else []


def _flow(file: PassportFile) -> Flow:
    content, said = file.content, file.content["flow"]
    prefix = content["service"]["number_prefix"]
    return Flow(
        service=content["service"]["code"],
        edition=content["edition"],
        valid_from=content["valid_from"],
        valid_to=content["valid_to"],
        schedule=content["standard"]["schedule"],
        number_prefix=prefix,
        decider=said["decider"],
        not_taken_prefix=said["not_taken_prefix"] or f"{prefix}-Б",
        handed_over=said["handed_over"],
        clocks=tuple(said["clocks"]),
        result=said["result"],
        letters=said["letters"],
        second=said["second"],
    )


def _make_known(found: list[Flow]) -> dict[str, Manifest]:
    """Register clocks and manifests; a service is introduced by its newest edition, an older one keeps its clocks."""
    for flow in found:
        flows.keep(flow)
    known = {}
    for service in sorted({flow.service for flow in found}):
        editions = flows.editions_of(service)
        begins: list[date | None] = [*(flow.valid_from for flow in editions[1:]), None]
        for flow, next_from in zip(editions, begins, strict=True):
            law.register(*rules(flow, next_from))
        known[service] = manifest(editions[-1]).register()
    return known
