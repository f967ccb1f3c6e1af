"""The small commands of a student: what they print, write and leave alone."""

from __future__ import annotations

import json
import re
import webbrowser
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.cli.main import answer
from grader.cli.work import Work
from grader.errors import ExitCode

Grade = Callable[..., str]


def attempted(verdict: str = "accepted") -> None:
    """Leave an attempt at ex90 as `grade` does."""
    with Work(Path(".grade")).next_attempt("ex90") as folder:
        (folder / "attempt.json").write_text(f'{{"verdict": "{verdict}", "points": 10.0}}', encoding="utf-8")


@pytest.fixture
def grade(
    tiny_course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Grade:
    """`grade` on the tiny course in an empty folder: gives stdout, demands the exit code."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GRADE_CONTENT", str(tiny_course))
    monkeypatch.setenv("GRADE_LANG", "en")

    def run(*arguments: str, code: ExitCode = ExitCode.ACCEPTED) -> str:
        assert answer([*arguments]) == code
        told = capsys.readouterr()
        return told.err if code else told.out

    return run


def test_list_shows_the_last_verdicts(grade: Grade) -> None:
    """Before the first attempt, and after it."""
    assert "not tried" in grade("list")
    with Work(Path(".grade")).next_attempt("ex90") as folder:
        (folder / "attempt.json").write_text('{"verdict": "partial", "points": 7.0}', encoding="utf-8")

    assert "7 / 10" in grade("list")
    assert "小练习" in grade("list", "--lang", "zh")
    assert json.loads(grade("list", "--json"))["exercises"] == [
        {"id": "ex90", "slug": "ex90_tiny", "title": "Tiny", "verdict": "partial", "points": 7.0, "max_points": 10.0}
    ]


def test_hints_grow_stronger_each_time(grade: Grade) -> None:
    """The third is the last; any can be asked for by number."""
    heads = [grade("hint", "ex90").splitlines()[2] for _ in range(4)]

    assert heads == ["## What twice means", "## Where the lock belongs", *["## Almost the program"] * 2]
    assert json.loads(grade("hint", "ex90", "1", "--json"))["number"] == 1
    assert "两倍是什么" in grade("--lang", "zh", "hint", "ex90", "1")


def test_who_has_read_all_hints_is_told_so(grade: Grade) -> None:
    """The third says nothing of it, the fourth time it is said; without an exercise it is the current one."""
    told = [grade("hint") for _ in range(4)]

    assert ["read all 3 hints" in text for text in told] == [False, False, False, True]
    assert "3 条提示都已经看过" in grade("--lang", "zh", "hint")


def test_a_hint_out_of_turn_does_not_turn_back(grade: Grade) -> None:
    """Reading the first again leaves the next one the next."""
    grade("hint", "ex90")
    grade("hint", "ex90")
    grade("hint", "ex90", "1")

    assert "3 / 3" in grade("hint", "ex90")


@pytest.mark.parametrize("number", ["0", "4", "first"])
def test_there_are_three_hints(grade: Grade, number: str) -> None:
    """Any other number is a mistake at the keyboard."""
    assert "grade" in grade("hint", "ex90", number, code=ExitCode.USAGE)


def test_explain_without_a_code_lists_every_diagnosis(grade: Grade) -> None:
    """Code and title, for people and for tools."""
    titles = json.loads(grade("explain", "--json"))["codes"]

    assert titles["lost-update"] == "An update was lost"
    assert [line.split()[0] for line in grade("explain").splitlines()] == sorted(titles)


def test_explain_shows_the_page_in_both_languages(grade: Grade) -> None:
    """Capital letters and underscores are forgiven."""
    assert grade("explain", "lost-update") == grade("explain", "LOST_UPDATE")
    assert "## What to try" in grade("explain", "lost-update")
    assert json.loads(grade("explain", "lost-update", "--lang", "zh", "--json"))["text"].startswith("# ")


def test_unknown_code_gets_a_suggestion(grade: Grade) -> None:
    """As an exercise does."""
    assert "did you mean lost-update?" in grade("explain", "lost-updat", code=ExitCode.USAGE)


def test_init_writes_stubs_and_texts_and_nothing_over_them(grade: Grade, tiny_course: Path) -> None:
    """Called again, it brings back what is gone and keeps what is there."""
    grade("init", "work")
    Path("work/ex90.py").write_text("mine", encoding="utf-8")
    Path("work/ex90.md").unlink()

    assert json.loads(grade("init", "work", "--json")) == {
        "schema": "ipc-grader/init/1",
        "folder": "work",
        "written": ["ex90.md"],
        "kept": ["ex90.py", ".gitignore"],
        "ignored": [],
    }
    assert Path("work/ex90.py").read_text(encoding="utf-8") == "mine"
    assert Path("work/ex90.md").read_bytes() == (tiny_course / "ex90_tiny" / "README.md").read_bytes()


def test_init_keeps_results_out_of_git(grade: Grade) -> None:
    """Who commits everything commits neither results nor bytecode."""
    grade("init", "work")

    assert Path("work/.gitignore").read_text(encoding="ascii") == ".grade/\n__pycache__/\n.venv/\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"*.log\n/.grade\n", b"*.log\n/.grade\n__pycache__/\n.venv/\n"),
        (b"*.log\r\n__pycache__\r\n", b"*.log\r\n__pycache__\r\n.grade/\r\n.venv/\r\n"),
        ("# 不要提交".encode("gbk"), "# 不要提交".encode("gbk") + b"\n.grade/\n__pycache__/\n.venv/\n"),
        (b"", b".grade/\n__pycache__/\n.venv/\n"),
    ],
)
def test_init_adds_to_a_gitignore_what_is_missing(grade: Grade, before: bytes, after: bytes) -> None:
    """What stood there stays, and so do its ends of lines; it is told once."""
    Path("work").mkdir()
    Path("work/.gitignore").write_bytes(before)

    assert "added to .gitignore: " in grade("init", "work")
    assert Path("work/.gitignore").read_bytes() == after
    assert "added" not in grade("init", "work")
    assert Path("work/.gitignore").read_bytes() == after


@pytest.mark.parametrize(
    ("folder", "typed"),
    [("work", "cd work"), ("my work", "cd 'my work'"), ("作业", "cd 作业"), ("第一 周/作业", "cd '第一 周/作业'")],
)
def test_init_says_what_to_type_next(grade: Grade, folder: str, typed: str) -> None:
    """A folder whose name has a space is quoted, and Chinese is not."""
    assert f"Next: {typed}, read ex90.md, then grade ex90" in grade("init", folder).splitlines()
    assert "Next: read ex90.md, then grade ex90" in grade("init", ".").splitlines()


def test_init_where_nothing_can_be_written_is_refused(grade: Grade) -> None:
    """A file is in the way."""
    Path("work").touch()

    assert "cannot be written" in grade("init", "work", code=ExitCode.USAGE)


def test_after_a_reset_the_exercise_is_not_tried(grade: Grade) -> None:
    """It is the next one again, and what to do is said; a stub in another file changes nothing."""
    attempted()
    grade("reset", "ex90", "other.py")
    assert "10 / 10" in grade("list")

    assert "Next: write ex90.py, then `grade ex90`" in grade("reset", "ex90")
    assert "not tried" in grade("list")
    assert Path(".grade/ex90/before-reset/attempt.json").is_file()
    assert "下一步" in grade("--lang", "zh", "reset", "ex90")


def test_report_of_an_exercise_that_was_not_tried_names_it(grade: Grade) -> None:
    """Other exercises may have one."""
    assert "no report of ex90 in .grade" in grade("report", "ex90", code=ExitCode.USAGE)


def test_init_in_another_language_says_how_to_keep_it(grade: Grade) -> None:
    """The command to type next keeps the language; nothing is said where the environment has it already."""
    told = grade("init", "a", "--lang", "zh")

    assert "grade ex90 --lang zh" in told
    assert "export GRADE_LANG=zh" in told
    assert "GRADE_LANG" not in grade("init", "b")


def test_reset_keeps_the_old_work(grade: Grade, tiny_course: Path) -> None:
    """Twice reset is twice kept; an untouched stub is not worth a copy."""
    stub = (tiny_course / "ex90_tiny" / "stub.py").read_bytes()
    for work in (b"first", b"second"):
        Path("ex90.py").write_bytes(work)
        grade("reset", "ex90")

    assert "your work is kept" not in grade("reset", "ex90")
    assert Path("ex90.py").read_bytes() == stub
    assert Path("ex90.before-reset-1.py").read_bytes() == b"first"
    assert Path("ex90.before-reset-2.py").read_bytes() == b"second"
    assert len(list(Path().iterdir())) == 3


def test_stub_is_written_in_the_language_of_the_reader(grade: Grade, tiny_course: Path) -> None:
    """Another language is no reason to keep a copy of a stub in which nobody wrote; a note in it is."""
    english, chinese = ((tiny_course / "ex90_tiny" / name).read_bytes() for name in ("stub.py", "stub.zh.py"))
    grade("init", ".", "--lang", "zh")
    assert Path("ex90.py").read_bytes() == chinese

    assert "is kept" not in grade("reset", "ex90")
    assert Path("ex90.py").read_bytes() == english
    grade("reset", "ex90", "--lang", "zh")
    assert Path("ex90.py").read_bytes() == chinese
    assert list(Path().glob("*before-reset*")) == []

    Path("ex90.py").write_bytes(chinese + b"# ask about spawn\n")
    assert "is kept" in grade("reset", "ex90")
    assert Path("ex90.before-reset-1.py").read_bytes() == chinese + b"# ask about spawn\n"


def test_doctor_says_how_well_a_run_is_isolated(grade: Grade) -> None:
    """In words for people, in a document for tools."""
    told = grade("doctor")
    assert "isolation" in told
    assert re.search(r"^writable here +yes *$", told, re.MULTILINE)
    document = json.loads(grade("doctor", "--json"))
    assert document["schema"] == "ipc-grader/doctor/1"
    assert document["isolation"]["level"] in {"none", "limits", "user", "namespace"}
    assert "fork" in document["start_methods"]


def test_report_says_where_the_last_page_lies(grade: Grade, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the exercise that was named, or of the last attempt of all; a browser opens it if asked."""
    opened: list[str] = []

    def browse(url: str) -> bool:
        opened.append(url)
        return True

    monkeypatch.setattr(webbrowser, "open", browse)
    assert "no report" in grade("report", code=ExitCode.USAGE)
    with Work(Path(".grade")).next_attempt("ex90") as folder:
        (folder / "attempt.json").write_text('{"verdict": "partial", "points": 7.0}', encoding="utf-8")
        (folder / "report.html").write_text("<!doctype html>", encoding="utf-8")
    page = Path(".grade/ex90/last/report.html")

    assert grade("report").strip() == str(page)
    assert json.loads(grade("report", "ex90", "--json"))["path"] == str(page.resolve())
    assert opened == []
    grade("report", "--open")
    assert opened == [page.resolve().as_uri()]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script_for_the_shell(grade: Grade, shell: str) -> None:
    """It names the function that asks `grade` itself."""
    assert f"_GRADE_COMPLETE={shell}_complete" in grade("completion", shell)


@pytest.mark.parametrize(
    ("begun", "found"),
    [("exp", {"explain", "export"}), ("ex9", {"ex90"}), ("hi", {"hint"}), ("hint e", {"ex90"}), ("watch e", {"ex90"})],
)
def test_completion_knows_commands_and_exercises(
    grade: Grade, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], begun: str, found: set[str]
) -> None:
    """`grade ex<Tab>` offers the exercises beside the commands; `grade hint <Tab>` the exercises."""
    words = ["grade", *begun.split()]
    monkeypatch.setenv("_GRADE_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", " ".join(words))
    monkeypatch.setenv("COMP_CWORD", str(len(words) - 1))
    with pytest.raises(SystemExit):
        answer([])

    assert {line.partition(",")[2] for line in capsys.readouterr().out.splitlines()} == found
