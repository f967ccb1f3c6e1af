"""Mutants are the accepted solutions, each broken in one place, none of them twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.authoring.mutants import Known, as_files, mutants_of, read_known
from grader.authoring.specimens import Kind, Specimen
from grader.errors import CourseError
from tests.authoring.specimens import EXERCISE

LOCKED = """def double(n):
    return 2 * n

def add_many(counter, guard, n):
    with guard:
        counter.value += n
"""
ENTRY = """[[equivalent]]
solution = "*"
operator = "drop_with"
function = "add_many"
site = "{site}"
reason = "nobody else adds"
"""


def accepted(folder: Path, name: str, text: str) -> Specimen:
    """An accepted solution."""
    home = folder / "ex90_tiny" / "accepted"
    home.mkdir(parents=True, exist_ok=True)
    (home / f"{name}.py").write_text(text, encoding="utf-8")
    return Specimen(exercise=EXERCISE, kind=Kind.ACCEPTED, path=home / f"{name}.py")


def test_mutant_says_what_was_broken_where(tmp_path: Path) -> None:
    """Operator, function, line and the text that was there."""
    found = {one.operator: one for one in mutants_of([accepted(tmp_path, "locked", LOCKED)], ())}
    one = found["drop_with"]

    assert (one.function, one.line, one.site) == ("add_many", 5, "with guard:")
    assert "with" not in one.source
    assert set(found) == {"drop_with", "release_without_finally"}


def test_function_that_two_solutions_share_is_broken_once(tmp_path: Path) -> None:
    """What is the same need not be tried again; what differs is."""
    first = accepted(tmp_path, "first", LOCKED)
    second = accepted(tmp_path, "second", LOCKED.replace("2 * n", "n + n"))

    assert len(list(mutants_of([first, second], ()))) == len(list(mutants_of([first], ())))


def test_mutant_that_is_no_program_is_left_out(tmp_path: Path) -> None:
    """A `break` whose loop became an `if` cannot be compiled: no check would have to see through it."""
    text = "def double(n):\n    while n:\n        queue.get()\n        break\n"

    assert [one.operator for one in mutants_of([accepted(tmp_path, "breaks", text)], ())] == ["without_waiting"]


@pytest.mark.parametrize(("site", "right"), [("with guard:", True), ("*", True), ("with lock:", False)])
def test_entry_makes_a_mutant_known(tmp_path: Path, site: str, *, right: bool) -> None:
    """The reason stands beside the solutions; a star is any text."""
    origin = accepted(tmp_path, "locked", LOCKED)
    (tmp_path / "ex90_tiny" / "equivalent.toml").write_text(ENTRY.format(site=site), encoding="utf-8")
    known = read_known([origin])
    found = {one.operator: one.known for one in mutants_of([origin], known)}

    assert known == (
        Known(solution="*", operator="drop_with", function="add_many", site=site, reason="nobody else adds"),
    )
    assert (found["drop_with"] is not None, found["release_without_finally"]) == (right, None)


def test_entry_may_be_about_one_solution(tmp_path: Path) -> None:
    """The same change in another one can be a mistake."""
    origins = [accepted(tmp_path, "first", LOCKED), accepted(tmp_path, "second", LOCKED.replace("+= n", "+= n + 0"))]
    entry = ENTRY.format(site="*").replace('solution = "*"', 'solution = "second"')
    (tmp_path / "ex90_tiny" / "equivalent.toml").write_text(entry, encoding="utf-8")
    found = {
        one.origin.path.stem: one.known
        for one in mutants_of(origins, read_known(origins))
        if "drop_with" in one.operator
    }

    assert (found["first"], found["second"] is not None) == (None, True)


@pytest.mark.parametrize("text", ["[[equivalent]]\noperator = 1\n", ENTRY.format(site=""), "equivalent ="])
def test_entry_that_says_too_little_is_refused(tmp_path: Path, text: str) -> None:
    """Without a reason, nobody could tell it from a survivor that was hushed up."""
    origin = accepted(tmp_path, "locked", LOCKED)
    (tmp_path / "ex90_tiny" / "equivalent.toml").write_text(text, encoding="utf-8")

    with pytest.raises(CourseError, match=r"equivalent\.toml"):
        read_known([origin])


def test_files_of_mutants_that_are_no_more_are_removed(tmp_path: Path) -> None:
    """What lies in the folder can be tried, and is up to date."""
    out = tmp_path / "out"
    as_files(mutants_of([accepted(tmp_path, "locked", LOCKED)], ()), out)
    files = as_files(mutants_of([accepted(tmp_path, "other", LOCKED)], ()), out)

    assert sorted(out.rglob("*.py")) == sorted(files)
    assert all(path.name.startswith("other.") for path in files)
