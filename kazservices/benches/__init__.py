"""What the benches share: a PostgreSQL database of their own, and crowds of rows in it.

Each room keeps its benches in ``<room>/benches/<name>.py``: a function ``run(size) -> dict``; one that needs the
database says ``ON_POSTGRES = True``.
"""
