"""RTF, HTML and plain text in."""
