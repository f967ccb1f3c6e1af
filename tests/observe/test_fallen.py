"""Tracebacks of children and threads are attributed to them."""

from __future__ import annotations

from grader.model.observation import Fallen
from grader.observe.fallen import MOST, fallen, unmeant, without_meant

CHILD = """Process worker-1:
Traceback (most recent call last):
  File "/usr/lib/python3.11/multiprocessing/process.py", line 314, in _bootstrap
    self.run()
  File "/box/sub/ex90.py", line 5, in work
    raise ValueError("bad input")
ValueError: bad input
"""
THREAD = """Exception in thread Thread-1 (collect):
Traceback (most recent call last):
  File "/usr/lib/python3.11/threading.py", line 1045, in _bootstrap_inner
    self.run()
KeyError
"""


def test_a_traceback_belongs_to_the_process_named_above_it() -> None:
    """With what it ended with, and the last of the student's lines in it."""
    assert fallen("noise\n" + CHILD, "ex90.py") == (Fallen(who="worker-1", error="ValueError: bad input", line=5),)


def test_what_a_scenario_raises_on_purpose_is_told_of_nobody() -> None:
    """Its traceback is cut out, and its process has not ended badly; what the program itself raised stays."""
    meant = CHILD.replace("worker-1", "job").replace("ValueError: bad", "scenarios.Refusal: bad")
    stderr = f"before\n{meant}between\n{CHILD}"

    assert without_meant(stderr, "scenarios") == f"before\nbetween\n{CHILD}"
    assert [one.who for one in unmeant(fallen(stderr, "ex90.py"), "scenarios")] == ["worker-1"]


def test_a_traceback_that_was_cut_is_kept_as_it_is() -> None:
    """Nobody knows what it would have ended with."""
    cut = CHILD[: CHILD.index("ValueError")]

    assert without_meant(cut, "scenarios") == cut


def test_a_thread_is_named_likewise() -> None:
    """An exception without a message, and without a line of the student's."""
    assert fallen(THREAD, "ex90.py") == (Fallen(who="Thread-1 (collect)", error="KeyError", line=None),)


def test_several_are_told_up_to_a_limit() -> None:
    """In the order in which they ended."""
    assert [one.who for one in fallen(CHILD + THREAD, "ex90.py")] == ["worker-1", "Thread-1 (collect)"]
    assert len(fallen(CHILD * 50, "ex90.py")) == MOST


def test_a_traceback_of_nobody_is_nobody_s() -> None:
    """That of the main process is told elsewhere."""
    assert fallen(CHILD.partition("\n")[2], "ex90.py") == ()
    assert fallen("Process of thinking:\n", "ex90.py") == ()
