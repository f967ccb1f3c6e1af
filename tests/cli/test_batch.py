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

    def run(*outcomes: Attempt | GraderFault) -> tuple[int, str, str]:
        def runner(plans: Sequence[Plan]) -> Running:
            yield from list(enumerate(outcomes))[: len(plans)]

        monkeypatch.setattr(batch, "runner_for", lambda _executor, _slots: runner)
        code = answer(["--content", str(TINY), "--lang", "en", "batch", str(class_of_two / "class"), "--json"])
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
    assert "No space left on device" in said
    assert "what was graded is kept, and the same command goes on" in said
    assert (again, [one["points"] for one in json.loads(out)["attempts"]]) == (ExitCode.ACCEPTED, [10.0, 4.0])
    assert 'content="10"' in page.read_text("utf-8")
