"""How a command line becomes a command, and how an error becomes an exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader.cli import main as cli
from grader.cli.options import COMPLETION
from grader.errors import CourseError, ExitCode, GraderFault

HEAVY = {"pytest", "_pytest", "jinja2", "rich", "msgspec", "pygments", "multiprocessing", "subprocess"}
WEIGHT = 1.8  # of what any command by click costs


def run(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """`grade` as a process of its own."""
    command = [sys.executable, "-m", "grader", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, timeout=60)


def test_help_loads_nothing_heavy() -> None:
    """The help page needs click and its own texts."""
    code = (
        "import sys\nfrom grader.cli.main import answer\nanswer(['--help'])\n"
        "print(*{name.partition('.')[0] for name in sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)

    assert HEAVY.intersection(done.stdout.splitlines()[-1].split()) == set()


def spent(*words: str) -> float:
    """Processor time of an interpreter, in seconds."""
    process = subprocess.Popen([sys.executable, *words], stdout=subprocess.DEVNULL)
    _pid, process.returncode, used = os.wait4(process.pid, 0)
    assert process.returncode == 0
    return used.ru_utime + used.ru_stime


def test_help_is_quick() -> None:
    """It costs little more than importing click does, measured side by side: what else runs here shall not count."""
    pairs = [(spent("-m", "grader", "--help"), spent("-c", "import click")) for _ in range(5)]

    assert min(ours / peer for ours, peer in pairs) < WEIGHT


def test_help_names_every_command() -> None:
    """Each command has a line, and a help page of its own."""
    page = run("--help").stdout

    for name, line in cli.COMMANDS.items():
        assert name in page
        assert line.partition(":")[0][:30] in page


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_command_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A module of that name is there, and knows the global options."""
    assert cli.answer([name, "--help"]) == 0

    page = capsys.readouterr().out
    assert "--json" in page
    assert "--lang" in page


def test_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """`grade -V` names the program and its version."""
    assert cli.answer(["-V"]) == 0

    assert capsys.readouterr().out.startswith("grade 0.")


def test_unknown_word_is_neither_exercise_nor_command(tiny_course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 2, with what was probably meant."""
    assert cli.answer(["--content", str(tiny_course), "ex9"]) == ExitCode.USAGE

    told = capsys.readouterr()
    assert told.out == ""
    assert "there is no exercise or command 'ex9'" in told.err
    assert "did you mean ex90?" in told.err


def test_misspelt_command_is_found(tiny_course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Commands are suggested like exercises."""
    assert cli.answer(["--content", str(tiny_course), "hnt"]) == ExitCode.USAGE

    assert "did you mean hint?" in capsys.readouterr().err


def test_two_letters_that_changed_places_are_nearer_than_any_others(
    tiny_course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`hnit` has as much in common with `init`."""
    cli.answer(["--content", str(tiny_course), "hnit"])

    assert "did you mean hint?" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("wish", "arguments", "told"),
    [("xx", ["list"], True), ("zh-CN", ["list"], False), ("", ["list"], False), ("xx", ["--help"], True)],
)
def test_a_language_of_the_environment_that_is_not_there_is_told_once(
    tiny_course: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    wish: str,
    arguments: list[str],
    *,
    told: bool,
) -> None:
    """On stderr; the command goes on, and ends as it would have."""
    monkeypatch.setenv("GRADE_LANG", wish)
    monkeypatch.setenv("GRADE_CONTENT", str(tiny_course))

    assert cli.answer(arguments) == ExitCode.ACCEPTED
    assert capsys.readouterr().err.count("$GRADE_LANG is 'xx'") == told


def test_a_shell_that_completes_is_told_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It would stand in the middle of what is being typed."""
    monkeypatch.setenv("GRADE_LANG", "xx")
    monkeypatch.setenv(COMPLETION, "bash_complete")
    cli.answer(["--version"])

    assert "GRADE_LANG" not in capsys.readouterr().err


def test_usage_error_is_one_document_with_json(tiny_course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """There is the document on stdout and nothing else, wherever the option stands."""
    for arguments in (["--json", "ex9"], ["ex9", "--json"]):
        assert cli.answer(["--content", str(tiny_course), *arguments]) == ExitCode.USAGE

        document = json.loads(capsys.readouterr().out)
        assert document["schema"] == "ipc-grader/error/1"
        assert document["code"] == 2
        assert document["hint"] == "did you mean ex90?"


def test_error_is_told_in_the_language_of_the_reader(tiny_course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An unknown language itself is told in English."""
    assert cli.answer(["--content", str(tiny_course), "list", "--lang", "fr"]) == ExitCode.USAGE

    assert "--lang en or --lang zh" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (CourseError("the course is broken"), ExitCode.USAGE),
        (GraderFault("we are broken"), ExitCode.GRADER_FAULT),
        (RuntimeError("nobody thought of this"), ExitCode.GRADER_FAULT),
        (KeyboardInterrupt(), ExitCode.INTERRUPTED),
        (BrokenPipeError("a pipe of our own"), ExitCode.GRADER_FAULT),
    ],
)
def test_every_error_has_its_exit_code(
    error: BaseException, code: ExitCode, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Author, grader, the user's own Ctrl-C: the shell can tell them apart."""

    def fail(*_arguments: object, **_options: object) -> None:
        raise error

    monkeypatch.setattr(cli.front, "invoke", fail)

    assert cli.answer(["list"]) == code
    assert ("Traceback" in capfd.readouterr().err) is isinstance(error, RuntimeError | BrokenPipeError)


def test_reader_that_leaves_early_gets_no_complaint(tiny_course: Path) -> None:
    """`grade list | head` is quiet, and claims no success."""
    command = [sys.executable, "-m", "grader", "--content", str(tiny_course), "list"]
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, text=True, check=False, timeout=60)
    os.close(writing)

    assert (done.returncode, done.stderr) == (141, "")
