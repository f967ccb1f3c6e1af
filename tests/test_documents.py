"""The schemas describe what the commands really print."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from grader.cli.main import answer
from grader.documents import DOCUMENTS, Malformed, read_attempt, schema_of
from grader.errors import UsageError
from grader.model.message import say
from grader.report.attempt_json import Audience, document, error_document
from tests.report.samples import EXERCISE, SAMPLES


def complaints(name: str, made: object) -> list[str]:
    """What a validator that is not ours says of a document."""
    jsonschema = pytest.importorskip("jsonschema", reason="needs jsonschema: pip install jsonschema")
    validator = jsonschema.Draft202012Validator(schema_of(name))
    return [error.message for error in validator.iter_errors(json.loads(json.dumps(made)))]


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("name", SAMPLES)
def test_every_attempt_is_valid(name: str, audience: Audience) -> None:
    """Whatever its verdict, for students and for instructors."""
    assert complaints("attempt", document(SAMPLES[name][0], EXERCISE, audience=audience)) == []


def test_attempt_with_a_key_too_much_or_too_few_is_not_valid() -> None:
    """The schema is exact: a tool may rely on every key."""
    made = document(next(iter(SAMPLES.values()))[0], EXERCISE)
    fewer: dict[str, Any] = {key: value for key, value in made.items() if key != "seed"}

    assert complaints("attempt", {**made, "more": 1})
    assert complaints("attempt", fewer)
    with pytest.raises(Malformed):
        read_attempt(json.dumps(fewer).encode())


def test_every_error_is_valid() -> None:
    """What stands in the place of an attempt."""
    error = UsageError(say("there is no exercise {word}", word="'ex99'"), hint="the exercises are: ex90")

    assert complaints("error", error_document(error)) == []


def test_batch_is_attempts_and_what_a_person_has_to_look_at() -> None:
    """`grade batch --json` is built on the same attempts."""
    attempts = [document(attempt, EXERCISE) for attempt, _ in SAMPLES.values()]
    schema = "ipc-grader/batch/1"

    assert complaints("batch", {"schema": schema, "attempts": attempts, "needs_human": [], "elapsed_s": 1.5}) == []


def test_real_output_is_valid(
    tiny_course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What `grade run --json` prints for a wrong program, for the stub, and for an unknown exercise."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GRADE_CONTENT", str(tiny_course))
    runs = [
        ("attempt", "ex90", str(tiny_course / "submissions" / "fails.py")),
        ("attempt", "ex90", str(tiny_course / "ex90_tiny" / "stub.py")),
        ("error", "ex99"),
    ]
    for name, *arguments in runs:
        answer(["run", *arguments, "--json", "--no-report"])
        assert complaints(name, json.loads(capsys.readouterr().out)) == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_schema_is_printed(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """One JSON document, for a validator or a generator of code."""
    assert answer(["schema", name]) == 0
    assert json.loads(capsys.readouterr().out) == schema_of(name)
