"""The face for programs: the same journey over HTTP, by tokens that are scoped like their owners."""
