"""Legal clocks of a case: started by a move, ended by a move, due at a moment that was computed once."""
