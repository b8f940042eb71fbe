"""All that the product keeps, taken to a folder while it runs, and brought back from there (docs/operations.md)."""
