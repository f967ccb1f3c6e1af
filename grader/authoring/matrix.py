"""A tally as lines of text: solutions x checks, with everything that came out otherwise pointed at."""

from __future__ import annotations

from collections.abc import Iterator

from grader.authoring.specimens import Kind
from grader.authoring.tally import Finding, Row, Tally
from grader.model.attempt import Outcome
from grader.texts import speaker

LETTERS = {
    Outcome.PASSED: ".",
    Outcome.FAILED: "F",
    Outcome.CRASHED: "C",
    Outcome.HUNG: "H",
    Outcome.TIMEOUT: "T",
    Outcome.INCONCLUSIVE: "?",
    Outcome.SKIPPED: "s",
    Outcome.NOT_RUN: "-",
    Outcome.ERROR: "E",
}
VARIES = "~"
WRONG = "!"


def matrix(told: Tally, language: str) -> Iterator[str]:
    """The lines for one exercise."""
    numbers = "".join(f"{number:>4}" for number in range(1, len(told.exercise.checks) + 1))
    names = {id(row): row.specimen.name.removeprefix(f"{told.exercise.id}/") for row in told.rows}
    width = max(len(name) for name in (told.exercise.slug, *names.values()))
    yield f"{told.exercise.slug:<{width}}{numbers}"
    for row in told.rows:
        yield f"{names[id(row)]:<{width}}{_cells(row)}".rstrip()
    yield ""
    yield from (f"{number:>4} {check.id}" for number, check in enumerate(told.exercise.checks, start=1))
    yield from _remarks(told, language)


def legend(language: str) -> Iterator[str]:
    """What the letters say."""
    _ = speaker(language)
    words = "  ".join(f"{letter} {outcome}" for outcome, letter in LETTERS.items())
    yield words
    yield _("{varies} not the same each time  {wrong} otherwise than promised", varies=VARIES, wrong=WRONG)


def _cells(row: Row) -> str:
    wrong = {finding.deviation.check for finding in row.findings}
    cells = []
    for check in row.specimen.exercise.checks:
        seen = row.outcomes(check.id)
        letter = VARIES if len(seen) > 1 else "".join(LETTERS[outcome] for outcome in seen) or " "
        cells.append(f"{letter:>4}" if check.id not in wrong else f"{letter + WRONG:>4}")
    return "".join(cells)


def _remarks(told: Tally, language: str) -> Iterator[str]:
    _ = speaker(language)
    for row in told.rows:
        for finding in row.findings:
            yield from _told(row, finding, language)
    if told.whole and not any(row.specimen.kind is Kind.ACCEPTED for row in told.rows):
        yield "  " + _("there is no accepted solution: nothing shows that the suite can be passed")
    if told.unproven:
        yield "  " + _("no rejected solution fails: {checks}", checks=", ".join(told.unproven))


def _told(row: Row, finding: Finding, language: str) -> Iterator[str]:
    _ = speaker(language)
    what = finding.deviation
    about = f"{row.specimen.name} {what.check}".rstrip()
    yield f"{WRONG} {about}: " + _(
        "expected {expected}, seen {seen} ({count} of {runs}; the first with --seed {seed})",
        expected=what.expected,
        seen=what.seen,
        count=len(finding.repeats),
        runs=len(row.runs),
        seed=finding.repeats[0],
    )
    if what.message:
        yield f"    {what.message.splitlines()[0]}"
