"""What a rule may look at: the result of one check, the contract it belongs to, the student's source."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from typing import Any

from grader.diagnosis.calls import Lines, calls_of
from grader.diagnosis.source import Source
from grader.model.attempt import CheckResult, Outcome, Site
from grader.model.exercise import Exercise
from grader.model.observation import Cause, Remainder, Stop
from grader.model.witness import Blocked, Step

SHOWN = 160  # characters of somebody else's text that fit into a sentence
PARSED = 20_000  # characters of `expected` and `actual` that are read as Python literals
SEARCHED = 100_000
ABOUT_VALUES = {
    *("wrong-value", "lost-update", "half-held-lock", "private-lock", "check-then-act"),
    *("lost-item", "falsy-item", "order-by-completion"),
}
WRONG_TYPE = "wrong-type"

TRACEBACK = "Traceback (most recent call last):"
ERROR_LINE = re.compile(r"[A-Za-z_][\w.]*(?::\s|$|\()")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """All that is known about one failed check; `functions` are those of the contract that the check is about."""

    result: CheckResult
    file_name: str
    functions: tuple[str, ...]
    source: Source

    def has(self, *facts: str) -> bool:
        """Whether the suite stated one of these facts, or the positions of stuck processes told it."""
        told = (*self.result.facts, self.cause.code) if self.cause else self.result.facts
        return any(fact in told for fact in facts)

    def ended(self, *outcomes: Outcome) -> bool:
        """Whether the check came to one of these outcomes."""
        return self.result.outcome in outcomes

    def stopped(self, *stops: Stop) -> bool:
        """Whether the call was seen from outside to end like this."""
        return self.result.observation is not None and self.result.observation.stop in stops

    @property
    def is_wrong_value(self) -> bool:
        """Whether the check failed over a value, and not over something else that happened."""
        plain = {fact.partition(":")[0] for fact in self.result.facts} - {WRONG_TYPE}
        return self.ended(Outcome.FAILED) and plain <= ABOUT_VALUES

    @property
    def types(self) -> tuple[str, str] | None:
        """The type that was expected and the one that came, if the suite told them."""
        told = [fact.split(":", 2)[1:] for fact in self.result.facts if fact.startswith(f"{WRONG_TYPE}:")]
        return next(((readable(wanted), readable(came)) for wanted, came in told), None)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The turns of the failing schedule, if there is one."""
        return self.result.witness.steps if self.result.witness else ()

    @property
    def blocked(self) -> tuple[Blocked, ...]:
        """Who waited for ever at the end of the failing schedule."""
        return self.result.witness.blocked if self.result.witness else ()

    @property
    def stuck(self) -> tuple[str, ...]:
        """Where each process waited, as seen from outside."""
        return tuple(waiting.where for waiting in self.result.observation.stuck) if self.result.observation else ()

    @property
    def waits_in(self) -> tuple[str, ...]:
        """The kernel's calls in which processes waited, with what they waited for there."""
        return tuple(waiting.kernel for waiting in self.result.observation.stuck) if self.result.observation else ()

    @property
    def cause(self) -> Cause | None:
        """Why nobody could end the waits, as far as it was told."""
        return self.result.observation.cause if self.result.observation else None

    @property
    def is_stuck(self) -> bool:
        """Whether it was proved that nothing could move any more."""
        return self.ended(Outcome.HUNG) or self.has("deadlock", "stuck") or self.stopped(Stop.HUNG, Stop.LIVELOCK)

    def remains(self, *kinds: Remainder) -> tuple[str, ...]:
        """Names of what was left behind, of these kinds."""
        seen = self.result.left_behind
        if self.result.observation:
            seen += self.result.observation.left_behind
        return tuple(dict.fromkeys(readable(left.name) for left in seen if left.kind in kinds))

    @property
    def stderr(self) -> str:
        """What the program wrote to its standard error, cut."""
        return self.result.observation.stderr[-SEARCHED:] if self.result.observation else ""

    @property
    def texts(self) -> str:
        """Every text in which an exception of the program may be named."""
        result, seen = self.result, self.result.observation
        parts = [str(result.message or ""), result.actual or "", seen.note if seen else "", self.stderr]
        return "\n".join(part[-SEARCHED:] for part in parts)

    def says(self, *words: str) -> bool:
        """Whether one of these words stands in what the program said or raised."""
        return any(word in self.texts for word in words)

    def calls(self, *names: str) -> Lines:
        """Lines that call a function or a method of one of these names, in the functions that the check is about."""
        return calls_of(self.source, self.functions, *names)

    @property
    def error(self) -> str:
        """The exception that a traceback of the program ends with, or that the suite names; "" if none is known."""
        *_, traceback = self.stderr.rpartition(TRACEBACK)
        ends = [line for line in traceback.splitlines() if line[:1].isalpha()]
        texts = [*ends[:1], self.result.actual or "", *str(self.result.message or "").splitlines()]
        return next((readable(text) for text in texts if ERROR_LINE.match(text[:SHOWN])), "")

    @property
    def error_sites(self) -> tuple[Site, ...]:
        """The student's line nearest to the exception: the suite's word, else the last one of the traceback."""
        if self.result.sites:
            return self.result.sites
        lines = re.findall(rf'File "[^"\n]*\b{re.escape(self.file_name)}", line (\d{{1,6}})', self.stderr)
        return self.at(int(lines[-1])) if lines else ()

    @property
    def raises_it_itself(self) -> bool:
        """Whether the exception comes from a `raise` of the student's own: that one means what he means by it."""
        raises = (node for node in ast.walk(self.source.tree) if isinstance(node, ast.Raise) and node.exc)
        places = {line for node in raises for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)}
        return any(site.line in places for site in self.error_sites)

    def at(self, *lines: int | None) -> tuple[Site, ...]:
        """Sites in the student's file, without repetition."""
        return tuple(Site(file=self.file_name, line=line) for line in dict.fromkeys(lines) if line)

    @property
    def lists(self) -> tuple[list[Any], list[Any]] | None:
        """What was expected and what came, if both are known to be lists or tuples."""
        expected, actual = literal(self.result.expected), literal(self.result.actual)
        if isinstance(expected, list | tuple) and isinstance(actual, list | tuple):
            return list(expected), list(actual)
        return None

    @property
    def limited(self) -> str:
        """The parameter of the functions in question that limits a wait, "" if there is none."""
        names = [name for function in self.functions for name in self.source.parameters(function)]
        return next((name for name in names if name in {"seconds", "timeout"}), "")


def gather(result: CheckResult, exercise: Exercise, source: str) -> Evidence:
    """The evidence of one check."""
    declared = [check.functions for check in exercise.checks if check.id == result.check]
    functions = declared[0] if declared and declared[0] else exercise.functions
    return Evidence(result=result, file_name=exercise.file_name, functions=functions, source=Source(source))


def readable(text: str) -> str:
    """Somebody else's text, fit to stand in one of our sentences: one line, no control characters, not too long."""
    line = "".join(letter if letter.isprintable() else " " for letter in text[: SHOWN * 4])
    line = " ".join(line.split())
    return line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"


def literal(text: str | None) -> Any:
    """The plain value that a text shows, None if it shows none."""
    if text is None or len(text) > PARSED:
        return None
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return None
