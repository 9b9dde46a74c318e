"""Word, text and Excel in: proposals, never saved by themselves."""
