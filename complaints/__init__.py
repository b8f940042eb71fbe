"""Complaints: each is a case of its own and points at a case, never at another app."""
