"""A stub is recognised whatever its docstrings and comments say; one that does anything else is a submission."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from grader.course.read import read_exercise
from grader.course.texts import read_stub
from grader.intake.collect import LARGEST, take_in
from grader.intake.untouched import FAR, first_difference, same_program
from grader.model.submission import ProblemCode

EXERCISES = Path(__file__).parents[2] / "exercises"
FOLDERS = sorted(path.parent for path in EXERCISES.glob("*/stub.py"))
STUB = '''"""ex90."""

import math


class Bad(Exception):
    """Raised by `double`."""


def double(number: int = 1, *, unit="m"):
    """Twice the number."""
    raise NotImplementedError
'''
QUOTED = re.compile(r"`[^`]+`|\b\d+\b|\b[A-Z]\w*Error\b|\bNone\b(?! of)|\bTrue\b|\bFalse\b")


def documented(path: Path) -> list[str]:
    """The docstrings of a module, in order."""
    return [
        ast.get_docstring(node) or ""
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
    ]


@pytest.mark.parametrize("folder", FOLDERS, ids=[folder.name for folder in FOLDERS])
@pytest.mark.parametrize("own_syntax", [True, False])
def test_chinese_stub_of_each_exercise_is_not_started(folder: Path, *, own_syntax: bool) -> None:
    """It is compared with the English one, which is all that intake is given."""
    content = read_stub(folder, "zh")
    assert content != read_stub(folder)
    taken = take_in(content, "any.py", read_exercise(folder), read_stub(folder), own_syntax=own_syntax)

    assert [problem.code for problem in taken.problems] == [ProblemCode.NOT_STARTED]


@pytest.mark.parametrize("folder", FOLDERS, ids=[folder.name for folder in FOLDERS])
def test_chinese_contract_names_what_the_english_one_names(folder: Path) -> None:
    """Every piece of code, every number and every exception stands in the docstring of the same place."""
    english, chinese = documented(folder / "stub.py"), documented(folder / "stub.zh.py")
    assert len(english) == len(chinese)
    for one, other in zip(english, chinese, strict=True):
        assert not one or re.search(r"[\u4e00-\u9fff]", other)
        assert set(QUOTED.findall(one)) - set(QUOTED.findall(other)) == set()


@pytest.mark.parametrize(
    "text",
    [
        STUB,
        STUB.replace('"""ex90."""', '"""第九十个练习。"""'),
        STUB.replace("Twice the number.", "Twice. I shall ask what `unit` is for.\n\n    More.\n    "),
        STUB.replace("    raise", "    # where do I begin?\n    raise"),
        STUB.replace('    """Twice the number."""\n', ""),
        STUB.replace("\n", "\r\n").replace("    ", "\t"),
        STUB.replace('unit="m"', "unit='m'"),
    ],
)
def test_other_words_are_the_same_program(text: str) -> None:
    """Docstrings, comments, blanks, ends of lines and kinds of quotes do nothing."""
    assert same_program(text, STUB)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("raise NotImplementedError", "pass", 12),
        ("raise NotImplementedError", "raise NotImplementedError()", 12),
        ("raise NotImplementedError", "return 2 * number\n    raise NotImplementedError", 12),
        ("raise NotImplementedError", "raise NotImplementedError\n    return 2", 13),
        ("raise NotImplementedError", "raise NotImplementedError\n    'a text'", 13),
        ("raise NotImplementedError", "raise NotImplementedError\n\n\nx = 1", 15),
        ("raise NotImplementedError", "f'raise'\n    raise NotImplementedError", 12),
        ("number: int = 1", "number: int = True", 10),
        ("number: int = 1", "number: int = 1.0", 10),
        ("number: int = 1", "number: int", 10),
        ("number: int", "numbers: int", 10),
        ('unit="m"', 'unit=b"m"', 10),
        ("def double", "async def double", 10),
        ("def double", "@cache\ndef double", 10),
        ("import math", "import math as m", 3),
        ("import math\n", "", 5),
        ("(Exception)", "(ValueError)", 6),
        ('    """Raised by `double`."""', "    pass", 7),
    ],
)
def test_anything_else_is_another_program(old: str, new: str, line: int) -> None:
    """The first line that differs is told."""
    text = STUB.replace(old, new, 1)

    assert not same_program(text, STUB)
    assert first_difference(ast.parse(text), ast.parse(STUB)) == line


@pytest.mark.parametrize(
    "text",
    [
        "",
        "def f(:\n",
        STUB + "\0",
        "\ud800",
        "(" * 5000,
        "-" * 60_000 + "1",
        "x" + ".x" * 30_000,
        "x = " + "9" * 5000,
        STUB + "#" * LARGEST,
        STUB.replace("Twice", "a\\d" + "a" * FAR * 2),
    ],
)
def test_what_cannot_be_parsed_or_is_far_too_long_is_no_stub(text: str) -> None:
    """Whoever sent it; and nothing is raised or warned of."""
    assert not same_program(text, STUB)
