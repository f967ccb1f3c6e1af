"""What a suite expects either holds, or stops the check with a sentence, both values and a fact."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from grader.model.attempt import Outcome
from grader.suite.expect import Expectation, expect
from grader.suite.failure import CheckStopped
from grader.suite.plain import Opaque, Raised
from grader.suite.types_apart import FACT
from grader.texts import translate

FULL = Raised(name="queue.Full", bases=("builtins.Exception", "builtins.BaseException"), message="", args=())

HOLDS: list[tuple[Any, Callable[[Expectation], None]]] = [
    ([1, (2.0, None)], lambda it: it.exactly([1, (2.0, None)])),
    ([], lambda it: it.of_type("list")),
    (2, lambda it: it.one_of(1, 2)),
    (2, lambda it: it.at_least(2)),
    (2.5, lambda it: it.at_most(2.5)),
    ([3, 1, 1], lambda it: it.permutation_of((1, 1, 3))),
    ([[1], {}], lambda it: it.permutation_of([{}, [1]])),
    (True, lambda it: it.true()),
    (FULL, lambda it: it.named("queue.Full")),
    (FULL, lambda it: it.named("Exception")),
]
FAILS: list[tuple[Any, Callable[[Expectation], None], str, str]] = [
    (1, lambda it: it.exactly(expected=True), "expected True, got 1", "wrong-value"),
    (None, lambda it: it.of_type("list"), "expected list, got NoneType", "wrong-value"),
    (True, lambda it: it.of_type("int"), "expected int, got bool", "wrong-value"),
    (Opaque("builtins.generator"), lambda it: it.of_type("list"), "expected list, got generator", "wrong-value"),
    (FULL, lambda it: it.of_type("list"), "expected list, got queue.Full", "wrong-value"),
    (3, lambda it: it.one_of(1, "2"), "expected 1 or '2', got 3", "wrong-value"),
    (1, lambda it: it.at_least(2), "expected at least 2, got 1", "wrong-value"),
    ("9", lambda it: it.at_least(2), "expected at least 2, got '9'", "wrong-value"),
    (True, lambda it: it.at_most(2), "expected at most 2, got True", "wrong-value"),
    (
        [1, 1],
        lambda it: it.permutation_of([1, 2]),
        "expected the items of [1, 2] in any order, got [1, 1]",
        "wrong-value",
    ),
    (
        (1, 2),
        lambda it: it.permutation_of([1, 2]),
        "expected the items of [1, 2] in any order, got (1, 2)",
        "wrong-value",
    ),
    (
        [1, True],
        lambda it: it.permutation_of([1, 1]),
        "expected the items of [1, 1] in any order, got [1, True]",
        "wrong-value",
    ),
    (1, lambda it: it.true(), "expected True, got 1", "wrong-value"),
    (None, lambda it: it.named("queue.Full"), "expected queue.Full to be raised, but nothing was", "not-raised"),
    (FULL, lambda it: it.named("queue.Empty"), "expected queue.Empty to be raised, got queue.Full", "wrong-value"),
    (
        "queue.Full",
        lambda it: it.named("queue.Full"),
        "expected queue.Full to be raised, got 'queue.Full'",
        "wrong-value",
    ),
]


@pytest.mark.parametrize(("seen", "holds"), HOLDS)
def test_expectation_that_holds_says_nothing(seen: Any, holds: Callable[[Expectation], None]) -> None:
    """The check goes on."""
    holds(expect(seen))


@pytest.mark.parametrize(("seen", "asks", "sentence", "fact"), FAILS)
def test_expectation_that_does_not_hold_says_why(
    seen: Any, asks: Callable[[Expectation], None], sentence: str, fact: str
) -> None:
    """What was expected, what was there instead."""
    with pytest.raises(CheckStopped) as stopped:
        asks(expect(seen))

    assert str(stopped.value.message) == sentence
    assert stopped.value.outcome is Outcome.FAILED
    assert [told for told in stopped.value.facts if not told.startswith(FACT)] == [fact]
    assert stopped.value.expected is not None
    assert stopped.value.actual is not None


def test_label_is_said_in_both_languages() -> None:
    """The English one stands in the sentence, the Chinese one beside it."""
    with pytest.raises(CheckStopped) as stopped:
        expect(1, "the counter", zh="计数器", fact="lost-update").exactly(2)

    message = stopped.value.message
    assert str(message) == "the counter: expected 2, got 1"
    assert message.values["what_zh"] == "计数器"
    assert stopped.value.facts == ("lost-update", "wrong-value")


def test_braces_of_a_value_are_not_a_template() -> None:
    """A student's `{x}` is shown as it is."""
    with pytest.raises(CheckStopped) as stopped:
        expect("{what}{0}", "the {text").exactly("{}")

    assert str(stopped.value.message) == "the {text: expected '{}', got '{what}{0}'"


def test_a_choice_is_said_in_the_readers_language() -> None:
    """What stands between two values that are both allowed is no English word in a Chinese sentence."""
    with pytest.raises(CheckStopped) as stopped:
        expect(3).one_of((35, 105), (97, 97))

    assert " or " in translate(stopped.value.message, "en")
    assert " or " not in translate(stopped.value.message, "zh")


def test_of_large_dicts_only_what_differs_is_told() -> None:
    """Nobody finds one wrong count among a hundred: the message and the two values hold the entries that differ."""
    expected = {f"word {number}": number for number in range(100)}

    with pytest.raises(CheckStopped) as caught:
        expect({**expected, "word 7": 8, "new": 1}, "the counts").exactly(expected)

    assert (
        str(caught.value.message)
        == "the counts, where they differ: expected {'word 7': 7}, got {'word 7': 8, 'new': 1}"
    )
    assert (caught.value.expected, caught.value.actual) == ("{'word 7': 7}", "{'word 7': 8, 'new': 1}")


def test_large_dicts_with_keys_of_other_types_are_told_whole() -> None:
    """Where the entries are equal and only types of keys are not, there is nothing to leave out."""
    expected = dict.fromkeys(range(100), "text")

    with pytest.raises(CheckStopped) as caught:
        expect({(True if key == 1 else key): value for key, value in expected.items()}).exactly(expected)

    assert caught.value.expected == repr(expected)
