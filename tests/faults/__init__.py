"""The product under fire: real processes, killed between the claim of a row and its effect."""
