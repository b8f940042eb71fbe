"""Letters: owed in the transaction of the move, served in the cabinet at once, copied by e-mail and SMS afterwards."""
