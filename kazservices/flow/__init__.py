"""The conductor: the one door through which a case changes state, and the sweeps that knock at it."""
