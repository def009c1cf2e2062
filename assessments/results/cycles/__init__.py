"""Across submissions and cycles: what was sent, what came back, what changed."""
