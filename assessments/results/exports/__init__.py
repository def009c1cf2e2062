"""What leaves as a file for the whole company."""
