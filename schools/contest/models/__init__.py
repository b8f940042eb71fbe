from .application import ContestApplication
from .campaign import ContestCampaign
from .plan import ClassPlaces, Publication, Sitting
from .results import FreedPlace, OwnResult, OwnSelection, Score, Standing

__all__ = [
    "ClassPlaces",
    "ContestApplication",
    "ContestCampaign",
    "FreedPlace",
    "OwnResult",
    "OwnSelection",
    "Publication",
    "Score",
    "Sitting",
    "Standing",
]
