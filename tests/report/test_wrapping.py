"""Lines end where a reader of either language ends them, and what is there to be copied stays whole."""

from __future__ import annotations

import io

import pytest
from rich.cells import cell_len
from rich.console import Console

from grader.report.pen import Pen
from grader.report.wrapping import packed, wrapped


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("给一个班级评分。", 8, ["给一个班", "级评分。"]),
        ("甲乙丙，丁", 6, ["甲乙", "丙，丁"]),
        ("写成 Canvas 的格式", 12, ["写成 Canvas", "的格式"]),
        ("内存、seccomp、files、signals", 18, ["内存、seccomp、", "files、signals"]),
        ("见（`grade ex03`）。", 16, ["见（`grade", "ex03`）。"]),
        ("见（`grade ex03`）。", 18, ["见", "（`grade ex03`）。"]),
        ("type `grade init .` now", 14, ["type", "`grade init .`", "now"]),
        ("type `grade init .`; now", 15, ["type", "`grade init .`;", "now"]),
        ("type `grade init .` now", 10, ["type", "`grade", "init .`", "now"]),
        ("  blanks  stay", 9, ["  blanks", "stay"]),
        ("endless-word-without-a-break 好", 6, ["endless-word-without-a-break", "好"]),
        ("", 10, []),
    ],
)
def test_a_line_ends_between_words_and_is_as_wide_as_it_looks(text: str, room: int, lines: list[str]) -> None:
    """Chinese may be torn anywhere but before its punctuation, our words nowhere, commands only if they must."""
    assert list(wrapped(text, room, cell_len)) == lines


def test_commands_side_by_side_are_broken_between_commands_only() -> None:
    """Whoever copies one has all of it; one that has no room at all is broken between its words."""
    commands = ["grade replay ex02 shares_the_room", "grade explain lost-update", "grade hint ex02"]

    assert list(packed(commands, "   ", 74, cell_len)) == ["   ".join(commands[:2]), commands[2]]
    assert list(packed(commands, "   ", 30, cell_len)) == ["grade replay ex02", "shares_the_room", *commands[1:]]


def test_a_word_that_is_wider_than_the_terminal_is_broken() -> None:
    """A path, or what a program printed: no line is wider than the terminal."""
    out = io.StringIO()
    Pen(Console(file=out, width=30)).paragraph("see " + "x" * 70)

    assert [len(line) for line in out.getvalue().splitlines()] == [3, 30, 30, 10]
