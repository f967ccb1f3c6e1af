"""What counts as left behind is what the program could have ended and reaped itself."""

from __future__ import annotations

import pytest

from grader.observe.tree import Process
from grader.suite import aftermath
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


@pytest.mark.parametrize(
    ("command", "name"),
    [
        ("/opt/py/bin/python3.11 -I /box/main.py 10", "python3.11"),
        ("/usr/bin/python3 -c from multiprocessing.spawn import spawn_main; spawn_main(tracker_fd=5)", "python3"),
        ("python3.11", "python3.11"),
        ("sleep 100", "sleep 100"),
        ("/usr/bin/python3 mine.py", "/usr/bin/python3 mine.py"),
    ],
)
def test_process_is_called_what_its_author_would_call_it(command: str, name: str) -> None:
    """How the grader starts a process is no affair of who reads that it was left."""
    assert aftermath._named(command) == name
