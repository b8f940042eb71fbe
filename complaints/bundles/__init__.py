"""The file of a case, to be forwarded with a complaint: complete, signed, checked by anyone. Norm: CONS-14-2."""
