"""Draws an interleaving in a terminal: a column per worker with a bar for what it holds, or a line per step.

step  line  first                  second
1    12  | reads counter: 5
2    12                         | reads counter: 5
"""

from __future__ import annotations

from grader.report.interleaving import Interleaving, State, Turn, Wait
from grader.report.pen import Pen
from grader.texts import speaker

BAD, QUIET, STRONG = "red", "bright_black", "bold"
INDENT = 2
GUTTER = 12
NARROWEST_LANE = 20
WIDEST_LANE = 40
BARS = {State.HOLDS: "┃", State.WAITS: "┊", State.STALE: "╎"}


class Lanes:
    """One interleaving on one terminal; `head`, then `turn` by turn, then `tail`."""

    def __init__(self, told: Interleaving, pen: Pen) -> None:
        self.told = told
        self.pen = pen
        self._ = speaker(told.language)
        room = (pen.width - INDENT - GUTTER) // max(len(told.lanes), 1)
        self.room = min(room, WIDEST_LANE) if room >= NARROWEST_LANE else 0

    def all(self) -> None:
        """Everything at once."""
        self.head()
        for turn in self.told.turns:
            self.turn(turn)
        self.tail()

    def head(self) -> None:
        """The names of the lanes."""
        if self.room:
            heads = "".join(self.pen.padded(lane, self.room) for lane in self.told.lanes)
            step, line = self.pen.padded(self._("step"), 6), self.pen.padded(self._("line"), 6)
            self.pen.line((step + line, QUIET), (heads, STRONG), indent=INDENT)
        self._gap(self.told.earlier)

    def turn(self, turn: Turn) -> None:
        """One step."""
        if self.room:
            self._in_its_lane(turn)
        else:
            self._in_a_line(turn)

    def tail(self) -> None:
        """What is left out at the end, and who waits for ever without a step that shows it."""
        self._gap(self.told.later)
        for wait in self.told.waits:
            if wait.turn is None:
                self._untold(wait)

    def _in_its_lane(self, turn: Turn) -> None:
        gutter = f"{turn.number:>4}  {turn.line or '':>4}  "
        for words in self._wrapped(turn.text):
            self._row(gutter, turn, (words, STRONG if turn.crucial else ""))
            gutter = " " * GUTTER
        for text, style in ((turn.remark, BAD), (turn.aside, QUIET)):
            for words in self._wrapped(text) if text else ():
                self._row(gutter, turn, (words, style))

    def _row(self, gutter: str, turn: Turn, words: tuple[str, str]) -> None:
        parts = [(gutter, QUIET)]
        for lane in range(len(self.told.lanes)):
            bar, style = self._bar(lane, turn.number)
            text, look = words if lane == turn.lane else ("", "")
            parts += [(bar, style), (self.pen.padded(f" {text}", self.room - 1), look)]
        self.pen.line(*parts, indent=INDENT)

    def _bar(self, lane: int, number: int) -> tuple[str, str]:
        """The lane's bar at a step: what it holds or waits for, a thin line while it lives."""
        here = {
            stretch.state
            for stretch in self.told.stretches
            if stretch.lane == lane and stretch.first <= number and (stretch.last is None or number <= stretch.last)
        }
        state = next((state for state in (State.WAITS, State.STALE, State.HOLDS) if state in here), None)
        if state:
            return self.pen.fit(BARS[state]), QUIET if state is State.HOLDS else BAD
        return (self.pen.fit("│"), QUIET) if self._lives(lane, number) else (" ", "")

    def _lives(self, lane: int, number: int) -> bool:
        mine = [turn.number for turn in self.told.turns if turn.lane == lane]
        waits = any(wait.lane == lane for wait in self.told.waits)
        return bool(mine) and mine[0] <= number and (waits or number <= mine[-1])

    def _wrapped(self, words: str) -> list[str]:
        return self.pen.wrapped(self.pen.fit(words), self.room - 3)

    def _in_a_line(self, turn: Turn) -> None:
        label = f"{turn.number:>3} {self.pen.padded(self.told.lanes[turn.lane], self._names())}"
        text = self._("{what} (line {line})", what=turn.text, line=turn.line) if turn.line else turn.text
        self.pen.paragraph(text, indent=INDENT, label=label, label_style=QUIET)
        for words, style in ((turn.remark, BAD), (turn.aside, QUIET)):
            if words:
                self.pen.paragraph(words, indent=INDENT + self.pen.cells(label), style=style)

    def _names(self) -> int:
        return max(self.pen.cells(lane) for lane in self.told.lanes) + 1

    def _untold(self, wait: Wait) -> None:
        if self.room:
            before = f"{'':>4}  {wait.line or '':>4}  " + " " * self.room * wait.lane
            for words in self._wrapped(wait.text):
                self.pen.line((before, QUIET), (f"  {words}", BAD), indent=INDENT)
                before = " " * len(before)
        else:
            label = f"  - {self.pen.padded(self.told.lanes[wait.lane], self._names())}"
            self.pen.paragraph(wait.text, indent=INDENT, label=label, style=BAD)

    def _gap(self, count: int) -> None:
        if count:
            self.pen.line((self._("… {count} more steps …", count=count), QUIET), indent=INDENT)
