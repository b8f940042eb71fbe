"""The pages on which people make, see and end their tokens."""
