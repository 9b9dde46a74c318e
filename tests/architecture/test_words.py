"""Every text of the program is marked, and every catalogue translates it with the same facts."""

from __future__ import annotations

import string

import pytest

from tools import words

FRONT = ("app/ui/", "app/cli/", "app/__main__.py", "app/last_word.py")
"""Whose every text is shown."""
QT = "app/ui/qt_words.py"
"""What Qt's own words are in Vietnamese: the English is Qt's."""
BRAND = "Phối Hợp"


@pytest.fixture(scope="module")
def read() -> list[words.Read]:
    return [words.read(path) for path in sorted(words.APP.rglob("*.py"))]


@pytest.fixture(scope="module")
def texts(read: list[words.Read]) -> set[str]:
    return {text.text for each in read for text in each.marked if text.text.strip()}


@pytest.mark.parametrize("path", words.catalogues(), ids=lambda path: path.stem)
class TestACatalogue:
    def test_translates_every_text(self, path, texts: set[str]) -> None:
        known = words.catalogues()[path]
        missing = sorted(text for text in texts if not known.get(text, "").strip())
        assert not missing, "python3 dev.py words"

    def test_has_no_text_that_nobody_says(self, path, texts: set[str]) -> None:
        unused = words.catalogues()[path].keys() - texts - words.in_context()
        assert not sorted(unused), "python3 dev.py words"

    def test_puts_the_same_facts_in_place(self, path) -> None:
        wrong = {
            text: said
            for text, said in words.catalogues()[path].items()
            if said
            and words.places(text.rpartition("|")[2] if text in words.in_context() else text)
            != words.places(said)
        }
        assert not wrong

    def test_keeps_blanks_at_the_ends_where_texts_are_joined(self, path) -> None:
        wrong = [
            text
            for text, said in words.catalogues()[path].items()
            if said
            and (text[0] in string.whitespace, text[-1] in string.whitespace)
            != (said[0] in string.whitespace, said[-1] in string.whitespace)
        ]
        assert not wrong


def test_what_the_window_and_the_command_line_say_is_marked(read: list[words.Read]) -> None:
    found = [
        f"{text.place}: {text.text}"
        for each in read
        for text in each.unmarked
        if text.place.startswith(FRONT) and not text.place.startswith(QT) and text.text != BRAND
    ]
    assert not found, "told(…) for what is shown, kept(…) for what the register keeps"


def test_the_sentence_of_every_error_is_marked() -> None:
    found = [
        f"{text.place}: {text.text}"
        for path in sorted(words.APP.rglob("*.py"))
        for text in words.raised_unmarked(path)
    ]
    assert not found, "a sentence with facts in it is told(“… {name} …”, name=…)"
