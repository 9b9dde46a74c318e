"""The records: their tables, drafts and words; one file per kind."""
