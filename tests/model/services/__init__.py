"""One file a service, or a few that share a law. Each has ``build()``: its offices and people, its adapters."""

from importlib import import_module
from pkgutil import iter_modules


def build() -> dict:
    """{code: adapter} of all services."""
    found = [
        adapter for known in iter_modules(__path__) for adapter in import_module(f"{__name__}.{known.name}").build()
    ]
    return {adapter.code: adapter for adapter in found}
