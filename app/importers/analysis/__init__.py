"""From lines to proposals: what a document is, says and does, whatever file it came from."""
