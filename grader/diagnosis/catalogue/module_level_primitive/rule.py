"""A lock, queue or shared memory of the module's top is not the same one in a spawned process."""

from __future__ import annotations

from grader.diagnosis import process_habits
from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.exercise import StartMethod
from grader.model.message import say


def find(evidence: Evidence) -> Finding | None:
    """The author named it; or it fails under spawn or forkserver, where the file makes primitives at its top."""
    return point_at(
        evidence,
        process_habits.makes_primitives_at_import(evidence.source, evidence.functions),
        (
            say(
                "{file}:{line} makes it when the file is imported; under spawn and forkserver each process imports "
                "the file anew and so has one of its own."
            ),
            say(
                "It is made when the file is imported; under spawn and forkserver each process imports the file "
                "anew and so has one of its own."
            ),
        ),
        sure=evidence.has("module-level-primitive"),
        likely=evidence.result.start_method in {StartMethod.SPAWN, StartMethod.FORKSERVER},
    )


RULE = Rule(
    code="module-level-primitive",
    title=say("Made at the top of the file, so made anew"),
    next_step=say("Make it inside the function, and hand it to each process as an argument."),
    find=find,
    instead_of=("private-lock", "lost-update", "missing-sentinel", "waits-for-ever"),
)
