"""The office's file: opening it, bringing it up to date, changing it in one piece."""
