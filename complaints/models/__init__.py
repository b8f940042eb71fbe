from .acts import SignedAct
from .complaint import Complaint

__all__ = ["Complaint", "SignedAct"]
