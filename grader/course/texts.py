"""What an exercise tells its students: the text, and three hints of growing strength."""

from __future__ import annotations

import re
from pathlib import Path

from grader.errors import CourseError

HINTS = 3


def read_text(folder: Path, language: str) -> str:
    """The README of the exercise in `language`, English where there is none."""
    return _read(folder, "README", language)[1]


def read_hints(folder: Path, language: str) -> tuple[str, ...]:
    """The three hints, weakest first, each with its heading."""
    path, text = _read(folder, "hints", language)
    sections = [section.strip() for section in re.split(r"^(?=## )", text, flags=re.MULTILINE)[1:]]
    if len(sections) != HINTS:
        raise CourseError(f"{path} has {len(sections)} sections that start with `## `", hint="it must have three")
    return tuple(sections)


def read_stub(folder: Path) -> bytes:
    """The file a student starts from, byte for byte."""
    path = folder / "stub.py"
    try:
        return path.read_bytes()
    except OSError as error:
        raise CourseError(f"{path} cannot be read: {error.strerror}") from error


def _read(folder: Path, name: str, language: str) -> tuple[Path, str]:
    path = folder / f"{name}.{language}.md"
    if language == "en" or not path.is_file():
        path = folder / f"{name}.md"
    try:
        return path, path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CourseError(f"{path} cannot be read: {error}") from error
