"""Words typed are a command, or a sentence in Vietnamese says why they are not."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cli.line import COMMANDS
from app.cli.opening import wants_window
from app.cli.usage import GLOBAL, WrongUsage, read, usage
from app.cli.values import read_pairs


def test_options_may_stand_anywhere():
    for words in (
        ["--data", "d", "--json", "list", "agency"],
        ["list", "agency", "--json", "--data", "d"],
        ["list", "--data=d", "agency", "--json"],
    ):
        asked = read(words, COMMANDS)
        assert asked.command is COMMANDS["list"]
        assert (asked.get("--data"), asked.has("--json"), asked["LOẠI"]) == ("d", True, "agency")


def test_a_repeated_condition_is_kept_each_time():
    asked = read(["list", "agency", "--where", "a=1", "--where", "b=2"], COMMANDS)
    assert asked.many("--where") == ["a=1", "b=2"]


def test_after_two_dashes_everything_is_a_word():
    asked = read(["search", "--", "--json", "190"], COMMANDS)
    assert asked.many("CHỮ") == ["--json", "190"]
    assert not asked.has("--json")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["lits"], "Có phải “list”?"),
        (["goi.phx", "goi-sau.phx"], "Mỗi lần chỉ mở một tệp"),
        (["list"], "còn thiếu LOẠI"),
        (["list", "agency", "thừa"], "không nhận thêm “thừa”"),
        (["list", "agency", "--where"], "còn thiếu Ô=GIÁ_TRỊ"),
        (["list", "agency", "--la"], "Không có tùy chọn “--la”"),
        (["list", "agency", "--json=1"], "không nhận giá trị"),
        (["list", "agency", "--as-of", "1", "--as-of", "2"], "chỉ ghi một lần"),
        (["add", "agency"], "còn thiếu Ô=GIÁ_TRỊ"),
    ],
)
def test_wrong_words_are_refused_in_words(words, said):
    with pytest.raises(WrongUsage) as caught:
        read(words, COMMANDS)
    assert said in caught.value.sentence


PIECES = ["list", "agency", "--json", "--where", "--", "-h", "a=b", "", "-"]


@given(st.lists(st.sampled_from(PIECES)))
def test_no_words_at_all_break_the_reader(words):
    with suppress(WrongUsage):
        read(words, COMMANDS)


@pytest.mark.parametrize("words", [[], ["--data", "d"], ["--today", "2026-01-01", "--data=d"]])
def test_without_a_command_the_window_is_meant(words):
    assert wants_window(words) is not None


@pytest.mark.parametrize("words", [["list", "agency"], ["--help"], ["--version"], ["sai"]])
def test_with_a_command_it_is_not(words):
    assert wants_window(words) is None


@pytest.mark.parametrize(
    "words",
    [["goi.phx"], ["--data", "d", "GOI.PHX"], ["--today=2026-01-01", "xin.phr", "--data", "d"]],
)
def test_a_carried_file_is_shown_in_the_window_whether_it_is_there_or_not(words):
    asked = wants_window(words)
    assert asked is not None
    assert asked.carried == Path(next(word for word in words if "." in word[2:])).absolute()


def test_another_file_that_is_there_is_for_the_window_too(tmp_path):
    (tmp_path / "báo cáo tháng.docx").touch()
    asked = wants_window([str(tmp_path / "báo cáo tháng.docx")])
    assert asked is not None
    assert asked.carried == tmp_path / "báo cáo tháng.docx"


@pytest.mark.parametrize(
    "words", [["sync", "receive", "goi.phx"], ["goi.phx", "goi.phx"], ["bao-cao.docx"]]
)
def test_a_file_beside_other_words_is_for_the_commands(words):
    assert wants_window(words) is None


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_its_words_and_options(name):
    command = COMMANDS[name]
    said = usage(command, COMMANDS)
    assert command.help in said
    assert all(word.help and word.name in said for word in command.words)
    assert all(option.help and option.name in said for option in (*command.options, *GLOBAL))


def test_a_pair_keeps_equals_signs_and_lines_of_its_value():
    (pair,) = read_pairs(["text=a = b\nc"])
    assert (pair.name, pair.value, pair.sign) == ("text", "a = b\nc", "")


@pytest.mark.parametrize("word", ["lead", "=x", "1a=b", "a b=c"])
def test_what_is_no_pair_is_refused(word):
    with pytest.raises(WrongUsage):
        read_pairs([word])


def test_a_field_given_twice_is_refused():
    with pytest.raises(WrongUsage, match="hai lần"):
        read_pairs(["lead=a", "lead=b"])
