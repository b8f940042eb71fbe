"""Complaints: granted on the second day, forwarded on the third, extended, upheld, and sent to a body outside."""
