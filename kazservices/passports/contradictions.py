"""What no field of a passport file shows alone: names that lead nowhere, dates that run backwards, silence."""

from django.utils.translation import gettext_lazy as _

from . import flowblock
from .faults import Place
from .models import Edition, FormField, Question


def note_contradictions(content: dict, tree, place: Place) -> None:
    """What each field alone cannot show: names that lead nowhere, dates that run backwards."""
    if content["valid_to"] and content["valid_to"] < content["valid_from"]:
        _at(tree, "valid_to", place).wrong(_("the edition ends before it begins"))
    if content["source"]["status"] == Edition.Source.OFFICIAL:
        _note_unknown_act(content, tree, place)
    for index, window in enumerate(content["windows"]):
        if window["closes"] < window["opens"]:
            there = _branch(tree, "windows", index, place)
            _at(tree["windows"][index], "closes", there).wrong(_("the window closes before it opens"))
    if content["flow"]:
        flowblock.note_contradictions(content, tree, place)
    if content["refusable"] and not content["grounds"] and not content["general_grounds"]:
        _at(tree, "grounds", place).wrong(
            _("no ground of refusal: name one here, or one of the Law in general_grounds")
        )
    groups = {group["code"] for group in content["groups"]}
    registers = {item["register"] for item in content["registers"]}
    for index, category in enumerate(content["categories"]):
        leaf, there = tree["categories"][index], _branch(tree, "categories", index, place)
        if category["group"] not in groups:
            _at(leaf, "group", there).wrong(_("no such group in this file: “%(name)s”"), name=category["group"])
        for register in category["registers"]:
            if register not in registers:
                _at(leaf, "registers", there).wrong(_("no such register in this file: “%(name)s”"), name=register)
        _note_loose_documents(category, leaf, there)
        _note_loose_questions(category, leaf, there)
    _note_loose_fields(content, tree, place)


def _note_loose_fields(content: dict, tree, place: Place) -> None:
    known = {category["code"] for category in content["categories"]}
    for index, field in enumerate(content["fields"]):
        leaf, there = tree["fields"][index], _branch(tree, "fields", index, place)
        if (field["kind"] == FormField.Kind.CHOICE) != bool(field["choices"]):
            _at(leaf, "kind", there).wrong(_("a choice, and only a choice, names its choices"))
        for name in field["only_for"]:
            if name not in known:
                _at(leaf, "only_for", there).wrong(_("no such category in this file: “%(name)s”"), name=name)


def _note_unknown_act(content: dict, tree, place: Place) -> None:
    """An official text names its act to the end; of one that is only reported not all is known. Norm: GAP-20."""
    act = place.at(tree.lc.key("act")[0] + 1, "act")
    for name in ("number", "date", "registration_number", "registration_date"):
        if not content["act"][name]:
            act.at(act.line, name).wrong(_("the field is missing"))


def _note_loose_documents(category: dict, tree, place: Place) -> None:
    asked = {question["code"] for question in category["questions"] if question["on_yes"] == Question.OnYes.DOCUMENT}
    for index, document in enumerate(category["documents"]):
        leaf, there = tree["documents"][index], _branch(tree, "documents", index, place)
        if document["condition"] and document["condition"] not in asked:
            _at(leaf, "condition", there).wrong(_("no question asks “%(name)s”"), name=document["condition"])
        if document["per_variant"] and not category["variants"]:
            _at(leaf, "per_variant", there).wrong(_("the category has no variants"))


def _note_loose_questions(category: dict, tree, place: Place) -> None:
    depended_on = {document["condition"] for document in category["documents"]}
    for index, question in enumerate(category["questions"]):
        leaf, there = tree["questions"][index], _branch(tree, "questions", index, place)
        closes = question["on_yes"] == Question.OnYes.CLOSES
        if closes and not question["told"]["kk"]:
            _at(leaf, "on_yes", there).wrong(_("say in “told” what the applicant is told"))
        if not closes and question["code"] not in depended_on:
            _at(leaf, "code", there).wrong(_("no document depends on this question"))


def _branch(tree, name: str, index: int, place: Place) -> Place:
    return place.at(place.line, name).item(tree[name].lc.item(index)[0] + 1, index)


def _at(leaf, name: str, place: Place) -> Place:
    return place.at(leaf.lc.key(name)[0] + 1, name)
