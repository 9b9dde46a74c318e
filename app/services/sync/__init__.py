"""The exchange as a clerk does it: joining, packages out and in, quarantine, withdrawal."""
