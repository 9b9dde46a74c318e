"""The verbs a clerk uses."""
