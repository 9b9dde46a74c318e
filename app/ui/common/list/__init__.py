"""A register as a list: its table, views, filters, menus, and the ways it leaves the window."""
