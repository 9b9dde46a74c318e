"""The files of `resources/sample`, read into the values of drafts."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from app import paths
from app.importers.analysis.reading import documents_of
from app.importers.other.plain_text import lines_of_text
from app.importers.proposal import ProvisionProposal
from app.json_tree import Json
from app.models import DRAFTS
from app.models.trait import Input, traits_of
from app.models.typed_date import read_date
from app.models.values import Value
from app.text import date_words


@dataclass(frozen=True)
class Row:
    """One table of the files. Raises ValueError for what is not there or something else."""

    said: Mapping[str, Json]

    def __contains__(self, name: str) -> bool:
        return name in self.said

    def text(self, name: str, default: str | None = None) -> str:
        """The words under *name*."""
        value = self.said.get(name, default)
        if isinstance(value, str):
            return value
        raise self._lacks(name)

    def texts(self, name: str) -> tuple[str, ...]:
        """The list of words under *name*; none where it is not there."""
        value = self.said.get(name, [])
        if isinstance(value, list):
            return tuple(each for each in value if isinstance(each, str))
        raise self._lacks(name)

    def number(self, name: str) -> int:
        """The number under *name*."""
        value = self.said.get(name)
        if isinstance(value, int):
            return value
        raise self._lacks(name)

    def row(self, name: str) -> Row:
        """The table under *name*."""
        value = self.said.get(name)
        if isinstance(value, dict):
            return Row(value)
        raise self._lacks(name)

    def rows(self, name: str) -> list[Row]:
        """The tables under *name*; none where it is not there."""
        value = self.said.get(name, [])
        if isinstance(value, list):
            return [Row(each) for each in value if isinstance(each, dict)]
        raise self._lacks(name)

    def only(self, *names: str) -> Row:
        """What it says of *names*."""
        return Row({name: self.said[name] for name in names})

    def without(self, *names: str) -> Row:
        """All that it says but of *names*."""
        return Row({name: value for name, value in self.said.items() if name not in names})

    def _lacks(self, name: str) -> ValueError:
        return ValueError(f"the sample's row {self.said} does not say {name} as it should")


@dataclass
class SampleFiles:
    """The rows of the sample, with the ids of what has been entered under each short key.

    `{year}`, `{last_year}` and the days of the review in preparation follow *today*.
    """

    today: date
    folder: Path = field(default_factory=lambda: paths.resources() / "sample")
    ids: dict[str, dict[str, UUID]] = field(default_factory=dict)

    def rows(self, file: str, table: str) -> list[Row]:
        """The rows of one table of a TOML file."""
        text = (self.folder / file).read_text(encoding="utf-8")
        for word, value in self._words().items():
            text = text.replace(f"{{{word}}}", value)
        return Row(tomllib.loads(text)).rows(table)

    def values(self, entity: str, row: Row, **more: Value) -> dict[str, Value]:
        """The draft's values in *row*: dates read, short keys turned into ids."""
        found = dict(more)
        for name, trait in traits_of(DRAFTS[entity]).items():
            short = name.removesuffix("_id")
            key = short if short in row else name
            if key not in row or name in found:
                continue
            if trait.input is Input.DATE:
                found[name] = self.day(row.text(key))
            elif trait.input is Input.RECORD:
                found[name] = self.id(trait.refers, row.text(key))
            elif trait.input is Input.RECORDS:
                found[name] = self.ids_of(trait.refers, row.texts(key))
            elif trait.input in (Input.NUMBER, Input.YES_NO):
                found[name] = row.number(key)
            else:
                found[name] = row.text(key)
        return found

    def day(self, text: str) -> date:
        """A date of the files."""
        return read_date(text, self.today)

    def id(self, entity: str, key: str) -> UUID:
        """The id of what was entered under *key*."""
        return self.ids[entity][key]

    def ids_of(self, entity: str, keys: Iterable[str]) -> tuple[UUID, ...]:
        """The ids of several keys."""
        return tuple(self.id(entity, key) for key in keys)

    def know(self, entity: str, key: str, id_: UUID) -> None:
        """Remember what was entered under *key*."""
        self.ids.setdefault(entity, {})[key] = id_

    def provisions(self, file: str, partner: str, work: str) -> Sequence[ProvisionProposal]:
        """The text of a regulation as an import would read it, with the partner's name put in."""
        text = (self.folder / file).read_text(encoding="utf-8")
        text = text.replace("{partner}", partner).replace("{field}", work.lower())
        lines, _warnings = lines_of_text(text.encode("utf-8"))
        return [item for document in documents_of(lines) for item in document.provisions]

    def _words(self) -> dict[str, str]:
        today = self.today
        return {
            "year": str(today.year),
            "last_year": str(today.year - 1),
            "inputs_due": date_words(today + timedelta(days=5)),
            "received": date_words(today - timedelta(days=3)),
        }
