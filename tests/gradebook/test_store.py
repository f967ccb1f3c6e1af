"""The gradebook keeps what it was given, whole, for several batches at once, and refuses what it does not know."""

from __future__ import annotations

import contextlib
import dataclasses
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.gradebook.schema import MIGRATIONS, VERSION
from grader.gradebook.store import Store
from grader.model.grade import Adjustment, NeedsHuman, Student
from grader.model.message import say
from grader.model.submission import Submission
from tests.grading.samples import plan

STUDENTS = ("0042", "0043")


def submission() -> Submission:
    """Of a group of two."""
    return Submission(exercise="ex03", origin="a.zip/ex03.py", source=b"x", digest="d", students=STUDENTS, late=True)


def test_grade_is_due_until_its_attempt_is_kept(tmp_path: Path) -> None:
    """One attempt is the grade of every student of a group."""
    wanted = plan()
    with Store(tmp_path / "out" / "gradebook.db") as store:
        run = store.begin_run(started_at=1.0, seed=7, source="/class", layout="plain")
        store.expect(run, [(submission(), wanted)], {"0042": "张伟"})
        before = store.entries(run)
        store.keep(wanted.key, {"verdict": "accepted", "points": 10.0})
        after = store.entries(run)
        source = store.source("d")

    assert source == b"x"
    assert [(one.student, one.document) for one in before] == [("0042", None), ("0043", None)]
    assert {(one.student, one.name, one.late, one.origin) for one in after} == {
        ("0042", "张伟", True, "a.zip/ex03.py"),
        ("0043", "0043", True, "a.zip/ex03.py"),
    }
    assert [one.document for one in after] == [{"verdict": "accepted", "points": 10.0}] * 2


def test_a_run_is_taken_up_by_its_source(tmp_path: Path) -> None:
    """The newest one counts; of another folder there is none."""
    with Store(tmp_path / "gradebook.db") as store:
        store.begin_run(started_at=1.0, seed=7, source="/class", layout="plain")
        second = store.begin_run(started_at=2.0, seed=8, source="/class", layout="plain")

        assert store.last_run("/class") == second
        assert store.last_run("/another") is None


def test_what_was_kept_outlives_the_process_that_kept_it(tmp_path: Path) -> None:
    """Also when it never closed the gradebook."""
    path = tmp_path / "gradebook.db"
    Store(path).keep("key", {"verdict": "partial"})

    with Store(path) as store:
        assert store.attempt("key") == {"verdict": "partial"}
        assert store.attempt("key", repeat=1) is None


def test_two_batches_write_at_once(tmp_path: Path) -> None:
    """Each waits for the other, from the making of the file on; nothing is lost."""
    path = tmp_path / "gradebook.db"

    def keep(number: int) -> None:
        with Store(path) as store:
            for part in range(10):
                store.keep(f"{number}-{part}", {"verdict": "accepted"})

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(keep, range(4)))
    with Store(path) as store:
        assert all(store.attempt(f"{number}-{part}") for number in range(4) for part in range(10))


def test_a_gradebook_that_another_batch_just_makes_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite itself would say `locked` at once while another one turns to write-ahead logging."""
    path = tmp_path / "gradebook.db"
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr("grader.gradebook.store.time.sleep", lambda _seconds: other.execute("COMMIT"))
    with Store(path) as store:
        assert store.runs() == ()
    other.close()


def test_an_attempt_that_another_batch_kept_stands(tmp_path: Path) -> None:
    """Two batches at once may grade the same: it counts once, and what is known of it fits what was kept."""
    with Store(tmp_path / "gradebook.db") as store:
        store.keep("key", {"verdict": "accepted"}, facts=b"first")
        store.keep("key", {"verdict": "partial"}, facts=b"second")

        assert (store.repeats("key"), store.facts("key")) == (({"verdict": "accepted"},), b"first")
        assert store.facts("other") is None


def test_who_writes_without_end_is_told_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another command that was stopped in the middle; room on the disk would be no help."""
    monkeypatch.setattr("grader.gradebook.store.PATIENCE", 0.01)
    path = tmp_path / "gradebook.db"
    with Store(path) as store, contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(UsageError, match="database is locked") as refused:
            store.keep("key", {})
        assert "stopped" in str(refused.value.hint)


def test_every_file_of_a_student_is_kept(tmp_path: Path) -> None:
    """In the order in which they were met; one that is met again is the last."""
    with Store(tmp_path / "gradebook.db") as store:
        run = store.begin_run(started_at=1.0, seed=7, source="/class", layout="plain")
        for digest in ("a", "b", "a"):
            mine = dataclasses.replace(submission(), digest=digest, students=("1",))
            store.expect(run, [(mine, dataclasses.replace(plan(), key=f"key-{digest}"))], {})

        assert [one.digest for one in store.entries(run)] == ["b", "a"]


def test_what_needs_a_human_is_kept_of_the_last_run_on_each_source(tmp_path: Path) -> None:
    """What was unclear in an earlier look at the same folder is no longer so."""
    with Store(tmp_path / "gradebook.db") as store:
        for source, student in (("/ex03", "1"), ("/ex04", "2"), ("/ex03", "3")):
            run = store.begin_run(started_at=1.0, seed=7, source=source, layout="plain")
            message = say("{file} is a text file", file="x.txt")
            unclear = NeedsHuman(student=student, name="A", exercise="ex03", message=message)
            store.leave_to_humans(run, [unclear], ["ex03"])
        left = store.left_to_humans(run)

    assert [(one.student, str(one.message)) for one in left] == [(one, "x.txt is a text file") for one in "23"]


def test_what_is_unclear_in_one_exercise_outlives_a_look_at_another(tmp_path: Path) -> None:
    """The same folder graded exercise by exercise is one run: each look replaces what it was about, and about all."""
    message = say("{file} is a text file", file="x.txt")
    with Store(tmp_path / "gradebook.db") as store:
        run = store.begin_run(started_at=1.0, seed=7, source="/class", layout="plain")
        for asked, found in ((["ex03", "ex04"], ["ex03", None]), (["ex04"], ["ex04"]), (["ex04"], [])):
            unclear = [NeedsHuman(student="1", name="A", exercise=exercise, message=message) for exercise in found]
            store.leave_to_humans(run, unclear, asked)
        before = [one.exercise for one in store.left_to_humans(run)]
        run = store.begin_run(started_at=2.0, seed=7, source="/class", layout="plain")
        assert [one.exercise for one in store.left_to_humans(run)] == before  # also by the next run
        store.leave_to_humans(run, [], ["ex03", "ex04"])

        assert (before, store.left_to_humans(run)) == (["ex03"], ())


def test_the_roster_given_last_is_the_roster(tmp_path: Path) -> None:
    """Who was in another one by mistake is gone."""
    with Store(tmp_path / "gradebook.db") as store:
        store.know([Student(id="A", name="A")])
        store.know([Student(id="1", name="Zoë Late")])

        assert list(store.students()) == ["1"]


def test_the_last_word_of_a_human_holds(tmp_path: Path) -> None:
    """Over the words before, until it is taken back."""
    made = Adjustment(
        student="1", exercise="ex03", points=8.0, reason="r", by="Eva", made_at=1.0, plan_key="k", earned=5.0
    )  # fmt: skip
    with Store(tmp_path / "gradebook.db") as store:
        store.adjust(made)
        store.adjust(dataclasses.replace(made, points=9.0, earned=None))
        held = store.adjustments()
        store.adjust(made, take_back=True)

        assert (held, store.adjustments()) == ((dataclasses.replace(made, points=9.0, earned=None),), ())


def test_gradebook_of_an_older_grader_is_taken_over(tmp_path: Path) -> None:
    """Step by step: what it held is there, under today's layout."""
    path = tmp_path / "gradebook.db"
    with sqlite3.connect(path) as connection:
        for statement in filter(str.strip, MIGRATIONS[0].split(";")):
            connection.execute(statement)
        connection.execute("PRAGMA user_version = 1")
        connection.execute("INSERT INTO runs VALUES (1, 1.0, 7, '/class', 'plain')")
        connection.execute('INSERT INTO attempts VALUES (\'key\', 0, \'{"verdict": "accepted", "points": 10.0}\')')
        connection.execute("INSERT INTO grades VALUES (1, '0042', 'ex03', '张伟', 'a.zip/ex03.py', NULL, 1, 'key')")
    connection.close()
    with Store(path) as store:
        (run,) = store.runs()
        (entry,) = store.entries(run)

    assert (entry.student, entry.name, entry.late, entry.points) == ("0042", "张伟", True, 10.0)


def test_newer_gradebook_is_refused_and_left_alone(tmp_path: Path) -> None:
    """An older grader would not know what it destroys."""
    path = tmp_path / "gradebook.db"
    with Store(path):
        pass
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()
    before = path.read_bytes()

    with pytest.raises(UsageError, match="written by a newer grader"):
        Store(path)
    assert path.read_bytes() == before


def test_what_is_no_gradebook_is_told(tmp_path: Path) -> None:
    """With its name, and the way out."""
    path = tmp_path / "gradebook.db"
    path.write_bytes(b"something else, and long enough to be looked at" * 40)

    with pytest.raises(UsageError, match="cannot be used") as refused:
        Store(path)
    assert "--out" in str(refused.value.hint)


def test_full_disk_is_told_and_loses_nothing(tmp_path: Path) -> None:
    """What was kept before is still there."""
    path = tmp_path / "gradebook.db"
    with Store(path) as store:
        store.keep("first", {"verdict": "accepted"})
        store._connection.execute("PRAGMA max_page_count = 8")
        with pytest.raises(UsageError, match="full") as refused:
            store.keep("second", {"verdict": "x" * 100_000})
        assert "the same command goes on" in str(refused.value.hint)
        assert store.attempt("first") == {"verdict": "accepted"}
        assert store.attempt("second") is None
