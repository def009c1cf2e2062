"""The gap report and its parts."""
