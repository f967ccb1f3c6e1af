"""Which limits a box gets, and how they are set inside."""

from __future__ import annotations

import os
import resource
import subprocess
import sys

import pytest

from grader.model.exercise import Limits
from grader.sandbox import enter
from grader.sandbox.limits import counts_per_namespace, rlimits, task_limit


@pytest.mark.parametrize(
    ("release", "counts"),
    [("5.14.0-427.el9", True), ("6.18.44", True), ("5.4.0-200-generic", False), ("4.18.0", False), ("odd", False)],
)
def test_kernels_count_tasks_per_namespace_since_5_14(release: str, *, counts: bool) -> None:
    """Older kernels count all tasks of the user: there the limit must leave room for them."""
    assert counts_per_namespace(release) is counts


def test_a_count_shared_with_others_leaves_room_for_them() -> None:
    """No verdict depends on what else the user runs."""
    limits = Limits(processes=8)

    assert task_limit(limits, own_count=True) == 24
    assert task_limit(limits, own_count=False) >= 24 + 512


def test_limits_are_lowered_and_never_raised() -> None:
    """A hard limit that is lower already stays, and a name that the platform does not know is passed over."""
    program = (
        "import resource as r, sys; sys.argv = ['']\n"
        "r.setrlimit(r.RLIMIT_NOFILE, (64, 64))\n"
        f"exec(open({enter.__file__!r}).read().split('if __name__')[0])\n"
        "set_limits('RLIMIT_NOFILE=100,RLIMIT_CORE=0,RLIMIT_FROM_THE_FUTURE=1')\n"
        "print(r.getrlimit(r.RLIMIT_NOFILE), r.getrlimit(r.RLIMIT_CORE))"
    )
    done = subprocess.run([sys.executable, "-I", "-S", "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout == "(64, 64) (0, 0)\n"


def test_every_limit_has_a_name_of_the_platform() -> None:
    """A mistyped name would be passed over in silence."""
    if os.uname().sysname != "Linux":
        pytest.skip("names of Linux")
    names = [setting.partition("=")[0] for setting in rlimits(Limits(), tasks=1).split(",")]

    assert all(hasattr(resource, name) for name in names)
