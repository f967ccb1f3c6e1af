"""Boxes for tests, of each level that exists."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from grader.model.exercise import Limits
from grader.model.observation import Isolation, Level
from grader.sandbox.api import Box
from grader.sandbox.detect import detect
from grader.sandbox.launch import open_box
from tests.sandbox.boxes import WITHOUT_WALLS, Opener, inside_files

ORDINARY = Limits()


@pytest.fixture
def opened() -> Iterator[Opener]:
    """Opens boxes that are closed after the test."""
    with ExitStack() as closing:

        def opener(
            isolation: Isolation,
            *,
            limits: Limits = ORDINARY,
            python: str = sys.executable,
            files: dict[str, bytes] | None = None,
        ) -> Box:
            box = open_box(isolation, files or inside_files(), limits=limits, python=python)
            closing.callback(box.close)
            return box

        yield opener


@pytest.fixture(scope="session")
def walls() -> Isolation:
    """What holds behind bubblewrap."""
    isolation = detect()
    if isolation.level is not Level.NAMESPACE:
        pytest.skip("needs bubblewrap: apt install bubblewrap")
    return isolation


@pytest.fixture(scope="session")
def bound() -> Isolation:
    """What holds where a box binds itself: level `user` for root, `limits` for others."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", "/nowhere")
        isolation = detect()
    if isolation.level is Level.NONE:
        pytest.skip("needs Landlock and seccomp: pip install 'ipc-grader[sandbox]', Linux 6.12")
    return isolation


@pytest.fixture(params=["namespace", "bound", "none"])
def isolation(request: pytest.FixtureRequest) -> Isolation:
    """Each level that exists: what a test says of it holds for every box."""
    if request.param == "none":
        return WITHOUT_WALLS
    found: Isolation = request.getfixturevalue("walls" if request.param == "namespace" else "bound")
    return found


@pytest.fixture(params=["bound", "none"])
def kept(request: pytest.FixtureRequest) -> Isolation:
    """Each level whose boxes have a keeper instead of namespaces."""
    found: Isolation = WITHOUT_WALLS if request.param == "none" else request.getfixturevalue("bound")
    return found


@pytest.fixture(scope="module")
def box(walls: Isolation) -> Iterator[Box]:
    """One box behind walls for questions that change nothing."""
    shared = open_box(walls, inside_files(), limits=Limits(disk_bytes=1024 * 1024), python=sys.executable)
    yield shared
    shared.close()
