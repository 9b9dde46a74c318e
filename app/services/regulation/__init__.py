"""Regulations: entered or imported, their provisions, bases and what replaced what."""
