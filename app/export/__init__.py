"""Word and Excel out."""
