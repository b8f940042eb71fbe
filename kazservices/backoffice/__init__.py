"""The face of the staff, in the admin: Today, the queue, a page a case, the commission, the operator's registers."""
