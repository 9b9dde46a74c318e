"""The files of `resources/sample`, read into the values of drafts."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from app import paths
from app.importers.analysis.reading import documents_of
from app.importers.other.plain_text import lines_of_text
from app.importers.proposal import ProvisionProposal
from app.models import DRAFTS
from app.models.trait import Input, traits_of
from app.models.typed_date import read_date
from app.text import date_words

Row = Mapping[str, Any]


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
        found: list[Row] = tomllib.loads(text).get(table, [])
        return found

    def values(self, entity: str, row: Row, **more: Any) -> dict[str, Any]:
        """The draft's values in *row*: dates read, short keys turned into ids."""
        found: dict[str, Any] = dict(more)
        for name, trait in traits_of(DRAFTS[entity]).items():
            short = name.removesuffix("_id")
            given = row.get(short, row.get(name))
            if given is None or name in found:
                continue
            if trait.input is Input.DATE:
                found[name] = self.day(given)
            elif trait.input is Input.RECORD:
                found[name] = self.id(trait.refers, given)
            elif trait.input is Input.RECORDS:
                found[name] = self.ids_of(trait.refers, given)
            else:
                found[name] = given
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
