"""The engine keeps the best findings, and never lets a rule of ours cost more than its diagnosis."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from grader.diagnosis.catalogue import CATALOGUE
from grader.diagnosis.engine import diagnose
from grader.diagnosis.evidence import Evidence
from grader.diagnosis.rule import Finding, Rule, Weight
from grader.model.attempt import CheckResult, Outcome
from grader.model.exercise import Exercise, Limits
from grader.model.message import say

RESULT = CheckResult(check="check", outcome=Outcome.FAILED, facts=("wrong-value",))
TINY = Exercise(
    id="ex90", slug="tiny", title=None, functions=("work_on",), checks=(), limits=Limits(), start_methods=(),  # type: ignore[arg-type]
    platforms=(), topics=(), folder=Path(), digest="",
)  # fmt: skip


def rule(code: str, weight: Weight, *instead_of: str) -> Rule:
    """A rule that always finds something."""
    return Rule(
        code=code,
        title=say("title"),
        next_step=say("next"),
        find=lambda _: Finding(sentence=say("sentence"), weight=weight),
        instead_of=instead_of,
    )


def broken(code: str) -> Rule:
    """A rule that raises."""

    def find(_: Evidence) -> Finding | None:
        raise ZeroDivisionError

    return Rule(code=code, title=say("title"), next_step=say("next"), find=find)


def found(*rules: Rule, result: CheckResult = RESULT) -> list[str]:
    """The codes that the engine gives with these rules."""
    return [diagnosis.code for diagnosis in diagnose(result, TINY, "", rules=rules)]


def test_at_most_two_are_kept_and_the_surest_comes_first() -> None:
    """Two reasons can be read; what was shown by steps stands before what was inferred."""
    guessed, measured, shown = rule("a", Weight.LIKELY), rule("b", Weight.MEASURED), rule("c", Weight.SHOWN)

    assert found(guessed, measured, shown) == ["c", "b"]


def test_rules_of_the_same_weight_keep_the_order_of_the_catalogue() -> None:
    """The catalogue lists the more telling ones first."""
    assert found(rule("a", Weight.SHOWN), rule("b", Weight.SHOWN)) == ["a", "b"]


def test_a_general_diagnosis_is_given_only_alone() -> None:
    """`It ended with an error` adds nothing to a reason."""
    general = rule("general", Weight.GENERAL)

    assert found(general, rule("a", Weight.LIKELY)) == ["a"]
    assert found(general, rule("other", Weight.GENERAL)) == ["general"]


def test_a_diagnosis_leaves_out_those_it_says_more_than() -> None:
    """A half-held lock is a lost update, told better."""
    assert found(rule("better", Weight.LIKELY, "worse"), rule("worse", Weight.SHOWN)) == ["better"]


def test_a_rule_that_raises_costs_only_its_diagnosis(caplog: pytest.LogCaptureFixture) -> None:
    """Our fault is written to the log, and the other rules are heard."""
    with caplog.at_level(logging.ERROR):
        codes = found(broken("broken"), rule("a", Weight.LIKELY))

    assert codes == ["a"]
    assert "broken" in caplog.text


def test_a_sentence_that_cannot_be_said_costs_only_its_diagnosis(caplog: pytest.LogCaptureFixture) -> None:
    """A template without its value would break every report."""
    mute = Rule(
        code="mute",
        title=say("title"),
        next_step=say("next"),
        find=lambda _: Finding(sentence=say("{nothing}"), weight=Weight.SHOWN),
    )

    assert found(mute, rule("a", Weight.LIKELY)) == ["a"]
    assert "mute" in caplog.text


@pytest.mark.parametrize("outcome", [outcome for outcome in Outcome if not outcome.blames_student])
def test_only_what_was_seen_to_be_wrong_is_explained(outcome: Outcome) -> None:
    """A pass needs no reason; a fault of the suite is not the student's."""
    result = CheckResult(check="check", outcome=outcome, facts=("serial",))

    assert diagnose(result, TINY, "") == ()


@pytest.mark.parametrize(
    "source", ["def work_on(:", "\0", "-" * 100_000 + "1", "x" + ".y" * 50_000, '"\\d"', "é\ud800"]
)
def test_no_source_is_too_broken(source: str, caplog: pytest.LogCaptureFixture) -> None:
    """Whatever was handed in, the facts are explained, and nothing of ours fails."""
    result = CheckResult(check="check", outcome=Outcome.FAILED, facts=("serial",))

    assert [diagnosis.code for diagnosis in diagnose(result, TINY, source)] == ["serial-not-parallel"]
    assert caplog.text == ""


def test_no_rule_fails_on_any_fact(caplog: pytest.LogCaptureFixture) -> None:
    """Every rule takes every fact, with and without texts that make no sense."""
    facts = {fact for rule in CATALOGUE for fact in (rule.code, *rule.instead_of)} | {"raised", "stuck", "serial"}
    for fact in sorted(facts):
        for outcome in (Outcome.FAILED, Outcome.HUNG, Outcome.CRASHED, Outcome.TIMEOUT):
            result = CheckResult(check="check", outcome=outcome, facts=(fact,), expected="[[", actual="{x}\x1b[31m")
            diagnose(result, TINY, "def work_on(seconds):\n    pass\n")

    assert caplog.text == ""


def test_what_the_program_said_is_cut_and_cleaned_before_it_stands_in_a_sentence() -> None:
    """Control characters and long texts of a submission do not reach a report through a diagnosis."""
    error = "ValueError: \x1b[31m{x}" + "a" * 5000
    result = CheckResult(check="check", outcome=Outcome.CRASHED, facts=("raised",), actual=error)

    sentence = str(diagnose(result, TINY, "")[0].sentence)

    assert len(sentence) < 250
    assert sentence.isprintable()
    assert "{x}" in sentence
