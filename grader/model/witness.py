"""An executed schedule that shows a failure, step by step.

Its text is what reports carry and what a replay reads:

    schedule: first second*3 feeder%20of%20queue-1%20in%20main
    known: shared%20counter
    first: read counter "5" (line 12)
    second: acquire lock-1 (line 14) at 3.5 [waits]
    stuck second: acquire lock-1 (line 14) held by "first" holds "lock-2"
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from urllib.parse import quote, unquote

SCHEDULE, KNOWN, STUCK, ROUND = "schedule: ", "known: ", "stuck ", "round: "
IN_A_LINE = 12  # entries of the schedule, so that no line has to be cut
MOST_REPEATS = 100_000
_TEXT = r'"(?:[^"\\]|\\.)*"'
_DID = r"(?P<worker>.+?): (?P<op>[a-z-]+) (?P<resource>[^\"]*?)"
_LINE = r"(?: \(line (?P<line>\d{1,9})\))?"
_STEP = re.compile(
    rf"{_DID}(?: (?P<value>{_TEXT}))?{_LINE}(?: at (?P<at>[\d.e+-]{{1,24}}))?(?: \[(?P<note>[a-z ]+)\])?"
)
_ROUND = re.compile(rf"{ROUND}(?P<round>\d{{1,4}})")
_BLOCKED = re.compile(rf"{_DID}{_LINE}(?: held by (?P<held_by>{_TEXT}))?(?: holds (?P<holds>{_TEXT}(?:, {_TEXT})*))?")


class NoWitness(ValueError):
    """A text that does not say a schedule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One turn: which worker did which operation on which resource, at which line of the student's file.

    `op` is a word of `inside.vocabulary.Op`; `value` is what was read or written, as text; `at` is the virtual clock
    in seconds; `note` marks what the turn came to ("waits", "late", "").
    """

    worker: str
    op: str
    resource: str
    line: int | None = None
    value: str = ""
    at: float = 0.0
    note: str = ""

    def __str__(self) -> str:
        value = f" {_quoted(self.value)}" if self.value else ""
        at = f" at {self.at!r}" if self.at else ""
        note = f" [{self.note}]" if self.note else ""
        return f"{_did(self)}{value}{_where(self)}{at}{note}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocked:
    """A worker that waits for ever: for which operation on what, who holds it, and what it holds itself."""

    worker: str
    op: str
    resource: str
    line: int | None = None
    held_by: str = ""
    holds: tuple[str, ...] = ()

    def __str__(self) -> str:
        held_by = f" held by {_quoted(self.held_by)}" if self.held_by else ""
        holds = f" holds {', '.join(map(_quoted, self.holds))}" if self.holds else ""
        return f"{_did(self)}{_where(self)}{held_by}{holds}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """A schedule (the worker chosen at each turn) that can be replayed, its steps, and who was blocked at the end.

    A check may explore more than one scenario: `round` says which exploration it was, counted from 1. `known` is what
    the search had learned of the program before (`schedule.reduction`): it decides at which turns there is a choice.
    """

    schedule: tuple[str, ...]
    steps: tuple[Step, ...]
    blocked: tuple[Blocked, ...] = field(default=())
    round: int = 1
    known: tuple[str, ...] = field(default=())

    def __str__(self) -> str:
        stuck = (f"{STUCK}{item}" for item in self.blocked)
        known = _rows(KNOWN, self.known) if self.known else []
        order = [*_round_lines(self.round), *_rows(SCHEDULE, self.schedule), *known]
        return "\n".join([*order, *map(str, self.steps), *stuck])


def witness_of(text: str) -> Witness:
    """The witness that the text says; raises NoWitness. Lines that are no steps (cut by a writer) are left out."""
    lines = text.split("\n")
    said = [line for line in lines if line.startswith(SCHEDULE)]
    if not said:
        raise NoWitness("there is no line that begins with `schedule:`")
    others = [line for line in lines if not line.startswith((SCHEDULE, KNOWN))]
    steps = (_STEP.fullmatch(line) for line in others if not line.startswith(STUCK))
    blocked = (_BLOCKED.fullmatch(line.removeprefix(STUCK)) for line in others if line.startswith(STUCK))
    return Witness(
        round=next((int(found["round"]) for line in lines if (found := _ROUND.fullmatch(line))), 1),
        schedule=tuple(name for line in said for name in _names(line.removeprefix(SCHEDULE))),
        known=tuple(fact for line in lines if line.startswith(KNOWN) for fact in _names(line.removeprefix(KNOWN))),
        steps=tuple(_step(found) for found in steps if found),
        blocked=tuple(_blocked(found) for found in blocked if found),
    )


def _round_lines(number: int) -> list[str]:
    return [f"{ROUND}{number}"] if number > 1 else []


def _rows(beginning: str, names: Sequence[str]) -> list[str]:
    runs = [(quote(name, safe="/"), len(list(same))) for name, same in groupby(names)]
    words = [name if count == 1 else f"{name}*{count}" for name, count in runs]
    rows = [words[at : at + IN_A_LINE] for at in range(0, len(words), IN_A_LINE)] or [[]]
    return [beginning + " ".join(row) for row in rows]


def _names(words: str) -> Iterator[str]:
    for word in words.split():
        name, _, count = word.partition("*")
        if not (count or "1").isdecimal() or not 1 <= int(count or "1") <= MOST_REPEATS:
            raise NoWitness(f"{word[:80]} is not a worker and how often it was chosen in a row")
        yield from [unquote(name)] * int(count or "1")


def _did(item: Step | Blocked) -> str:
    return f"{item.worker}: {item.op} {item.resource}".replace('"', "'").replace("\n", " ")


def _quoted(text: str) -> str:
    return json.dumps("".join(c if c.isprintable() else "\ufffd" for c in text), ensure_ascii=False)


def _where(item: Step | Blocked) -> str:
    return f" (line {item.line})" if item.line else ""


def _step(found: re.Match[str]) -> Step:
    at = found["at"] or "0.0"
    return Step(
        worker=found["worker"],
        op=found["op"],
        resource=found["resource"],
        line=int(found["line"]) if found["line"] else None,
        value=_said(found["value"]),
        at=float(at) if re.fullmatch(r"\d+(\.\d+)?(e[+-]?\d+)?", at) else 0.0,
        note=found["note"] or "",
    )


def _blocked(found: re.Match[str]) -> Blocked:
    return Blocked(
        worker=found["worker"],
        op=found["op"],
        resource=found["resource"],
        line=int(found["line"]) if found["line"] else None,
        held_by=_said(found["held_by"]),
        holds=tuple(_said(text) for text in re.findall(_TEXT, found["holds"] or "")),
    )


def _said(text: str | None) -> str:
    try:
        return str(json.loads(text)) if text else ""
    except ValueError:
        return ""
