"""Walls take nothing away from multiprocessing."""

from __future__ import annotations

import pytest

from grader.model.observation import Isolation
from tests.sandbox.boxes import Opener, ask

BROKEN = "import sys; sys.path.insert(0, ROOT + '/sub')\nimport features\nfeatures."


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_everything_of_multiprocessing_works(isolation: Isolation, opened: Opener, method: str) -> None:
    """Locks, queues, barriers, pools, managers, shared memory and listeners work under each start method."""
    assert ask(opened(isolation), f"{BROKEN}broken({method!r})") == {}


def test_what_programs_use_beside_it_works(isolation: Isolation, opened: Opener) -> None:
    """A shell, fifos, the count of processors and the name localhost are there."""
    assert ask(opened(isolation), f"{BROKEN}broken_elsewhere()") == []
