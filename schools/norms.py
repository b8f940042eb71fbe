"""Norms that the services of a school carry together."""

#: The hours of a school: one schedule, named by both standards.
HOURS = {"hours.school": ("SCHED-2", "ADM-S7-1", "TRN-S7-1")}
