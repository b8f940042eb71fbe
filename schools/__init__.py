"""School services: admission, transfer, duplicates. The room is kept; its services come with their own standards."""
