"""A paper's facts become a PDF in both languages: the same facts, the same bytes. No network, no file but our fonts."""

import logging
from base64 import b32encode
from urllib.parse import unquote, urlsplit

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


class CannotDraw(Exception):
    """The paper cannot be drawn from these facts; the reason is for the operator."""


class Forbidden(FatalURLFetchingError):
    """A paper asked for something that is not one of our fonts."""


class OurFonts(URLFetcher):
    """Gives the fonts of our folder and refuses everything else."""

    def fetch(self, url, headers=None):
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
        content = pdf(html(paper), identifier=f"{paper.number} {paper.facts_digest}")
    except FatalURLFetchingError as fault:
        raise CannotDraw(str(fault)) from fault
    finally:
        renderer.removeHandler(grumbles)
    if grumbles.said:
        raise CannotDraw(grumbles.said[0])
    return content


def html(paper) -> str:
    """Both languages, one after the other: Kazakh first."""
    facts = _printed(paper.facts)
    parts = {language: f"papers/{paper.kind}.{language}.html" for language in LANGUAGES}
    with translation.override("kk"):
        context = {"paper": paper, "facts": facts, "code": control_code(paper), **parts}
        return render_to_string("papers/paper.html", context)


def pdf(text: str, *, identifier: str) -> bytes:
    fonts, fetcher = FontConfiguration(), OurFonts()
    sheet = (FOLDER.parent / "paper.css").read_text(encoding="utf-8")
    style = CSS(string=FACES + sheet, font_config=fonts, url_fetcher=fetcher)
    page = HTML(string=text, url_fetcher=fetcher, base_url=None)
    return page.write_pdf(
        stylesheets=[style], font_config=fonts, pdf_variant="pdf/a-2a", pdf_identifier=identifier.encode()
    )


def control_code(paper) -> str:
    """Ten letters and digits that tell one set of facts from another: «7K4M-92QX-D1»."""
    letters = b32encode(bytes.fromhex(paper.facts_digest)).decode()[:10]
    return f"{letters[:4]}-{letters[4:8]}-{letters[8:]}"


def _printed(value):
    if isinstance(value, str):
        return printed(value)
    if isinstance(value, dict):
        return {name: _printed(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_printed(inner) for inner in value]
    return value
