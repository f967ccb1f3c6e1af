"""The checks of an attempt in their order, and what each may know of those before it.

Checks run side by side. What one asks of earlier ones is answered when they have come so far: nothing depends on how
many run at once.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable

from grader.model.exercise import Check


class Place:
    """The place of one check; without `earlier`, of the first."""

    def __init__(
        self, check: str = "", functions: Iterable[str] = (), needs: Iterable[str] = (), earlier: tuple[Place, ...] = ()
    ) -> None:
        self.check = check
        self.functions = frozenset(functions)
        self._earlier = earlier
        self._needed = tuple(place for place in earlier if place.check in set(needs))
        self._printed = ""
        self._shows_all = False
        self._passed = False
        self._decided = threading.Event()
        self._over = threading.Event()

    def shows_new_functions(self) -> bool:
        """Whether a function of this check is seen here first, by a check that shows it under every start method.

        Whoever asks shows them; waits for earlier checks of the same functions, until they have asked or are over.
        """
        seen = self.functions if self._shows_all else frozenset[str]()
        seen = seen.union(*(place.shown() for place in self._earlier if place.functions & self.functions))
        self._shows_all = True
        self._decided.set()
        return not self.functions or not self.functions <= seen

    def shown(self) -> frozenset[str]:
        """Its functions, if it shows them under every start method; waits until that is known."""
        self._decided.wait()
        return self.functions if self._shows_all else frozenset()

    def prints(self, text: str) -> None:
        """Something was printed in this check; the first counts."""
        self._printed = self._printed or text

    def printed_in_all(self) -> str:
        """What was printed first, in this check or in one before; waits for those."""
        texts = (place.printed() for place in self._earlier)
        return next((text for text in texts if text), self._printed)

    def printed(self) -> str:
        """What was printed first in this check; waits for its end."""
        self._over.wait()
        return self._printed

    def may_begin(self) -> bool:
        """Whether the checks that this one needs have passed; waits for them."""
        return all(place.passed() for place in self._needed)

    def passed(self) -> bool:
        """Whether this check has passed; waits for its end."""
        self._over.wait()
        return self._passed

    def end(self, *, passed: bool) -> None:
        """The check is over; what it is said to have come to first counts."""
        if not self._over.is_set():
            self._passed = passed
        self._decided.set()
        self._over.set()


def places(checks: Iterable[Check]) -> dict[str, Place]:
    """A place for each check, by its id."""
    made: dict[str, Place] = {}
    for check in checks:
        made[check.id] = Place(check.id, check.functions, check.needs, tuple(made.values()))
    return made
