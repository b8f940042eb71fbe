"""Whoever gets the file of a case can check it with Python alone: what was changed is found, and named."""

import io
import json
import zipfile

import pytest

from kazservices.documents import papers
from kazservices.flow.manifest import all_manifests
from kazservices.offices.actors import SYSTEM

from .conftest import content_of, made, program_in, run
from .lives import LIVES

pytestmark = pytest.mark.django_db


def test_a_life_is_told_of_every_service():
    assert set(LIVES) == {manifest.code for manifest in all_manifests()}


@pytest.mark.norm("CONS-14-2")
@pytest.mark.parametrize("service", sorted(LIVES))
def test_the_file_of_a_finished_case_of_every_service_verifies_in_an_empty_folder(service, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    case = LIVES[service](service)
    papers.render_waiting()
    bundle = made(case, SYSTEM, at="2026-09-01 10:00")
    assert bundle.is_ready, (bundle.state, bundle.fault, str(bundle.lost))
    content, empty = content_of(bundle), tmp_path / "empty"
    empty.mkdir()
    (tmp_path / "file.zip").write_bytes(content)
    done = run(empty, program_in(content), tmp_path / "file.zip", "--key", bundle.key_id)
    assert done.returncode == 0, done.stdout
    assert f"Journal of {case.number}" in done.stdout
    kinds = {one["kind"] for one in manifest_of(content)["files"]}
    assert {"cover", "journal", "clock sheets" if service != "admission_order" else "journal"} <= kinds


def manifest_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return json.loads(packed.read("manifest.json"))
