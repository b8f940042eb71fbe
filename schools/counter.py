"""How long one may wait and be served at the counter of a school, in working minutes of its hours."""

from kazservices.counter.limits import CounterLimits

#: The standard of admission says "15 (жиырма) минут", fifteen in digits and twenty in words: fifteen is promised and
#: raises the alert, above twenty is a breach (GAP-02).
ADMISSION = CounterLimits(
    waiting=15, serving=15, waiting_norm="ADM-S10-1", serving_norm="ADM-S10-2", alert=15, breach=20
)
#: The standard of transfer says fifteen in both; the clerks are told five minutes before.
TRANSFER = CounterLimits(
    waiting=15, serving=30, waiting_norm="TRN-S10-1", serving_norm="TRN-S10-2", alert=10, breach=15
)
