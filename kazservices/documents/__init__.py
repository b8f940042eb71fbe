"""What people hand in and what the provider issues: attachments checked by content, papers prepared before a move."""
