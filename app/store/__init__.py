"""The office's file: opening it, bringing it up to date, changing it in one piece."""

from app.store.store import Changes, OfficeFacts, Store

__all__ = ["Changes", "OfficeFacts", "Store"]
