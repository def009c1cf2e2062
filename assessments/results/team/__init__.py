"""The levels of a team, read from stored results."""
