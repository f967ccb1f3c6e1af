"""Files that share long sequences are found whatever their names; the stub and what everybody writes are nobody's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from grader.intake.alike import File, alike, fingerprints

FOLDERS = sorted(path.parent for path in (Path(__file__).parents[2] / "exercises").glob("*/stub.py"))
SOLUTIONS = Path(__file__).parents[2] / "solutions" / "ex05_pool" / "accepted"
STUB = (Path(__file__).parents[2] / "exercises" / "ex05_pool" / "stub.py").read_bytes()


def solutions() -> list[bytes]:
    """Right programs for one exercise, each of another design."""
    return [path.read_bytes() for path in sorted(SOLUTIONS.glob("*.py"))]


def renamed(source: bytes) -> bytes:
    """The same program as somebody hands it in who hopes that nobody looks."""
    text = re.sub(r"\b(results?|pool|items?|job|value)\b", lambda found: f"my_{found[0]}_2", source.decode())
    return ("# all my own work\n" + text.replace("    ", "  ")).encode()


def test_a_renamed_copy_is_found() -> None:
    """With other names, comments and indentation; the pair comes with its lines."""
    others = solutions()
    copied = max(others, key=len)
    files = [File(students=(str(number),), source=source) for number, source in enumerate(others)]
    files.append(File(students=("copy",), source=renamed(copied)))
    first = alike("ex05", files, STUB)[0]

    assert (first.first, first.second) == ((str(others.index(copied)),), ("copy",))
    assert first.share > 0.9
    assert all(1 <= begin <= end for begin, end in first.lines)


def test_the_stub_is_nobodys() -> None:
    """Two who wrote nothing have nothing in common."""
    files = [File(students=(name,), source=STUB + f"\n# {name}\n".encode()) for name in ("a", "b")]

    assert alike("ex05", files, STUB) == ()


@pytest.mark.parametrize("folder", FOLDERS, ids=[folder.name for folder in FOLDERS])
def test_stub_is_the_same_tokens_in_either_language(folder: Path) -> None:
    """What was given is taken from both who began in English and who began in Chinese."""
    english, chinese = (fingerprints((folder / name).read_bytes()) for name in ("stub.py", "stub.zh.py"))

    assert english.keys() == chinese.keys()


def test_what_a_large_class_shares_comes_from_the_lecture() -> None:
    """Ten who all wrote the same way: no pair among them stands out; two of many do."""
    same = [File(students=(str(number),), source=max(solutions(), key=len)) for number in range(10)]
    many = [File(students=(f"other {number}",), source=b"x = 1\n") for number in range(10)]

    assert alike("ex05", same, STUB) == ()
    assert len(alike("ex05", [*same[:2], *many], STUB)) == 1


def test_what_is_no_python_has_no_fingerprints() -> None:
    """Neither bytes, nor an empty file, nor one that ends in the middle, make it fail."""
    assert fingerprints(b"\xff\xfe\x00") == {}
    assert fingerprints(b"") == {}
    assert isinstance(fingerprints(b"def f(:\n  '''"), dict)
