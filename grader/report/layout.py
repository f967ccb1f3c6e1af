"""Where everything of a drawn interleaving lies: lanes side by side, a row per step, queues at the right."""

from __future__ import annotations

from dataclasses import dataclass
from unicodedata import east_asian_width

from grader.report.interleaving import Interleaving, Turn
from grader.texts import speaker

PAGE = 328  # pixels that a phone of 360 has for a drawing
GUTTER = 26
LANE_WIDTHS = {1: 270, 2: 151, 3: 132}
NARROW_LANE = 122
QUEUE_WIDTH = 54
MOST_QUEUES = 2
TEXT_START = 19
MARGIN, CHANNEL = 8, 15  # at the right of a text, where arrows run beside the next bar the second one
LINE = 16
SMALL_LINE = 14
ROW_GAP = 14
TOP = 34
CELL = 6.7
BOLD = 1.09  # times as wide


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One drawn step: where it is, and its texts broken into lines."""

    turn: Turn
    y: float
    height: float
    words: tuple[str, ...]
    small: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where everything lies."""

    lane_width: int
    rows: tuple[Row, ...]
    bottom: float
    lanes: int
    queues: tuple[str, ...]

    @property
    def width(self) -> int:
        """Of the whole drawing."""
        return GUTTER + self.lanes * self.lane_width + len(self.queues) * QUEUE_WIDTH + 2

    @property
    def columns(self) -> int:
        """How many lanes it is wide, at most 5: what is wider than a phone is not shrunk until nobody can read it."""
        wide = self.lanes > len(LANE_WIDTHS) - 1
        return min(5, self.lanes + (1 if self.queues and wide else 0))

    def x(self, lane: int) -> float:
        """The middle of a lane's bar."""
        return GUTTER + lane * self.lane_width + 8

    def x_queue(self, queue: int) -> float:
        """The left edge of a queue's column."""
        return GUTTER + self.lanes * self.lane_width + queue * QUEUE_WIDTH + 6

    def y(self, number: int) -> float:
        """The height of a step's mark; steps that are not shown lie at the edges, or at the next one that is."""
        later = (row.y for row in self.rows if row.turn.number >= number)
        first = self.rows[0].turn.number if self.rows else 1
        return TOP if number < first else next(later, self.bottom)


def lay_out(told: Interleaving) -> Layout:
    """Measure every row and place it."""
    lanes = max(len(told.lanes), 1)
    queues = _queues(told)
    width = LANE_WIDTHS.get(lanes, NARROW_LANE)
    if lanes == len(LANE_WIDTHS) - 1:  # two lanes and their queues still fit a phone
        width -= len(queues) * QUEUE_WIDTH // lanes
    rows = []
    y: float = TOP + 16 + (18 if told.earlier else 0)
    for turn in told.turns:
        row = _measured(turn, y, width, told)
        rows.append(row)
        y += row.height
    bottom = y + (18 if told.later else 0) - 4
    return Layout(lane_width=width, rows=tuple(rows), bottom=bottom, lanes=lanes, queues=queues)


def _queues(told: Interleaving) -> tuple[str, ...]:
    """The queues in which something is at some time."""
    names = (name for turn in told.turns for name, count in turn.standing.depths.items() if count)
    return tuple(dict.fromkeys(names))[:MOST_QUEUES]


def _measured(turn: Turn, y: float, lane_width: int, told: Interleaving) -> Row:
    _ = speaker(told.language)
    margin = CHANNEL if any(other.taken_from for other in told.turns) else MARGIN
    cells = int((lane_width - TEXT_START - margin) / CELL)
    words = broken(turn.text, int(cells / BOLD) if turn.crucial else cells)
    small = [(_("line {line}", line=turn.line), "where")] if turn.line else []
    small += [(line, "where") for line in broken(turn.aside, int(cells * 1.1))] if turn.aside else []
    small += [(line, "remark") for line in broken(turn.remark, int(cells * 1.1))] if turn.remark else []
    height = len(words) * LINE + len(small) * SMALL_LINE + ROW_GAP
    return Row(turn=turn, y=y, height=height, words=tuple(words), small=tuple(small))


def broken(words: str, cells: int) -> list[str]:
    """At most three lines of no more than `cells` cells, broken at blanks where there are some, the rest cut."""
    lines: list[str] = []
    line = ""
    for part in _parts(words, cells):
        if line and _cells(line + part.rstrip()) > cells:
            lines.append(line.rstrip())
            line = part.lstrip()
        else:
            line += part
    lines.append(line.rstrip())
    return lines if len(lines) <= 3 else [*lines[:2], lines[2][:-1] + "…"]


def _parts(words: str, cells: int) -> list[str]:
    """Words with the blank behind them; wide characters, and words that are too long, one by one."""
    parts: list[str] = []
    for word in words.split(" "):
        wide = any(_cells(character) > 1 for character in word)
        parts += [*word, " "] if wide or _cells(word) > cells else [f"{word} "]
    return parts


def _cells(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
