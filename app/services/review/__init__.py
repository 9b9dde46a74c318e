"""Reviews: what bodies report, the figures, the outline and the packet."""
