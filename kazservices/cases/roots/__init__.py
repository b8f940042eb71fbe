"""Roots of the journal: each night all heads and all registers of numbers are sealed, signed and copied away."""
