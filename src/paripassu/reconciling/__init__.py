"""Ours and theirs: which one change of what a figure rests on gives the number that somebody else has."""
