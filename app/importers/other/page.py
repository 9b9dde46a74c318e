"""A document put together from a stream of text and marks, as RTF and the old .doc are."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.importers.lines import Line, lines_of_paragraph, lines_of_table


@dataclass
class Page:
    """The lines gathered so far, and the paragraph, cell, row and table that are open."""

    lines: list[Line] = field(default_factory=list)
    text: str = ""
    bold: bool = True
    cell: list[Line] = field(default_factory=list)
    row: list[list[Line]] = field(default_factory=list)
    rows: list[list[list[Line]]] = field(default_factory=list)
    tables: int = 0

    def end_paragraph(self, *, in_table: bool) -> None:
        """Close the paragraph: into the open cell, or after the table that is now over."""
        found = lines_of_paragraph(self.text, bold=self.bold and bool(self.text), split=in_table)
        self.text, self.bold = "", True
        if in_table:
            self.cell += found
        else:
            self.end_table()
            self.lines += found

    def end_cell(self) -> None:
        """Close the cell."""
        self.end_paragraph(in_table=True)
        self.row.append(self.cell)
        self.cell = []

    def end_row(self) -> None:
        """Close the row."""
        self.rows.append(self.row)
        self.row = []

    def end_table(self) -> None:
        """Close the table, with whatever was left open in it."""
        rows = [
            *self.rows,
            *([self.row] if self.row else []),
            *([[self.cell]] if self.cell else []),
        ]
        if rows:
            self.tables += 1
            self.lines += lines_of_table(rows, self.tables)
        self.rows, self.row, self.cell = [], [], []
