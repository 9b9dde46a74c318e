"""What may be typed: commands, their words and options, and the Vietnamese usage text.

The standard library's parser speaks English when it refuses, so the few rules are kept here.
Options may stand anywhere; `--` ends them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from app import language
from app.carried import kind_of
from app.words import told

if TYPE_CHECKING:
    from app.cli.desk import Answer, Desk


class WrongUsage(Exception):
    """The words make no command. `sentence` says which; `command` whose usage to show."""

    def __init__(self, sentence: str, command: Command | None = None) -> None:
        self.sentence = told(sentence)
        super().__init__(self.sentence)
        self.command = command


@dataclass(frozen=True)
class Option:
    """`--name VALUE`, or a switch when `value` is empty. `many`: may be given more than once."""

    name: str
    value: str
    help: str
    many: bool = False


@dataclass(frozen=True)
class Word:
    """A positional word of a command: one of `codes` if any. `many` takes all that is left."""

    name: str
    help: str
    needed: bool = True
    many: bool = False
    codes: tuple[str, ...] = ()

    def shown(self) -> str:
        """The word as the usage line writes it."""
        name = f"{told(self.name)}…" if self.many else told(self.name)
        return name if self.needed else f"[{name}]"

    def explained(self) -> str:
        """What it is, as the page of the command tells."""
        return ": ".join(filter(None, (told(self.help), ", ".join(self.codes))))


@dataclass(frozen=True)
class Command:
    """One command. `may_begin`: it may make a new office where there is none.

    `example` is what a person might type: its page shows it, and a test runs it.
    """

    name: str
    help: str
    run: Callable[[Desk, Asked], Answer]
    words: tuple[Word, ...] = ()
    options: tuple[Option, ...] = ()
    may_begin: bool = False
    example: str = field(kw_only=True)

    def line(self) -> str:
        """The usage line: `list LOẠI [--where Ô=GIÁ_TRỊ]…`."""
        options = [_shown(option) for option in self.options]
        return " ".join([self.name, *(word.shown() for word in self.words), *options])


@dataclass
class Asked:
    """What was typed, taken apart: words and options by name."""

    command: Command | None = None
    given: dict[str, str] = field(default_factory=dict)
    lists: dict[str, list[str]] = field(default_factory=dict)
    switches: set[str] = field(default_factory=set)
    carried: Path | None = None
    """The file from another office, where one was named instead of a command."""

    def __getitem__(self, name: str) -> str:
        """The word, or the value of the option, of that name; "" where it is not there."""
        return self.given.get(name, "")

    def get(self, name: str) -> str | None:
        """The same; None where it is not there."""
        return self.given.get(name)

    def many(self, name: str) -> list[str]:
        """All that was given under a name that may be given more than once."""
        return self.lists.get(name, [])

    def has(self, name: str) -> bool:
        """Whether the switch, or an option with a value, was given."""
        return name in self.switches or name in self.given


GLOBAL = (
    Option("--data", "THƯ_MỤC", "thư mục dữ liệu của văn phòng"),
    Option("--today", "NGÀY", "làm việc như thể hôm nay là ngày này (YYYY-MM-DD hoặc dd/mm/yyyy)"),
    Option(language.OPTION, "NGÔN_NGỮ", "nói tiếng Việt (vi) hoặc tiếng Anh (en) lần này"),
    Option("--json", "", "in kết quả dạng JSON"),
    Option("--clock-is-right", "", "ghi cả khi ngày của máy sớm hơn lần ghi gần nhất"),
    Option("--help", "", "in cách dùng"),
    Option("--version", "", "in phiên bản"),
)
_PROGRAM = "python -m app"


def read(argv: Sequence[str], commands: Mapping[str, Command]) -> Asked:
    """Take *argv* apart. Raises WrongUsage; without a command `Asked.command` is None."""
    name = _name((argv[at] for at in _loose(argv)), commands)
    command = commands.get(name or "")
    if name is not None and command is None:
        raise WrongUsage(_unknown(name, commands))
    known = {option.name: option for option in (*GLOBAL, *(command.options if command else ()))}
    asked = Asked(command)
    loose = _options(argv, known, asked, command)
    _known_language(asked)
    if command is not None and not asked.has("--help"):
        _words(command, loose[len(command.name.split()) :], asked)
    return asked


def _known_language(asked: Asked) -> None:
    if asked.get(language.OPTION) not in (None, *language.LANGUAGES):
        sentence = told(
            "Tùy chọn {option} chỉ nhận: {known}.",
            option=language.OPTION,
            known=", ".join(language.LANGUAGES),
        )
        raise WrongUsage(sentence, asked.command)


def usage(command: Command | None, commands: Mapping[str, Command]) -> str:
    """The usage of one command, or the list of all."""
    if command is None:
        return _whole_usage(commands)
    lines = [
        told("Cách dùng: {program} [--data THƯ_MỤC] {line}", program=_PROGRAM, line=command.line()),
        "",
        f"  {told(command.help)}",
    ]
    rows = [(word.shown(), word.explained()) for word in command.words]
    rows += [(_shown(option), told(option.help)) for option in (*command.options, *GLOBAL)]
    example = f"  {_PROGRAM} {command.example}"
    return "\n".join([*lines, "", *_aligned(rows), "", told("Ví dụ:"), "", example])


def _whole_usage(commands: Mapping[str, Command]) -> str:
    rows = [(command.line(), told(command.help)) for command in commands.values()]
    options = [(_shown(option), told(option.help)) for option in GLOBAL]
    head = told(
        "Cách dùng: {program} [--data THƯ_MỤC] [--today NGÀY] LỆNH [tham số] [--json]",
        program=_PROGRAM,
    )
    closing = told(
        "Không có lệnh nào thì mở cửa sổ chương trình; kèm một tệp trao đổi (.phx, "
        ".phm, .phr, .pha) thì xem\ntrước tệp ấy trong cửa sổ. LỆNH --help in trang của lệnh "
        "ấy, có ví dụ. Chi tiết: docs/COMMAND_LINE.md"
    )
    return "\n".join([head, "", *_aligned(rows), "", *_aligned(options), "", closing])


def _aligned(rows: Sequence[tuple[str, str]]) -> list[str]:
    lines = []
    for name, about in rows:
        lines += [f"  {name:30} {about}"] if len(name) <= 30 else [f"  {name}", f"{'':33}{about}"]
    return lines


def _shown(option: Option) -> str:
    said = f"[{option.name} {told(option.value)}]" if option.value else f"[{option.name}]"
    return f"{said}…" if option.many else said


def first_loose(argv: Sequence[str]) -> int | None:
    """Where the first word stands that is neither an option nor a global one's value."""
    return next(_loose(argv), None)


def _loose(argv: Sequence[str]) -> Iterator[int]:
    takes_value = {option.name for option in GLOBAL if option.value}
    places = iter(range(len(argv)))
    for at in places:
        if argv[at] in takes_value:
            next(places, None)
        elif not argv[at].startswith("-"):
            yield at


def _name(loose: Iterator[str], commands: Mapping[str, Command]) -> str | None:
    """The command's name: the first word, or the first two where the first names a group."""
    first = next(loose, None)
    group = [name for name in commands if name.startswith(f"{first} ")]
    if first is None or not group:
        return first
    second = next(loose, None)
    if second is None:
        known = ", ".join(name.removeprefix(f"{first} ") for name in group)
        raise WrongUsage(told("Lệnh {first} còn thiếu việc: {known}.", first=first, known=known))
    return f"{first} {second}"


def _options(
    argv: Sequence[str], known: Mapping[str, Option], asked: Asked, command: Command | None
) -> list[str]:
    loose: list[str] = []
    words = iter(argv)
    for word in words:
        if word == "--":
            return [*loose, *words]
        name, has_value, value = word.partition("=")
        name = "--help" if name == "-h" else name
        if not word.startswith("-") or word == "-":
            loose.append(word)
        elif name not in known:
            raise WrongUsage(told("Không có tùy chọn “{name}”.", name=name), command)
        else:
            given = value if has_value else None
            _note(known[name], given, words, asked, command)
    return loose


def _note(
    option: Option, given: str | None, rest: Iterator[str], asked: Asked, command: Command | None
) -> None:
    if not option.value:
        if given is not None:
            raise WrongUsage(told("Tùy chọn {name} không nhận giá trị.", name=option.name), command)
        asked.switches.add(option.name)
        return
    value = given if given is not None else next(rest, None)
    if value is None:
        raise WrongUsage(
            told("Tùy chọn {name} còn thiếu {value}.", name=option.name, value=told(option.value)),
            command,
        )
    if option.many:
        asked.lists.setdefault(option.name, []).append(value)
    elif asked.has(option.name):
        raise WrongUsage(told("Tùy chọn {name} chỉ ghi một lần.", name=option.name), command)
    else:
        asked.given[option.name] = value


def _words(command: Command, loose: list[str], asked: Asked) -> None:
    for word in command.words:
        if word.many:
            asked.lists[word.name], loose = loose, []
        elif loose:
            asked.given[word.name] = loose.pop(0)
        if word.needed and not (asked.many(word.name) or asked[word.name]):
            raise WrongUsage(
                told("Lệnh {name} còn thiếu {word}.", name=command.name, word=told(word.name)),
                command,
            )
    if loose:
        raise WrongUsage(
            told("Lệnh {name} không nhận thêm “{loose}”.", name=command.name, loose=loose[0]),
            command,
        )


def _unknown(name: str, commands: Mapping[str, Command]) -> str:
    if kind_of(PurePath(name)) is not None:  # several were dropped on the program's icon
        return told("Mỗi lần chỉ mở một tệp trao đổi; hãy mở từng tệp.")
    return told("Không có lệnh “{name}”.{nearest}", name=name, nearest=_nearest(name, commands))


def _nearest(name: str, commands: Mapping[str, Command]) -> str:
    from difflib import get_close_matches

    found = get_close_matches(name, list(commands), n=1)
    return told(" Có phải “{found}”?", found=found[0]) if found else ""
