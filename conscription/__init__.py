"""Deferral of, and exemption from, conscription. Norms: CONS-8, CONS-10-1 to CONS-10-8."""
