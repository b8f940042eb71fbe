"""A paper's facts become a PDF in both languages: the same facts, the same bytes. No network, no file but our fonts.

The PDF is an archival and an accessible one: PDF/A-2a and PDF/UA-1.
"""

import io
import logging
from urllib.parse import unquote, urlsplit

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from PIL import ImageFile
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from .fonts import FOLDER, WEIGHTS
from .shapes import printed

#: The renderer lets the whole process open pictures that break off; applicants' files are judged in the same process.
ImageFile.LOAD_TRUNCATED_IMAGES = False

LANGUAGES = ("kk", "ru")
FACES = "".join(
    f'@font-face {{ font-family: "Paper"; font-weight: {weight}; src: url("{path.as_uri()}"); }}'
    for weight, path in WEIGHTS.items()
)


#: Where the sheet asks for the QR code of its paper.
QR = "paper:qr"
#: What says of a PDF that it is accessible by PDF/UA-1, with the schema that PDF/A wants for a name it does not know.
PDF_UA = b"""<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="">
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"
 rdf:about=""><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>PDF/UA version identifier</pdfaProperty:description>
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType></rdf:li></rdf:Seq>
</pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""


class CannotDraw(Exception):
    """The paper cannot be drawn from these facts; the reason is for the operator."""


class Forbidden(FatalURLFetchingError):
    """A paper asked for something that is not one of our fonts."""


class OurFonts(URLFetcher):
    """Gives the fonts of our folder and the QR code of the paper, and refuses everything else."""

    def __init__(self, qr: bytes = b""):
        super().__init__()
        self.qr = qr

    def fetch(self, url, headers=None):
        if url == QR:
            return URLFetcherResponse(url, self.qr, {"Content-Type": "image/svg+xml"})
        where = urlsplit(url)
        font = next((path for path in WEIGHTS.values() if path.as_posix() == unquote(where.path)), None)
        if where.scheme != "file" or where.netloc or font is None:
            raise Forbidden(f"a paper may not fetch {where.scheme}:")
        return URLFetcherResponse(url, font.read_bytes(), {"Content-Type": "font/ttf"})


class Grumbles(logging.Handler):
    """Keeps what the renderer complains of: a missing glyph is no small matter in a person's name."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record):
        self.said.append(record.getMessage())


def draw(paper) -> bytes:
    """The PDF of a paper. Raises CannotDraw."""
    grumbles, renderer = Grumbles(), logging.getLogger("weasyprint")
    renderer.addHandler(grumbles)
    try:
        content = pdf(html(paper), identifier=f"{paper.number} {paper.facts_digest}", qr=qr_code(paper))
    except FatalURLFetchingError as fault:
        raise CannotDraw(str(fault)) from fault
    finally:
        renderer.removeHandler(grumbles)
    if grumbles.said:
        raise CannotDraw(grumbles.said[0])
    return content


def check_address(paper) -> str:
    """Where anyone may ask whether the paper is genuine: what its QR code holds."""
    return f"{settings.KAZ_PUBLIC_URL}/check/{paper.public_code}/"


def qr_code(paper) -> bytes:
    """The check address as a QR code, drawn in lines, with the quiet zone that readers want around it."""
    drawn = io.BytesIO()
    segno.make(check_address(paper), error="m", micro=False).save(drawn, kind="svg", border=4, xmldecl=False)
    return drawn.getvalue()


def html(paper) -> str:
    """Both languages, one after the other: Kazakh first."""
    facts = _printed(paper.facts)
    parts = {language: f"papers/{paper.kind}.{language}.html" for language in LANGUAGES}
    check = f"{settings.KAZ_PUBLIC_URL}/check/"
    with translation.override("kk"):
        context = {"paper": paper, "facts": facts, "check": check, "qr": QR, **parts}
        return render_to_string("papers/paper.html", context)


def pdf(text: str, *, identifier: str, qr: bytes = b"") -> bytes:
    fonts, fetcher = FontConfiguration(), OurFonts(qr)
    sheet = (FOLDER.parent / "paper.css").read_text(encoding="utf-8")
    style = CSS(string=FACES + sheet, font_config=fonts, url_fetcher=fetcher)
    page = HTML(string=text, url_fetcher=fetcher, base_url=None)
    drawn = page.render(stylesheets=[style], font_config=fonts)
    archival = drawn.metadata.generate_rdf_metadata
    drawn.metadata.generate_rdf_metadata = lambda *a: archival(*a).replace(b"</rdf:RDF>", PDF_UA + b"</rdf:RDF>")
    return drawn.write_pdf(pdf_variant="pdf/a-2a", pdf_identifier=identifier.encode())


def _printed(value):
    if isinstance(value, str):
        return printed(value)
    if isinstance(value, dict):
        return {name: _printed(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_printed(inner) for inner in value]
    return value
