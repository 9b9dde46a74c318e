"""The change log: change sets, heads, merge, apply, rebuild, undo, history."""
