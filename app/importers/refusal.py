"""Why a file is not read: raised where it is found, named after the file at the door."""

from __future__ import annotations


class NotReadable(Exception):
    """The bytes are nothing we can read; the message is the reason, a sentence for the user."""
