"""Opening an office: the operator's guided pages, from its name to the day it takes its first application."""
