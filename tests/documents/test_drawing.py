"""What stands in the papers, read out of the PDFs in both languages."""

import io
import logging
import re
import time

import pytest
from django.template import engines
from pypdf import PdfReader

from kazservices.documents import drawing
from kazservices.documents.fonts import REGULAR, WEIGHTS
from kazservices.documents.models import Paper
from kazservices.signing.service import digest_of
from tests.documents import samples

pytestmark = pytest.mark.drawn

CODE = "7K4M92QXD10A3BC4DE5F"


def paper_of(kind, **changed) -> Paper:
    facts = samples.facts(kind, **changed)
    return Paper(
        kind=kind,
        number=f"{facts['number']}/2",
        facts=facts,
        facts_digest=digest_of(facts),
        by_system="receipt" in kind,
        public_code=CODE,
    )


def parts(kind, **changed) -> tuple[str, str]:
    """The text of the Kazakh and of the Russian part."""
    reader = PdfReader(io.BytesIO(drawing.draw(paper_of(kind, **changed))))
    texts = [" ".join(page.extract_text().split()) for page in reader.pages]
    russian = next(n for n, text in enumerate(texts) if "образец (официальная форма не загружена)" in text)
    return " ".join(texts[:russian]), " ".join(texts[russian:])


def says(text, *expected):
    missing = [words for words in expected if words not in text]
    assert missing == [], text


@pytest.mark.parametrize("kind", samples.KINDS)
def test_every_paper_is_our_own_form_in_both_languages(kind):
    """Norm: GAP-08."""
    kk, ru = parts(kind)
    says(kk, "үлгі (ресми нысан жүктелмеген)", "Сәбитов Ерасыл Думанұлы", "ЖСН 000101100006", "КҚ-03-2026-000147/2")
    says(ru, "образец (официальная форма не загружена)", "ИИН 000101100006", "Акимат Сарыозенского района")


@pytest.mark.parametrize("kind", samples.KINDS)
def test_the_same_facts_give_the_same_bytes(kind):
    first = drawing.draw(paper_of(kind))
    time.sleep(1.1)
    assert drawing.draw(paper_of(kind)) == first
    assert drawing.draw(paper_of(kind, office_phone="+7 700 000 02 00")) != first


@pytest.mark.norm("CONS-S8-4")
def test_the_receipt_names_the_day_of_the_result():
    kk, ru = parts("receipt")
    says(kk, "2026 жылғы 20 наурыз, жұма, 17:00 (20.03.2026)", "2026 жылғы 2 сәуір, бейсенбі, 18:30 (02.04.2026)")
    says(ru, "20 марта 2026 года, пятница", "2 апреля 2026 года, четверг, 18:30 (02.04.2026)", "anyqtama-118.pdf")


def test_a_category_without_documents_has_a_receipt_too():
    kk, ru = parts("receipt", documents=[], count=0)
    says(kk, "құжат талап етілмейді")
    says(ru, "документы от заявителя не требуются")


@pytest.mark.norm("LAW-19")
def test_the_receipt_of_a_refusal_to_accept_says_what_is_missing_and_how_to_complete_it():
    kk, ru = parts("not_taken_receipt")
    says(kk, "қолданылу мерзімі өтіп кеткен", "ұсынылмаған", "19-бабы", "өтінішті қайта жіберіңіз")
    says(ru, "срок действия истёк", "не представлен", "отправьте заявление снова", "а не отказ в оказании")


@pytest.mark.norm("CONS-10-5")
def test_the_preliminary_decision_invites_to_a_hearing_with_ground_motive_time_place_and_method():
    kk, ru = parts("preliminary_decision")
    says(kk, samples.GROUND["text"]["kk"], samples.MOTIVE, "2026 жылғы 1 сәуір, сәрсенбі, 11:00 (01.04.2026)")
    says(kk, "214-кабинет", "бетпе-бет", "Бұл түпкілікті шешім емес", "екі жұмыс күні ішінде")
    says(ru, samples.GROUND["text"]["ru"], "1 апреля 2026 года, среда, 11:00", "лично", "в течение двух рабочих дней")


def test_the_record_of_a_hearing_has_the_eleven_fields_of_the_code():
    kk, ru = parts("hearing_record")
    record = samples.OF_KIND["hearing_record"]
    said = [record[name] for name in ("place", "official", "secretary", "participant", "matter", "questions")]
    says(kk, *said, "01.04.2026", "11:00 басталды, 11:30 аяқталды", "Оқуымды жалғастырып жүрмін")
    says(kk, "Қатысушы қарсылық білдіру мерзімінің қалған бөлігінен бас тартты")
    says(ru, *said, "начато в 11:00, окончено в 11:30", "Участник вправе ознакомиться с протоколом")
    assert re.findall(r"(?<!\d)(\d\d?) (?=Место|Дата|Нач|Админ|Пред|Секр|Участ|Расс|Пояс|Вопр|Свед)", ru) == [
        str(n) for n in range(1, 12)
    ]


@pytest.mark.norm("CONS-10-4", "CONS-S5")
@pytest.mark.parametrize(
    ("service", "kk_title", "ru_title"),
    [
        (
            "deferral",
            "скерге шақыруды кейінге қалдыру туралы қорытынды",
            "Заключение о предоставлении отсрочки от призыва",
        ),
        ("exemption", "скери қызметке шақырудан босату туралы қорытынды", "Заключение об освобождении от призыва"),
    ],
)
def test_the_conclusion_bears_the_name_the_order_gives_it(service, kk_title, ru_title):
    kk, ru = parts("conclusion", service_code=service)
    says(kk, kk_title, "3-қосымша", "келіседі — 4, бас тартады — 1", "30.06.2027")
    says(ru, ru_title, "согласны — 4, за отказ — 1", "до 30 июня 2027 года")


def test_a_conclusion_names_no_day_that_nobody_set():
    kk, _ = parts("conclusion", valid_until=None)
    assert "Қолданылу мерзімі" not in kk


@pytest.mark.norm("LAW-19-1-1", "CONS-14-7")
def test_the_refusal_names_ground_article_motive_hearing_and_remedy():
    kk, ru = parts("refusal")
    says(
        kk,
        samples.GROUND["text"]["kk"],
        samples.GROUND["basis"]["kk"],
        samples.MOTIVE,
        "тыңдау өткізілді",
        "01.04.2026",
    )
    says(
        kk, "Егер заңда өзгеше көзделмесе, сотқа жүгінуге сотқа дейінгі тәртіппен шағым жасалғаннан кейін жол беріледі."
    )
    says(ru, samples.GROUND["text"]["ru"], "обращение в суд допускается после обжалования в досудебном порядке")


@pytest.mark.parametrize(
    ("how", "words"), [("no_show", "өтініш беруші келмеді"), ("in_writing", "жазбаша ұстаным берді")]
)
def test_the_refusal_says_how_the_applicant_was_heard(how, words):
    kk, _ = parts("refusal", heard={"on": "2026-04-01", "how": how})
    says(kk, words)


def test_the_refusal_promises_no_last_day_for_a_complaint():
    """No norm gives one, so every date of the paper is one of its facts."""
    for text in parts("refusal", motive="Дәлел."):
        assert set(re.findall(r"\d\d\.\d\d\.\d{4}", text)) == {"20.03.2026", "30.03.2026", "01.04.2026"}


def test_what_an_official_writes_is_text_and_never_markup():
    kk, _ = parts("refusal", motive='<b>Дәлел</b> & <img src="file:///etc/passwd">')
    says(kk, '<b>Дәлел</b> & <img src="file:///etc/passwd">')


def test_the_letters_come_from_our_own_fonts():
    reader = PdfReader(io.BytesIO(drawing.draw(paper_of("refusal"))))
    fonts = {
        str(font.get_object()["/BaseFont"]) for page in reader.pages for font in page["/Resources"]["/Font"].values()
    }
    assert fonts
    assert all("NotoSans" in name.replace("-", "") or "Paper" in name for name in fonts)


def test_a_paper_is_tagged_for_those_who_listen_to_it():
    root = PdfReader(io.BytesIO(drawing.draw(paper_of("refusal")))).trailer["/Root"]
    assert root["/Lang"] == "kk"
    assert root["/MarkInfo"]["/Marked"]


# --- nothing from outside ---


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:9/x.png",
        "https://example.kz/x.css",
        "file:///etc/passwd",
        (REGULAR.parent / "OFL.txt").as_uri(),
        f"file://elsewhere{REGULAR.as_posix()}",
        (REGULAR.parent / "../fonts/NotoSans-Regular.ttf").as_posix(),
        "data:text/css,p{}",
    ],
)
def test_a_paper_fetches_nothing_but_our_fonts(url):
    with pytest.raises(drawing.Forbidden):
        drawing.OurFonts().fetch(url)
    with pytest.raises(drawing.Forbidden):
        drawing.pdf(
            f'<p>x</p><img alt="x" src="{url}">' if ":" in url else f'<link rel="stylesheet" href="file:{url}">',
            identifier="x",
        )


def test_our_fonts_are_given():
    for path in WEIGHTS.values():
        assert drawing.OurFonts().fetch(path.as_uri()).read() == path.read_bytes()


def test_a_letter_without_a_glyph_is_a_failure(monkeypatch):
    def grumbles(text, *, identifier, qr):
        logging.getLogger("weasyprint").warning("Following glyphs in font are .notdef: %s", "U+1F642")
        return b"%PDF-1.7"

    monkeypatch.setattr(drawing, "pdf", grumbles)
    with pytest.raises(drawing.CannotDraw, match="notdef"):
        drawing.draw(paper_of("refusal"))


def test_a_template_escapes_by_itself():
    assert engines["django"].engine.autoescape
