"""What is said of a check fits its title."""

from __future__ import annotations

import pytest

from grader.model.attempt import CheckResult, Outcome
from grader.model.message import say
from grader.report.wording import reason_of
from grader.texts import translate

RAISED = say("it raised {raised}", raised="KeyError: 1")


@pytest.mark.parametrize(
    ("check", "outcome", "fact", "told"),
    [
        ("prints_nothing", Outcome.FAILED, "raised", "something else went wrong: it raised KeyError: 1"),
        ("prints_nothing", Outcome.FAILED, "printed", "it raised KeyError: 1"),
        ("prints_nothing", Outcome.FAILED, "import-failed", "it raised KeyError: 1"),
        ("prints_nothing", Outcome.ERROR, "suite-error", "it raised KeyError: 1"),
        ("loses_nothing", Outcome.FAILED, "raised", "it raised KeyError: 1"),
    ],
)
def test_a_check_about_printing_says_when_it_failed_over_something_else(
    check: str, outcome: Outcome, fact: str, told: str
) -> None:
    """Its title says nothing of that; everywhere else the reason stands alone."""
    result = CheckResult(check=check, outcome=outcome, message=RAISED, facts=(fact,))
    said = reason_of(result)

    assert said is not None
    assert str(said).removeprefix("while this was tried, ") == told


def test_it_is_said_in_chinese_throughout() -> None:
    """The reason within the sentence, too."""
    result = CheckResult(check="prints_nothing", outcome=Outcome.FAILED, message=RAISED, facts=("raised",))
    said = reason_of(result)

    assert said is not None
    assert translate(said, "zh") == f"试这一项时出了别的问题：{translate(RAISED, 'zh')}"
