from .books import Conclusion, Direction, Proposal
from .measures import Measure

__all__ = ["Conclusion", "Direction", "Measure", "Proposal"]
