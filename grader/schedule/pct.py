"""Random priorities: a few schedules that are far apart, each known by its number.

Every worker has a priority, and the one that could go on with the highest does; at a few random turns whoever has the
turn falls behind all others. A bug that needs d such points is found with a probability of at least 1 / (n * k**(d-1))
per schedule of n workers and k choices (Burckhardt et al., "A randomized scheduler", ASPLOS 2010).
"""

from __future__ import annotations

import random
from collections.abc import Sequence

POINTS = 3
CHOICES = 60  # among which the points lie; a scenario of a suite rarely has more


class Pct:
    """The schedule of number `seed`."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._points = set(self._random.sample(range(CHOICES), POINTS))
        self._priority: dict[str, float] = {}
        self._made = 0

    def choose(self, candidates: Sequence[str], current: str | None) -> str:
        """Who has the highest priority; at a point `current` gets the lowest one first."""
        for name in candidates:
            self._priority.setdefault(name, self._random.random())
        if self._made in self._points and current in candidates and current is not None:
            self._priority[current] = -self._made - 1.0
        self._made += 1
        return max(candidates, key=lambda name: (self._priority[name], name))
