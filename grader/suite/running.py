"""One check as it runs, perhaps ahead of pytest and beside others."""

from __future__ import annotations

import inspect
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from grader.model.exercise import Check
from grader.suite.explore import Explore
from grader.suite.places import Place
from grader.suite.program import Program

Function = Callable[..., object]
GIVEN = {"program", "explore"}


@dataclass(slots=True)
class Running:
    """A check with what its function is given; `seconds` is how long it took, None while it has not ended."""

    check: Check
    program: Program
    explore: Explore
    seconds: float | None = None

    def run(self, function: Function, given: Mapping[str, Any]) -> None:
        """Call the function of the check with what it wants of `given`; raises what it came to, unless it passed.

        A check whose own expectations hold still fails if its runs left something behind.
        """
        began, passed = time.monotonic(), False
        try:
            if function(**{name: given[name] for name in inspect.signature(function).parameters}) is not None:
                raise TypeError(f"{self.check.id} returns something, as a coroutine or a generator would")
            for episode in self.program.episodes:
                episode.check_left_behind()
            passed = True
        finally:
            self.seconds = time.monotonic() - began
            self.program.place.end(passed=passed)

    def run_if_needed(self, function: Function) -> None:
        """The same, if what this check needs has passed; it is given what we have."""
        if self.program.place.may_begin():
            self.run(function, {"program": self.program, "explore": self.explore})
        self.program.place.end(passed=False)


class Ahead:
    """Runs checks in their order, as many at once as there are boxes, before pytest comes to them.

    What a call waits for is mostly the clock, and processes one at a time: one check alone leaves cores idle.
    """

    def __init__(self, width: int) -> None:
        self._threads = ThreadPoolExecutor(width, thread_name_prefix="check")
        self._futures: dict[str, Future[None]] = {}
        self._places: list[Place] = []

    def begin(self, running: Running, function: Function, fixtures: Iterable[str]) -> None:
        """Run it as soon as it is its turn; one that uses fixtures of its own is left to pytest."""
        self._places.append(running.program.place)
        if set(fixtures) <= GIVEN:
            self._futures[running.check.id] = self._threads.submit(running.run_if_needed, function)

    def has(self, check: str) -> bool:
        """Whether it runs ahead; then it has ended when this returns, and its exception is raised."""
        if check not in self._futures:
            return False
        self._futures[check].result()
        return True

    def close(self) -> None:
        """Begin nothing any more, and wait for those that run; who waits for another check need not any more."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for place in self._places:
            place.end(passed=False)
        self._threads.shutdown(wait=True)
