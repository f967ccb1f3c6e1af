"""What a solution promises is read from its first lines; a header that promises nothing is the author's to mend."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.authoring.specimens import Kind, Promise, solutions_root, specimens_of
from grader.errors import CourseError, UsageError
from grader.model.attempt import Outcome
from tests.authoring.specimens import EXERCISE, TINY


def rejected(folder: Path, text: str) -> Path:
    """The folder of solutions in which one rejected solution has that text."""
    home = folder / "ex90_tiny" / "rejected"
    home.mkdir(parents=True)
    (home / "one.py").write_text(text, encoding="utf-8")
    return folder


def test_stub_and_solutions_come_in_the_order_of_the_table(tmp_path: Path) -> None:
    """The English stub, and no other; then what is accepted, then what is rejected, each by name."""
    solutions = rejected(tmp_path, "# expect: doubles failed -\n")
    (solutions / "ex90_tiny" / "accepted").mkdir()
    (solutions / "ex90_tiny" / "accepted" / "two.py").touch()
    found = specimens_of(EXERCISE, solutions)

    assert [one.name for one in found] == ["ex90/stub", "ex90/accepted/two", "ex90/rejected/one"]
    assert found[0].path == EXERCISE.folder / "stub.py"
    assert [one.kind for one in found] == [Kind.STUB, Kind.ACCEPTED, Kind.REJECTED]


def test_header_promises_outcome_and_diagnosis(tmp_path: Path) -> None:
    """A dash demands no diagnosis."""
    text = "# expect: doubles failed lost-update\n# expect: refuses_text skipped -\n"
    found = specimens_of(EXERCISE, rejected(tmp_path, text))[-1]

    assert found.promises == (
        Promise(check="doubles", outcome=Outcome.FAILED, code="lost-update"),
        Promise(check="refuses_text", outcome=Outcome.SKIPPED),
    )


def test_header_may_leave_a_check_to_luck(tmp_path: Path) -> None:
    """For a program that races: it passes there, or comes out as said."""
    text = "# expect: doubles failed -\n# may: refuses_text hung -\n"
    found = specimens_of(EXERCISE, rejected(tmp_path, text))[-1]

    assert found.promises[1:] == (Promise(check="refuses_text", outcome=Outcome.HUNG, certain=False),)


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("# may: doubles failed -\n", "one.py does not say what it fails", "# expect:"),
        ("", "one.py does not say what it fails", "# expect:"),
        ("# expect: doubles failed\n", "one.py:1: a header has three words", "# expect:"),
        ("\n# expect: doubels failed -\n", "one.py:2: there is no check 'doubels'", "did you mean 'doubles'?"),
        ("# expect: doubles fails -\n", "one.py:1: there is no outcome 'fails'", "did you mean 'failed'?"),
        ("# expect: doubles passed -\n", "one.py:1: there is no outcome 'passed'", ""),
    ],
)
def test_header_that_cannot_be_kept_is_refused(tmp_path: Path, text: str, message: str, hint: str) -> None:
    """The error names file and line, and the way out."""
    with pytest.raises(CourseError) as refusal:
        specimens_of(EXERCISE, rejected(tmp_path, text))

    assert str(refusal.value).endswith(message)
    assert hint in str(refusal.value.hint)


def test_solutions_lie_in_or_beside_the_course(tmp_path: Path) -> None:
    """A course of one's own may keep them in its own folder; ours lie beside."""
    assert solutions_root(TINY, None) == TINY.parent / "solutions"
    (tmp_path / "solutions").mkdir()
    assert solutions_root(tmp_path, None) == tmp_path / "solutions"


def test_folder_of_solutions_that_is_asked_for_must_exist(tmp_path: Path) -> None:
    """A misspelt `--solutions` must not look like a course without solutions."""
    with pytest.raises(UsageError, match="nowhere"):
        solutions_root(TINY, tmp_path / "nowhere")
