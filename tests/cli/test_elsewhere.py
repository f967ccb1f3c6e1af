"""An exercise that this system cannot grade is skipped with the reason, never failed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from grader.cli.main import answer
from grader.errors import ExitCode

REASON = "ex90 cannot be graded on this system, only on: windows\n"


@pytest.fixture
def elsewhere(tiny_course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The tiny course, for another system."""
    root = Path(shutil.copytree(tiny_course, tmp_path / "course"))
    declared = root / "ex90_tiny" / "exercise.toml"
    text = declared.read_text(encoding="utf-8").replace('platforms = ["linux", "macos"]', 'platforms = ["windows"]')
    declared.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GRADE_CONTENT", str(root))
    monkeypatch.setenv("GRADE_LANG", "en")
    return root


def test_run_says_where_it_can_be_graded(elsewhere: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Asked for by name, it is refused; no result is written."""
    shutil.copy(elsewhere / "submissions" / "passes.py", "ex90.py")

    assert answer(["ex90"]) == ExitCode.USAGE
    assert REASON in capsys.readouterr().err
    assert not Path(".grade").exists()


@pytest.mark.usefixtures("elsewhere")
def test_bare_grade_goes_past_it(capsys: pytest.CaptureFixture[str]) -> None:
    """The next exercise is one that can be graded."""
    assert answer([]) == ExitCode.ACCEPTED
    assert capsys.readouterr().out == "Every exercise is solved.\n"


@pytest.mark.usefixtures("elsewhere")
def test_verify_leaves_it_out(capsys: pytest.CaptureFixture[str]) -> None:
    """The promises of its solutions are neither kept nor broken."""
    assert answer(["verify"]) == ExitCode.ACCEPTED
    assert capsys.readouterr().err == REASON
