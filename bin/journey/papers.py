"""Real files: a certificate as PDF, the same as a photograph, and the words of the papers that come back."""

import io

from PIL import Image, ImageDraw
from pypdf import PdfReader


def certificate_pdf(words: str) -> bytes:
    """A PDF of one page, written by hand."""
    stream = f"BT /F1 16 Tf 72 760 Td ({words}) Tj ET".encode("ascii")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    made, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n" % size
    return made + head + table + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(made))


def certificate_png(words: str) -> bytes:
    """A photograph of a paper."""
    sheet = Image.new("L", (420, 594), 250)
    draw = ImageDraw.Draw(sheet)
    draw.text((120, 40), words, fill=40)
    for line in range(14):
        draw.line((40, 110 + line * 26, 380 - (line * 41) % 110, 110 + line * 26), fill=140, width=4)
    content = io.BytesIO()
    sheet.save(content, "PNG")
    return content.getvalue()


def words_of(pdf: bytes) -> str:
    """The text of a PDF, in one line."""
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return " ".join(text.split())
