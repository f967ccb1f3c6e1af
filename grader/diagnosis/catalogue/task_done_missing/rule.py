"""A JoinableQueue is waited for, but not every item was acknowledged."""

from __future__ import annotations

from grader.diagnosis import queue_habits
from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.inside.vocabulary import Op
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The author named it; or somebody waits for ever in `join()` of a queue."""
    lines = queue_habits.never_acknowledges(evidence.source, evidence.functions)
    lines = lines or queue_habits.acknowledges_if_all_goes_well(evidence.source, evidence.functions)
    return point_at(
        evidence,
        lines,
        (
            say(
                "`join()` of the queue waits until each item was acknowledged; from {file}:{line} on there is a "
                "way on which `task_done()` is not called."
            ),
            say("`join()` of the queue waits until each item was acknowledged with `task_done()`, and one was not."),
        ),
        sure=evidence.has("task-done-missing") or any(entry.op == Op.JOIN_QUEUE for entry in evidence.blocked),
        likely=_may_wait_for_it(evidence) and bool(evidence.calls("JoinableQueue", "task_done")),
    )


def _may_wait_for_it(evidence: Evidence) -> bool:
    """Whether everybody waits: somebody in `join()` of a queue, or after one died with its item, or nobody knows."""
    observation = evidence.result.observation
    if not evidence.is_stuck or evidence.blocked:
        return False
    if not observation or not observation.stuck:
        return True
    return bool(observation.fallen) or any("JoinableQueue.join()" in where for where in evidence.stuck)


RULE = Rule(
    code="task-done-missing",
    title=say("An item was never acknowledged"),
    next_step=say("Call `task_done()` exactly once for each item that was taken, in a `finally`, end marks included."),
    find=find,
)
