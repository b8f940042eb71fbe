"""Admission to school: the queue 3 + 1, its rounds, the answers, the order. Norms: ADM-1 to ADM-10."""
