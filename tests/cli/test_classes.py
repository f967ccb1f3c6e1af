"""What needs a human is told in a column that can be read, with the way out where there is one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from grader.cli.book import read_book
from grader.cli.class_result import tell
from grader.cli.classes import told_needs, told_unnamed
from grader.cli.help_page import columns
from grader.cli.options import Settings, When
from grader.gradebook.store import Store
from grader.intake.inbox import Inbox
from grader.model.grade import NeedsHuman, Student
from grader.model.message import say
from grader.model.submission import Submission
from tests.cli.classroom import TINY, gradebook

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


def test_whoever_is_silent_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Who is in the roster and of whom nothing has come; not who needs a human."""
    settings = Settings(language="en", color=When.NEVER, json=False, content=TINY, python=None)
    folder = gradebook(tmp_path / "grades", {"ann": 4.0})
    with Store(folder / "gradebook.db") as store:
        (run,) = store.runs()
        store.know(Student(id=name, name=name.title()) for name in ("ann", "fay", "zoé"))
        store.leave_to_humans(run, [replace(NEEDS[0], student="zoé")], ["ex90"])
        tell(read_book(store, folder, run, settings), settings, folder / "class.html")

    assert "\nHanded in nothing (1): Fay\n" in capsys.readouterr().out
