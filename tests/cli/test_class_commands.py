"""What an instructor does with a graded class: set points by hand, compare runs."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.cli.book import gradebook_at, read_book
from grader.cli.main import answer
from grader.cli.options import Settings, When
from grader.errors import ExitCode
from grader.gradebook.store import Store
from grader.model.grade import NeedsHuman, Student
from grader.model.message import say
from grader.report.attempt_json import document
from tests.cli.classroom import EXERCISE, TINY, attempt, gradebook

Grade = Callable[..., str]


@pytest.fixture
def grade(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Grade:
    """`grade` on the tiny course in an empty folder: gives stdout, demands the exit code."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GRADE_CONTENT", str(TINY))
    monkeypatch.setenv("GRADE_LANG", "en")

    def run(*arguments: str, code: ExitCode = ExitCode.ACCEPTED) -> str:
        assert answer([*arguments]) == code, capsys.readouterr().err
        told = capsys.readouterr()
        return told.err if code else told.out

    return run


def table(folder: str = "grades") -> dict[str, dict[str, str]]:
    """grades.csv by student."""
    text = (Path(folder) / "grades.csv").read_text("utf-8-sig")
    return {row["student_id"]: row for row in csv.DictReader(io.StringIO(text))}


def test_points_set_by_hand_stand_and_are_flagged(grade: Grade, tmp_path: Path) -> None:
    """A second run with another result leaves them and says so; to take them back is possible."""
    gradebook(tmp_path / "grades", {"ann": 4.0, "bob": 10.0})
    said = grade("adjust", "grades", "ann", "ex90", "9", "--reason", "her machine failed", "--by", "Eva")
    first = table()
    gradebook(tmp_path / "grades", {"ann": 10.0})
    moved = json.loads(grade("compare", "grades@1", "grades", "--json"))
    grade("adjust", "grades", "ann", "ex90", "--take-back", "--reason", "no longer needed")

    assert "name of ann (ann)  ex90  4 -> 9 points" in said
    assert [(first["ann"][key]) for key in ("points", "adjusted", "adjusted_by", "reason", "final")] == [
        *("4", "9", "Eva", "her machine failed", "9")
    ]
    assert (moved["moved"], moved["unchanged"]) == ([], 2)
    assert table()["ann"]["final"] == "10"


def test_points_can_be_set_for_what_was_never_handed_in(grade: Grade, tmp_path: Path) -> None:
    """By whoever is in the roster, or handed in what a human has to look at; everybody else is told who is there."""
    gradebook(tmp_path / "grades", {"ann": 4.0})
    with Store(tmp_path / "grades" / "gradebook.db") as store:
        store.know([Student(id="1005", name="Fay"), Student(id="1006", name="Gus")])
        unclear = NeedsHuman(student="hal", name="Hal", exercise="ex90", message=say("the file is empty"))
        store.leave_to_humans(store.runs()[-1], [unclear], ["ex90"])
    grade("class", "grades")
    before = table()
    said = [
        grade("adjust", "grades", who, "ex90", "3", "--reason", "on paper", "--by", "Eva") for who in ("Gus", "hal")
    ]
    page = (tmp_path / "grades" / "class.html").read_text("utf-8")
    after = table()
    back = grade("adjust", "grades", "1006", "ex90", "--take-back", "--reason", "not hers")

    assert [(one["verdict"], one["final"]) for one in (before["1005"], before["1006"])] == [
        ("nothing_handed_in", "")
    ] * 2
    assert said == ["Gus (1006)  ex90  – -> 3 points\n", "Hal (hal)  ex90  – -> 3 points\n"]
    assert [after["1006"][key] for key in ("name", "max_points", "final", "reason")] == ["Gus", "10", "3", "on paper"]
    assert page.count('<td class="part">3<sup>*</sup></td>') == 1
    assert page.count('<td class="part">3<sup>*?</sup></td>') == 1  # the file is as unclear as before
    assert "the 3 set by hand are taken back; without them: –" in back
    assert table()["1006"]["final"] == ""


def test_what_is_ambiguous_is_neither_nothing_nor_a_zero(grade: Grade, tmp_path: Path) -> None:
    """In the table, the lines of JSON and on the page it is a state of its own, also of who is in no roster."""
    gradebook(tmp_path / "grades", {"ann": 4.0})
    with Store(tmp_path / "grades" / "gradebook.db") as store:
        store.know([Student(id="ann", name="Ann"), Student(id="fay", name="Fay")])
        (run,) = store.runs()
        message = say("there are several files for {file}: {names}", file="ex90.py", names="a, b")
        unclear = [NeedsHuman(student=one, name=one, exercise="ex90", message=message) for one in ("ann", "hal")]
        store.leave_to_humans(run, unclear, ["ex90"])
    grade("class", "grades")
    grade("export", "jsonl", "grades")
    page = (tmp_path / "grades" / "class.html").read_text("utf-8")
    lines = [json.loads(line) for line in (tmp_path / "grades" / "grades.jsonl").read_text().splitlines()]
    told = "there are several files for ex90.py: a, b"

    assert {one: (row["verdict"], row["final"], row["attention"]) for one, row in table().items()} == {
        "ann": ("partial", "4", told),  # the file before counts as long as nobody has said which of these does
        "fay": ("nothing_handed_in", "", ""),
        "hal": ("needs_human", "", f"{told}; not in the roster"),
    }
    assert {one["student"]: (one["final"], one["needs_human"]) for one in lines} == {
        "ann": (4.0, told),
        "fay": (None, None),
        "hal": (None, told),
    }
    assert '<td class="part">4<sup>?</sup></td>' in page
    assert '<td class="unclear"><a href="#needs">?</a></td>\n<td class="total">–</td>' in page
    assert '<td class="absent"></td>\n<td class="total">–</td>' in page


def test_points_for_what_the_class_does_not_have_are_refused(grade: Grade, tmp_path: Path) -> None:
    """More often than not it is a typing error, and would give everybody a cell; who means it says so."""
    with Store(tmp_path / "grades" / "gradebook.db") as store:
        store.begin_run(started_at=1.0, seed=1, source="/class", layout="plain")
        store.know([Student(id="fay", name="Fay"), Student(id="gus", name="Gus")])
    words = ("adjust", "grades", "fay", "ex90", "3", "--reason", "on paper")
    refused = grade(*words, code=ExitCode.USAGE)
    grade("class", "grades")
    before = table()
    said = grade(*words, "--new-exercise")
    again = grade("adjust", "grades", "gus", "ex90", "4", "--reason", "on paper")

    assert "nobody of this class has handed in ex90" in refused
    assert "its exercises are: -; with --new-exercise" in refused
    assert before == {}
    assert (said, again) == ("Fay (fay)  ex90  – -> 3 points\n", "Gus (gus)  ex90  – -> 4 points\n")


def test_compare_names_whose_grade_would_move(grade: Grade, tmp_path: Path) -> None:
    """With both grades and the check that came out differently; the first run stays as it was."""
    gradebook(tmp_path / "grades", {"ann": 4.0, "bob": 10.0}, {"ann": 10.0, "bob": 10.0, "cem": 0.0})
    told = grade("compare", "grades@1", "grades@2")

    assert "name of ann (ann)  ex90  4 -> 10" in told
    assert "failed, now passed" in told
    assert "Grades that would move: 2 (up: 1, down: 0); that stay: 1." in told
    assert "would move: 0" in grade("compare", "grades@2", "grades")


def test_late_days_come_from_the_class(grade: Grade, tmp_path: Path) -> None:
    """`class.toml` beside the gradebook is the policy; a mistake in it is told with its file and key."""
    gradebook(tmp_path / "grades", {"ann": 10.0})
    toml = tmp_path / "grades" / "class.toml"
    toml.write_text('[policy]\ncounts = "best"\nlate_penalty = 0.1\n[deadlines]\nex90 = 2026-12-01T12:00:00+01:00\n')
    grade("compare", "grades", "grades")
    toml.write_text("[policy]\nlate_penality = 0.1\n")
    misspelt = grade("compare", "grades", "grades", code=ExitCode.USAGE)
    (tmp_path / "empty").mkdir()
    before_grading = grade("batch", "empty", "--require-isolation", "none", code=ExitCode.USAGE)
    toml.write_text("[deadlines]\nex90 = 2026-12-01T12:00:00\n")
    zoneless = grade("compare", "grades", "grades", code=ExitCode.USAGE)
    toml.write_text("[deadlines]\nex9 = 2026-12-01T12:00:00+01:00\n")
    unknown = grade("compare", "grades", "grades", code=ExitCode.USAGE)

    assert "unknown key 'late_penality' in policy" in misspelt
    assert before_grading == misspelt
    assert "did you mean 'late_penalty'?" in misspelt
    assert "class.toml: deadlines.ex90 does not say in which time zone" in zoneless
    assert "'ex9', which is no exercise" in unknown


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("adjust", "nowhere", "ann", "ex90", "3", "--reason", "x"), "there is no gradebook in nowhere"),
        (("adjust", "grades@7", "ann", "ex90", "3", "--reason", "x"), "grades has no run 7"),
        (("adjust", "grades", "anne", "ex90", "3", "--reason", "x"), "did you mean ann?"),
        (("adjust", "grades", "ann", "ex91", "3", "--reason", "x"), "there is no exercise 'ex91'"),
        (("adjust", "grades", "ann", "ex90", "-1", "--reason", "x"), "points are from 0 to what the exercise gives"),
        (("adjust", "grades", "ann", "ex90", "11", "--reason", "x"), "ex90 gives from 0 to 10 points"),
        (("adjust", "grades", "ann", "ex90", "--reason", "x"), "either the points or --take-back"),
        (("adjust", "grades", "ann", "ex90", "--take-back", "--reason", "x"), "nobody has set the points"),
        (("compare", "grades", "elsewhere"), "there is no gradebook in elsewhere"),
    ],
)
def test_mistakes_are_told_with_the_way_out(grade: Grade, tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    """And end with 2; nothing is made where there was nothing."""
    gradebook(tmp_path / "grades", {"ann": 4.0})

    assert said in grade(*words, code=ExitCode.USAGE)
    assert not (tmp_path / "nowhere").exists()


def test_gradebook_can_be_named_in_several_ways(grade: Grade, tmp_path: Path) -> None:
    """By its folder, by its file, and a folder may have an `@` in its name."""
    gradebook(tmp_path / "grades", {"ann": 4.0})
    shutil.copytree(tmp_path / "grades", tmp_path / "ws@2")

    assert "would move: 0" in grade("compare", "grades/gradebook.db", "ws@2")
    assert "would move: 0" in grade("compare", "ws@2@1", "grades@1")


def test_what_comes_out_differently_again_needs_a_human(tmp_path: Path) -> None:
    """The same file under the same plan, graded twice with two verdicts."""
    gradebook(tmp_path / "grades", {"ann": 4.0, "bob": 4.0})
    settings = Settings(language="en", color=When.NEVER, json=False, content=TINY, python=None)
    with gradebook_at(str(tmp_path / "grades")) as (store, folder, run):
        ann, bob = store.entries(run)
        store.keep(ann.plan_key, document(attempt(10.0), EXERCISE), 1)
        store.keep(bob.plan_key, document(attempt(4.0), EXERCISE), 1)
        book = read_book(store, folder, run, settings)

    assert [(one.student, str(one.message)) for one in book.needs_human] == [
        ("ann", "did not come out the same each time: 1 x partial, 1 x accepted")
    ]
