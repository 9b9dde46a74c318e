"""What a person may choose, said once: the file, the settings page and the documents read it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from app import durable
from app.errors import Refused
from app.json_tree import Json
from app.words import QT_TRANSLATE_NOOP, marked, told

Listener = Callable[[str, str], None]


@dataclass(frozen=True)
class Setting:
    """One thing that may be chosen. `choices` maps each stored value to its words; none: free text.

    `key` is stored in people's files and must not change.
    """

    key: str
    group: str
    label: str
    default: str
    choices: Mapping[str, str] | None = None
    note: str = ""


THEME = Setting(
    "theme",
    QT_TRANSLATE_NOOP("Settings", "Hiển thị"),
    QT_TRANSLATE_NOOP("Settings", "Giao diện"),
    "system",
    marked({"system": "Theo máy", "light": "Sáng", "dark": "Tối"}),
)
TEXT_SIZE = Setting(
    "text_size",
    QT_TRANSLATE_NOOP("Settings", "Hiển thị"),
    QT_TRANSLATE_NOOP("Settings", "Cỡ chữ"),
    "100",
    {"100": "100 %", "125": "125 %", "150": "150 %"},
)
LANGUAGE = Setting(
    "language",
    QT_TRANSLATE_NOOP("Settings", "Hiển thị"),
    QT_TRANSLATE_NOOP("Settings", "Ngôn ngữ / Language"),
    "vi",
    {"vi": "Tiếng Việt", "en": "English"},
    note=QT_TRANSLATE_NOOP(
        "Settings",
        "Có hiệu lực từ lần mở sau (from the next start). Văn bản và danh sách xuất ra vẫn bằng "
        "tiếng Việt.",
    ),
)
OFFICE_FOLDER = Setting(
    "office_folder",
    QT_TRANSLATE_NOOP("Settings", "Dữ liệu"),
    QT_TRANSLATE_NOOP("Settings", "Thư mục dữ liệu"),
    "",
    note=QT_TRANSLATE_NOOP("Settings", "Để trống thì dùng thư mục mặc định của máy."),
)
EXPORT_FOLDER = Setting(
    "export_folder",
    QT_TRANSLATE_NOOP("Settings", "Dữ liệu"),
    QT_TRANSLATE_NOOP("Settings", "Thư mục xuất gần nhất"),
    "",
    note=QT_TRANSLATE_NOOP("Settings", "Để trống thì dùng thư mục Phối Hợp trong Tài liệu."),
)
SETTINGS = (THEME, TEXT_SIZE, LANGUAGE, OFFICE_FOLDER, EXPORT_FOLDER)


class Settings:
    """The choices of one person, in one JSON file.

    A value that is unknown, damaged or from another version falls back to its default: a bad
    settings file must never keep somebody from the register.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._values = read_json(path)
        self._listeners: list[Listener] = []

    def __getitem__(self, setting: Setting) -> str:
        value = self._values.get(setting.key)
        if not isinstance(value, str):
            return setting.default
        known = setting.choices is None or value in setting.choices
        return value if known else setting.default

    def choose(self, setting: Setting, value: str) -> None:
        """Keep *value* and tell the listeners. Raises Refused for a word that is not a choice.

        Where it cannot be kept, nothing is chosen: raises as `write_json` does.
        """
        if setting.choices is not None and value not in setting.choices:
            known = ", ".join(map(told, setting.choices.values()))
            why = told(
                "{label}: chỉ chọn được một trong: {known}.", label=told(setting.label), known=known
            )
            raise Refused(why=why)
        values = {**self._values, setting.key: value}
        write_json(self._path, values)
        self._values = values
        for tell in self._listeners:
            tell(setting.key, value)

    def listen(self, tell: Listener) -> None:
        """Call *tell* with key and value after each choice."""
        self._listeners.append(tell)


def read_json(path: Path) -> dict[str, Json]:
    """The object in *path*; an empty one when the file is missing or is not such a file."""
    try:
        found = json.loads(durable.read(path))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def write_json(path: Path, values: Mapping[str, Json]) -> None:
    """Replace *path* in one step, so that a power cut leaves the old or the new file.

    Raises TargetGone when the folder refuses, DiskFull, or FileBusy.
    """
    durable.make_folder(path.parent)
    durable.write_bytes(path, json.dumps(values, ensure_ascii=False, indent=1).encode())
