"""Everything that changes an assessment: keyword-only, atomic, by somebody at a moment."""
