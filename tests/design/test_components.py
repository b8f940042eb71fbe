"""Each component is balanced HTML, without inline style or script, and says in words what it shows in colour."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from . import samples
from .reader import Reader


def draw(source, **context):
    request = RequestFactory().get("/cases/", {"stage": "open"})
    html = Template("{% load design i18n %}" + source).render(
        Context({"request": request, "csrf_token": "t", **context})
    )
    return html, Reader(html)


COMPONENTS = {
    "chip": ('{% chip "warn" "6 сағ 40 мин қалды" %}', {}),
    "banner": ('{% include "design/banner.html" with kind="ok" heading="Ашық" text="30 маусымға дейін" %}', {}),
    "clocks": ('{% include "design/clocks.html" %}', {"clocks": samples.CLOCKS}),
    "terms": ('{% include "design/terms.html" %}', {"clocks": samples.CLOCKS}),
    "strip": (
        "{% calendar_strip days accepted=a due=d today=t notes=n %}",
        {
            "days": samples.GOLDEN,
            "a": date(2026, 3, 20),
            "d": date(2026, 4, 2),
            "t": date(2026, 3, 30),
            "n": {date(2026, 3, 30): "хабарлама"},
        },
    ),
    "documents": ('{% include "design/documents.html" %}', {"papers": samples.PAPERS}),
    "timeline": ('{% include "design/timeline.html" with citizen=True %}', {"events": samples.EVENTS}),
    "votes": ('{% include "design/votes.html" with counted="2 : 2" %}', {"votes": samples.VOTES}),
    "steps": ('{% include "design/steps.html" %}', {"steps": samples.STEPS}),
    "empty": ('{% include "design/empty.html" with text="Бүгін бітетін іс жоқ." action="Кезек" url="/q" %}', {}),
    "bar": ('{% bar 5 6 "Кворум бар: 5 / 6" kind="ok" mark=4 %}', {}),
    "table": (
        '{% include "design/table.html" %}',
        {
            "caption": "Кесте",
            "columns": [{"title": "Мекеме"}, {"title": "Іс", "num": True}],
            "rows": [{"cells": [{"text": "Ақбұлақ", "url": "/o"}, {"text": 118, "num": True}]}],
            "foot": {"cells": [{"text": "Барлығы"}, {"text": 118, "num": True}]},
        },
    ),
    "queue": ('{% include "design/queue.html" with selecting=True caption="Кезек" %}', {"groups": samples.GROUPS}),
    "summary": ('{% include "design/summary.html" %}', {"sums": samples.SUMS}),
    "heat": (
        '{% include "design/heat.html" with caption="Қай мекеме, қай мерзім" head="Мекеме" %}',
        {"rows": samples.HEAT, "columns": ["Тіркеу", "Пікір", "Нәтиже"]},
    ),
    "chart": ('{% trend_chart points title="Үлес" description="Апта бойынша" %}', {"points": samples.TREND}),
    "crumbs": ('{% include "design/crumbs.html" %}', {"crumbs": [("Қызметтер", "/"), ("Өтініш", "")]}),
    "languages": ('{% include "design/languages.html" %}', {}),
    "keys": ('{% include "design/keys.html" %}', {}),
    "pages": ("{% pages page %}", {"page": Paginator(range(200), 10).page(7)}),
}


@pytest.mark.parametrize("name", COMPONENTS)
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_component_is_balanced_and_free_of_inline_code(name, language):
    source, context = COMPONENTS[name]
    with translation.override(language):
        html, page = draw(source, **context)
    assert html.strip()
    assert len(page.ids) == len(set(page.ids))


@pytest.mark.parametrize(
    "path", sorted(Path(settings.BASE_DIR, "templates/design").glob("*.html")), ids=lambda p: p.name
)
def test_each_include_tells_its_context_on_top(path):
    assert path.read_text().startswith("{% comment %}")


def test_a_drawing_never_speaks_to_a_screen_reader():
    _, page = draw("{% icon 'check' %}")
    assert dict(page.elements)["svg"]["aria-hidden"] == "true"


def test_every_icon_that_is_named_is_drawn():
    sprite = Path(settings.BASE_DIR, "kazservices/design/static/design/icons.svg").read_text()
    for source, context in COMPONENTS.values():
        html, _ = draw(source, **context)
        for used in {part.split('"')[0] for part in html.split("icons.svg#")[1:]}:
            assert f'id="{used}"' in sprite


def test_an_error_is_bound_to_its_field():
    form = samples.Everything({"way": "by boat"})
    for name in form.fields:
        html, page = draw("{% field bound %}", bound=form[name])
        if not form[name].errors:
            continue
        said = {attrs["aria-describedby"] for _, attrs in page.elements if "aria-describedby" in attrs}
        assert f"id_{name}-error" in " ".join(said) or name == "agree"
        assert f"id_{name}-error" in page.ids
        assert 'aria-invalid="true"' in html or name == "way"


def test_a_hint_stays_bound_when_there_is_no_error():
    _, page = draw("{% field bound %}", bound=samples.Everything()["iin"])
    box = next(attrs for tag, attrs in page.elements if tag == "input")
    assert box["aria-describedby"] == "id_iin-hint"
    assert "aria-invalid" not in box


def test_a_group_of_choices_is_a_fieldset_with_a_legend():
    html, page = draw("{% field bound %}", bound=samples.Everything()["way"])
    assert [tag for tag, _ in page.elements].count("input") == 2
    assert "<legend>Тәсілі" in html


def test_the_summary_leads_to_each_wrong_field():
    form = samples.Everything({})
    _, page = draw("{% error_summary form %}", form=form)
    targets = {attrs["href"][1:] for tag, attrs in page.elements if tag == "a"}
    assert {"id_motive", "id_iin", "id_way_0", "id_agree"} <= targets
    assert page.elements[0][1]["role"] == "alert"


def test_no_error_no_summary():
    html, _ = draw("{% error_summary form %}", form=samples.Everything())
    assert html.strip() == ""


def test_the_filter_stays_in_the_address_of_a_page():
    html, _ = draw("{% pages page %}", page=Paginator(range(200), 10).page(7))
    assert "stage=open" in html
    assert "page=8" in html


def test_the_parts_of_a_page_name_no_host_outside():
    design = Path(settings.BASE_DIR, "kazservices/design/static/design")
    for path in [*design.glob("*.css"), *Path(settings.BASE_DIR, "templates/design").glob("*.html")]:
        assert "://" not in path.read_text()
