"""Gradescope's results.json has what its documentation asks for, and nothing that a student should not see."""

from __future__ import annotations

import json
import re

import pytest

from grader.model.attempt import Verdict
from grader.report.gradescope import Examined, is_decided, results
from grader.report.view import for_student
from tests.report.conftest import Compare
from tests.report.samples import EXERCISE, SAMPLES

WHEN = {"enum": ["visible", "hidden", "after_due_date", "after_published"]}
FORMATS = {"enum": ["text", "html", "simple_format", "md", "ansi"]}
# gradescope-autograders.readthedocs.io, "Output format"; stricter: no key that is not named there.
SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["tests"],
    "properties": {
        "score": {"type": "number"},
        "execution_time": {"type": "number"},
        "output": {"type": "string"},
        **dict.fromkeys(("output_format", "test_output_format", "test_name_format"), FORMATS),
        **dict.fromkeys(("visibility", "stdout_visibility"), WHEN),
        "extra_data": {"type": "object"},
        "tests": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["score", "max_score", "name"],
                "properties": {
                    "score": {"type": "number", "minimum": 0},
                    "max_score": {"type": "number", "minimum": 0},
                    "status": {"enum": ["passed", "failed"]},
                    "name": {"type": "string", "minLength": 1},
                    **dict.fromkeys(("name_format", "output_format"), FORMATS),
                    "number": {"type": "string", "pattern": r"^\d+(\.\d+)?$"},
                    "output": {"type": "string", "not": {"pattern": "\r"}},
                    "tags": {"type": "array", "items": {"type": "string"}},
                    "visibility": WHEN,
                    "extra_data": {"type": "object"},
                },
            },
        },
    },
}


def examined(name: str, language: str = "en") -> Examined:
    """A sample, as the container comes to it."""
    attempt, source = SAMPLES[name]
    return Examined(exercise=EXERCISE, attempt=attempt, view=for_student(attempt, EXERCISE, source, language))


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", SAMPLES)
def test_every_result_is_valid(name: str, language: str) -> None:
    """Whatever a program did or printed; the points are those of the attempt."""
    jsonschema = pytest.importorskip("jsonschema", reason="needs jsonschema: pip install jsonschema")
    made = json.loads(json.dumps(results([examined(name, language)], language, 3.4)))
    attempt, _ = SAMPLES[name]

    assert [error.message for error in jsonschema.Draft202012Validator(SCHEMA).iter_errors(made)] == []
    assert sum(test["max_score"] for test in made["tests"]) == 10
    if attempt.points is not None:
        assert sum(test["score"] for test in made["tests"]) == attempt.points


def test_result_looks_as_approved(golden: Compare) -> None:
    """Names, numbers, tags and texts of several failures, and of an exercise that is not graded yet."""
    made = results([examined("several"), Examined(exercise=EXERCISE, note="not graded yet")], "en", 3.4)

    golden("gradescope.json", json.dumps(made, indent=1, ensure_ascii=False) + "\n")


def test_a_hidden_check_is_shown_after_the_grades_only() -> None:
    """And then by its points, not by its name."""
    hidden = [test for test in results([examined("several")], "en", 1.0)["tests"] if test["visibility"] != "visible"]

    assert [(test["name"], test["visibility"], test["output"]) for test in hidden] == [
        ("ex03 · a hidden check", "after_published", "")
    ]


def test_texts_are_plain() -> None:
    """No text of a program is HTML or Markdown for Gradescope, and it hides nothing."""
    made = results([examined("hostile")], "en", 1.0)

    assert {made[key] for key in ("output_format", "test_output_format", "test_name_format")} == {"text"}
    assert not re.search("[\x00-\x08\x0b-\x1f\u202e]", json.dumps(made, ensure_ascii=False).replace("\n", ""))


def test_what_has_no_grade_is_not_decided() -> None:
    """Our fault and too little evidence must not become a zero; a file that is not there is one."""
    undecided = {name for name, (attempt, _) in SAMPLES.items() if not is_decided([examined(name)])}

    assert {SAMPLES[name][0].verdict for name in undecided} == {Verdict.NOT_GRADED, Verdict.INCONCLUSIVE}
    assert is_decided([Examined(exercise=EXERCISE, note="there is no ex03.py")])
