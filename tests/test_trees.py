"""The tree of any text is there, quietly."""

from __future__ import annotations

import ast

import pytest

from grader.trees import LONGEST, tree_of


def test_a_program_has_its_tree() -> None:
    """What Python can read is the tree that Python makes of it."""
    assert ast.dump(tree_of("x = 1\n")) == ast.dump(ast.parse("x = 1\n"))


@pytest.mark.parametrize(
    "text",
    [
        "def f(:",
        "x = 'a\0b'",
        "(" * 1000,
        "-" * 100_000 + "1",
        "x = 1\n" * (LONGEST // 6 + 1),
        "\ud800",
    ],
    ids=["syntax", "nul", "deep", "operators", "long", "surrogate"],
)
def test_what_is_no_program_has_a_tree_that_holds_nothing(text: str) -> None:
    """Whatever a stranger writes, nothing is raised."""
    assert tree_of(text).body == []


@pytest.mark.filterwarnings("error")
def test_the_parser_warns_nobody() -> None:
    """A warning about a student's literal would go to the person who grades."""
    assert tree_of(r"x = '\d'" + "\n").body
