from .application import DuplicateApplication, PickUp
from .archive import ClosedSchool
from .blanks import Blank, BlankForm, Document
from .books import Book
from .exchange import Consignment, ConsignmentItem, DeliveryRun, Partner, StageReport
from .original import Original

__all__ = [
    "Blank",
    "BlankForm",
    "Book",
    "ClosedSchool",
    "Consignment",
    "ConsignmentItem",
    "DeliveryRun",
    "Document",
    "DuplicateApplication",
    "Original",
    "Partner",
    "PickUp",
    "StageReport",
]
