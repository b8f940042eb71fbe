"""The contest to specialised schools: the school's yearly campaign, and the applications of its candidates."""
