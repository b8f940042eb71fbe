"""The composition for many is read, not run: no container engine is asked for by the tests."""

import re

import pytest
from ruamel.yaml import YAML

from kazservices.supervisor.place import QUEUES
from tests.ground.sources import ROOT

COMPOSE = ROOT / "docker-compose.yml"
SECRET = re.compile(r"SECRET|PASSWORD|TOKEN|AUTH", re.IGNORECASE)
WORKERS = {f"worker-{queue}" for queue in QUEUES}
HAS_OWN_CHECK = {"web"}  # that of the image


@pytest.fixture(scope="module")
def services():
    return YAML(typ="safe").load(COMPOSE.read_text(encoding="utf-8"))["services"]


def test_the_parts_of_the_product_are_there(services):
    assert {"web", *WORKERS, "beat", "db", "redis", "gateway"} <= set(services)


def test_no_secret_stands_in_it(services):
    written = [
        f"{name}.{word}"
        for name, service in services.items()
        for word, value in service.get("environment", {}).items()
        if SECRET.search(word) and not str(value).startswith("${")
    ]
    assert written == []
    assert all(":?" in named for named in re.findall(r"\$\{\w*(?:KEY|PASSWORD)\w*[^}]*\}", COMPOSE.read_text()))


def test_each_part_tells_how_it_is(services):
    assert {name for name, service in services.items() if "healthcheck" not in service} == HAS_OWN_CHECK
    assert "HEALTHCHECK" in (ROOT / "Dockerfile").read_text()


def test_a_container_is_judged_by_its_own_process_alone():
    """A late sweep or a silent queue must not start every web anew."""
    asked = (ROOT / "kazservices/supervisor/health.py").read_text()
    assert '/healthz"' in asked


def test_what_must_outlive_a_container_lies_in_a_volume(services):
    assert all(services[name]["volumes"] for name in ("web", *WORKERS, "db", "redis"))


def test_the_image_runs_as_nobody_special():
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    assert [line for line in lines if line.startswith("USER ")] == ["USER kazservices"]
