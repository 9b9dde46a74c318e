"""The record under the cursor: what its pane shows and where it stands beside the list."""
