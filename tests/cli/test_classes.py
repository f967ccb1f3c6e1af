"""What needs a human is told in a column that can be read, with the way out where there is one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from grader.cli.book import read_book
from grader.cli.class_result import Done, tell
from grader.cli.classes import told_needs, told_unnamed
from grader.cli.commands.batch import is_new
from grader.cli.display import console_for, show_table
from grader.cli.help_page import columns
from grader.cli.main import answer
from grader.cli.options import Settings, When
from grader.gradebook.store import Store
from grader.intake.inbox import Inbox
from grader.model.grade import NeedsHuman, Student
from grader.model.message import say, several
from grader.model.submission import Submission
from grader.texts import LANGUAGES, listed, translate
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
        done = Done(run=run, files=1, graded=0, attempts=0, kept=1, shared=0, faults={})
        store.know(Student(id=name, name=name.title()) for name in ("ann", "fay", "zoé"))
        store.leave_to_humans(run, [replace(NEEDS[0], student="zoé")], ["ex90"])
        tell(read_book(store, folder, run, settings), settings, folder / "class.html", done)

    assert "\nHanded in nothing (1): Fay\n" in capsys.readouterr().out


def test_a_new_file_that_is_not_graded_is_another_students(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever hands in what somebody else did is told of apart from those whose file was graded before."""
    settings = Settings(language="en", color=When.NEVER, json=False, content=TINY, python=None)
    folder = gradebook(tmp_path / "grades", {"ann": 4.0})
    handed_in = Submission(exercise="ex90", origin="x", source=b"", digest="d", students=("bob", "cem"))
    with Store(folder / "gradebook.db") as store:
        (run,) = store.runs()
        done = Done(run=run, files=2, graded=0, attempts=0, kept=2, shared=1, faults={})
        tell(read_book(store, folder, run, settings), settings, folder / "class.html", done)

    assert "Kept though new: 1, the same as a file of another student's." in capsys.readouterr().out
    assert is_new(handed_in, {("ann", "ex90", "d"), ("bob", "ex90", "c"), ("cem", "ex91", "d")})
    assert not is_new(handed_in, {("cem", "ex90", "d")})


def test_inbox_says_who_is_missing_and_what_to_type_next(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A row fits: whose file it is, its name, what is wrong with it; not the folder that names the student again."""
    place = tmp_path / "class" / "Ann Lee_1001_assignsubmission_file" / "ex90.py"
    place.parent.mkdir(parents=True)
    place.write_text("x = (")
    roster = tmp_path / "roster.csv"
    roster.write_text("id,name\n1001,Ann Lee\n1006,Zoë Late\n", "utf-8")
    words = ["inbox", str(tmp_path / "class"), "--exercise", "ex90", "--roster", str(roster)]
    code = answer(["--content", str(TINY), "--lang", "en", *words])
    said = capsys.readouterr().out

    assert code == 0
    assert said.splitlines()[1].startswith("Ann Lee (1001)  ex90  ex90.py    this is not Python")
    assert "\nHanded in nothing (1): Zoë Late\n" in said
    assert said.endswith(f"\nNext: grade batch {tmp_path / 'class'} --exercise ex90 --roster {roster}\n")


def test_who_is_not_in_the_roster_needs_a_human(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Before anything is graded, and on the page; without a roster nobody is a stranger."""
    (tmp_path / "class").mkdir()
    for name in ("ann.py", "locked.py"):
        (tmp_path / "class" / name).write_text("x = 1\n")
    roster = tmp_path / "roster.csv"
    roster.write_text("id,name\nann,Ann\n")
    words = ["--content", str(TINY), "--lang", "en", "inbox", str(tmp_path / "class")]
    answer([*words, "--roster", str(roster)])
    said = capsys.readouterr().out
    answer([*words])
    without = capsys.readouterr().out
    settings = Settings(language="en", color=When.NEVER, json=False, content=TINY, python=None)
    folder = gradebook(tmp_path / "grades", {"ann": 4.0, "locked": 10.0})
    with Store(folder / "gradebook.db") as store:
        store.know([Student(id="ann", name="Ann")])
        book = read_book(store, folder, store.runs()[-1], settings)

    assert "\nNeeds a human:\n  locked  not in the roster\n" in said
    assert "not in the roster" not in without
    assert [(one.student, str(one.message)) for one in book.needs_human] == [("locked", "not in the roster")]
    assert [(one.student, one.final) for one in book.grades] == [("ann", 4.0), ("locked", 10.0)]


def test_files_named_after_nothing_are_not_told_of_one_exercise(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where several were asked for, the first of them is no better than the others."""
    for name in ("ann.py", "notes.txt"):
        (tmp_path / name).write_text("x = 1\n")
    answer(["--lang", "en", "inbox", str(tmp_path)])
    missing = answer(["--lang", "en", "inbox", str(tmp_path / "nowhere")])
    said = capsys.readouterr()

    assert "ann    no file is named after an exercise; there is: ann.py" in said.out
    assert "ex01.py" not in said.out
    assert (missing, "there is no folder or archive" in said.err, "(or the .zip)" in said.err) == (2, True, True)


def test_lists_are_written_as_each_language_does() -> None:
    """Values of a message and what is said at once; machine output is English."""
    message = say("there are: {names}", **several("names", ("ann", "bob")))

    assert (str(message), message.values["names_zh"]) == ("there are: ann, bob", "ann、bob")
    assert translate(message, "zh").endswith("ann、bob")
    assert [listed(("ann", "bob"), language) for language in LANGUAGES] == ["ann, bob", "ann、bob"]


def test_nothing_of_a_row_is_cut_off(capsys: pytest.CaptureFixture[str]) -> None:
    """A name without a blank that is too long goes on in the next line."""
    console = console_for(When.NEVER, {})
    console.width = 20
    show_table(console, [("a" * 30, "late")])

    assert capsys.readouterr().out.count("a") == 30 + 1
