"""Checks know of earlier ones what they would know if they had run after them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from grader.suite.places import Place

PATIENCE = 30.0  # seconds


def begun(question: Callable[[], object]) -> Future[object]:
    """The answer to come; somebody asks already."""
    asking = threading.Event()

    def ask() -> object:
        asking.set()
        return question()

    threads = ThreadPoolExecutor(1)
    future = threads.submit(ask)
    threads.shutdown(wait=False)
    asking.wait()
    return future


def test_functions_are_new_once() -> None:
    """The first check that shows them under every start method is asked, all later ones are told so."""
    first = Place("first", ["f"])
    both = Place("both", ["f", "g"], earlier=(first,))
    last = Place("last", ["g"], earlier=(first, both))

    assert [first.shows_new_functions() for _ in range(2)] == [True, False]
    assert both.shows_new_functions()
    assert not last.shows_new_functions()


def test_a_check_without_functions_shows_everything() -> None:
    """Nothing is known of what it is about."""
    first = Place()
    assert first.shows_new_functions()
    assert Place("second", earlier=(first,)).shows_new_functions()


@pytest.mark.parametrize("shows", [True, False])
def test_whether_a_function_is_new_waits_for_those_before(*, shows: bool) -> None:
    """Until they have shown it, or are over."""
    first, other = Place("first", ["f"]), Place("other", ["g"])
    answer = begun(Place("second", ["f"], earlier=(other, first)).shows_new_functions)
    if shows:
        first.shows_new_functions()
    first.end(passed=True)

    assert answer.result(PATIENCE) is not shows


def test_what_is_needed_is_waited_for() -> None:
    """It has to have passed; what is needed by nobody does not matter."""
    first, second = Place("first"), Place("second")
    second.end(passed=False)
    answer = begun(Place("third", needs=["first"], earlier=(first, second)).may_begin)
    first.end(passed=True)

    assert answer.result(PATIENCE) is True
    assert not Place("fourth", needs=["first", "second"], earlier=(first, second)).may_begin()


def test_the_first_end_counts() -> None:
    """Who is ended because everything is over had ended before."""
    place = Place("only")
    place.end(passed=True)
    place.end(passed=False)

    assert place.passed()


def test_what_was_printed_first_is_known_when_all_before_are_over() -> None:
    """In the order of the checks, not of time."""
    first, second = Place("first"), Place("second")
    third = Place("third", earlier=(first, second))
    third.prints("third")
    second.prints("second")
    second.prints("again")
    answer = begun(third.printed_in_all)
    second.end(passed=True)
    first.end(passed=True)

    assert answer.result(PATIENCE) == "second"
