"""What a scenario has of the submission."""

from __future__ import annotations

import pickle
from types import ModuleType

import pytest

from grader.inside.stage import BadCall, MissingFunction, Submission


def give_back(value: object) -> object:
    """A function as a student writes one."""
    return value


@pytest.fixture
def submission() -> Submission:
    """A module with that function."""
    module = ModuleType("ex90")
    vars(module)["give_back"] = give_back
    return Submission(module)


def test_function_is_called(submission: Submission) -> None:
    """By position and by keyword, with what it returns."""
    assert submission.give_back(1) == submission.give_back(value=1) == 1


def test_call_that_does_not_fit_is_told(submission: Submission) -> None:
    """With the name, so that it is not taken for a TypeError of the function's own."""
    with pytest.raises(BadCall) as told:
        submission.give_back(1, 2)
    assert told.value.name == "give_back"


def test_function_handed_to_another_process_is_the_function_itself(submission: Submission) -> None:
    """A suite may give it to another function of the submission, which may send it anywhere."""
    sent = pickle.dumps(submission.give_back)
    assert pickle.loads(sent) is give_back  # noqa: S301 - our own bytes


def test_missing_function_is_told(submission: Submission) -> None:
    """With the names that there are."""
    with pytest.raises(MissingFunction) as told:
        submission.give_bakc(1)
    assert (told.value.name, told.value.names) == ("give_bakc", ["give_back"])
