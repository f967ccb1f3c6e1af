"""The comment on a pull request: its text is ours, whatever the artifact holds."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from grader.documents import Malformed
from grader.report.attempt_json import document
from grader.report.comment import LARGEST, MARK, Reader, comment, points_in, read_result
from tests.report.samples import EXERCISE, SAMPLES


def result(**changes: Any) -> dict[str, Any]:
    """What `grade ci` writes of one file, with some of it changed."""
    attempt = {**document(SAMPLES["lost_update"][0], EXERCISE), "path": "ex03.py", **changes}
    return {"schema": "ipc-grader/ci/1", "notes": ["Isolated (namespace): pid."], "attempts": [attempt]}


def made(document: dict[str, Any], previous: str = "", reader: Reader = Reader()) -> str:  # noqa: B008  it is frozen
    """The comment on it."""
    return comment(read_result(json.dumps(document).encode()), previous, reader)


def test_comment_tells_each_file_with_its_points() -> None:
    """In a table, below the mark by which it is found again."""
    told = made(result(points=7.0))

    assert told.startswith(MARK)
    assert "| `ex03.py` | Partial | 7 / 10 |  |" in told


@pytest.mark.parametrize(
    ("before", "words"), [(5.0, "+2 since the last push"), (7.0, "as before"), (9.5, "-2.5 since")]
)
def test_comment_tells_what_changed_since(before: float, words: str) -> None:
    """By the points that the comment itself keeps."""
    assert words in made(result(points=7.0), previous=made(result(points=before)))


def test_comment_tells_the_next_step_of_each_file() -> None:
    """That of the check which lost most, at its line."""
    told = made(result())

    assert re.search(r"^- `ex03\.py:\d+` `[^`]+`: `[^`]+`$", told, re.MULTILINE)
    assert told.count("\n- ") == 1


@pytest.mark.parametrize(
    ("link", "is_there"),
    [
        ("https://github.com/o/r/actions/runs/1", True),
        ("javascript:alert(1)", False),
        ("https://example.org/) [x](https://example.org", False),
    ],
)
def test_comment_leads_to_the_run(link: str, *, is_there: bool) -> None:
    """If what is given is a plain address."""
    assert (f"]({link})" in made(result(), reader=Reader(link=link))) is is_there


def test_comment_is_written_in_the_language_of_its_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Our own words, the titles of known checks and the advice; what else the artifact holds stays as it is."""
    monkeypatch.setattr("grader.report.comment.speaker", lambda _: lambda text, **_values: text.upper())
    monkeypatch.setattr("grader.report.comment.translate", lambda text, language: f"{language}: {text}")
    titles = {(EXERCISE.id, check.id): check.id.upper() for check in EXERCISE.checks}
    told = made(result(), reader=Reader(language="zh", titles=titles))

    assert "| FILE | VERDICT | POINTS | |" in told
    assert re.search(r"^- `ex03\.py:\d+` `[A-Z_]+`: `zh: ", told, re.MULTILINE)


def test_points_are_taken_from_our_own_comment_only() -> None:
    """A person may write anything."""
    assert points_in("<!-- points: ex03.py=9; -->") == {}
    assert points_in(made(result(points=0.0))) == {"ex03.py": 0.0}


@pytest.mark.parametrize(
    "evil", ["<img src=x>", "[x](http://example.org)", "@everyone | x", "`a` --> <!-- x", "a\n\n# b"]
)
def test_text_of_the_artifact_is_shown_as_text(evil: str) -> None:
    """No markup, no mention's table cell, no second mark, no end of a comment."""
    told = made({**result(path=evil), "notes": [evil]})
    shown = told.removeprefix(MARK).rpartition("<!-- points:")[0]
    outside = re.sub(r"`[^`\n]+`", "", shown)

    assert outside == re.sub(r"`[^`\n]+`", "", made(result()).removeprefix(MARK).rpartition("<!-- points:")[0])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{" * 100_000,
        json.dumps({**result(), "more": 1}).encode(),
        json.dumps(result(points="7")).encode(),
        json.dumps(result(verdict="accepted!")).encode(),
        b" " * (LARGEST + 1),
    ],
    ids=["empty", "list", "deep", "unknown key", "text for points", "unknown verdict", "large"],
)
def test_what_is_no_result_is_refused(data: bytes) -> None:
    """Exactly our document, or none."""
    with pytest.raises(Malformed):
        read_result(data)
