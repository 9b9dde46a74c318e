"""How each register reads: columns, filters and views, on screen and on paper alike."""
