"""Counts at each rung how many of the attacks are held: `python -m tests.sandbox.hostile.containment`."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from unittest import mock

from grader.model.observation import Isolation, Level
from grader.sandbox.detect import detect, isolation_of
from tests.sandbox.hostile.asking import ASKING
from tests.sandbox.hostile.harming import HARMING
from tests.sandbox.hostile.judge import KILLING, ask_for, opened, suffer
from tests.sandbox.hostile.machine import Machine


def rungs() -> list[Isolation]:
    """What this machine offers to this user: with bubblewrap, without, and without walls."""
    with mock.patch.dict(os.environ, PATH="/nowhere"):
        bound = detect()
    return list({found.level: found for found in (detect(), bound, isolation_of(Level.NONE))}.values())


def open_at(isolation: Isolation, machine: Machine) -> list[str]:
    """The names of the attacks that reached something."""
    reached = []
    with opened(isolation) as box:
        reached += [name for name in ASKING if ask_for(name, box, machine)]
    # Without walls and with the user's own uid these would end the user's session.
    spared = KILLING if isolation.level is Level.NONE and "uid" not in isolation.enforced else frozenset()
    reached += spared
    return reached + [name for name in HARMING if name not in spared and suffer(name, isolation, machine)]


def main() -> None:
    """Print one line for each rung."""
    with ExitStack() as undo:
        machine = Machine(undo)
        for isolation in rungs():
            reached = open_at(isolation, machine)
            count = len(ASKING) + len(HARMING)
            sys.stdout.write(f"{isolation.level}: {count - len(reached)} of {count} held; not {', '.join(reached)}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
