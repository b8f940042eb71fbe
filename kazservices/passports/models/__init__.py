"""The law of a service as rows: its editions, documents, grounds and windows. Loaded from fixtures/passports/."""

from .acts import CallUpAct, RestrictionAct
from .categories import Category, Question, RegisterItem, Requirement, Variant
from .editions import Assumption, Edition, EditionSwitch, NoEdition, Service, Window
from .fields import FormField
from .grounds import Ground

__all__ = [
    "Assumption",
    "CallUpAct",
    "Category",
    "Edition",
    "EditionSwitch",
    "FormField",
    "Ground",
    "NoEdition",
    "Question",
    "RegisterItem",
    "Requirement",
    "RestrictionAct",
    "Service",
    "Variant",
    "Window",
]
