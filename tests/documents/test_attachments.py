"""A file is judged by its content; a bad one costs nothing but itself."""

import io
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import translation
from PIL import Image
from pypdf import PdfReader, PdfWriter

from kazservices.cases.models import Draft
from kazservices.documents import checks, service
from kazservices.documents.models import Attachment
from tests import world


def pdf(*, password="", pages=1) -> bytes:
    writer, content = PdfWriter(), io.BytesIO()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    if password:
        writer.encrypt(password)
    writer.write(content)
    return content.getvalue()


def picture(kind="PNG", size=(40, 40)) -> bytes:
    content = io.BytesIO()
    Image.new("RGB", size, "white").save(content, kind)
    return content.getvalue()


def upload(content, name="anyqtama.pdf"):
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (pdf(), "anyqtama.pdf", "application/pdf"),
        (pdf(), "АНЫҚТАМА.PDF", "application/pdf"),
        (picture("JPEG"), "photo.jpg", "image/jpeg"),
        (picture("JPEG"), "photo.jpeg", "image/jpeg"),
        (picture("PNG"), "scan.png", "image/png"),
        (picture("PNG"), "scan", "image/png"),
    ],
)
def test_a_pdf_and_a_picture_are_taken_by_what_they_are(draft, user, content, name, kind):
    kept = service.attach(draft, "study_certificate", upload(content, name), by=user)
    assert (kept.content_type, kept.size, kept.name) == (kind, len(content), name)
    with service.open_attachment(kept) as file:
        assert file.read() == content


BAD = {
    "file_empty": (b"", "anyqtama.pdf"),
    "file_too_big": (b"%PDF-" + b"0" * checks.LARGEST, "anyqtama.pdf"),
    "file_type": (b"PK\x03\x04 a word document", "anyqtama.docx"),
    "file_mislabelled": (picture("PNG"), "anyqtama.pdf"),
    "file_encrypted": (pdf(password="1234"), "anyqtama.pdf"),
    "file_damaged": (pdf()[:60], "anyqtama.pdf"),
}


@pytest.mark.parametrize("code", BAD)
def test_a_bad_file_says_why_and_the_rest_stays(draft, user, code):
    service.attach(draft, "study_certificate", upload(pdf()), by=user)
    with pytest.raises(ValidationError) as refusal:
        service.attach(draft, "study_certificate", upload(*BAD[code]), by=user)
    assert refusal.value.code == code
    assert draft.attachments.count() == 1


@pytest.mark.parametrize("code", BAD)
def test_the_reason_is_told_in_kazakh_and_in_russian(draft, user, code):
    def said(language):
        with translation.override(language):
            with pytest.raises(ValidationError) as refusal:
                service.attach(draft, "study_certificate", upload(*BAD[code]), by=user)
            return refusal.value.messages[0]

    assert len({said("kk"), said("ru"), said("en")}) == 3


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (picture("JPEG")[:-300], "photo.jpg"),
        (picture("PNG")[:50], "scan.png"),
        (b"%PDF-1.7\n" + b"\x00" * 500, "anyqtama.pdf"),
        (b"\xff\xd8\xff", "photo.jpg"),
    ],
)
def test_a_file_that_breaks_off_is_damaged(draft, user, content, name):
    with pytest.raises(ValidationError) as refusal:
        service.attach(draft, "study_certificate", upload(content, name), by=user)
    assert refusal.value.code == "file_damaged"


def test_what_the_browser_claims_is_not_believed(draft, user):
    claimed = SimpleUploadedFile("anyqtama.pdf", b"<script>alert(1)</script>", content_type="application/pdf")
    with pytest.raises(ValidationError) as refusal:
        service.attach(draft, "study_certificate", claimed, by=user)
    assert refusal.value.code == "file_type"


def test_a_picture_of_enormous_size_is_not_unpacked(draft, user):
    huge = io.BytesIO()
    Image.new("1", (9000, 9000)).save(huge, "PNG")
    with pytest.raises(ValidationError) as refusal:
        service.attach(draft, "study_certificate", upload(huge.getvalue(), "scan.png"), by=user)
    assert refusal.value.code == "file_too_big"


def test_no_more_than_ten_files(draft, user):
    for _ in range(service.MOST_FILES):
        service.attach(draft, "study_certificate", upload(pdf()), by=user)
    with pytest.raises(ValidationError) as refusal:
        service.attach(draft, "study_certificate", upload(pdf()), by=user)
    assert refusal.value.code == "file_count"
    assert draft.attachments.count() == service.MOST_FILES


def test_the_name_of_a_file_leads_nowhere(draft, user):
    kept = service.attach(draft, "study_certificate", upload(pdf(), "..\\..\\etc\\" + "ұ" * 300 + ".pdf"), by=user)
    assert kept.name == "ұ" * 196 + ".pdf"
    assert "ұ" not in kept.file.name
    assert kept.file.name.startswith("attachments/")


def test_a_document_is_valid_as_long_as_its_longest_file(draft, user):
    for until in (date(2026, 3, 1), date(2026, 6, 30)):
        service.attach(draft, "study_certificate", upload(pdf()), by=user, valid_until=until)
    service.attach(draft, "family_report", upload(pdf()), by=user)
    assert service.supplied(draft) == {"study_certificate": date(2026, 6, 30), "family_report": None}


def test_a_file_taken_away_leaves_the_disk_too(draft, user, django_capture_on_commit_callbacks):
    kept = service.attach(draft, "study_certificate", upload(pdf()), by=user)
    storage, name = kept.file.storage, kept.file.name
    with django_capture_on_commit_callbacks(execute=True):
        service.remove(kept)
    assert not Attachment.objects.exists()
    assert not storage.exists(name)


def test_a_file_of_a_case_stays(case):
    with pytest.raises(ValidationError):
        service.remove(case.attachments.first())
    assert case.attachments.count() == 1


def test_a_file_of_a_case_stays_though_an_old_copy_of_its_row_calls_it_a_drafts(draft, user, case):
    stale = service.attach(draft, "study_certificate", upload(pdf()), by=user)
    service.hand_to_case(draft, case)
    assert stale.case_id is None
    with pytest.raises(ValidationError) as refusal:
        service.remove(stale)
    assert refusal.value.code == "in_case"
    assert case.attachments.filter(pk=stale.pk).exists()
    assert stale.file.storage.exists(stale.file.name)


def test_nothing_is_added_to_or_taken_from_a_filed_draft_by_an_old_copy_of_it(draft, user, case):
    kept = service.attach(draft, "study_certificate", upload(pdf()), by=user)
    Draft.objects.filter(case=case.pk).update(case=None)
    Draft.objects.filter(pk=draft.pk).update(case=case.pk)
    assert draft.case_id is None
    said = set()
    for language in ("kk", "ru", "en"):
        with translation.override(language):
            for change in (
                lambda: service.attach(draft, "study_certificate", upload(pdf()), by=user),
                lambda: service.remove(kept),
            ):
                with pytest.raises(ValidationError) as refusal:
                    change()
                assert refusal.value.code == "filed"
            said.add(refusal.value.messages[0])
    assert len(said) == 3
    assert list(draft.attachments.all()) == [kept]


def test_a_file_taken_away_twice_is_taken_away_once(draft, user):
    kept = service.attach(draft, "study_certificate", upload(pdf()), by=user)
    for copy in (Attachment.objects.get(pk=kept.pk), kept):
        service.remove(copy)
    assert not draft.attachments.exists()


@pytest.mark.norm("LAW-19")
def test_a_refused_package_is_kept_by_the_case_and_by_the_draft(
    user, place, draft, case, django_capture_on_commit_callbacks
):
    kept = service.attach(draft, "study_certificate", upload(pdf()), by=user)
    service.copy_to_case(draft, case)
    copy = case.attachments.order_by("pk").last()
    assert (copy.sha256, copy.name, copy.draft) == (kept.sha256, kept.name, None)
    with django_capture_on_commit_callbacks(execute=True):
        service.remove(Attachment.objects.get(pk=kept.pk))
    with service.open_attachment(copy) as file:
        assert len(PdfReader(file).pages) == 1


def test_the_files_of_a_draft_go_with_the_case(user, place):
    with world.at("2026-03-20 17:00"):
        filed = world.filing(user, place.office)
        service.hand_to_case(filed.draft, case := world.apply(user, place.office))
    assert filed.draft.attachments.count() == 0
    assert case.attachments.count() == 2


def test_a_file_belongs_to_one_place_only(draft, user, case):
    kept = service.attach(draft, "study_certificate", upload(pdf()), by=user)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attachment.objects.filter(pk=kept.pk).update(case=case.pk)
