"""What an exercise tells its students: the text, and three hints of growing strength."""

from __future__ import annotations

import re
from pathlib import Path

from grader.errors import CourseError
from grader.model.message import say
from grader.texts import LANGUAGES, why

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


def stub_file(folder: Path, language: str) -> Path:
    """Where the stub in `language` belongs: `stub.py` is the English one, `stub.zh.py` the Chinese one."""
    return folder / ("stub.py" if language == "en" else f"stub.{language}.py")


def read_stub(folder: Path, language: str = "en") -> bytes:
    """The file a student starts from, byte for byte: the one in `language`, the English one where there is none.

    In every language it is the same program; only what it says of itself is another text.
    """
    path = stub_file(folder, language)
    if not path.is_file():
        path = stub_file(folder, "en")
    try:
        return path.read_bytes()
    except OSError as error:
        raise CourseError(say("{path} cannot be read: {reason}", path=str(path), **why(error))) from error


def read_stubs(folder: Path) -> frozenset[bytes]:
    """The stub in each of its languages."""
    return frozenset(read_stub(folder, language) for language in LANGUAGES)


def _read(folder: Path, name: str, language: str) -> tuple[Path, str]:
    path = folder / f"{name}.{language}.md"
    if language == "en" or not path.is_file():
        path = folder / f"{name}.md"
    try:
        return path, path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CourseError(say("{path} cannot be read: {reason}", path=str(path), **why(error))) from error
