"""The grades of a class, one JSON document per line, each with the attempt that it rests on."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from grader.model.grade import Adjustment, Grade
from grader.report.sanitise import clean_line

GRADE = "ipc-grader/grade/1"


def grades_jsonl(grades: Iterable[Grade]) -> bytes:
    """ASCII, a line feed after each line."""
    return b"".join(json.dumps(grade_document(grade)).encode("ascii") + b"\n" for grade in grades)


def grade_document(grade: Grade) -> dict[str, Any]:
    """One grade as plain data; `attempt` is null as long as it is due, and where no file counts."""
    entry, made = grade.entry, grade.adjustment
    return {
        "schema": GRADE,
        "student": entry.student,
        "name": clean_line(entry.name),
        "exercise": entry.exercise,
        "final": grade.final,
        "earned": entry.points,
        "penalty": grade.penalty,
        "late_days": grade.days,
        "charged_days": grade.charged,
        "late": entry.late,
        "handed_in_at": entry.handed_in_at,
        "adjustment": _adjustment(made),
        "overtaken": clean_line(str(grade.overtaken)) if grade.overtaken else None,
        "needs_human": clean_line(str(grade.unclear)) if grade.unclear else None,
        "file": clean_line(entry.origin),
        "digest": entry.digest,
        "attempt": None if entry.document is None else {**entry.document, "student": entry.student},
    }


def _adjustment(made: Adjustment | None) -> dict[str, Any] | None:
    if made is None:
        return None
    said = {"reason": clean_line(made.reason), "by": clean_line(made.by)}
    return {"points": made.points, **said, "made_at": made.made_at}
