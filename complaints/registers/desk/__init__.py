"""The pages on which the registers are kept and read."""
