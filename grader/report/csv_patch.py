"""A CSV file of somebody else's with some cells changed: every byte that is not in a changed cell stays as it was.

Encoding, byte order mark, line ends, separators and needless quotes are the file's own; csv.writer would lose them.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grader.errors import Unusable
from grader.model.message import say, several

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
WITHOUT_MARK = ("utf-8", "gb18030", "cp1252", "latin-1")
SEPARATORS = ",;\t"


class NotCsv(Unusable):
    """The bytes are no table; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell: what it says, and where it stands in the text (with its quotes)."""

    value: str
    begin: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A file, cut into cells; `mark` is its byte order mark."""

    mark: bytes
    encoding: str
    text: str
    separator: str
    rows: tuple[tuple[Cell, ...], ...]

    def value(self, row: int, column: int) -> str:
        """What stands there; a row may be shorter than the others."""
        cells = self.rows[row]
        return cells[column].value if column < len(cells) else ""

    def patched(self, changes: Mapping[tuple[int, int], str]) -> bytes:
        """The file with (row, column) -> new value, quoted only where it must be."""
        text = self.text
        for row, column in sorted(changes, reverse=True):  # from behind: places before it stay where they are
            cell = self.rows[row][column]
            text = text[: cell.begin] + self._quoted(changes[row, column]) + text[cell.end :]
        return self.mark + text.encode(self.encoding)

    def _quoted(self, value: str) -> str:
        if any(character in value for character in (self.separator, '"', "\n", "\r")):
            doubled = value.replace('"', '""')
            return f'"{doubled}"'
        return value


def read_table(data: bytes) -> Table:
    """Cut the bytes into cells; raises NotCsv."""
    mark, encoding = next(((mark, name) for mark, name in MARKS if data.startswith(mark)), (b"", ""))
    body = data[len(mark) :]
    encoding, text = _decoded(body, (encoding,) if encoding else WITHOUT_MARK)
    first = text.partition("\n")[0]
    separator = max(SEPARATORS, key=first.count)
    if separator not in first:
        raise NotCsv(say("its first line has one column only"))
    return Table(mark=mark, encoding=encoding, text=text, separator=separator, rows=_rows(text, separator))


def _decoded(body: bytes, encodings: Sequence[str]) -> tuple[str, str]:
    for encoding in encodings:
        try:
            text = body.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text.encode(encoding) == body:
            return encoding, text
    raise NotCsv(say("it is written in none of these: {encodings}", **several("encodings", encodings)))


def _rows(text: str, separator: str) -> tuple[tuple[Cell, ...], ...]:
    rows: list[tuple[Cell, ...]] = []
    cells: list[Cell] = []
    plain = re.compile(rf"[^{re.escape(separator)}\r\n]*")
    quoted = re.compile(r'"((?:[^"]|"")*)"')
    at = 0
    while at < len(text):
        found = quoted.match(text, at)
        if found is not None:
            cells.append(Cell(value=found[1].replace('""', '"'), begin=at, end=found.end()))
        else:
            found = plain.match(text, at)
            assert found is not None
            if text.startswith('"', at):
                raise NotCsv(say("line {line} has a quote that is never closed", line=text.count("\n", 0, at) + 1))
            cells.append(Cell(value=found[0], begin=at, end=found.end()))
        at = found.end()
        if text.startswith(separator, at):
            at += 1
            if at == len(text) or text[at] in "\r\n":
                cells.append(Cell(value="", begin=at, end=at))
            else:
                continue
        elif at < len(text) and text[at] not in "\r\n":
            raise NotCsv(say("line {line} goes on behind a closing quote", line=text.count("\n", 0, at) + 1))
        rows.append(tuple(cells))
        cells = []
        at += 2 if text.startswith("\r\n", at) else 1
    return tuple(rows)
