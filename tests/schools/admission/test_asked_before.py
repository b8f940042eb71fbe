"""At the counter the registers are asked before anything is locked: one that is slow keeps nobody waiting."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from kazservices.cases.models import Applicant, Channel
from kazservices.flow import counter, filing
from kazservices.gateways import powers
from tests import world
from tests.schools.admission import scene


@pytest.mark.django_db(transaction=True)
def test_no_register_is_asked_inside_a_transaction(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    asked = []

    def silent(*_, **__):
        asked.append(connection.in_atomic_block)
        return powers.SILENT

    monkeypatch.setattr(powers, "person", silent)
    school = scene.build_school()
    scene.pool(school)
    with world.at("2026-04-01 10:00"):
        brought = Applicant.objects.create(iin=scene.iin(5), full_name="Ата-ана")
        draft = world.build_draft(school.clerk, school.office, "admission", channel=Channel.OFFICE, recipient=brought)
        said = scene.filing(school.clerk, school, scene.known_child(5), draft=draft)
        draft.data = {"category": "CITIZEN", "answers": said.answers, "particulars": said.particulars}
        draft.save()
        counter.note_consent(filing.progress_of(draft), given=True)
        with pytest.raises(ValidationError):
            counter.take_in(filing.progress_of(draft), by=school.clerk)
    assert asked
    assert not any(asked)
