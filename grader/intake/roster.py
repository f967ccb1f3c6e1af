"""The list of a class: which id is whose name, and who may be late for how long."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path

from grader.errors import UsageError
from grader.model.grade import Student
from grader.model.message import say
from grader.texts import why

LARGEST = 8 * 1024 * 1024
# Headings of the lists that systems export; the first that is there counts.
IDS = ("id", "student_id", "sid", "identifier", "login", "username", "github_username", "email", "学号")
NAMES = ("name", "full_name", "full name", "student", "姓名")
LATE_DAYS = ("late_days", "late days", "宽限天数")


def read_roster(path: Path) -> Mapping[str, Student]:
    """Who is there, by id, ids as they stand there: zeros may lead them. Raises UsageError that names file and line."""
    try:
        with path.open("rb") as file:
            text = file.read(LARGEST).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(say("{path} cannot be read: {reason}", path=str(path), **why(error))) from error
    rows = csv.DictReader(io.StringIO(text, newline=""))
    headings = {heading.strip().lower(): heading for heading in rows.fieldnames or () if heading}
    key = next((headings[name] for name in IDS if name in headings), None)
    name = next((headings[name] for name in NAMES if name in headings), None)
    days = next((headings[name] for name in LATE_DAYS if name in headings), None)
    if key is None or name is None:
        raise UsageError(
            say("{path} has no headings for ids and names", path=str(path)),
            hint=say("its first line should be: id,name"),
        )
    found: dict[str, Student] = {}
    for row in rows:
        student = (row[key] or "").strip()
        if student in found:
            raise UsageError(
                say("{path}, line {line}: {id} is there twice", path=str(path), line=rows.line_num, id=student)
            )
        if student:
            late_days = _days((row[days] or "").strip() if days else "", path, rows.line_num)
            found[student] = Student(id=student, name=(row[name] or student).strip(), late_days=late_days)
    return found


def _days(text: str, path: Path, line: int) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit()):
        raise UsageError(
            say("{path}, line {line}: {text} is no number of late days", path=str(path), line=line, text=repr(text)),
            hint=say("write how many days this student may be late for free, or nothing"),
        )
    return int(text)
