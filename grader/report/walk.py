"""Walks through an executed schedule in a terminal, a step at a time: the lanes, the line, what stands afterwards."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from grader.model.attempt import CheckResult
from grader.model.message import Message
from grader.model.plan import Plan
from grader.report.interleaving import Interleaving, Turn, interleave
from grader.report.lanes import INDENT, QUIET, STRONG, Lanes
from grader.report.pen import Pen
from grader.report.sanitise import clean, clean_line
from grader.report.standing import Standing
from grader.texts import speaker, translate

Pause = Callable[[int, int], bool]  # (step, of how many) -> whether to stop after the next one, too
EVERYTHING = 10_000  # steps
GUTTER = 10


def go_on(_step: int, _of: int) -> bool:
    """The pause of a walk that nobody interrupts."""
    return False


def tell(replayed: tuple[Plan, CheckResult, Sequence[Message]], pen: Pen, language: str, *, pause: Pause) -> None:
    """Tell what a replay came to; `pause` is called after each step but the last, until it answers False."""
    plan, result, conclusion = replayed
    check = next(check for check in plan.exercise.checks if check.id == result.check)
    pen.paragraph(clean(check.title.in_(language)), label=f"{plan.exercise.id}  ", label_style=QUIET, style=STRONG)
    pen.blank()
    if result.witness:
        told = interleave(result.witness, language, most=EVERYTHING)
        source = plan.submission.source.decode("utf-8", "replace")
        Walk(told, clean(source).splitlines(), pen).go(pause)
        pen.blank()
        if result.outcome.blames_student:  # what was wrong in this order is not, once the file is mended
            pen.paragraph(told.sentence)
    for sentence in conclusion:
        pen.paragraph(clean(translate(sentence, language)))


class Walk:
    """One way through an interleaving, beside the lines of the student's file."""

    def __init__(self, told: Interleaving, lines: Sequence[str], pen: Pen) -> None:
        self.told = told
        self.pen = pen
        self._lines = lines
        self._line_of: dict[int, int] = {}

    def go(self, pause: Pause) -> None:
        """Show every step."""
        lanes = Lanes(self.told, self.pen)
        lanes.head()
        stepping, before = True, Standing()
        for turn in self.told.turns:
            lanes.turn(turn)
            self._source(turn)
            self._changes(before, turn.standing)
            before = turn.standing
            if stepping and turn is not self.told.turns[-1]:
                stepping = pause(turn.number, self.told.turns[-1].number)
        lanes.tail()

    def _source(self, turn: Turn) -> None:
        """The student's line, unless this lane was at it in its step before."""
        line = turn.line or 0
        if 1 <= line <= len(self._lines) and self._line_of.get(turn.lane) != line:
            self._line_of[turn.lane] = line
            self._beside(f"{line:>{GUTTER}}  > ", self._lines[line - 1].strip())

    def _changes(self, then: Standing, now: Standing) -> None:
        _ = speaker(self.told.language)
        values = [f"{name} = {value}" for name, value in now.values.items() if then.values.get(name) != value]
        taken = [
            _("{resource} is held by {holder}", resource=name, holder=holder)
            for name, holder in now.holders.items()
            if then.holders.get(name) != holder
        ]
        freed = [_("{resource} is free", resource=name) for name in then.holders if name not in now.holders]
        lengths = [
            _("{count} in {resource}", resource=name, count=count)
            for name, count in now.depths.items()
            if then.depths.get(name, 0) != count
        ]
        if values or taken or freed or lengths:
            self._beside(" " * GUTTER + "  = ", " · ".join((*values, *taken, *freed, *lengths)))

    def _beside(self, label: str, words: str) -> None:
        room = self.pen.width - INDENT - len(label)
        self.pen.line((label + self.pen.cut(clean_line(words), room), QUIET), indent=INDENT)
