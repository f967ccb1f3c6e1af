"""What needs a human is told in a column that can be read, with the way out where there is one."""

from __future__ import annotations

from grader.cli.classes import told_needs, told_unnamed
from grader.cli.help_page import columns
from grader.intake.inbox import Inbox
from grader.model.grade import NeedsHuman
from grader.model.message import say
from grader.model.submission import Submission

NEEDS = tuple(
    NeedsHuman(
        student=name, name=name, exercise=None, message=say("there is no {file}, and nothing else", file="ex01.py")
    )
    for name in ("ann", "dora smith", "李娜", "a name that goes on and on and on and on and on")
)


def test_reasons_stand_in_one_column() -> None:
    """Whatever the width of a name; one that is too long moves only its own."""
    _blank, _title, *lines = told_needs(NEEDS, "en")
    begins = [columns(line.partition("there is no")[0]) for line in lines]

    assert begins[:3] == [begins[0]] * 3
    assert begins[3] > begins[0]
    assert list(told_needs((), "en")) == []


def test_unnamed_files_are_told_how_to_be_named() -> None:
    """Only where nothing was found, and nobody has said which exercise it is."""
    nothing = Inbox(layout="plain", submissions=(), needs_human=NEEDS, names={})
    one = Submission(exercise="ex01", origin="ann/ex01.py", source=b"", digest="")
    some = Inbox(layout="plain", submissions=(one,), needs_human=NEEDS, names={})

    assert "--exercise EX" in list(told_unnamed(nothing, (), "en"))[-1]
    assert list(told_unnamed(nothing, ("ex01",), "en")) == []
    assert list(told_unnamed(some, (), "en")) == []
