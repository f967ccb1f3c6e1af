"""An executed schedule that shows a failure, step by step."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One turn: which worker did which operation on which resource, at which line of the student's file.

    `op` is a word of `inside.vocabulary.Op`; `value` is what was read or written, as text; `at` is the virtual clock
    in seconds; `note` marks what the turn came to ("blocked", "timed out", "").
    """

    worker: str
    op: str
    resource: str
    line: int | None = None
    value: str = ""
    at: float = 0.0
    note: str = ""

    def __str__(self) -> str:
        where = f" (line {self.line})" if self.line else ""
        what = f" {self.value}" if self.value else ""
        note = f" [{self.note}]" if self.note else ""
        return f"{self.worker}: {self.op} {self.resource}{what}{where}{note}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocked:
    """A worker that waits for ever: for which operation on what, who holds it, and what it holds itself."""

    worker: str
    op: str
    resource: str
    line: int | None = None
    held_by: str = ""
    holds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """A schedule (the worker chosen at each turn) that can be replayed, its steps, and who was blocked at the end."""

    schedule: tuple[str, ...]
    steps: tuple[Step, ...]
    blocked: tuple[Blocked, ...] = field(default=())

    def __str__(self) -> str:
        return "\n".join(str(step) for step in self.steps)
