"""Every paper is PDF/A-2a and PDF/UA-1, and its QR code leads to the check page."""

import io
import shutil
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
import segno
from PIL import Image

from kazservices.documents import drawing
from tests.documents import samples
from tests.documents.test_drawing import CODE, paper_of, parts

pytestmark = pytest.mark.drawn

DPI = 200
OUTLOUD = Path(sys.executable).with_name("outloud")


@pytest.fixture(scope="module")
def drawn():
    return {kind: drawing.draw(paper_of(kind)) for kind in samples.KINDS}


@pytest.mark.parametrize("kind", samples.KINDS)
def test_a_paper_may_be_kept_for_ever_and_read_aloud(drawn, kind):
    with pikepdf.open(io.BytesIO(drawn[kind])) as pdf:
        meta = pdf.open_metadata()
        assert (meta.pdfa_status, meta["pdfuaid:part"]) == ("2A", "1")
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "kk"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"
        assert samples.COVER["number"] in str(meta["dc:title"])
        assert all(str(page.Tabs) == "/S" for page in pdf.pages)
        assert pdf.trailer.ID


@pytest.mark.parametrize("kind", samples.KINDS)
def test_no_checker_of_accessibility_finds_an_error(drawn, kind, tmp_path):
    path = tmp_path / f"{kind}.pdf"
    path.write_bytes(drawn[kind])
    told = subprocess.run([OUTLOUD, path, "--no-info"], capture_output=True, text=True, check=False)
    assert (told.returncode, "0 error(s), 0 warning(s)" in told.stdout) == (0, True), told.stdout


def test_the_qr_code_is_drawn_module_by_module(drawn, settings):
    """Read off the picture of the page, where a gate's phone looks: the matrix of the check address, no other."""
    wanted = segno.make(f"{settings.KAZ_PUBLIC_URL}/check/{CODE}/", error="m", micro=False)
    read = _modules(_page_picture(drawn["refusal"]), len(wanted.matrix))
    assert read == [[bool(module) for module in row] for row in wanted.matrix]


@pytest.mark.skipif(shutil.which("zbarimg") is None, reason="needs zbar-tools")
def test_a_reader_of_codes_finds_the_address(drawn, tmp_path, settings):
    picture = tmp_path / "page.png"
    _page_picture(drawn["refusal"]).save(picture)
    told = subprocess.run(["zbarimg", "-q", "--raw", str(picture)], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == f"{settings.KAZ_PUBLIC_URL}/check/{CODE}/"


def test_a_corrected_paper_says_what_it_replaces_and_what_was_corrected():
    kk, ru = parts("refusal", corrects=samples.CORRECTS)
    for words in ("№ КҚ-03-2026-000147/4", "«31 қаңтарға»", "«31 наурызға»", samples.CORRECTS["reason"]):
        assert words in kk
        assert words in ru
    assert "Решение не изменилось" in ru


def _page_picture(content: bytes) -> Image.Image:
    """The first page whose foot carries the QR code, as it is printed."""
    told = subprocess.run(
        ["pdftoppm", "-r", str(DPI), "-png", "-f", "1", "-l", "1", "-"], input=content, capture_output=True, check=True
    )
    return Image.open(io.BytesIO(told.stdout)).convert("L")


def _modules(page: Image.Image, size: int) -> list[list[bool]]:
    """The dark modules of the code: it stands at the right edge of the foot, 30 mm with its quiet zone of four."""
    millimetre = DPI / 25.4
    right = page.width - 18 * millimetre
    module = 30 * millimetre / (size + 8)
    left = right - 30 * millimetre + 4 * module
    column = [page.getpixel((int(left + module / 2), y)) < 128 for y in range(page.height)]
    top = _first_run(column, 7 * module)
    return [
        [page.getpixel((int(left + (x + 0.5) * module), int(top + (y + 0.5) * module))) < 128 for x in range(size)]
        for y in range(size)
    ]


def _first_run(column: list[bool], length: float) -> int:
    """Where the left edge of the first finder begins: the first dark run of about seven modules."""
    start = None
    for y, dark in enumerate([*column, False]):
        if dark and start is None:
            start = y
        elif not dark and start is not None:
            if abs(y - start - length) <= 2:
                return start
            start = None
    raise AssertionError("no QR code on the page")
