"""The calendar at the desk: a year as a picture, revisions drafted by one operator and published by another."""
