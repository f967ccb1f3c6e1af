"""What a suite expects: comparisons in the examiner's own process, with exact types and a sentence when they fail."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from grader.model.attempt import Outcome
from grader.model.message import Message, Words, say
from grader.suite.failure import CheckStopped
from grader.suite.plain import Raised, same, shown, where_they_differ
from grader.suite.types_apart import fact_of_types, name_of_type, told_types

READ_AT_ONCE = 200  # characters of a dict in which a difference is found by reading


class Expectation:
    """Something that was seen, to be held against what the contract says; every method raises CheckStopped."""

    def __init__(self, seen: Any, what: Words, fact: str | None) -> None:
        self._seen = seen
        self._what = what
        self._fact = fact

    def exactly(self, expected: Any) -> None:
        """It equals `expected`, with the same types all the way down."""
        if not same(self._seen, expected):
            self._fail_where_they_differ(expected)
            self._fail(
                say("expected {expected}, got {actual}", expected=shown(expected), actual=self._shown),
                shown(expected),
                types=fact_of_types(self._seen, expected),
            )

    def _fail_where_they_differ(self, expected: Any) -> None:
        """Fail with what differs, if these are dicts of which nobody would see it otherwise."""
        if not (type(self._seen) is type(expected) is dict and len(shown(expected)) > READ_AT_ONCE):
            return
        came, due = where_they_differ(self._seen, expected)
        if (came or due) and (len(came), len(due)) != (len(self._seen), len(expected)):
            en, zh = self._what.en or "the dict", self._what.zh or self._what.en or "字典"
            what = Words(en=f"{en}, where they differ", zh=f"{zh}（不同之处）")
            Expectation(came, what, self._fact).exactly(due)

    def of_type(self, name: str) -> None:
        """Its type has exactly this name, like `list`: for what a suite takes apart before it compares."""
        came = name_of_type(self._seen)
        if came != name:
            self._fail(
                say("expected {expected}, got {actual}", expected=name, actual=came), name, types=told_types(name, came)
            )

    def one_of(self, *allowed: Any) -> None:
        """It equals one of these."""
        if not any(same(self._seen, value) for value in allowed):
            choice = {"expected": " or ".join(map(shown, allowed)), "expected_zh": " 或 ".join(map(shown, allowed))}
            types = [fact_of_types(self._seen, value) for value in allowed]
            self._fail(
                say("expected {expected}, got {actual}", **choice, actual=self._shown),
                choice["expected"],
                types=types[0] if all(types) else (),
            )

    def at_least(self, least: float) -> None:
        """It is a number and not below `least`."""
        if not _is_number(self._seen) or self._seen < least:
            self._fail(
                say("expected at least {expected}, got {actual}", expected=least, actual=self._shown), f">= {least}"
            )

    def at_most(self, most: float) -> None:
        """It is a number and not above `most`."""
        if not _is_number(self._seen) or self._seen > most:
            self._fail(
                say("expected at most {expected}, got {actual}", expected=most, actual=self._shown), f"<= {most}"
            )

    def permutation_of(self, expected: Sequence[Any]) -> None:
        """It is a list with exactly these items, in any order."""
        rest = list(expected)
        ok = type(self._seen) is list and len(self._seen) == len(rest)
        for item in self._seen if ok else ():
            at = next((i for i, other in enumerate(rest) if same(item, other)), None)
            if at is None:
                ok = False
                break
            del rest[at]
        if not ok:
            wanted = shown(list(expected))
            self._fail(
                say("expected the items of {expected} in any order, got {actual}", expected=wanted, actual=self._shown),
                wanted,
                types=fact_of_types(self._seen, list(expected)),
            )

    def true(self) -> None:
        """It is True."""
        self.exactly(expected=True)

    def named(self, name: str) -> None:
        """It is an exception of that class or of one below it; `name` is "module.Class", or a builtin's plain name."""
        if self._seen is None:
            self._fail(say("expected {expected} to be raised, but nothing was", expected=name), name, "not-raised")
        elif not isinstance(self._seen, Raised) or not self._seen.is_a(name):
            self._fail(say("expected {expected} to be raised, got {actual}", expected=name, actual=self._shown), name)

    @property
    def _shown(self) -> str:
        return shown(self._seen)

    def _fail(self, message: Message, expected: str, fact: str = "wrong-value", *, types: tuple[str, ...] = ()) -> None:
        labelled = message
        if self._what.en:
            labelled = Message(template="{what}: " + message.template, values={**message.values, "what": self._what.en})
            if self._what.zh:
                labelled = Message(template=labelled.template, values={**labelled.values, "what_zh": self._what.zh})
        facts = (*([self._fact] if self._fact else []), fact, *types)
        raise CheckStopped(outcome=Outcome.FAILED, message=labelled, expected=expected, actual=self._shown, facts=facts)


def expect(seen: Any, what: str = "", /, *, zh: str = "", fact: str | None = None) -> Expectation:
    """Hold `seen` against the contract: `expect(counter, "the counter", zh="计数器").exactly(2)`.

    `fact` names what it would mean if this failed, for the diagnosis ("timeout-per-item").
    """
    return Expectation(seen, Words(en=what, zh=zh), fact)


def unproved(why: str, *, zh: str = "") -> None:
    """End the check without a verdict: nothing was seen to be wrong, but a pass needs more than was seen."""
    values = {"what": why, "what_zh": zh} if zh else {"what": why}
    raise CheckStopped(
        outcome=Outcome.INCONCLUSIVE, message=Message(template="{what}", values=values), facts=("unproved",)
    )


def _is_number(value: Any) -> bool:
    return type(value) in (int, float)
