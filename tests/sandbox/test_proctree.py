"""Who lives below a process."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.errors import GraderFault
from grader.sandbox import proctree
from grader.sandbox.proctree import alive, children, descendants, parent, reap

FAMILY = """import os, signal
if not os.fork():
    grandchild = os.fork()
    if grandchild: print(os.getpid(), grandchild, flush=True)
    signal.pause()
signal.pause()"""


@pytest.fixture
def family() -> Iterator[list[int]]:
    """Pids of parent, child and grandchild."""
    command = [sys.executable, "-I", "-S", "-c", FAMILY]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True) as eldest:
        assert eldest.stdout is not None
        yield [eldest.pid, *map(int, eldest.stdout.readline().split())]
        os.killpg(eldest.pid, 9)


def test_descendants_are_found_parents_first(family: list[int]) -> None:
    """Every generation below a process is found."""
    eldest, child, grandchild = family

    assert descendants(eldest) == (child, grandchild)
    assert parent(grandchild) == child
    assert alive(grandchild)


@pytest.mark.parametrize("source", ["_has_child_lists", "PROC"])
def test_descendants_are_found_on_other_kernels(
    family: list[int], monkeypatch: pytest.MonkeyPatch, source: str, tmp_path: Path
) -> None:
    """Where the kernel keeps no lists of children every process is asked for its parent, by `ps` if need be."""
    if source == "PROC":
        if not Path("/bin/ps").exists():
            pytest.skip("needs ps: apt install procps")
        monkeypatch.setattr(proctree, "PROC", tmp_path / "none")
    else:
        real = proctree.PROC
        (tmp_path / "proc").mkdir()
        for pid in family:
            (tmp_path / "proc" / str(pid)).mkdir()
            (tmp_path / "proc" / str(pid) / "stat").symlink_to(real / str(pid) / "stat")
        monkeypatch.setattr(proctree, "PROC", tmp_path / "proc")
    monkeypatch.setattr(proctree, "_has_child_lists", lambda: False)

    assert descendants(family[0]) == tuple(family[1:])


def test_a_process_that_ended_has_no_family() -> None:
    """Whoever asks too late gets nothing, or our fault where nothing would be wrong."""
    ended = subprocess.Popen([sys.executable, "-I", "-S", "-c", ""])
    ended.wait()

    assert children(ended.pid) == ()
    assert not alive(ended.pid)
    with pytest.raises(GraderFault):
        parent(ended.pid)


def test_only_named_children_are_reaped() -> None:
    """A pid that is no child of ours is passed over."""
    reap([1, os.getpid()])
