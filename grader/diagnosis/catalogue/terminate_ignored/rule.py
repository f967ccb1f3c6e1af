"""`terminate()` was taken for the end of a process, but it only asks for it."""

from __future__ import annotations

from grader.diagnosis import process_habits
from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, point_at
from grader.model.message import Message, say
from grader.model.observation import Remainder

WAITED = (
    say(
        "{file}:{line} waits until the process ends that `terminate()` has asked to end. `terminate()` sends SIGTERM, "
        "which a process can ignore: this one goes on, and so does the wait."
    ),
    say("It waits for a process that has ignored the SIGTERM of `terminate()`."),
)
STILL_RUNS = (
    say(
        "{file}:{line} only sends SIGTERM: the process ends a moment later, or ignores it. Nobody has waited until it "
        "had ended: after the function had returned, it was still running."
    ),
    say("A process that was asked to end by `terminate()` was still running after the function had returned."),
)
NOT_REAPED = (
    say(
        "{file}:{line} only sends the signal; the process ends a moment later. Nobody has waited until then: "
        "without `join()` it stays in the process table."
    ),
    say("After `terminate()` nobody has waited until the process had ended."),
)


def find(evidence: Evidence) -> Finding | None:
    """The author named it; or a process is left, or waited for in vain, that the source has only asked to end."""
    asked = process_habits.only_asks_to_end(evidence.source, evidence.functions)
    waits = process_habits.joins_who_was_asked(evidence.source, evidence.functions)
    stuck = tuple(line for line in waits if line in _joining(evidence))
    if asked and stuck:
        return point_at(evidence, stuck, WAITED, sure=True)
    stated = evidence.has("terminate-ignored")
    left = evidence.has("left-process", "left-zombie")
    not_awaited = tuple(line for line in asked if not process_habits.is_awaited(evidence.source, line))
    return point_at(
        evidence, not_awaited if left else asked, _said_of(evidence), sure=stated or bool(left and not_awaited)
    )


def _said_of(evidence: Evidence) -> tuple[Message, Message]:
    only_dead = evidence.remains(Remainder.ZOMBIE) and not evidence.remains(Remainder.PROCESS)
    return NOT_REAPED if only_dead else STILL_RUNS


def _joining(evidence: Evidence) -> set[int | None]:
    """The lines in which somebody waits for ever until a process ends."""
    seen = evidence.result.observation
    outside = {waiting.line for waiting in (seen.stuck if seen else ()) if "Process.join()" in waiting.where}
    return outside | {entry.line for entry in evidence.blocked if entry.op == "join"}


RULE = Rule(
    code="terminate-ignored",
    title=say("terminate() only asks a process to end"),
    next_step=say(
        "`terminate()` asks; `kill()` sends SIGKILL, which no process can ignore. Both only send: wait with `join()`, "
        "without a limit, until the process has ended."
    ),
    find=find,
    instead_of=("child-left-behind", "timeout-ignored", "waits-for-ever"),
)
