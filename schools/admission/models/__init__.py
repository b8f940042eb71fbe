from .application import AdmissionApplication, ClassApplication
from .areas import AreaAddress, AreaEdition
from .order import EnrolmentOrder
from .pools import Pool, SeatChange
from .rounds import LateEntry, Round
from .school import Charter

__all__ = [
    "AdmissionApplication",
    "AreaAddress",
    "AreaEdition",
    "Charter",
    "ClassApplication",
    "EnrolmentOrder",
    "LateEntry",
    "Pool",
    "Round",
    "SeatChange",
]
