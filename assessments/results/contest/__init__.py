"""The answer to a validated level, and the record of the decision."""
