"""There are several readers, and an end mark for only one of them."""

from __future__ import annotations

from grader.diagnosis import queue_habits
from grader.diagnosis.evidence import Evidence, readable
from grader.diagnosis.interleaving import taken_mark
from grader.diagnosis.rule import Finding, Rule, Weight, point_at
from grader.diagnosis.sentences import who
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """In the witness one reader took a mark and another waits; or readers wait, and a mark is put outside of loops."""
    lines = queue_habits.puts_one_mark(evidence.source, evidence.functions)
    seen = taken_mark(evidence.steps, evidence.blocked)
    if seen:
        taken, waiting = seen
        sentence = say(
            "{taker} took the end mark {mark} from {resource} and ended; {waiter} still waits for one.",
            taker=who(taken, evidence.file_name),
            mark=readable(taken.value),
            resource=taken.resource,
            waiter=who(waiting, evidence.file_name),
        )
        sites = evidence.at(*lines, taken.line, waiting.line)
        return Finding(sentence=sentence, sites=sites, weight=Weight.SHOWN)
    return point_at(
        evidence,
        lines,
        (
            say("{file}:{line} puts one end mark; one reader takes it and ends, the others wait for ever."),
            say("One reader took the end mark and ended; for the others there was none, and they wait for ever."),
        ),
        sure=evidence.has("sentinel-for-one-of-many"),
        likely=evidence.is_stuck and bool(evidence.calls("get")),
    )


RULE = Rule(
    code="sentinel-for-one-of-many",
    title=say("One end mark for several readers"),
    next_step=say("Put as many end marks as there are readers, after the last item."),
    find=find,
    instead_of=("missing-sentinel",),
)
