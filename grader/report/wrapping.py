"""Breaks a text into lines: between words, between Chinese characters, never inside a word or a command of ours."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

COMMAND = r"[(（“\[]*`[^`\s]+(?: [^`\s]+)*`[^\s\u2e80-\uffef`]*[，。；：、？！）”》]*"
# What may not be torn apart: words of ours, a wide character with the punctuation that clings to it.
PIECE = r"[（“《]*(?:[^\s\u2e80-\uffef]+|[^\s（“《])[，。；：、？！）”》]*|[（“《]+"
PIECES = re.compile(rf"\s+|{PIECE}")
COMMANDS_FIRST = re.compile(rf"\s+|{COMMAND}|{PIECE}")


def wrapped(text: str, room: int, cells: Callable[[str], int]) -> Iterator[str]:
    """Lines of at most `room` cells, unless a single word is wider; leading blanks of the text stay."""
    line = ""
    for piece in _pieces(text, room, cells):
        if line.strip() and cells((line + piece).rstrip()) > room:
            yield line.rstrip()
            line = piece.lstrip()
        else:
            line += piece
    if line.rstrip():
        yield line.rstrip()


def packed(items: Sequence[str], between: str, room: int, cells: Callable[[str], int]) -> Iterator[str]:
    """Lines of whole items; one that has no room on a line of its own is broken between its words."""
    line = ""
    for item in items:
        longer = f"{line}{between}{item}" if line else item
        if line and cells(longer) > room:
            yield from wrapped(line, room, cells)
            line = item
        else:
            line = longer
    yield from wrapped(line, room, cells)


def _pieces(text: str, room: int, cells: Callable[[str], int]) -> Iterator[str]:
    """All of the text; a command is one piece if it has room on a line."""
    for piece in COMMANDS_FIRST.findall(text):
        yield from [piece] if cells(piece) <= room else PIECES.findall(piece)
