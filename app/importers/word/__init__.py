"""Word files (.docx, .docm) in."""
