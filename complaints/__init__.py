"""Complaints about a case. The room is kept; the complaint itself comes with its own edition."""
