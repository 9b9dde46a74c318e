"""The command line: a second front door over the same services."""
