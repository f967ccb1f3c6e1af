"""What an exercise tells its students: the text, and three hints of growing strength."""

from __future__ import annotations

import re
from pathlib import Path

from grader.errors import CourseError
from grader.model.message import say

HINTS = 3


def read_text(folder: Path, language: str) -> str:
    """The README of the exercise in `language`, English where there is none."""
    return _read(folder, "README", language)[1]


def read_hints(folder: Path, language: str) -> tuple[str, ...]:
    """The three hints, weakest first, each with its heading."""
    path, text = _read(folder, "hints", language)
    sections = [section.strip() for section in re.split(r"^(?=## )", text, flags=re.MULTILINE)[1:]]
    if len(sections) != HINTS:
        raise CourseError(
            say("{path} has {count} sections that start with `## `", path=str(path), count=len(sections)),
            hint=say("it must have three"),
        )
    return tuple(sections)


def read_stub(folder: Path) -> bytes:
    """The file a student starts from, byte for byte."""
    path = folder / "stub.py"
    try:
        return path.read_bytes()
    except OSError as error:
        reason = str(error.strerror)
        raise CourseError(say("{path} cannot be read: {reason}", path=str(path), reason=reason)) from error


def _read(folder: Path, name: str, language: str) -> tuple[Path, str]:
    path = folder / f"{name}.{language}.md"
    if language == "en" or not path.is_file():
        path = folder / f"{name}.md"
    try:
        return path, path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CourseError(say("{path} cannot be read: {reason}", path=str(path), reason=str(error))) from error
