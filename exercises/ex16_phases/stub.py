"""ex16 · Step by step, together: barriers, events, conditions.

A step is called as `step(worker, phase)`, and can be pickled. A condition is a `multiprocessing.Condition`, made with a
lock of either kind, that others use meanwhile.
"""

from collections.abc import Callable


class PhaseFailed(Exception):
    """Raised by `run_phases` if a step has raised."""


def run_phases(step: Callable[[int, int], object], workers: int, phases: int) -> None:
    """Let `workers` processes go through `phases` phases together.

    One process for each worker w in 0 .. workers - 1, the same one for all phases, calls `step(w, p)` for p = 0, 1, ...
    Nobody begins phase p + 1 before all have finished phase p. Within a phase, they can run at once.

    If a step raises, the steps that are running finish, no further phase begins and nobody is left waiting; then
    raise PhaseFailed.
    """
    raise NotImplementedError


def ping_pong(rounds: int) -> list[str]:
    """Let two processes write "ping" and "pong" in turn into one shared list; return `["ping", "pong"] * rounds`.

    What is returned is a plain list.
    """
    raise NotImplementedError


def wait_for(condition, predicate: Callable[[], bool], seconds: float) -> bool:
    """Wait on the condition, which the caller does not hold, until `predicate()` is true; return True.

    `predicate` is only called while the condition is held. Return False once `seconds` (an int or a float) have passed
    over all wake-ups together; time in which somebody else holds the condition is not counted. The condition is not
    held afterwards, also if `predicate` raises (then so does `wait_for`).
    """
    raise NotImplementedError
