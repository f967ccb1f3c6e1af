"""The words for outcomes, verdicts, isolation, points: the same in every report."""

from __future__ import annotations

from grader.model.attempt import Attempt, CheckResult, Evidence, Outcome, Verdict
from grader.model.message import Message, say, several
from grader.model.observation import Isolation, Level
from grader.model.submission import ProblemCode
from grader.texts import within

NO_POINTS = "–"
PRINTS_NOTHING = "prints_nothing"  # what every exercise calls the check that a program prints nothing
ABOUT_PRINTING = {"printed", "printed-output", "import-failed", "missing-function"}


def outcome_word(outcome: Outcome) -> Message:
    """The outcome of a check in one or two words."""
    return OUTCOMES[outcome]


def verdict_word(verdict: Verdict) -> Message:
    """The verdict in one or two words."""
    return VERDICTS[verdict]


def verdict_sentence(attempt: Attempt) -> Message:
    """What the verdict means for the person who handed in."""
    passed = sum(result.outcome is Outcome.PASSED for result in attempt.results)
    count = len(attempt.results)
    match attempt.verdict:
        case Verdict.ACCEPTED:
            return say("All {count} checks passed.", count=count)
        case Verdict.UNGRADABLE:
            return say("The file cannot be run as it is, so no check was run.")
        case Verdict.INCONCLUSIVE:
            return say("No check failed, but not every check could be decided: there is no grade yet.")
        case Verdict.NOT_GRADED:
            return say("The grader failed, not your program: this attempt does not count.")
        case _ if any(problem.code is ProblemCode.NOT_STARTED for problem in attempt.problems):
            return say("The file is still the stub: no code has been written yet.")
        case _:
            return say("{passed} of {count} checks passed.", passed=passed, count=count)


def isolation_sentence(isolation: Isolation) -> Message:
    """What kept the program away from the machine, and what did not."""
    enforced, missing = several("enforced", isolation.enforced), several("missing", isolation.missing)
    if isolation.level is Level.NONE and isolation.missing:
        return say("Not isolated: the program ran under limits only, for practice. Missing: {missing}.", **missing)
    if isolation.level is Level.NONE:
        return say("Not isolated: the program ran under limits only, for practice.")
    level = isolation.level.value
    if isolation.missing:
        return say("Isolated ({level}): {enforced}. Missing: {missing}.", level=level, **enforced, **missing)
    return say("Isolated ({level}): {enforced}.", level=level, **enforced)


def evidence_sentence(result: CheckResult) -> Message | None:
    """What a passed check rests on and hence what it does not prove; None where nothing needs to be said."""
    explored = result.explored
    methods = several("methods", result.start_methods)
    if result.evidence is Evidence.TESTIMONY:
        return say("rests on what the program reported about itself")
    if explored is not None and explored.complete:
        return say("every possible schedule, {schedules} in all", schedules=explored.schedules)
    if explored is not None:
        return say(
            "every schedule with at most {preemptions} preemptions, {schedules} in all",
            preemptions=explored.preemptions,
            schedules=explored.schedules,
        )
    if result.evidence is Evidence.PROBES and result.start_methods:
        return say("free runs under {methods}; its schedules could not be explored", **methods)
    return say("run under {methods}", **methods) if result.start_methods else None


def reason_of(result: CheckResult) -> Message | None:
    """Why a check did not pass; what stopped a program before it could print is said to have done that."""
    seen = result.message
    beside = result.outcome.blames_student and not ABOUT_PRINTING & {*result.facts}
    if result.check != PRINTS_NOTHING or not beside or seen is None:
        return seen
    return say("while this was tried, something else went wrong: {reason}", **within("reason", seen))


def points_text(points: float | None) -> str:
    """`7`, `7.5`, or a dash where there is no grade."""
    return NO_POINTS if points is None else f"{round(points, 2):g}"


OUTCOMES = {
    Outcome.PASSED: say("passed"),
    Outcome.FAILED: say("failed"),
    Outcome.CRASHED: say("crashed"),
    Outcome.HUNG: say("hung"),
    Outcome.TIMEOUT: say("timeout"),
    Outcome.INCONCLUSIVE: say("undecided"),
    Outcome.SKIPPED: say("skipped"),
    Outcome.NOT_RUN: say("not run"),
    Outcome.ERROR: say("our fault"),
}

VERDICTS = {
    Verdict.ACCEPTED: say("Accepted"),
    Verdict.PARTIAL: say("Partial"),
    Verdict.REJECTED: say("Rejected"),
    Verdict.UNGRADABLE: say("Ungradable"),
    Verdict.INCONCLUSIVE: say("Inconclusive"),
    Verdict.NOT_GRADED: say("Not graded"),
}
