"""A duplicate through the State Corporation: a Saturday, a missing item, a month in store, a second trip."""
