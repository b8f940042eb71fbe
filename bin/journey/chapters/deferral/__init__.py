"""A deferral through its six working days; the same week with a day off in its middle."""
