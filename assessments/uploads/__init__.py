"""Files that people bring: told by their content, never run, never unpacked, never trusted for their name."""
