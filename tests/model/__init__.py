"""A model of all services in plain words and dicts, and random lives that compare the product with it.

``python -m pytest tests/model`` lives some 2,000 steps; ``bin/test-model --steps 20000`` as many as one likes. A
service is one file in ``services/``: its law as a table, how a case of it comes in, what its moves are told.
"""
