"""What Python says of a broken file is told in the reader's language, with Python's own words."""

from __future__ import annotations

import re

import pytest

from grader import texts
from grader.intake.python_words import WORDS, in_words, no_python
from grader.intake.syntax import first_error

BROKEN = [
    "def f()\n    pass\n",
    "def f():\npass\n",
    "if True:\nx = 1\n",
    "x = (1, 2\n",
    "x = 1)\n",
    "x = [1)\n",
    "x = [\n1)\n",
    "print 'hello'\n",
    "x = 'hello\n",
    "x = '''hello\n",
    "x = 1\n  y = 2\n",
    "if 1:\n        x = 1\n    y = 1\n",
    "print(1，2)\n",
    "x = 1\u200b\n",
    "x = [1 2]\n",
    "if x = 1:\n    pass\n",
    "f() = 1\n",
    "f(a=1, 2)\n",
    "f(a=1, a=2)\n",
    "def f(a, a): pass\n",
    "x = 1a\n",
    "x = 007\n",
    "try:\n    pass\nx = 1\n",
    "return 1\n",
    "break\n",
    "continue\n",
    "def f():\n    x = 1\n    global x\n",
    "def f():\n    nonlocal x\n",
    "x = 'C:\\Users\\ann'\n",
    "x = 1 \\ 2\n",
    "x = = 1\n",
]


@pytest.mark.parametrize("text", BROKEN)
def test_chinese_of_a_mistake_holds_chinese_and_pythons_words(text: str) -> None:
    """A beginner reads what is wrong in Chinese, and can search for what Python prints."""
    mistake = first_error(text)

    assert mistake is not None
    _, _, reason = texts.translate(mistake.message, "zh").partition("：")
    assert re.search(r"[\u4e00-\u9fff]", reason), reason
    assert re.search(r"[a-z]{4}", reason), reason


@pytest.mark.parametrize("words", [one.template for one in WORDS])
def test_english_is_what_python_said(words: str) -> None:
    """In English nothing is added to Python's words, and nothing lost."""
    said = re.sub(r"\{.*?\}", "x", words)

    assert str(in_words(said)) == said
    assert in_words(said).template == words


def test_words_that_nobody_knows_are_told_as_they_are() -> None:
    """A newer Python has other words; braces in them are no fields."""
    assert texts.translate(no_python("expression {x!r} is no fun"), "zh").endswith("expression {x!r} is no fun")
