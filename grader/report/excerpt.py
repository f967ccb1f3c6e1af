"""The student's own lines around the places that matter, coloured by the meaning of their words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from pygments.lexers.python import PythonLexer  # type: ignore[import-untyped]  # no stubs in the package
from pygments.token import STANDARD_TYPES  # type: ignore[import-untyped]  # no stubs in the package

from grader.report.sanitise import Clean, clean

CONTEXT = 2
MOST_LINES = 24
WIDEST = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Some characters of a line with the short class name that pygments gives them ("" for plain)."""

    style: str
    text: Clean


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """A line of the file; `remark` says what happens there, `gap` that lines before it are left out."""

    number: int
    pieces: tuple[Piece, ...]
    marked: bool
    remark: Clean
    gap: bool

    @property
    def text(self) -> Clean:
        """The whole line."""
        return Clean("".join(piece.text for piece in self.pieces))


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """Lines of one file."""

    file: Clean
    lines: tuple[SourceLine, ...]


def cut_out(source: str, file: str, marks: Mapping[int, Clean]) -> Excerpt | None:
    """The marked lines (number to remark) with their neighbours; None if no mark lies in the file."""
    pieces = coloured(source)
    marked = sorted(number for number in marks if 1 <= number <= len(pieces))
    if not marked:
        return None
    wanted = _neighbourhood(marked, ["".join(piece.text for piece in line) for line in pieces])
    lines = [
        SourceLine(
            number=number,
            pieces=pieces[number - 1],
            marked=number in marked,
            remark=marks.get(number, Clean("")),
            gap=index > 0 and wanted[index - 1] != number - 1,
        )
        for index, number in enumerate(wanted)
    ]
    return Excerpt(file=clean(file), lines=tuple(lines))


def _neighbourhood(marked: list[int], texts: list[str]) -> list[int]:
    """The marked lines, a few around them, and the head of the function each one is in; no blank lines at edges."""
    heads = {_head(mark, texts) for mark in marked}
    for context in range(CONTEXT, -1, -1):
        near = {line for mark in marked for line in range(mark - context, mark + context + 1)} | heads
        wanted = sorted(line for line in near if 1 <= line <= len(texts))[:MOST_LINES]
        if len(near) <= MOST_LINES:
            break
    while (kept := _without_edges(wanted, marked, texts)) != wanted:
        wanted = kept
    return wanted


def _without_edges(wanted: list[int], marked: list[int], texts: list[str]) -> list[int]:
    """The lines without blank ones that have a neighbour left out."""
    return [line for line in wanted if line in marked or texts[line - 1].strip() or {line - 1, line + 1} <= {*wanted}]


def _head(mark: int, texts: list[str]) -> int:
    """The line of the `def` or `class` around a line, or the line itself."""
    depth = len(texts[mark - 1]) - len(texts[mark - 1].lstrip())
    for number in range(mark - 1, 0, -1):
        text = texts[number - 1]
        if text.strip() and len(text) - len(text.lstrip()) < depth:
            depth = len(text) - len(text.lstrip())
            if text.lstrip().startswith(("def ", "class ", "async def ")):
                return number
    return mark


@lru_cache(maxsize=2)  # each check that failed shows lines of the same file
def coloured(source: str) -> tuple[tuple[Piece, ...], ...]:
    """All lines of the file: the lexer sees the whole, so strings over several lines are coloured right."""
    lines: list[list[Piece]] = [[]]
    lexer = PythonLexer(stripnl=False, ensurenl=False)
    for token, value in lexer.get_tokens(clean(source).expandtabs(4)):
        for index, part in enumerate(value.split("\n")):
            if index:
                lines.append([])
            if part:
                lines[-1].append(Piece(style=STANDARD_TYPES.get(token, ""), text=Clean(part)))
    return tuple(_clipped(line) for line in lines)


def _clipped(line: list[Piece]) -> tuple[Piece, ...]:
    room = WIDEST
    kept = []
    for piece in line:
        if len(piece.text) > room:
            kept.append(Piece(style=piece.style, text=Clean(piece.text[: max(room - 1, 0)] + "…")))
            break
        kept.append(piece)
        room -= len(piece.text)
    return tuple(kept)
