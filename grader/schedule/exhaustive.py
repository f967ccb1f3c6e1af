"""All schedules with at most b preemptions, those with fewer preemptions first.

A preemption takes the turn from a worker that could have gone on; most bugs need one or two of them (Musuvathi and
Qadeer, "Iterative context bounding", PLDI 2007). Going through them by their number finds the plainest witness first,
and says truthfully how far the search came when it had to stop.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence

from grader.schedule.policy import Choice


class Exhaustive:
    """The schedules still to be executed; `cap` bounds how many are executed at all."""

    def __init__(self, *, preemptions: int, cap: int) -> None:
        self.bound = preemptions
        self.cap = cap
        self.schedules = 0
        self._open: list[tuple[int, int, tuple[str, ...]]] = [(0, 0, ())]
        self._pushed = 0

    def next(self) -> tuple[str, ...] | None:
        """The next schedule to execute (a prefix; `replay.Replay` completes it), None when there is none left."""
        if not self._open or self.schedules >= self.cap:
            return None
        return self._open[0][2]

    def executed(self, choices: Sequence[Choice]) -> None:
        """Take note of the choices that were made when the schedule of `next` was executed."""
        _, _, prefix = heapq.heappop(self._open)
        self.schedules += 1
        spent = 0
        for at, choice in enumerate(choices):
            if at >= len(prefix):
                self._branch(choices, at, spent)
            spent += _cost(choice, choice.chosen)

    def _branch(self, choices: Sequence[Choice], at: int, spent: int) -> None:
        choice = choices[at]
        before = tuple(earlier.chosen for earlier in choices[:at])
        for candidate in choice.candidates:
            preemptions = spent + _cost(choice, candidate)
            if candidate != choice.chosen and preemptions <= self.bound:
                self._pushed += 1
                heapq.heappush(self._open, (preemptions, self._pushed, (*before, candidate)))

    @property
    def complete(self) -> bool:
        """Whether every schedule within the bound has been executed."""
        return not self._open

    @property
    def preemptions_covered(self) -> int:
        """Every schedule with at most so many preemptions has been executed; -1 if not even those without."""
        return self.bound if self.complete else self._open[0][0] - 1


def _cost(choice: Choice, candidate: str) -> int:
    return int(choice.current is not None and candidate != choice.current)
