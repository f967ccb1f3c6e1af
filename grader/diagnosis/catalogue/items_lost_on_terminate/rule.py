"""Items were still on their way when their process was ended."""

from __future__ import annotations

from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The author named it; or items are missing, and a process is ended by force.

    `os._exit` loses only what a queue's thread has still to write: nothing where nothing is put.
    """
    lines = evidence.calls("terminate", "kill", "cancel_join_thread")
    if evidence.calls("put", "put_nowait"):
        lines = tuple(sorted({*lines, *evidence.calls("_exit")}))
    return point_at(
        evidence,
        lines,
        (
            say(
                "{file}:{line} ends a process (or lets go of its queue) while items may still be on their way; "
                "what was not yet in the pipe is lost."
            ),
            say("A process was ended while items that it had put were still on their way; they are lost."),
        ),
        sure=evidence.has("items-lost-on-terminate"),
        likely=evidence.is_wrong_value
        and evidence.lists is not None
        and len(evidence.lists[1]) < len(evidence.lists[0]),
    )


RULE = Rule(
    code="items-lost-on-terminate",
    title=say("Items were lost when the process was ended"),
    next_step=say("Let the process end by itself, and take everything it has put before you end it."),
    find=find,
    instead_of=("lost-item",),
)
