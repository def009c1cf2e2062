"""One's own assessment: its levels, how far it is, and what to know before sending it."""
