"""What students get holds what they need, and nothing that they shall not see."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from grader.authoring.handout import write_handout
from grader.errors import UsageError
from grader.model.message import Words
from tests.authoring.specimens import EXERCISE, TINY

TITLE = Words(en="Processes", zh="进程")
FOLDER = TINY / "ex90_tiny"


def test_handout_holds_stubs_texts_and_a_page_to_start_from(tmp_path: Path) -> None:
    """In all languages of the course; no suite, no solution, and no hint, which are shown one at a time."""
    written = write_handout(tmp_path / "out", (EXERCISE,), TITLE, ("en", "zh"), "en")

    assert sorted(written) == sorted(path.name for path in (tmp_path / "out").rglob("*"))
    assert sorted(written) == ["README.md", "README.zh.md", "ex90.md", "ex90.py", "ex90.zh.md", "manifest.json"]
    assert (tmp_path / "out" / "ex90.py").read_bytes() == (FOLDER / "stub.py").read_bytes()
    assert (tmp_path / "out" / "ex90.zh.md").read_bytes() == (FOLDER / "README.zh.md").read_bytes()
    assert "| [ex90](ex90.md) | Tiny | `ex90.py` |" in (tmp_path / "out" / "README.md").read_text(encoding="utf-8")


def test_stub_is_in_the_language_of_who_hands_it_out(tmp_path: Path) -> None:
    """A student's file has one name: there is one stub, never in a language that the course does not speak."""
    for spoken, stub in ((("en", "zh"), "stub.zh.py"), (("en",), "stub.py")):
        out = tmp_path / stub
        write_handout(out, (EXERCISE,), TITLE, spoken, "zh")

        assert (out / "ex90.py").read_bytes() == (FOLDER / stub).read_bytes()
        assert [path.name for path in out.glob("*.py")] == ["ex90.py"]


def test_manifest_tells_what_was_handed_out(tmp_path: Path) -> None:
    """The digest of the exercise is the one in each attempt; those of the files can be checked."""
    write_handout(tmp_path, (EXERCISE,), TITLE, ("en",), "en")
    (told,) = json.loads((tmp_path / "manifest.json").read_bytes())["exercises"]

    assert (told["id"], told["digest"], told["points"]) == ("ex90", EXERCISE.digest, 10.0)
    assert told["files"] == {
        name: hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() for name in ("ex90.py", "ex90.md")
    }


def test_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    """A student's work could lie there."""
    (tmp_path / "ex90.py").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="is not empty"):
        write_handout(tmp_path, (EXERCISE,), TITLE, ("en",), "en")

    assert [path.read_text(encoding="utf-8") for path in tmp_path.iterdir()] == ["mine"]
