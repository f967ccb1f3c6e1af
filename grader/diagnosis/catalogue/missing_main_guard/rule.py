"""The file starts processes when it is imported."""

from __future__ import annotations

from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The author named it, or multiprocessing said that it was still bootstrapping."""
    return point_at(
        evidence,
        evidence.calls("start", "Pool", "Manager"),
        (
            say(
                "The file starts processes while it is imported; a spawned child imports it again, and would start "
                "more. {file}:{line} is where processes are started."
            ),
            say(
                "The file starts processes while it is imported; a spawned child imports it again, and would start "
                "more."
            ),
        ),
        sure=evidence.has("missing-main-guard") or evidence.says("has finished its bootstrapping phase"),
    )


RULE = Rule(
    code="missing-main-guard",
    title=say("Processes are started by the import"),
    next_step=say("Put what starts processes under `if __name__ == '__main__':`, or into a function."),
    find=find,
    instead_of=("child-died", "import-failed"),
)
