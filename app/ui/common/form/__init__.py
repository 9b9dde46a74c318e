"""Forms: the fields, what they offer, and what is kept of one that was not saved."""
