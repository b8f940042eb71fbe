"""Transfer of a child between schools: a receipt, or a reasoned refusal, in thirty working minutes."""
