"""The chapters in the order of the book. Those of the schools can be walked one after the other through one product."""

from chapters.admission.parts import ADMISSION
from chapters.complaints.parts import COMPLAINTS
from chapters.contest.parts import CONTEST
from chapters.deferral.parts import DEFERRAL, WITH_A_DAY_OFF
from chapters.duplicates.parts import DUPLICATES
from chapters.transfer import TRANSFER

#: The product's clock never goes back: each begins after the end of the one before it. The contest takes its register
#: away on 2 April, in the midst of the admission: it is walked through a product of its own, or before the duplicates.
SCHOOLS = (TRANSFER, ADMISSION, DUPLICATES)
CHAPTERS = (DEFERRAL, WITH_A_DAY_OFF, TRANSFER, ADMISSION, CONTEST, DUPLICATES, COMPLAINTS)
