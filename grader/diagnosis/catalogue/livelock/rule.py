"""Somebody looks again and again at something that will not change any more."""

from __future__ import annotations

from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The author named it, or the hang was proved to be one of looking."""
    seen = tuple(site.line for site in evidence.result.sites)
    return point_at(
        evidence,
        seen or evidence.calls("empty", "is_alive", "poll", "qsize", "get_nowait"),
        (
            say("{file}:{line} looks again and again, but nobody who still runs can change what it looks at."),
            say("A process looks again and again, but nobody who still runs can change what it looks at."),
        ),
        sure=evidence.has("livelock"),
    )


RULE = Rule(
    code="livelock",
    title=say("It looks again and again, for ever"),
    next_step=say("Wait for what you need (`get()`, `join()`, `event.wait()`), and see to it that somebody brings it."),
    find=find,
)
