"""What is kept beside a student's work, and what is not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from grader.cli.work import Work
from grader.errors import UsageError
from grader.model.attempt import Verdict


def keep(work: Work, verdict: str, points: float | None = 10.0, *, own: bool = True) -> None:
    """Keep an attempt of ex90."""
    with work.next_attempt("ex90", own=own) as folder:
        (folder / "attempt.json").write_text(json.dumps({"verdict": verdict, "points": points}), encoding="utf-8")


def everything_below(folder: Path) -> list[str]:
    """Names of all files and folders."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_last_attempt_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    """There is one `last`, whole, and nothing beside it."""
    work = Work(tmp_path / ".grade")
    for verdict in ("rejected", "partial", "accepted"):
        keep(work, verdict)

    last = work.standing("ex90")

    assert last is not None
    assert last.verdict is Verdict.ACCEPTED
    assert everything_below(tmp_path / ".grade") == [".gitignore", "ex90", "ex90/last", "ex90/last/attempt.json"]


def test_results_stay_out_of_git(tmp_path: Path) -> None:
    """A student who commits everything does not commit results."""
    keep(Work(tmp_path / ".grade"), "accepted")

    assert (tmp_path / ".grade" / ".gitignore").read_text(encoding="ascii") == "*\n"


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, ValueError])
def test_interrupted_attempt_leaves_nothing_behind(tmp_path: Path, error: type[BaseException]) -> None:
    """No folder, not even an empty one."""
    with pytest.raises(error), Work(tmp_path / ".grade").next_attempt("ex90"):
        raise error

    assert everything_below(tmp_path) == []


def test_interrupted_attempt_keeps_the_one_before(tmp_path: Path) -> None:
    """What was known yesterday is still known."""
    work = Work(tmp_path / ".grade")
    keep(work, "partial", 7.0)
    with pytest.raises(KeyboardInterrupt), work.next_attempt("ex90"):
        raise KeyboardInterrupt

    last = work.standing("ex90")

    assert last is not None
    assert last.points == 7.0


def test_folder_that_cannot_be_written_is_refused_with_the_way_out(tmp_path: Path) -> None:
    """Before anything is graded: the user should not wait for nothing."""
    (tmp_path / ".grade").touch()
    with pytest.raises(UsageError, match="cannot be written") as caught, Work(tmp_path / ".grade").next_attempt("ex90"):
        pytest.fail("it was graded")

    assert "--out DIR" in str(caught.value.hint)


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'{"verdict": "splendid", "points": 1}', b'{"verdict": "partial"}', b"[" * 9999, b"\xff"],
)
def test_spoilt_attempt_is_no_attempt(tmp_path: Path, content: bytes) -> None:
    """A file that somebody edited stops nothing."""
    work = Work(tmp_path)
    work.last_folder("ex90").mkdir(parents=True)
    (work.last_folder("ex90") / "attempt.json").write_bytes(content)

    assert work.standing("ex90") is None


def test_attempt_without_points_is_read(tmp_path: Path) -> None:
    """Inconclusive attempts have none."""
    keep(Work(tmp_path), "inconclusive", None)
    last = Work(tmp_path).standing("ex90")

    assert last is not None
    assert (last.verdict, last.points) == (Verdict.INCONCLUSIVE, None)


def test_hints_are_counted_where_it_is_possible(tmp_path: Path) -> None:
    """Where nothing can be written, the count stays at none."""
    (tmp_path / "file").touch()
    for root, count in ((tmp_path / ".grade", 2), (tmp_path / "file", 0)):
        work = Work(root)
        work.remember_hints("ex90", 2)

        assert work.hints_read("ex90") == count


@pytest.mark.parametrize(
    ("verdict", "points", "own", "stands"),
    [
        ("ungradable", 0.0, True, 7.0),
        ("ungradable", 0.0, False, 7.0),
        ("not_graded", None, True, 7.0),
        ("partial", 6.0, True, 6.0),
        ("partial", 6.0, False, 7.0),
        ("inconclusive", None, False, 7.0),
        ("accepted", 10.0, False, 10.0),
    ],
)
def test_points_are_taken_away_by_the_own_file_only(
    tmp_path: Path, verdict: str, points: float | None, stands: float, *, own: bool
) -> None:
    """And only if it was graded: whoever mistypes a name, or tries another file, loses nothing, however often."""
    work = Work(tmp_path)
    keep(work, "partial", 7.0)
    for _ in range(2):
        keep(work, verdict, points, own=own)
    standing, last = work.standing("ex90"), work.last_document("ex90")

    assert standing is not None
    assert standing.points == stands
    assert last is not None
    assert last["verdict"] == verdict


def test_after_a_reset_nothing_stands(tmp_path: Path) -> None:
    """What stood in spite of a last attempt that does not count goes with it; the first hint comes first again."""
    work = Work(tmp_path)
    work.remember_hints("ex90", 3)
    keep(work, "accepted")
    keep(work, "ungradable", 0.0)
    work.begin_anew("ex90")

    assert work.standing("ex90") is None
    assert work.hints_read("ex90") == 0
