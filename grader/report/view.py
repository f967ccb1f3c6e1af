"""Decides what a student may see of an attempt; every writer draws the View that comes out and nothing else.

A hidden check shows its points: no name, no message, no outcome, not even in the reason why another was skipped.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from grader.model.attempt import Attempt, CheckResult, Outcome, Verdict
from grader.model.exercise import Check, Exercise, Visibility
from grader.model.message import Message, say
from grader.model.observation import Level
from grader.model.submission import IntakeProblem, ProblemCode
from grader.report import wording
from grader.report.excerpt import Excerpt, cut_out
from grader.report.findings import Finding, find
from grader.report.sanitise import Clean, clean, clean_line
from grader.texts import speaker, translate


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One check in the table of all; `outcome` is None for a hidden one, `anchor` is empty where nothing follows."""

    number: int
    anchor: str
    title: Clean
    outcome: Outcome | None
    word: str
    points: str
    max_points: str
    reason: Clean


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something wrong with the file itself, with the line it is in."""

    sentence: Clean
    line: int | None
    excerpt: Excerpt | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """How it was graded: a label and what it says."""

    label: str
    text: Clean


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """All a student may see, in the student's language, safe to print."""

    language: str
    attempt: Clean
    exercise: Clean
    title: Clean
    file: Clean
    student: Clean
    verdict: Verdict
    verdict_word: str
    sentence: str
    points: str
    max_points: str
    next_step: Clean
    problems: tuple[Problem, ...]
    findings: tuple[Finding, ...]
    rows: tuple[Row, ...]
    notes: tuple[Clean, ...]
    isolation: Clean
    isolated: bool
    started: str
    duration: str
    facts: tuple[Fact, ...]

    def has_told(self, row: Row) -> bool:
        """Whether the reason stands above the table: nobody reads once for each check what is true of the file."""
        if self.findings and row.anchor == self.findings[0].anchor:
            return True
        reasons = [other.reason for other in self.rows if other.reason and other.outcome is not Outcome.PASSED]
        is_everywhere = len(reasons) > 1 and len(reasons) == len(self.rows) and len(set(reasons)) == 1
        return is_everywhere or row.reason in {problem.sentence for problem in self.problems}


def for_student(attempt: Attempt, exercise: Exercise, source: str, language: str, *, watched: bool = False) -> View:
    """What the student sees of `attempt`; `source` is the text of the file as it was handed in.

    `watched`: the student sits before `grade watch`, where keys do what else are commands.
    """
    findings = _findings(attempt, exercise, source, language)
    return View(
        language=language,
        attempt=clean_line(attempt.id),
        exercise=clean_line(exercise.id),
        title=clean_line(exercise.title.in_(language)),
        file=clean_line(exercise.file_name),
        student=clean_line(attempt.student or "", width=120),
        verdict=attempt.verdict,
        verdict_word=translate(wording.verdict_word(attempt.verdict), language),
        sentence=translate(wording.verdict_sentence(attempt), language),
        points=wording.points_text(attempt.points),
        max_points=wording.points_text(attempt.max_points),
        next_step=_next_step(attempt, exercise, findings, language, watched=watched),
        problems=tuple(_problem(problem, exercise, source, language) for problem in attempt.problems),
        findings=findings,
        rows=_rows(attempt, exercise, language),
        notes=tuple(clean(translate(note, language)) for note in attempt.notes),
        isolation=clean(translate(wording.isolation_sentence(attempt.isolation), language)),
        isolated=attempt.isolation.level is not Level.NONE,
        started=datetime.fromtimestamp(attempt.started_at, UTC).strftime("%Y-%m-%d %H:%M UTC"),
        duration=f"{attempt.duration:.2f} s",
        facts=_facts(attempt, language),
    )


def skip_reason(check: Check, attempt: Attempt, exercise: Exercise) -> Message:
    """Which needed check did not pass, without the name of a hidden one."""
    passed = {result.check for result in attempt.results if result.outcome is Outcome.PASSED}
    needed = [other for other in exercise.checks if other.id in check.needs and other.id not in passed]
    if not needed or needed[0].visibility is Visibility.HIDDEN:
        return say("needs a check that did not pass")
    return say("needs check {number}", number=1 + exercise.checks.index(needed[0]))


def _findings(attempt: Attempt, exercise: Exercise, source: str, language: str) -> tuple[Finding, ...]:
    """What did not pass and is shown: what the program did wrong comes before what could not be decided."""
    told = {Outcome.FAILED, Outcome.CRASHED, Outcome.HUNG, Outcome.TIMEOUT, Outcome.INCONCLUSIVE, Outcome.ERROR}
    hidden = {check.id for check in exercise.checks if check.visibility is Visibility.HIDDEN}
    shown = [result for result in attempt.results if result.outcome in told and result.check not in hidden]
    shown.sort(key=lambda result: not result.outcome.blames_student)
    return tuple(find(result, exercise, source, language, seed=attempt.seed) for result in shown)


def _rows(attempt: Attempt, exercise: Exercise, language: str) -> tuple[Row, ...]:
    results = {result.check: result for result in attempt.results}
    pairs = [(check, results.get(check.id)) for check in exercise.checks]
    return tuple(
        _hidden_row(number, check, result, language)
        if check.visibility is Visibility.HIDDEN
        else _shown_row(number, (check, result), attempt, exercise, language)
        for number, (check, result) in enumerate(pairs, start=1)
    )


def _hidden_row(number: int, check: Check, result: CheckResult | None, language: str) -> Row:
    return Row(
        number=number,
        anchor="",
        title=clean(translate("a hidden check", language)),
        outcome=None,
        word=translate("hidden", language),
        points=_earned(check, result),
        max_points=wording.points_text(check.points),
        reason=Clean(""),
    )


def _shown_row(
    number: int, pair: tuple[Check, CheckResult | None], attempt: Attempt, exercise: Exercise, language: str
) -> Row:
    check, result = pair
    outcome = result.outcome if result else Outcome.NOT_RUN
    told = outcome.blames_student or outcome in {Outcome.INCONCLUSIVE, Outcome.ERROR}
    reason: Message | None = wording.reason_of(result) if result else None
    if outcome is Outcome.SKIPPED:
        reason = skip_reason(check, attempt, exercise)
    elif outcome is Outcome.PASSED and result is not None:
        reason = wording.evidence_sentence(result)
    return Row(
        number=number,
        anchor=f"check-{number}" if told else "",
        title=clean_line(check.title.in_(language)),
        outcome=outcome,
        word=translate(wording.outcome_word(outcome), language),
        points=_earned(check, result),
        max_points=wording.points_text(check.points),
        reason=clean_line(translate(reason, language)) if reason else Clean(""),
    )


def _earned(check: Check, result: CheckResult | None) -> str:
    passed = result is not None and result.outcome is Outcome.PASSED
    return wording.points_text(check.points if passed else 0)


def _problem(problem: IntakeProblem, exercise: Exercise, source: str, language: str) -> Problem:
    marks = {problem.line: Clean("")} if problem.line else {}
    return Problem(
        sentence=clean(translate(problem.message, language)),
        line=problem.line,
        excerpt=cut_out(source, exercise.file_name, marks) if marks and source else None,
    )


def _next_step(
    attempt: Attempt, exercise: Exercise, findings: tuple[Finding, ...], language: str, *, watched: bool
) -> Clean:
    """The one thing to do now."""
    command = f"grade {attempt.exercise}"
    codes = {problem.code for problem in attempt.problems}
    if attempt.verdict is Verdict.NOT_GRADED:
        message = say("Run `{command}` again. If this comes back, tell your teacher.", command=command)
    elif watched and (step := _step_by_key(attempt)):
        message = step
    elif _names_another(attempt, exercise):
        message = say(
            "Look at the name: `{command} FILE` grades another file, `{command}` grades {file}.",
            command=command,
            file=exercise.file_name,
        )
    elif ProblemCode.MISSING in codes:
        message = say(
            "`grade init .` puts the stub here; write it, then run `{command}` again. If your file has another name: "
            "`{command} FILE`.",
            command=command,
        )
    elif ProblemCode.NOT_STARTED in codes:
        message = say("Write the first function; `grade hint {exercise}` helps to begin.", exercise=attempt.exercise)
    elif attempt.verdict is Verdict.UNGRADABLE:
        message = say("Mend the file, then run `{command}` again.", command=command)
    elif attempt.verdict is Verdict.ACCEPTED:
        message = say("Done. `grade` takes the next exercise.")
    elif findings and findings[0].next_step:
        return findings[0].next_step
    elif attempt.verdict is Verdict.INCONCLUSIVE:
        message = say(
            "Run `{command}` again on a machine with less to do; if this comes back, tell your teacher.",
            command=command,
        )
    else:
        message = say("What is shown here passes. Read the contract again, sentence by sentence.")
    return clean(translate(message, language))


def _names_another(attempt: Attempt, exercise: Exercise) -> bool:
    """Whether the file that is missing is another than the exercise's own."""
    missing = [one.message for one in attempt.problems if one.code is ProblemCode.MISSING]
    return any(message.values.get("file", exercise.file_name) != exercise.file_name for message in missing)


def _step_by_key(attempt: Attempt) -> Message | None:
    """The same where every save is graded and keys stand for commands; None where what is said elsewhere fits."""
    codes = {problem.code for problem in attempt.problems}
    if attempt.verdict is Verdict.ACCEPTED:
        return say("Done. Press n for the next exercise.")
    if ProblemCode.NOT_STARTED in codes:
        return say("Write the first function and save the file; h shows a hint.")
    if attempt.verdict is Verdict.UNGRADABLE and ProblemCode.MISSING not in codes:
        return say("Mend the file and save it: it is graded again at once.")
    return None


def _facts(attempt: Attempt, language: str) -> tuple[Fact, ...]:
    _ = speaker(language)
    versions = attempt.versions
    graded_with = _("grader {grader}, Python {python}", grader=versions.grader, python=versions.python)
    pairs = (
        (_("Graded with"), graded_with),
        (_("Exercise"), f"{attempt.exercise} · {versions.exercise[:12]}"),
        (_("Seed"), str(attempt.seed)),
        (_("Attempt"), attempt.id),
    )
    return tuple(Fact(label=label, text=clean_line(text, width=120)) for label, text in pairs)
