"""`grade run`: which file, which exit code, what is written, what is left when it is interrupted."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.cli.main import answer
from grader.errors import ExitCode, UsageError
from grader.grading import one
from grader.model.attempt import Attempt, CheckResult, Outcome, Verdict, Versions
from grader.model.observation import Isolation, Level
from grader.model.plan import Plan
from grader.suite.examiners import Start

GradeOne = Callable[..., Attempt]


@pytest.fixture(autouse=True)
def here(tiny_course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, with the tiny course as the course."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GRADE_CONTENT", str(tiny_course))
    monkeypatch.setenv("GRADE_LANG", "en")
    return tmp_path


@pytest.fixture
def work(here: Path, tiny_course: Path) -> Path:
    """The student's file: right, and never run in these tests."""
    file = here / "ex90.py"
    file.write_bytes((tiny_course / "submissions" / "passes.py").read_bytes())
    return file


def play(verdict: Verdict, plans: list[Plan] | None = None) -> GradeOne:
    """A grading that comes to `verdict` at once, and keeps its plans."""

    def grade_one(
        plan: Plan, *, on_event: Callable[[str | CheckResult], None], report_json: Path | None, start: Start
    ) -> Attempt:
        if plans is not None:
            plans.append(plan)
        assert report_json is not None
        report_json.write_text("{}", encoding="ascii")
        on_event("doubles")
        return Attempt(
            id="1",
            plan_key=plan.key,
            exercise=plan.exercise.id,
            verdict=verdict,
            points=None if verdict in {Verdict.NOT_GRADED, Verdict.INCONCLUSIVE} else 4.0,
            max_points=10.0,
            blame=None,
            results=(CheckResult(check="doubles", outcome=Outcome.PASSED),),
            problems=(),
            isolation=Isolation(level=Level.NONE),
            versions=Versions(grader="0", python="3", exercise="0"),
            seed=plan.seed,
            started_at=0.0,
            duration=0.0,
        )

    return grade_one


@pytest.mark.parametrize(
    ("verdict", "code"),
    [
        (Verdict.ACCEPTED, 0),
        (Verdict.PARTIAL, 1),
        (Verdict.REJECTED, 1),
        (Verdict.UNGRADABLE, 4),
        (Verdict.NOT_GRADED, 5),
        (Verdict.INCONCLUSIVE, 6),
    ],
)
@pytest.mark.usefixtures("work")
def test_verdict_is_the_exit_code(verdict: Verdict, code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A shell can tell all six apart, but partial from rejected."""
    monkeypatch.setattr(one, "grade_one", play(verdict))

    assert answer(["run", "ex90"]) == code


@pytest.mark.usefixtures("work")
def test_results_lie_beside_the_work(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three files in `.grade/ex90/last`, and nothing else."""
    monkeypatch.setattr(one, "grade_one", play(Verdict.ACCEPTED))
    answer(["ex90"])

    names = sorted(path.name for path in (here / ".grade" / "ex90" / "last").iterdir())
    assert names == ["attempt.json", "pytest.json", "report.html"]
    assert sorted(path.name for path in (here / ".grade" / "ex90").iterdir()) == ["last"]


@pytest.mark.usefixtures("work")
def test_report_is_left_out_and_results_go_elsewhere(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--no-report --out DIR`."""
    monkeypatch.setattr(one, "grade_one", play(Verdict.ACCEPTED))
    answer(["ex90", "--no-report", "--out", "results"])

    assert not (here / ".grade").exists()
    assert not (here / "results" / "ex90" / "last" / "report.html").exists()
    assert (here / "results" / "ex90" / "last" / "attempt.json").exists()


@pytest.mark.usefixtures("work")
def test_json_is_the_attempt_and_nothing_else(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One document on stdout: the one in attempt.json."""
    monkeypatch.setattr(one, "grade_one", play(Verdict.PARTIAL))
    answer(["ex90", "--json"])

    written = (here / ".grade" / "ex90" / "last" / "attempt.json").read_text(encoding="utf-8")
    assert json.loads(capsys.readouterr().out) == json.loads(written)


@pytest.mark.usefixtures("work")
def test_bare_grade_takes_the_next_unsolved(monkeypatch: pytest.MonkeyPatch) -> None:
    """An exercise that was accepted is not the next one."""
    plans: list[Plan] = []
    monkeypatch.setattr(one, "grade_one", play(Verdict.ACCEPTED, plans))
    answer([])
    answer([])

    assert [plan.exercise.id for plan in plans] == ["ex90"]


@pytest.mark.usefixtures("work")
@pytest.mark.parametrize(("verdict", "told"), [(Verdict.ACCEPTED, True), (Verdict.PARTIAL, False)])
def test_bare_grade_ends_with_the_progress(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], verdict: Verdict, *, told: bool
) -> None:
    """After the report; what is next is told once that exercise is solved. A named exercise is told alone."""
    monkeypatch.setattr(one, "grade_one", play(verdict))
    answer([])
    bare = capsys.readouterr().out
    answer(["ex90"])

    assert bare.splitlines()[-3 if told else -1].startswith("Progress: [")
    assert ("Every exercise is solved." in bare) is told
    assert "Progress: [" not in capsys.readouterr().out


@pytest.mark.usefixtures("work")
def test_seed_and_interpreter_reach_the_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was asked for is what is done."""
    plans: list[Plan] = []
    monkeypatch.setattr(one, "grade_one", play(Verdict.ACCEPTED, plans))
    answer(["--python", "python3", "ex90", "--seed", "7"])

    assert plans[0].seed == 7
    assert Path(plans[0].python).is_absolute()


def test_unknown_interpreter_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """Before anything else."""
    assert answer(["ex90", "--python", "python9"]) == ExitCode.USAGE
    assert "python9" in capsys.readouterr().err


def test_missing_file_is_ungradable(capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 4, all checks not run, no points."""
    assert answer(["ex90", "--json"]) == ExitCode.UNGRADABLE

    document = json.loads(capsys.readouterr().out)
    assert (document["verdict"], document["points"]) == ("ungradable", 0.0)
    assert [problem["code"] for problem in document["problems"]] == ["missing-file"]
    assert {check["outcome"] for check in document["checks"] if not check["id"].startswith("hidden")} == {"not_run"}


def test_untouched_stub_is_rejected_and_not_ungradable(
    here: Path, tiny_course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 1: there is nothing wrong with the file."""
    (here / "mine.py").write_bytes((tiny_course / "ex90_tiny" / "stub.py").read_bytes())

    assert answer(["ex90", "mine.py", "--json"]) == ExitCode.NOT_ACCEPTED

    document = json.loads(capsys.readouterr().out)
    assert (document["verdict"], document["problems"][0]["code"]) == ("rejected", "not-started")


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "empty-file"), (b"def f(:\n", "syntax-error"), ("# 锁\nx = 1\n".encode("gbk"), "encoding")],
)
def test_file_that_cannot_be_run_is_ungradable(
    here: Path, content: bytes, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 4, with the reason in both outputs."""
    (here / "ex90.py").write_bytes(content)

    assert answer(["ex90", "--json"]) == ExitCode.UNGRADABLE
    assert json.loads(capsys.readouterr().out)["problems"][0]["code"] == code
    assert answer(["ex90", "--lang", "zh"]) == ExitCode.UNGRADABLE
    assert "ex90" in capsys.readouterr().out


@pytest.mark.usefixtures("work")
def test_place_that_cannot_be_written_is_told_before_grading(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 2 and the way out; nothing was graded in vain."""
    plans: list[Plan] = []
    monkeypatch.setattr(one, "grade_one", play(Verdict.ACCEPTED, plans))
    (here / ".grade").touch()

    assert answer(["ex90"]) == ExitCode.USAGE
    assert "--out DIR" in capsys.readouterr().err
    assert plans == []


@pytest.mark.usefixtures("work")
def test_interrupt_leaves_nothing_behind(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit 130, and the folder looks as before."""

    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(one, "grade_one", interrupt)

    assert answer(["ex90"]) == ExitCode.INTERRUPTED
    assert [path.name for path in here.iterdir()] == ["ex90.py"]


@pytest.mark.usefixtures("work")
def test_isolation_that_is_not_to_be_had_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 2, with what to install; nothing was graded."""

    def refuse(demanded: Level) -> Isolation:
        raise UsageError(f"no {demanded}", hint="apt install bubblewrap")

    plans: list[Plan] = []
    monkeypatch.setattr("grader.cli.commands.run.detect", refuse)
    monkeypatch.setattr(one, "grade_one", play(Verdict.ACCEPTED, plans))

    assert answer(["ex90", "--require-isolation", "namespace"]) == ExitCode.USAGE
    assert "apt install bubblewrap" in capsys.readouterr().err
    assert plans == []


@pytest.mark.usefixtures("work")
def test_name_that_is_mistyped_takes_no_points(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The advice is about the name, `grade list` as before, and the exercise is not the next one again."""
    with monkeypatch.context() as only_now:
        only_now.setattr(one, "grade_one", play(Verdict.ACCEPTED))
        answer(["ex90"])
    capsys.readouterr()

    assert answer(["run", "ex90", "nofile.py"]) == ExitCode.UNGRADABLE
    told = " ".join(capsys.readouterr().out.split())
    assert "Next: Look at the name: `grade ex90 FILE` grades another file, `grade ex90` grades ex90.py." in told
    assert "grade init" not in told
    assert answer(["list"]) == ExitCode.ACCEPTED
    assert "Accepted" in capsys.readouterr().out
