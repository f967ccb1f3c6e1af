"""What `grade batch` answers when something of ours fails: the disk, a slot; and that nothing is lost by it."""

from __future__ import annotations

import dataclasses
import errno
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from grader.cli.commands import batch
from grader.cli.main import answer
from grader.errors import ExitCode, GraderFault
from grader.grading.executors import Running
from grader.model.attempt import Attempt, Blame, Outcome, Verdict
from grader.model.message import say
from grader.model.plan import Plan
from tests.cli.classroom import TINY, attempt

Batch = Callable[..., tuple[int, str, str]]


@pytest.fixture
def class_of_two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Ann and Bob with files of their own, in an empty folder that is the current one."""
    for student in ("ann", "bob"):
        (tmp_path / "class" / student).mkdir(parents=True)
        (tmp_path / "class" / student / "ex90.py").write_text(f"# {student}\ndef double(n): return n * 2\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def grade(class_of_two: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Batch:
    """Grades the class by a runner that gives these outcomes in turn: exit code, stdout, stderr."""
    monkeypatch.setattr(batch, "detect", lambda _level: None)

    def run(
        *outcomes: Attempt | GraderFault, words: tuple[str, ...] = ("--json",), where: str = "class"
    ) -> tuple[int, str, str]:
        def runner(plans: Sequence[Plan]) -> Running:
            yield from list(enumerate(outcomes))[: len(plans)]

        monkeypatch.setattr(batch, "runner_for", lambda _executor, _slots: runner)
        code = answer(["--content", str(TINY), "--lang", "en", "batch", str(class_of_two / where), *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def fallen() -> Attempt:
    """One in which a box could not be opened, which is told by its checks."""
    failed = attempt(0.0)
    message = say("the grader could not run it: {why}", why="no space left")
    results = tuple(dataclasses.replace(one, outcome=Outcome.ERROR, message=message) for one in failed.results)
    return dataclasses.replace(failed, results=results, verdict=Verdict.NOT_GRADED, points=None, blame=Blame.GRADER)


def full(*_: object) -> int:
    """Writing to a disk on which there is no room."""
    raise OSError(errno.ENOSPC, "No space left on device")


def test_who_could_not_be_graded_is_in_the_exit_code(grade: Batch) -> None:
    """5, never a zero, with the reason; the same command grades only what is missing."""
    code, out, _ = grade(attempt(10.0), GraderFault("a slot ended early"))
    needs = json.loads(out)["needs_human"]
    second, still, _ = grade(fallen())
    again, whole, _ = grade(attempt(4.0))

    assert (code, [one["student"] for one in needs]) == (ExitCode.GRADER_FAULT, ["bob"])
    assert needs[0]["message"].endswith("run the same command again. a slot ended early")
    assert (second, json.loads(still)["needs_human"][0]["message"][-13:]) == (ExitCode.GRADER_FAULT, "no space left")
    assert (again, [one["points"] for one in json.loads(whole)["attempts"]]) == (ExitCode.ACCEPTED, [10.0, 4.0])


def test_full_disk_keeps_what_was_graded(grade: Batch, class_of_two: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first report does not fit: that is told with the way out; when there is room, the report is written."""
    with monkeypatch.context() as small:
        small.setattr(Path, "write_bytes", full)
        code, _, said = grade(attempt(10.0), attempt(4.0))
    page = class_of_two / "grades/students/ann/ex90.html"
    before = page.exists()
    again, out, _ = grade(attempt(4.0))

    assert (code, before) == (ExitCode.USAGE, False)
    assert "grades/students/ann: no space is left on the disk" in said
    assert "what was graded is kept, and the same command goes on" in said
    assert (again, [one["points"] for one in json.loads(out)["attempts"]]) == (ExitCode.ACCEPTED, [10.0, 4.0])
    assert 'content="10"' in page.read_text("utf-8")


def test_what_is_new_after_all_was_graded_is_another_run(grade: Batch, class_of_two: Path) -> None:
    """One that was cut off is gone on with; what did not change is not graded again, and that is said."""
    ann = class_of_two / "class" / "ann" / "ex90.py"
    grade(attempt(10.0), GraderFault("cut off"))
    _, whole, _ = grade(attempt(4.0), words=())
    _, idle, _ = grade(words=())
    ann.write_text("def double(n): return n + n\n")
    _, changed, _ = grade(attempt(6.0), words=())
    _, fresh, _ = grade(attempt(6.0), attempt(4.0), words=("--fresh",))
    assert answer(["--content", str(TINY), "--lang", "en", "compare", "grades@1", "grades@2"]) == 0

    assert ("graded now: 1, kept: 1." in whole, "graded now: 0, kept: 2." in idle) == (True, True)
    assert "grade compare" not in whole + idle
    assert "graded now: 1, kept: 1." in changed
    assert "grade compare grades@1 grades@2" in changed
    assert ("graded now: 2, kept: 0." in fresh, "grade compare grades@2 grades@3" in fresh) == (True, True)


def test_same_file_of_two_is_graded_once_for_both(grade: Batch, class_of_two: Path) -> None:
    """Which is why there are fewer attempts than files."""
    one, other = (class_of_two / "class" / name / "ex90.py" for name in ("ann", "bob"))
    other.write_bytes(one.read_bytes())
    _, said, progress = grade(attempt(10.0), words=())

    assert "Files: 2; graded now: 2, kept: 0.\nAttempts: 1, as the same file" in said
    assert progress == "1/1  ex90  ann, bob\n"


def test_page_of_a_student_tells_the_points_that_a_human_has_set(
    grade: Batch, class_of_two: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the reason, as long as they hold; and they count in the average."""
    page = class_of_two / "grades/students/ann/ex90.html"
    grade(attempt(10.0), attempt(4.0))
    before = page.read_bytes()
    adjust = ["--content", str(TINY), "--lang", "en", "adjust", "grades", "ann", "ex90", "--by", "Eva", "--reason"]
    answer([*adjust, "a copy", "6"])
    adjusted = page.read_text("utf-8")
    _, said, _ = grade(words=())
    answer([*adjust, "no copy", "--take-back"])
    capsys.readouterr()

    assert "What counts is 6 points, set by hand by Eva: a copy" in adjusted
    assert "5.0 points on average" in said
    assert page.read_bytes() == before


def test_table_is_of_all_runs_whichever_was_gone_on_with(grade: Batch, class_of_two: Path) -> None:
    """A folder whose run was cut off is finished after another folder: both are in the table and on the page."""
    (class_of_two / "late" / "cem").mkdir(parents=True)
    (class_of_two / "late" / "cem" / "ex90.py").write_text("def double(n): return 2 * n\n")
    grade(attempt(10.0), GraderFault("cut off"))
    grade(attempt(6.0), where="late")
    _, out, _ = grade(attempt(4.0))
    table = (class_of_two / "grades" / "grades.csv").read_text("utf-8-sig").splitlines()[1:]

    assert [one["points"] for one in json.loads(out)["attempts"]] == [10.0, 4.0]
    assert [row.split(",")[4] for row in table] == ["10", "4", "6"]
    assert (class_of_two / "grades/students/bob/ex90.html").is_file()
    assert not (class_of_two / "grades" / "grades@1.csv").exists()
