"""The first code inside a box: sets the limits, reports its birth, becomes the zygote.

Sent as text to `python -I -S -c TEXT LINE RLIMITS COMMAND...`: standard library only, nothing of ours.
Limits are set here, and not before bwrap, because outside they would count the user's other processes.
"""

from __future__ import annotations

import os
import resource
import sys


def set_limits(settings: str) -> None:
    """Lower each named limit, never beyond what is allowed already."""
    for setting in settings.split(","):
        name, _, value = setting.partition("=")
        which = getattr(resource, name, None)
        if which is None:
            continue  # not on this platform
        hard = resource.getrlimit(which)[1]
        limit = int(value) if hard == resource.RLIM_INFINITY else min(int(value), hard)
        try:
            resource.setrlimit(which, (limit, limit))
        except (ValueError, OSError):
            continue  # a platform may refuse some; what holds is said by the isolation


def be_first_when_memory_ends() -> None:
    """Let the kernel kill a box before anything else on the machine."""
    try:
        with open("/proc/self/oom_score_adj", "w") as file:  # noqa: PTH123  pathlib doubles the start-up time
            file.write("1000")
    except OSError:
        pass


def main(line: int, settings: str, command: list[str]) -> None:
    """Set the limits, say "born" with our pid, and become the command."""
    set_limits(settings)
    be_first_when_memory_ends()
    os.write(line, str(os.getpid()).encode())
    os.close(line)
    os.execv(command[0], command)  # noqa: S606  no shell is meant


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3:])
