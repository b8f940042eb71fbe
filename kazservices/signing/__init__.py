"""Who signed what, with the evidence kept: one-time password now, EDS behind the same interface later."""
