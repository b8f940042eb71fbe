from .application import ConscriptionApplication, DeferralApplication, ExemptionApplication
from .commission import Opinion
from .hearing import Hearing

__all__ = ["ConscriptionApplication", "DeferralApplication", "ExemptionApplication", "Hearing", "Opinion"]
