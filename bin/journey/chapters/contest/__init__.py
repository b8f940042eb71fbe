"""The contest of a lyceum with 600 candidates, whose order was made by hand before."""
