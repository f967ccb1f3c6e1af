"""Writes lines to a terminal: width counted in cells, glyphs that the terminal's encoding has."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, chop_cells, set_cell_size
from rich.console import Console
from rich.text import Text

from grader.report.wrapping import packed, wrapped

WIDEST = 100
NARROWEST = 24
PLAIN_GLYPHS = {
    "✓": "+",
    "✗": "x",
    "…": "...",
    "–": "-",
    "—": "-",
    "→": "->",
    "←": "<-",
    "·": "-",
    "⟦": "[",
    "⟧": "]",
    "│": "|",
    "┃": "#",
    "┊": ":",
    "╎": "!",
    "′": "'",
    "’": "'",
    "“": '"',
    "”": '"',
}


class Pen:
    """One terminal; colour is the caller's choice of Console."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self.width = max(NARROWEST, min(console.width, WIDEST))

    def fit(self, text: str) -> str:
        """The text with what the encoding cannot say replaced: by a plain glyph if there is one, else by its number."""
        encoding = self._console.encoding
        try:
            text.encode(encoding)
        except UnicodeEncodeError:
            text = "".join(self._fit_one(character, encoding) for character in text)
        return text

    def cells(self, text: str) -> int:
        """How wide the text is."""
        return cell_len(text)

    def blank(self) -> None:
        """An empty line."""
        self._console.print()

    def line(self, *parts: tuple[str, str], indent: int = 0) -> None:
        """One line of parts (text, style), never wrapped."""
        text = Text(" " * indent)
        for words, style in parts:
            text.append(self.fit(words), style)
        text.rstrip()
        self._console.print(text, soft_wrap=True)

    def paragraph(
        self, words: str, *, indent: int = 0, style: str = "", label: str = "", label_style: str = ""
    ) -> None:
        """Text wrapped at the width, lines of its own kept; a label stands before the first line, the rest hangs."""
        label = self.cut(label, self.width - indent - NARROWEST // 2)
        room = self.width - indent - cell_len(label)
        lines = [line for part in self.fit(words).split("\n") for line in self.wrapped(part, room)]
        for number, line in enumerate(lines):
            before = label if number == 0 else " " * cell_len(label)
            self.line((before, label_style), (line, style), indent=indent)

    def wrapped(self, words: str, room: int) -> list[str]:
        """The lines of a text of no more than `room` cells each; its leading blanks stay."""
        if cell_len(words) <= room:
            return [words]
        lines = wrapped(words.expandtabs(), room, cell_len)
        return [part for line in lines for part in self._folded(line, room)] or [""]

    def cut(self, words: str, room: int) -> str:
        """The text in no more than `room` cells."""
        words = self.fit(words)
        mark = self.fit("…")
        if cell_len(words) <= room:
            return words
        return set_cell_size(words, max(room - cell_len(mark), 1)).rstrip() + mark

    def padded(self, words: str, room: int) -> str:
        """The text in exactly `room` cells."""
        words = self.cut(words, room)
        return words + " " * (room - cell_len(words))

    def packed(self, items: Sequence[str], *, label: str, label_style: str) -> None:
        """Items side by side, in as many lines as they need, each whole: they are there to be copied."""
        room = self.width - cell_len(label)
        lines = [part for line in packed(items, "   ", room, cell_len) for part in self._folded(line, room)]
        for number, line in enumerate(lines):
            before = label if number == 0 else " " * cell_len(label)
            self.line((before, label_style), (line, ""))

    def _folded(self, line: str, room: int) -> list[str]:
        """The line, or its parts if it is a single word that is wider than the room."""
        return [line] if cell_len(line) <= room else chop_cells(line, room)

    def _fit_one(self, character: str, encoding: str) -> str:
        try:
            character.encode(encoding)
        except UnicodeEncodeError:
            return PLAIN_GLYPHS.get(character) or character.encode("ascii", "backslashreplace").decode("ascii")
        return character
