"""Phối Hợp: keeps coordination regulations, their duties and their review conferences."""

__version__ = "0.1.0"
