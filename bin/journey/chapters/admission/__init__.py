"""The first days of admission to the first class: filed by phone and on paper, answered by the queue 3 + 1."""
