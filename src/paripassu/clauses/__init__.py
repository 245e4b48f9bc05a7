"""The library of clauses, shared by every deal; a clause never imports another."""
