from .application import TransferApplication
from .classes import Language, SchoolClass

__all__ = ["Language", "SchoolClass", "TransferApplication"]
