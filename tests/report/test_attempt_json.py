"""attempt.json keeps its contract: other tools build on every key."""

from __future__ import annotations

import json

import pytest

from grader.documents import read_attempt
from grader.errors import UsageError
from grader.report.attempt_json import Audience, document, error_document
from tests.report.conftest import Compare
from tests.report.samples import EXERCISE, SAMPLES

ATTEMPT_KEYS = {
    "schema",
    "id",
    "exercise",
    "student",
    "verdict",
    "points",
    "max_points",
    "blame",
    "plan_key",
    "isolation",
    "problems",
    "checks",
    "notes",
    "seed",
    "started_at",
    "duration_s",
    "versions",
}
CHECK_KEYS = {
    "id",
    "title",
    "functions",
    "outcome",
    "points",
    "max_points",
    "message",
    "expected",
    "actual",
    "duration_s",
    "evidence",
    "start_method",
    "start_methods",
    "explored",
    "witness",
    "left_behind",
    "diagnoses",
}


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("audience", Audience)
def test_every_document_has_the_shape_that_is_published(name: str, audience: Audience) -> None:
    """A key that is added here is added to `grader.documents`, which `grade schema` prints and `grade verify` reads."""
    made = json.dumps(document(SAMPLES[name][0], EXERCISE, audience=audience)).encode()

    assert read_attempt(made).verdict == SAMPLES[name][0].verdict


@pytest.mark.parametrize("name", SAMPLES)
def test_every_document_has_every_key(name: str) -> None:
    """The keys are the same for every verdict, and all declared checks are there in their order."""
    made = json.loads(json.dumps(document(SAMPLES[name][0], EXERCISE)))

    assert set(made) == ATTEMPT_KEYS
    assert made["schema"] == "ipc-grader/attempt/1"
    assert [set(check) for check in made["checks"]] == [CHECK_KEYS] * len(EXERCISE.checks)
    assert set(made["isolation"]) == {"level", "enforced", "missing"}
    assert set(made["versions"]) == {"grader", "python", "exercise"}
    assert [check["id"] for check in made["checks"]][:5] == [check.id for check in EXERCISE.checks][:5]


@pytest.mark.parametrize("name", ["several", "ungradable", "inconclusive", "accepted"])
def test_the_document_looks_as_approved(name: str, golden: Compare) -> None:
    """A change of the contract is seen as a diff."""
    golden(f"{name}.json", json.dumps(document(SAMPLES[name][0], EXERCISE), indent=2) + "\n")


def test_a_document_is_strict_json_without_controls() -> None:
    """Lone surrogates, which strict readers refuse, and terminal sequences do not get into the document."""
    text = json.dumps(document(SAMPLES["hostile"][0], EXERCISE), ensure_ascii=False, allow_nan=False)

    text.encode("utf-8")
    assert "\\u001b" not in text
    assert "\\u0000" not in text


def test_points_are_null_where_there_is_no_grade() -> None:
    """Inconclusive and not graded have no points; ungradable has none of them."""
    points = {name: document(SAMPLES[name][0], EXERCISE)["points"] for name in SAMPLES}

    assert (points["inconclusive"], points["not_graded"], points["ungradable"]) == (None, None, 0.0)


def test_a_hidden_check_is_a_number_to_the_student() -> None:
    """The student's document holds the points of a hidden check; the instructor's holds all of it."""
    attempt = SAMPLES["several"][0]

    assert "SECRET" not in json.dumps(document(attempt, EXERCISE))
    assert "TOP SECRET MESSAGE" in json.dumps(document(attempt, EXERCISE, audience=Audience.INSTRUCTOR))


def test_an_error_has_its_own_schema() -> None:
    """Where there is no attempt, the document says the exit code and the way out."""
    made = error_document(UsageError("there is no exercise 'exo3'", hint="did you mean ex03?"))

    assert made == {
        "schema": "ipc-grader/error/1",
        "code": 2,
        "message": "there is no exercise 'exo3'",
        "hint": "did you mean ex03?",
    }
