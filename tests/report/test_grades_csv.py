"""The table of grades opens in a spreadsheet as what it is: text is text, numbers are numbers, nothing is a formula."""

from __future__ import annotations

import csv
import io

import pytest

from grader.report.grades_csv import COLUMNS, grades_csv


def read(content: bytes) -> list[dict[str, str]]:
    """As a spreadsheet reads it."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_table_has_a_mark_for_excel_and_all_columns() -> None:
    """Without the mark Excel takes Chinese names for something else."""
    content = grades_csv([{"student_id": "0042", "name": "张伟", "points": 7.5, "late": None}])

    assert content.startswith(b"\xef\xbb\xbf" + ",".join(COLUMNS).encode())
    assert [read(content)[0][name] for name in ("student_id", "name", "points", "late")] == ["0042", "张伟", "7.5", ""]


@pytest.mark.parametrize("name", ["=1+1", "+49", "-x", "@SUM(A1)", "\tx"])
def test_no_name_is_a_formula(name: str) -> None:
    """A student's name, or a file's, may be made to run when the teacher opens the table."""
    assert read(grades_csv([{"name": name}]))[0]["name"].startswith("'")


def test_points_below_zero_would_stay_numbers() -> None:
    """Only text is guarded."""
    assert read(grades_csv([{"points": -1.5}]))[0]["points"] == "-1.5"


def test_text_of_students_is_cleaned() -> None:
    """Control characters and bidi marks are shown, commas and quotes stay inside their cell."""
    assert read(grades_csv([{"file": 'a,"b"\x1b[31m\u202ec'}]))[0]["file"] == 'a,"b"⟦U+202E⟧c'
