"""Hostile programs in a box of each level: what a level promises to hold is held, and the machine is as before."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from grader.model.observation import Isolation, Level
from grader.sandbox.api import Box
from tests.sandbox.boxes import WITHOUT_WALLS
from tests.sandbox.hostile.asking import ASKING, run
from tests.sandbox.hostile.harming import HARMING
from tests.sandbox.hostile.judge import CONTROLLED, ask_for, opened, promised, suffer
from tests.sandbox.hostile.machine import Machine

ROOT = os.geteuid() == 0
LEVELS = {"namespace": Level.NAMESPACE, "bound": Level.USER if ROOT else Level.LIMITS, "none": Level.NONE}


def promises(attacks: dict[str, object]) -> list[tuple[str, str]]:
    """Each level with each of these attacks that it holds."""
    return [(name, each) for name, level in LEVELS.items() for each in promised(level, root=ROOT) if each in attacks]


@pytest.fixture(scope="module")
def machine() -> Iterator[Machine]:
    """A machine with something to lose."""
    with ExitStack() as undo:
        yield Machine(undo)


@pytest.fixture(scope="module")
def rooms(request: pytest.FixtureRequest) -> Iterator[dict[str, Box]]:
    """One box of each level that there is, for attacks that leave it usable."""
    with ExitStack() as closing:
        yield {name: closing.enter_context(opened(isolation_of(name, request))) for name in LEVELS}


def isolation_of(level: str, request: pytest.FixtureRequest) -> Isolation:
    """What a level is called in the tests, as a box is opened with it; skips where there is none."""
    if level == "none":
        return WITHOUT_WALLS
    found: Isolation = request.getfixturevalue("walls" if level == "namespace" else "bound")
    return found


@pytest.mark.parametrize("attack", CONTROLLED)
def test_the_attack_reaches_its_target_where_nothing_is_in_its_way(
    attack: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Run by the user without a box: what it is about is there to be reached, and the machine's services notice."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    with ExitStack() as undo:
        machine = Machine(undo)
        started, reached = run(attack, machine.target())
        assert started
        assert [*reached, *machine.harm()]


@pytest.mark.parametrize(("level", "attack"), promises(dict(ASKING)))
def test_what_is_asked_for_is_refused(level: str, attack: str, rooms: dict[str, Box], machine: Machine) -> None:
    """The attack began, reached nothing, and the machine was not touched."""
    assert ask_for(attack, rooms[level], machine) == []


@pytest.mark.parametrize(("level", "attack"), promises(dict(HARMING)))
def test_what_does_harm_ends_with_its_box(
    level: str, attack: str, machine: Machine, request: pytest.FixtureRequest
) -> None:
    """The attack began; canary, services and files are unharmed, and no process of it is left."""
    assert suffer(attack, isolation_of(level, request), machine) == []
