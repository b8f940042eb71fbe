"""The file of a finished case of each service is checked with Python alone, in an empty folder."""

import pytest

from kazservices.documents import papers
from kazservices.flow.manifest import all_manifests
from kazservices.offices.actors import SYSTEM

from .conftest import content_of, made, manifest_of, run
from .lives import LIVES

pytestmark = pytest.mark.django_db
#: What no file lacks, whatever the service.
ALWAYS = {"cover", "cover sheets", "journal", "journal sheets", "index", "program", "key"}
#: What each service's own file holds beside it.
OWN = {
    "deferral": {"vote", "hearing"}, "exemption": {"vote", "hearing"}, "transfer": {"coupon", "application"},
    "admission": {"round", "application"}, "admission_order": {"children"}, "duplicates": {"blank", "application"},
    "original": {"blank"}, "contest": {"places", "scores", "standings"}, "contest_application": {"score", "sitting"},
    "meals": {"application"}, "complaint": {"application"},
}  # fmt: skip


def test_a_life_is_told_of_every_service():
    assert set(LIVES) == {manifest.code for manifest in all_manifests()}


@pytest.mark.parametrize(
    "service",
    [pytest.param(one, marks=pytest.mark.norm("CONS-14-2")) if one == "deferral" else one for one in sorted(LIVES)],
)
def test_the_file_of_a_finished_case_verifies_with_python_alone(service, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    case = LIVES[service](service)
    papers.render_waiting()
    bundle = made(case, SYSTEM, at="2026-09-01 10:00")
    assert bundle.is_ready, bundle.lost
    content, empty = content_of(bundle), tmp_path / "empty"
    empty.mkdir()
    (tmp_path / "file.zip").write_bytes(content)
    done = run(empty, content, tmp_path / "file.zip", "--key", bundle.key_id)
    assert done.returncode == 0, done.stdout
    kinds = [one["kind"] for one in manifest_of(content)["files"]]
    assert ALWAYS | OWN.get(service, set()) <= set(kinds)
    assert kinds.count("document") == case.attachments.count()
    assert kinds.count("paper") == kinds.count("evidence") == case.papers.standing().count()
    assert kinds.count("notice") == case.notices.count()
    assert kinds.count("clock") == case.deadlines.count()
