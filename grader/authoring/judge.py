"""Whether an attempt came to what its specimen promises, and where it did not."""

from __future__ import annotations

from dataclasses import dataclass, field

from grader.authoring.specimens import Kind, Promise, Specimen
from grader.documents import AttemptShape
from grader.model.attempt import Outcome, Verdict
from grader.model.submission import ProblemCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Deviation:
    """One thing that came out otherwise; `check` is empty where it is about the attempt as a whole.

    Two are the same whatever the student would have been told: the numbers in it are drawn.
    """

    check: str
    expected: str
    seen: str
    message: str = field(default="", compare=False)


def deviations(specimen: Specimen, attempt: AttemptShape) -> tuple[Deviation, ...]:
    """All of them, in the order of the checks."""
    match specimen.kind:
        case Kind.STUB:
            return _of_stub(attempt)
        case Kind.ACCEPTED:
            found = _of_checks((), attempt)
            return found or _of_verdict({Verdict.ACCEPTED}, attempt)
        case Kind.REJECTED:
            found = _of_checks(specimen.promises, attempt)
            return found or _of_verdict({Verdict.PARTIAL, Verdict.REJECTED}, attempt)
        case Kind.MUTANT:
            return _of_verdict({Verdict.PARTIAL, Verdict.REJECTED}, attempt)


def _of_stub(attempt: AttemptShape) -> tuple[Deviation, ...]:
    seen = (attempt.verdict, attempt.points, [problem.code for problem in attempt.problems])
    if seen == (Verdict.REJECTED, 0.0, [ProblemCode.NOT_STARTED]):
        return ()
    expected = f"{Verdict.REJECTED} with 0 points: {ProblemCode.NOT_STARTED}"
    return (Deviation(check="", expected=expected, seen=_verdict(attempt)),)


def _of_checks(promises: tuple[Promise, ...], attempt: AttemptShape) -> tuple[Deviation, ...]:
    found = []
    for check in attempt.checks:
        own = [promise for promise in promises if promise.check == check.id]
        codes = [diagnosis.code for diagnosis in check.diagnoses]
        may_pass = not any(promise.certain for promise in own)
        if (may_pass and check.outcome is Outcome.PASSED) or any(_is_kept(one, check.outcome, codes) for one in own):
            continue
        said = " or ".join([*map(str, own), *([str(Outcome.PASSED)] if may_pass else [])])
        seen = f"{check.outcome} {', '.join(codes)}".rstrip()
        found.append(Deviation(check=check.id, expected=said, seen=seen, message=check.message or ""))
    return tuple(found)


def _is_kept(promise: Promise, outcome: Outcome, codes: list[str]) -> bool:
    return outcome == promise.outcome and (not promise.code or promise.code in codes)


def _of_verdict(allowed: set[Verdict], attempt: AttemptShape) -> tuple[Deviation, ...]:
    full = attempt.points == attempt.max_points
    if attempt.verdict in allowed and full == (attempt.verdict is Verdict.ACCEPTED):
        return ()
    return (Deviation(check="", expected=" or ".join(sorted(allowed)), seen=_verdict(attempt)),)


def _verdict(attempt: AttemptShape) -> str:
    codes = ", ".join(problem.code for problem in attempt.problems)
    points = "no" if attempt.points is None else f"{attempt.points:g}"
    return f"{attempt.verdict} with {points} points" + (f": {codes}" if codes else "")
