"""A file is judged by its content: what it is, whether it opens. Each refusal says what to do next."""

import io
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image
from pypdf import PdfReader
from pypdf.errors import PyPdfError

LARGEST = 5 * 1024 * 1024
MOST_PIXELS = 60_000_000

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
BEGINNINGS = {b"%PDF-": PDF, b"\xff\xd8\xff": JPEG, b"\x89PNG\r\n\x1a\n": PNG}
ENDINGS = {".pdf": PDF, ".jpg": JPEG, ".jpeg": JPEG, ".png": PNG}

#: What the readers of files throw at a broken one.
BROKEN = (PyPdfError, OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError)

EMPTY = _("The file is empty. Choose it anew, or photograph the paper once more.")
TOO_BIG = _("The file is larger than 5 MB. Scan it in black and white, or photograph it with a lower quality.")
TYPE = _("Only PDF, JPG and PNG are taken. Save the paper as PDF, or photograph it.")
MISLABELLED = _("The ending of the file's name does not fit its content. Save it anew as PDF, JPG or PNG.")
ENCRYPTED = _("The file is locked with a password, so nobody could read it. Save it without a password.")
DAMAGED = _("The file is damaged and does not open. Save or photograph the paper once more.")


def checked(upload) -> tuple[bytes, str]:
    """The content of an uploaded file and its type. Raises ValidationError with the reason and the way out."""
    if upload.size > LARGEST:
        raise ValidationError(TOO_BIG, code="file_too_big")
    upload.seek(0)
    content = upload.read(LARGEST + 1)
    if not content:
        raise ValidationError(EMPTY, code="file_empty")
    if len(content) > LARGEST:
        raise ValidationError(TOO_BIG, code="file_too_big")
    content_type = type_of(content)
    if content_type is None:
        raise ValidationError(TYPE, code="file_type")
    ending = PurePath(upload.name).suffix.lower()
    if ending and ENDINGS.get(ending) != content_type:
        raise ValidationError(MISLABELLED, code="file_mislabelled")
    (_open_pdf if content_type == PDF else _open_picture)(content)
    return content, content_type


def type_of(content: bytes) -> str | None:
    """What the content itself says it is; neither the name nor the browser is asked."""
    return next((kind for beginning, kind in BEGINNINGS.items() if content.startswith(beginning)), None)


def _open_pdf(content: bytes) -> None:
    try:
        reader = PdfReader(io.BytesIO(content))
        encrypted, pages = reader.is_encrypted, 0 if reader.is_encrypted else len(reader.pages)
    except BROKEN as fault:
        raise ValidationError(DAMAGED, code="file_damaged") from fault
    if encrypted:
        raise ValidationError(ENCRYPTED, code="file_encrypted")
    if not pages:
        raise ValidationError(DAMAGED, code="file_damaged")


def _open_picture(content: bytes) -> None:
    try:
        with Image.open(io.BytesIO(content)) as picture:
            too_many = picture.width * picture.height > MOST_PIXELS
            if not too_many:
                picture.draft("RGB", (picture.width // 8, picture.height // 8))
                picture.load()
    except (*BROKEN, Image.DecompressionBombError) as fault:
        raise ValidationError(DAMAGED, code="file_damaged") from fault
    if too_many:
        raise ValidationError(TOO_BIG, code="file_too_big")
