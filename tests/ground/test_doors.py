"""A case changes through one door, and nothing happens behind a reader's back."""

import ast

import pytest
from django.apps import apps
from django_fsm import FSMFieldMixin

from tests.ground.sources import PACKAGES, modules, place, tree

GUARDED = {"state", "stage"}
LIBRARIES_SIGNALS = {"celery.signals"}


def models_by_name():
    return {model.__name__: model for model in apps.get_models() if model.__module__.split(".")[0] in PACKAGES}


def has_plain_state(name: str | None) -> bool:
    """A paper or a notice may have a column of that name which is no case's state: Paper.State.VOID."""
    model = models_by_name().get(name or "")
    if model is None:
        return False
    guarded = [field for field in model._meta.get_fields() if field.name in GUARDED]
    belongs_to_a_case = any(parent.__name__ == "Case" for parent in (model, *model._meta.get_parent_list()))
    return not belongs_to_a_case and not any(isinstance(field, FSMFieldMixin) for field in guarded)


def first_name(node: ast.AST) -> str | None:
    while isinstance(node, ast.Attribute | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else None


def writes_past_the_door(source: ast.AST):
    """``.update(state=...)`` and its like: the one way past a protected field."""
    for node in ast.walk(source):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        written = [word for word in node.keywords if word.arg in GUARDED]
        plain = has_plain_state(first_name(node.func)) or all(has_plain_state(first_name(w.value)) for w in written)
        if node.func.attr == "update" and written and not plain:
            yield node
        if node.func.attr == "bulk_update" and any(
            isinstance(word, ast.Constant) and word.value in GUARDED for arg in node.args for word in ast.walk(arg)
        ):
            yield node


def test_no_query_writes_a_state_or_a_stage_past_the_door():
    assert [place(path, node) for path in modules() for node in writes_past_the_door(tree(path))] == []


@pytest.mark.parametrize(
    "line",
    [
        "rows = Case.objects.all(); rows.update(state='granted')",
        "Case.objects.filter(pk=1).update(stage='decided')",
        "rows.update(state=x)",
        "a.bulk_update(b, ['state'])",
    ],
)
def test_a_write_past_the_door_is_seen(line):
    assert list(writes_past_the_door(ast.parse(line)))


def test_nothing_listens_to_the_signals_of_others():
    def listeners(source):
        for node in ast.walk(source):
            name = (node.module or "") if isinstance(node, ast.ImportFrom) else ""
            if name == "django.dispatch" or (name.endswith("signals") and name not in LIBRARIES_SIGNALS):
                yield node

    assert [place(path, node) for path in modules() for node in listeners(tree(path))] == []


def test_no_model_saves_in_a_way_of_its_own():
    own = [
        f"{model.__module__}.{model.__name__}"
        for model in models_by_name().values()
        for ancestor in model.__mro__
        if ancestor.__module__.split(".")[0] in PACKAGES and {"save", "delete"} & set(vars(ancestor))
    ]
    assert own == []


def test_no_function_imports_our_own_modules():
    def hidden(source):
        for function in ast.walk(source):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                for node in ast.walk(function):
                    if isinstance(node, ast.ImportFrom) and (node.level or node.module.split(".")[0] in PACKAGES):
                        yield node
                    if isinstance(node, ast.Import) and any(name.name.split(".")[0] in PACKAGES for name in node.names):
                        yield node

    assert [place(path, node) for path in modules() for node in hidden(tree(path))] == []


def test_no_model_introduces_itself_with_personal_data():
    """``__str__`` ends up in logs, in titles of pages and in the journal of the admin."""
    personal = {"iin", "full_name", "first_name", "last_name", "birth_date", "phone", "email"}

    def betrayals(source):
        for owner in ast.walk(source):
            if isinstance(owner, ast.ClassDef) and owner.name in models_by_name():
                for method in owner.body:
                    if isinstance(method, ast.FunctionDef) and method.name == "__str__":
                        for node in ast.walk(method):
                            if isinstance(node, ast.Attribute) and node.attr in personal:
                                yield node

    assert [place(path, node) for path in modules() for node in betrayals(tree(path))] == []


#: Where a sweep goes from row to row: one bad row is logged and given back, and keeps no other waiting.
EDGES = {
    "kazservices/cases/apart.py",
    "kazservices/documents/rendering.py",
    "kazservices/gateways/asking.py",
    "kazservices/notices/delivery.py",
}


def test_domain_code_swallows_no_errors_but_at_the_edge_of_a_sweep():
    def swallowed(source):
        for node in ast.walk(source):
            caught = isinstance(node, ast.ExceptHandler) and (ast.unparse(node.type) if node.type else "everything")
            if caught in ("everything", "Exception", "BaseException") and not isinstance(node.body[-1], ast.Raise):
                yield node

    found = [place(path, node).partition(":")[0] for path in modules() for node in swallowed(tree(path))]
    assert sorted(found) == sorted(EDGES)
