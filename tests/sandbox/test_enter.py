"""What the first code inside a box hands on to the program."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from grader.sandbox import enter

TELLS = "import signal; print(signal.getsignal(signal.SIGINT) is signal.default_int_handler)"


def test_the_program_gets_interrupts_as_from_a_terminal() -> None:
    """A grader in the background of a script has them ignored; what a program does must not depend on that."""
    read, write = os.pipe()
    nothing = ",".join([str(enter.NONE)] * 4)
    text = Path(enter.__file__).read_text(encoding="utf-8")
    command = [
        sys.executable,
        "-I",
        "-S",
        "-c",
        text,
        str(write),
        "RLIMIT_CORE=0",
        nothing,
        sys.executable,
        "-c",
        TELLS,
    ]
    done = subprocess.run(
        ["/bin/sh", "-c", "trap '' INT; exec \"$@\"", "sh", *command],
        pass_fds=(write,), capture_output=True, text=True, check=False,
    )  # fmt: skip
    os.close(write)
    os.close(read)

    assert (done.stdout.strip(), done.stderr) == ("True", "")
