from kazservices.reports.norms import citations, ours, register
from tests.norms_plugin import objection


def test_every_norm_of_the_main_service_is_cited_by_a_test():
    cited = citations()
    assert [norm.id for norm in ours().values() if norm.owner == "main" and norm.id not in cited] == []


def test_every_citation_stands_in_the_register():
    assert {norm: files for norm, files in citations().items() if norm not in register()} == {}


def test_a_test_cites_known_norms_and_at_most_three():
    some = list(ours())[:4]
    assert objection(some[:3]) is None
    assert "at most 3" in objection(some)
    assert "no such norm" in objection(["CONS-999"])
