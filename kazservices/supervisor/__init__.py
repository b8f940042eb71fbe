"""One command for the whole product on one machine: prepares the data, starts the processes, keeps them alive.

It needs nothing of Django: it must stand when everything else falls.
"""
