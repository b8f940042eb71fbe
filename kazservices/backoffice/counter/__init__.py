"""The counter: what is brought on paper is written down, checked and taken in."""
