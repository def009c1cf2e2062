"""A person's evidence, and where it may belong."""
