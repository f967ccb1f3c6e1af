"""What GitHub shows of graded exercises: annotations at the student's lines, the summary of a job.

Limits (docs.github.com, "Workflow commands"): the first ten annotations of a level are shown per step, a message is cut
at 4,096 characters, a summary above 1 MiB is refused whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grader.model.message import Message
from grader.report.findings import Finding
from grader.report.sanitise import Clean, clean_line
from grader.report.terminal import as_text
from grader.report.view import View
from grader.texts import speaker, translate

SHOWN = 10
LONGEST_TITLE, LONGEST_MESSAGE = 80, 600
SUMMARY_BYTES = 256 * 1024
WIDTH = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """One graded file: what its student may see, and its path below the root of the repository."""

    view: View
    path: Clean

    @property
    def points(self) -> float:
        """As a number: none where there is no grade."""
        return sum(points_of(row.points) for row in self.view.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """Words at a line; `lost` are the points of the check, `line` is None where only the file is known."""

    path: str
    line: int | None
    title: str
    message: str
    lost: float
    code: str


def points_of(text: str) -> float:
    """The number behind points as they are shown; 0 where a dash stands because there is no grade."""
    return float(text) if text.replace(".", "", 1).isdigit() else 0.0


def marks(graded: Sequence[Graded]) -> list[Annotation]:
    """One per diagnosis and line, the most expensive first; hidden checks have none."""
    found: dict[tuple[str, str, int | None], Annotation] = {}
    for one in graded:
        for annotation in (*_of_problems(one), *_of_findings(one)):
            key = (annotation.path, annotation.code, annotation.line)
            if key not in found or found[key].lost < annotation.lost:
                found[key] = annotation
    return sorted(found.values(), key=lambda one: -one.lost)


def commands(found: Sequence[Annotation], language: str) -> Iterator[str]:
    """Workflow commands, the first ten of which are shown: the first tells of the others if there are more."""
    _ = speaker(language)
    shown = found
    if len(found) > SHOWN:
        shown = found[: SHOWN - 1]
        told = _(
            "{count} problems; the first {shown} are marked, all are in the summary", count=len(found), shown=len(shown)
        )
        yield f"::error title=grade::{_data(told)}"
    for one in shown:
        line = f",line={one.line}" if one.line else ""
        title = clean_line(one.title, width=LONGEST_TITLE)
        place = f"file={_property(one.path)}{line},title={_property(title)}"
        yield f"::error {place}::{_data(one.message[:LONGEST_MESSAGE])}"


def summary(graded: Sequence[Graded], notes: Sequence[Message], language: str) -> str:
    """Markdown: a table, then each exercise that is not accepted as text, as much as has room."""
    _ = speaker(language)
    parts = [f"> {translate(note, language)}" for note in notes]
    parts += ["", f"| {_('exercise')} | {_('verdict')} | {_('points')} |", "|---|---|---|"]
    for one in graded:
        points = f"{one.view.points} / {one.view.max_points}"
        parts.append(
            f"| {_cell(one.view.exercise)} {_cell(one.view.title)} | {_cell(one.view.verdict_word)} | {points} |"
        )
    text = "\n".join(parts) + "\n"
    for one in graded:
        if not (one.view.findings or one.view.problems):
            continue
        detail = _details(one)
        if len((text + detail).encode()) > SUMMARY_BYTES:
            return text + _("\nThere is more in the report.\n")
        text += detail
    return text


def _details(one: Graded) -> str:
    told = as_text(one.view, width=WIDTH)
    fence = "`" * max(3, 1 + max(map(len, re.findall(r"`+", told)), default=0))  # nothing inside can end the block
    return f"\n<details><summary>{_cell(one.view.exercise)}</summary>\n\n{fence}text\n{told}\n{fence}\n\n</details>\n"


def _of_problems(one: Graded) -> Iterator[Annotation]:
    for problem in one.view.problems:
        yield Annotation(
            path=one.path,
            line=problem.line,
            title=one.view.exercise,
            message=problem.sentence,
            lost=float(one.view.max_points),
            code=problem.sentence,
        )


def _of_findings(one: Graded) -> Iterator[Annotation]:
    for finding in one.view.findings:
        lines = [line.number for line in finding.excerpt.lines if line.marked] if finding.excerpt else []
        for code, title, sentence in _told(finding):
            yield Annotation(
                path=one.path,
                line=lines[0] if lines else None,
                title=f"{one.view.exercise}: {title}",
                message="\n".join(part for part in (sentence, finding.sentence, finding.next_step) if part),
                lost=float(finding.max_points),
                code=code,
            )


def _told(finding: Finding) -> list[tuple[str, str, str]]:
    if finding.advice:
        return [(one.code, one.title, one.sentence) for one in finding.advice[:1]]
    return [(finding.anchor, finding.title, finding.goal)]


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _cell(text: str) -> str:
    """Text in a cell of a table, as it is: nothing in it is Markdown or HTML."""
    return re.sub(r"([\\`*_{}\[\]()#+!|<>&~])", r"\\\1", text).replace("\n", " ")
