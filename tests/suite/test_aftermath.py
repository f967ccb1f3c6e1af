"""What counts as left behind is what the program could have ended and reaped itself."""

from __future__ import annotations

import pytest

from grader.observe.tree import Process
from grader.suite.aftermath import has_ended_unowned

KEEPER, CALL = 10, 20


@pytest.mark.parametrize(
    ("parent", "state", "unowned"),
    [(KEEPER, "Z", True), (KEEPER, "S", False), (CALL, "Z", False), (CALL, "S", False)],
)
def test_only_a_zombie_that_we_inherited_is_nobodys(parent: int, state: str, *, unowned: bool) -> None:
    """A zombie of the program's own and whatever still runs are the program's."""
    process = Process(pid=30, ppid=parent, state=state, command="python3", started=1)

    assert has_ended_unowned(process, frozenset({KEEPER, 11})) is unowned
