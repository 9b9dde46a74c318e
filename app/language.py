"""The language that the program speaks: chosen in Cài đặt, or for one start by `--lang`."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence

from app import paths, words
from app.settings import LANGUAGE, Settings

OPTION = "--lang"
VIETNAMESE, ENGLISH = "vi", "en"
LANGUAGES = (VIETNAMESE, ENGLISH)
_log = logging.getLogger(__name__)
_spoken = VIETNAMESE


def spoken() -> str:
    """The language of what is said now."""
    return _spoken


def begin(argv: Sequence[str]) -> None:
    """Speak as *argv* asks, else as was chosen in Cài đặt.

    What is no language is for the command line to refuse, in the language that was chosen.
    """
    asked = _asked(argv)
    speak(asked if asked in LANGUAGES else Settings(paths.settings_file())[LANGUAGE])


def speak(language: str) -> None:
    """Speak *language* from now on: windows that are there already keep what they say."""
    global _spoken  # noqa: PLW0603 - one language for the whole program
    words.speak(catalogue(language))
    _spoken = language


def catalogue(language: str) -> Mapping[str, str]:
    """What is said in *language* for each text; empty for Vietnamese, in which they are written.

    A program whose catalogue is missing or cut speaks Vietnamese rather than not at all.
    """
    if language == VIETNAMESE:
        return {}
    try:
        found = json.loads((paths.resources() / "i18n" / f"{language}.json").read_text("utf-8"))
    except (OSError, ValueError):
        _log.exception("no catalogue for %s", language)
        return {}
    return found if isinstance(found, dict) else {}


def _asked(argv: Sequence[str]) -> str | None:
    for at, word in enumerate(argv):
        if word == OPTION:
            return argv[at + 1] if at + 1 < len(argv) else None
        if word.startswith(f"{OPTION}="):
            return word.removeprefix(f"{OPTION}=")
    return None
