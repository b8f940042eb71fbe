"""Row 8 of both standards: whom it names and what each has to show, against the printed order."""

from datetime import date

import pytest

from kazservices.passports.service import (
    EXPIRED,
    MISSING,
    closed_by,
    is_answered,
    missing_documents,
    questions_to_ask,
    registers_needed,
    required_documents,
)

from . import law

DEFERRAL = [
    pytest.param("deferral", 1, marks=pytest.mark.norm("CONS-D-C1")),
    pytest.param("deferral", 2, marks=pytest.mark.norm("CONS-D-C2")),
    pytest.param("deferral", 3, marks=pytest.mark.norm("CONS-D-C3")),
    pytest.param("deferral", 4, marks=pytest.mark.norm("CONS-D-C4")),
    pytest.param("deferral", 5, marks=pytest.mark.norm("CONS-D-C5")),
    pytest.param("deferral", 6, marks=pytest.mark.norm("CONS-D-C6")),
    pytest.param("deferral", 7, marks=pytest.mark.norm("CONS-D-C7")),
    pytest.param("deferral", 8, marks=pytest.mark.norm("CONS-D-C8")),
    pytest.param("deferral", 9, marks=pytest.mark.norm("CONS-D-C9")),
    pytest.param("deferral", 10, marks=pytest.mark.norm("CONS-D-C10")),
    pytest.param("deferral", 11, marks=pytest.mark.norm("CONS-D-C11")),
    pytest.param("deferral", 12, marks=pytest.mark.norm("CONS-D-C12")),
    pytest.param("deferral", 13, marks=pytest.mark.norm("CONS-D-C13")),
]
EXEMPTION = [
    pytest.param("exemption", 1, marks=pytest.mark.norm("CONS-E-C1")),
    pytest.param("exemption", 2, marks=pytest.mark.norm("CONS-E-C2")),
    pytest.param("exemption", 3, marks=pytest.mark.norm("CONS-E-C3")),
    pytest.param("exemption", 4, marks=pytest.mark.norm("CONS-E-C4")),
    pytest.param("exemption", 5, marks=pytest.mark.norm("CONS-E-C5")),
    pytest.param("exemption", 6, marks=pytest.mark.norm("CONS-E-C6")),
    pytest.param("exemption", 7, marks=pytest.mark.norm("CONS-E-C7")),
]
DAY = date(2026, 3, 20)


def norm_of(service, number):
    return f"CONS-{'D' if service == 'deferral' else 'E'}-C{number}"


def codes(documents):
    return [document.code for document in documents]


@pytest.mark.parametrize(("service", "number"), DEFERRAL + EXEMPTION)
def test_a_category_is_named_and_documented_as_the_standard_prints_it(category, service, number):
    printed, loaded = law.categories(service)[number], category(norm_of(service, number))
    documents = list(loaded.requirements.all())
    assert (loaded.edition.service_id, loaded.order, loaded.label_raw) == (service, number, printed["label"])
    assert " ".join(document.text_raw for document in documents) == " ".join(printed["documents"])
    assert all(document.norm == loaded.norm for document in documents)
    assert loaded.label_kk == law.bare(law.cyrillic(printed["label"]))
    assert [document.text_kk for document in documents] == [
        law.bare(law.cyrillic(document.text_raw)) for document in documents
    ]


@pytest.mark.norm("CONS-S8-1")
def test_each_standard_has_the_categories_it_prints_and_no_others(editions):
    for service, edition in editions.items():
        assert [c.order for c in edition.categories.all()] == list(law.categories(service))
    assert [editions[service].categories.count() for service in ("deferral", "exemption")] == [13, 7]


@pytest.mark.norm("CONS-S8-1")
@pytest.mark.parametrize(("service", "number"), DEFERRAL + EXEMPTION)
def test_an_empty_package_misses_exactly_the_documents_of_the_category(category, service, number):
    loaded = category(norm_of(service, number))
    missing = missing_documents(loaded, {}, {}, DAY)
    assert " ".join(m.requirement.text_raw for m in missing) == " ".join(law.categories(service)[number]["documents"])
    assert {m.reason for m in missing} <= {MISSING}
    everything = {m.requirement.code: None for m in missing}
    assert missing_documents(loaded, {}, everything, DAY) == []


@pytest.mark.parametrize(
    ("letter", "place"),
    [
        pytest.param("a", 0, marks=pytest.mark.norm("CONS-D-C1-a", "CONS-D-C1")),
        pytest.param("b", 1, marks=pytest.mark.norm("CONS-D-C1-b", "CONS-D-C1")),
        pytest.param("c", 2, marks=pytest.mark.norm("CONS-D-C1-c", "CONS-D-C1")),
        pytest.param("d", 3, marks=pytest.mark.norm("CONS-D-C1-d", "CONS-D-C1")),
        pytest.param("e", 4, marks=pytest.mark.norm("CONS-D-C1-e", "CONS-D-C1")),
        pytest.param("f", 5, marks=pytest.mark.norm("CONS-D-C1-f", "CONS-D-C1")),
    ],
)
def test_a_dependant_of_family_care_is_one_of_the_six_printed(category, letter, place):
    printed = law.categories("deferral")[1]["variants"]
    variants = list(category("CONS-D-C1").variants.all())
    assert len(variants) == len(printed) == 6
    assert (variants[place].norm, variants[place].code) == (f"CONS-D-C1-{letter}", letter)
    assert variants[place].label_raw == printed[place]
    assert variants[place].label_kk == law.bare(law.cyrillic(printed[place]))


@pytest.mark.norm("CONS-D-C1")
def test_the_proof_of_support_is_about_the_variant_and_the_family_report_is_not(category):
    documents = {d.code: d.per_variant for d in category("CONS-D-C1").requirements.all()}
    assert documents == {"family_report": False, "dependants_document": True}


@pytest.mark.norm("CONS-D-C2")
def test_only_a_guardian_of_an_orphan_brings_the_resolution(category):
    father = category("CONS-D-C2")
    assert codes(questions_to_ask(father, {})) == ["guardian"]
    assert codes(required_documents(father, {"guardian": False})) == ["family_report"]
    assert codes(required_documents(father, {"guardian": True})) == ["family_report", "guardian_resolution"]
    assert questions_to_ask(father, {"guardian": False}) == []


@pytest.mark.norm("CONS-D-C1", "CONS-D-C2")
def test_a_category_is_answered_when_its_variant_is_named_and_its_questions_have_a_yes_or_no(category):
    care, father, study = (category(f"CONS-D-C{n}") for n in (1, 2, 5))
    assert [is_answered(care, answers) for answers in ({}, {"variant": "z"}, {"variant": "c"})] == [False, False, True]
    assert [is_answered(father, answers) for answers in ({}, {"guardian": "no"}, {"guardian": False})] == [
        False,
        False,
        True,
    ]
    assert is_answered(study, {})


@pytest.mark.norm("CONS-D-C2", "CONS-D-C3")
def test_a_question_left_open_frees_nobody_and_the_guardian_of_two_years_is_not_asked(category):
    assert len(required_documents(category("CONS-D-C2"), {})) == 2
    assert questions_to_ask(category("CONS-D-C3"), {}) == []
    assert len(required_documents(category("CONS-D-C3"), {"guardian": False})) == 2


@pytest.mark.norm("CONS-D-C4", "LAW-5-P1")
def test_the_married_father_brings_no_paper_of_marriage_or_birth(category):
    married = category("CONS-D-C4")
    assert codes(required_documents(married, {})) == ["family_report"]
    assert {item.register for item in registers_needed(married)} == {"identity", "births", "marriage"}


@pytest.mark.norm("CONS-E-C2", "LAW-5-P1")
def test_whoever_turned_27_brings_nothing(category):
    assert required_documents(category("CONS-E-C2"), {}) == []
    assert missing_documents(category("CONS-E-C2"), {}, {}, DAY) == []
    assert [item.register for item in registers_needed(category("CONS-E-C2"))] == ["identity"]


@pytest.mark.norm("CONS-E-C1")
def test_the_unfit_bring_two_extracts_and_one_alone_is_not_enough(category):
    missing = missing_documents(category("CONS-E-C1"), {}, {"district_extract": None}, DAY)
    assert [m.requirement.code for m in missing] == ["regional_extract"]


@pytest.mark.norm("CONS-E-C4")
def test_only_service_abroad_wants_a_translation_before_a_notary(editions):
    translated = {
        (service, c.order, d.code)
        for service, edition in editions.items()
        for c in edition.categories.all()
        for d in c.requirements.all()
        if d.notarised_translation
    }
    printed = {(s, n) for s in editions for n, c in law.categories(s).items() if "нотариат" in " ".join(c["documents"])}
    assert translated == {("exemption", 4, "foreign_service_document")}
    assert printed == {("exemption", 4)}


@pytest.mark.norm("CONS-E-C5")
def test_the_cases_of_article_51_close_the_category_of_special_bodies(category):
    bodies = category("CONS-E-C5")
    assert "51-бабының 9-тармағында көзделген жағдайларды қоспағанда" in bodies.label_raw
    assert closed_by(bodies, {"excluded_51_9": False}) is None
    assert closed_by(bodies, {}) is None
    assert codes(questions_to_ask(bodies, {})) == ["excluded_51_9"]
    closed = closed_by(bodies, {"excluded_51_9": True})
    assert closed.told_kk
    assert closed.told_ru


@pytest.mark.norm("LAW-19")
@pytest.mark.parametrize(
    ("valid_until", "reasons"),
    [(None, []), (DAY, []), (date(2026, 3, 19), [EXPIRED])],  # its last day is still a day of validity
)
def test_an_expired_document_is_as_good_as_none(category, valid_until, reasons):
    missing = missing_documents(category("CONS-D-C5"), {}, {"study_certificate": valid_until}, DAY)
    assert [m.reason for m in missing] == reasons


@pytest.mark.norm("CONS-S8-2", "LAW-5-P1")
def test_deferral_takes_from_registers_what_the_standard_names(deferral):
    sentence = law.line_with("deferral", "шлюзі арқылы")
    named = {
        "identity": "жеке басын куәландыратын",
        "births": "туу туралы",
        "spouse_death": "зайыбының қайтыс болуы туралы",
        "marriage": "некеге тұруы туралы",
    }
    assert all(words in sentence for words in named.values())
    assert deferral.gateway_raw == sentence
    assert sorted(item.register for item in deferral.register_items.all()) == sorted(named)
    assert {item.norm for item in deferral.register_items.all()} == {"CONS-S8-2"}


@pytest.mark.norm("CONS-S8-3", "LAW-5-P1")
def test_exemption_takes_only_the_identity_from_registers(exemption):
    assert exemption.gateway_raw == law.line_with("exemption", "шлюзі арқылы")
    assert [(item.register, item.norm) for item in exemption.register_items.all()] == [("identity", "CONS-S8-3")]
    for category in exemption.categories.all():
        assert [item.register for item in registers_needed(category)] == ["identity"]


@pytest.mark.norm("CONS-S8-2")
def test_a_register_is_asked_only_about_those_whom_it_concerns(deferral):
    asked = {c.code: {item.register for item in registers_needed(c)} for c in deferral.categories.all()}
    assert asked.pop("SINGLE_FATHER") == {"identity", "births", "spouse_death"}
    assert asked.pop("MARRIED_CHILD") == {"identity", "births", "marriage"}
    assert set(map(frozenset, asked.values())) == {frozenset({"identity"})}


@pytest.mark.norm("LAW-5-P1")
def test_no_document_asked_for_is_one_a_register_holds(editions):
    prohibited = "ақпараттық жүйелерден алуға болатын құжаттар мен мәліметтерді"
    assert any(prohibited in line for line in law.services_law())
    held = ("жеке куәлік", "жеке басын куәландыратын", "туу туралы", "некеге тұру", "неке қию", "зайыбының қайтыс")
    for edition in editions.values():
        for category in edition.categories.all():
            for document in category.requirements.all():
                assert not [words for words in held if words in document.text_kk]
