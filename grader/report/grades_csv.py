"""The grades of a run as a table for spreadsheets: UTF-8 with a mark that Excel needs, RFC 4180."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from grader.report.sanitise import clean

COLUMNS = (
    *("student_id", "name", "exercise", "verdict", "points", "max_points", "late", "handed_in_at"),
    *("late_days", "charged_days", "penalty", "adjusted", "adjusted_by", "reason", "final", "attention"),
    *("diagnoses", "isolation", "grader", "attempt", "file"),
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def grades_csv(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """One line per grade; a row has the columns as keys, None where there is nothing to say."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([_cell(row.get(column)) for column in COLUMNS])
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8")


def _cell(value: object) -> str:
    """A cell that no spreadsheet takes for a formula: a student's name may begin with `=`."""
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:g}"
    text = str(clean(str(value)))
    return f"'{text}" if text.startswith(FORMULA) else text
