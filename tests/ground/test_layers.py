"""A foreign key is an import, also when it is written as a string."""

from django.apps import apps

from tests.ground.sources import ROOT, layers, room_of


def climbs(owner: str, target: str) -> bool:
    """A room may point down or to itself; not up, and not at a neighbour."""
    mine, theirs = room_of(owner), room_of(target)
    if mine is None or theirs is None or mine[1] == theirs[1]:
        return False
    return theirs[0] <= mine[0]


def test_no_relation_of_a_model_climbs():
    climbing = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields(include_hidden=True)
        if field.is_relation and not field.auto_created and field.related_model
        if climbs(model.__module__, field.related_model.__module__)
    ]
    assert climbing == []


def test_a_climbing_relation_is_seen():
    assert climbs("kazservices.cases.models", "conscription.models")
    assert climbs("conscription.models", "schools.models")
    assert not climbs("conscription.models", "kazservices.cases.models")


def test_every_room_stands_in_the_order_of_the_layers():
    """A room that the contract does not name would be free to import anything."""
    outside = {"kazservices.formats", "kazservices.supervisor"}  # neither imports a room
    rooms = {f"kazservices.{path.parent.name}" for path in (ROOT / "kazservices").glob("*/__init__.py")} - outside
    named = {room for row in layers() for room in row}
    assert rooms - named == set()
