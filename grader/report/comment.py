"""The one comment of a pull request, made of an artifact: hostile, so decoded exactly and escaped wholly."""

from __future__ import annotations

import re
from collections.abc import Mapping

from grader.documents import CiShape, FileAttemptShape, Malformed, read_document
from grader.report.sanitise import clean_line

MARK = "<!-- ipc-grader -->"
SCORES = re.compile(r"^<!-- points: ((?:[\w./ -]{1,200}=[0-9.]{1,8};){0,300}) -->$", re.MULTILINE)
LARGEST = 200 * 1024  # bytes of the artifact
MOST_ROWS = 60
ODD = re.compile(r"[^\w./ -]")


def read_result(data: bytes) -> CiShape:
    """The result in an artifact; raises Malformed."""
    if len(data) > LARGEST:
        raise Malformed(f"it is larger than {LARGEST // 1024} KiB")
    return read_document(data, CiShape)


def comment(result: CiShape, previous: str) -> str:
    """Markdown; `previous` is the comment as it stands, to tell what changed since."""
    before = points_in(previous)
    rows = [_row(attempt, before) for attempt in result.attempts[:MOST_ROWS]]
    more = [f"… and {len(result.attempts) - MOST_ROWS} more"] if len(result.attempts) > MOST_ROWS else []
    notes = [f"> {_code(note)}" for note in result.notes[:10]]
    scores = {_key(one): one.points for one in result.attempts[:MOST_ROWS] if one.points is not None}
    points = "".join(f"{path}={score:g};" for path, score in scores.items())
    lines = (MARK, "### ipc-grader", "", "| file | verdict | points | |", "|---|---|---|---|", *rows, *more, "")
    return "\n".join((*lines, *notes, "", f"<!-- points: {points} -->", ""))


def points_in(previous: str) -> Mapping[str, float]:
    """The points by file that a comment of ours holds, none if it is not ours."""
    found = SCORES.search(previous) if previous.startswith(MARK) else None
    if found is None:
        return {}
    pairs = (pair.split("=") for pair in found[1].split(";") if pair)
    return {path: float(points) for path, points in pairs if points.replace(".", "", 1).isdigit()}


def _row(attempt: FileAttemptShape, before: Mapping[str, float]) -> str:
    points = "–" if attempt.points is None else f"{attempt.points:g}"
    change = ""
    if attempt.points is not None and _key(attempt) in before:
        difference = attempt.points - before[_key(attempt)]
        change = f"{difference:+g} since the last push" if difference else "as before"
    return f"| {_code(attempt.path)} | {attempt.verdict.value} | {points} / {attempt.max_points:g} | {change} |"


def _code(text: str) -> str:
    """Text that is no Markdown, no HTML and calls nobody by name, also in a table."""
    plain = clean_line(text, width=200).translate(str.maketrans("`|", "'/"))
    return f"`{plain or ' '}`"


def _key(attempt: FileAttemptShape) -> str:
    return ODD.sub("_", attempt.path)[:200]
