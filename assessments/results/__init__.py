"""The read side: frozen objects that pages, files and exports show alike."""
