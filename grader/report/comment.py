"""The one comment of a pull request, made of an artifact: hostile, so decoded exactly and escaped wholly."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from grader.documents import CiShape, FileAttemptShape, Malformed, read_document
from grader.report.sanitise import clean_line
from grader.report.wording import verdict_word
from grader.texts import speaker, translate

MARK = "<!-- ipc-grader -->"
SCORES = re.compile(r"^<!-- points: ((?:[\w./ -]{1,200}=[0-9.]{1,8};){0,300}) -->$", re.MULTILINE)
LARGEST = 200 * 1024  # bytes of the artifact
MOST_ROWS, MOST_STEPS = 60, 20
LINK = re.compile(r"https://[\w.:-]+(/[\w./-]*)?")  # nothing that could end a link or begin another
ODD = re.compile(r"[^\w./ -]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """For whom the comment is: `titles` of checks by (exercise, check) in the language; `link` leads to the run.

    A result is written in English, so what is known here is said in its place.
    """

    language: str = "en"
    titles: Mapping[tuple[str, str], str] = field(default_factory=dict)
    link: str = ""


def read_result(data: bytes) -> CiShape:
    """The result in an artifact; raises Malformed."""
    if len(data) > LARGEST:
        raise Malformed(f"it is larger than {LARGEST // 1024} KiB")
    return read_document(data, CiShape)


def comment(result: CiShape, previous: str, reader: Reader) -> str:
    """Markdown; `previous` is the comment as it stands, to tell what changed since."""
    _, link = speaker(reader.language), reader.link
    before = points_in(previous)
    shown = result.attempts[:MOST_ROWS]
    head = f"| {_('file')} | {_('verdict')} | {_('points')} | |"
    rows = [_row(attempt, before, reader.language) for attempt in shown]
    if len(result.attempts) > MOST_ROWS:
        rows.append(_("… and {count} more", count=len(result.attempts) - MOST_ROWS))
    steps = [step for attempt in shown for step in _next_steps(attempt, reader)][:MOST_STEPS]
    where = [f"[{_('The run, with the report of each file')}]({link})", ""] if LINK.fullmatch(link) else []
    notes = [f"> {_code(note)}" for note in result.notes[:10]]
    scores = {_key(one): one.points for one in shown if one.points is not None}
    points = "".join(f"{path}={score:g};" for path, score in scores.items())
    lines = (MARK, "### ipc-grader", "", head, "|---|---|---|---|", *rows, "", *steps, "", *where)
    return "\n".join((*lines, *notes, "", f"<!-- points: {points} -->", ""))


def points_in(previous: str) -> Mapping[str, float]:
    """The points by file that a comment of ours holds, none if it is not ours."""
    found = SCORES.search(previous) if previous.startswith(MARK) else None
    if found is None:
        return {}
    pairs = (pair.split("=") for pair in found[1].split(";") if pair)
    return {path: float(points) for path, points in pairs if points.replace(".", "", 1).isdigit()}


def _row(attempt: FileAttemptShape, before: Mapping[str, float], language: str) -> str:
    _ = speaker(language)
    points = "–" if attempt.points is None else f"{attempt.points:g}"
    change = ""
    if attempt.points is not None and _key(attempt) in before:
        difference = attempt.points - before[_key(attempt)]
        change = _("{change} since the last push", change=f"{difference:+g}") if difference else _("as before")
    verdict = translate(verdict_word(attempt.verdict), language)
    return f"| {_code(attempt.path)} | {verdict} | {points} / {attempt.max_points:g} | {change} |"


def _next_steps(attempt: FileAttemptShape, reader: Reader) -> Iterator[str]:
    """The check that lost most and what to do about it: one step per file, the report has them all."""
    lost = [check for check in attempt.checks if check.outcome.blames_student]
    for check in sorted(lost, key=lambda check: check.points - check.max_points)[:1]:
        told = check.diagnoses[0] if check.diagnoses else None
        site = told.sites[0] if told and told.sites else None
        place = f"{attempt.path}:{site.line}" if site else attempt.path
        said = translate(told.next_step, reader.language) if told else check.message or ""
        title = reader.titles.get((attempt.exercise, check.id), check.title)
        yield f"- {_code(place)} {_code(title)}: {_code(said)}"
    for problem in attempt.problems[:1]:
        yield f"- {_code(attempt.path)} {_code(problem.message)}"


def _code(text: str) -> str:
    """Text that is no Markdown, no HTML and calls nobody by name, also in a table."""
    plain = clean_line(text, width=200).translate(str.maketrans("`|", "'/"))
    return f"`{plain or ' '}`"


def _key(attempt: FileAttemptShape) -> str:
    return ODD.sub("_", attempt.path)[:200]
