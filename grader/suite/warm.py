"""An interpreter with pytest and the suite's rooms in it, forked per attempt: each examiner is spared the imports.

`python -I -X utf8 -m grader.suite.warm CONTROL_FD`; `examiners.Warm` is the other end of the control socket.

    <-- report's path, with descriptors: the plan to read, the journal, where stderr goes
    --> pid of the examiner, said by itself when it has a session of its own
    --> its exit code, while its pid still cannot belong to anybody else
    <-- that the pid is not needed any more

The interpreter imports, and compiles what each box gets of ours. It calls nothing else: what a module finds out about
its process must be the examiner's own.
"""

from __future__ import annotations

import gc
import os
import pdb  # noqa: F401, T100  it is not used here: pytest imports it when it begins
import socket
import sys

from grader.suite import run
from grader.suite.boxes import inside_files

LARGEST = 4096  # bytes of a path, the longest that Linux takes
DESCRIPTORS = 3


def serve(control: socket.socket) -> list[str] | None:
    """In the interpreter: serve until nobody is there, then None. In each examiner: its arguments for `run.main`."""
    inside_files()
    gc.collect()
    gc.freeze()  # what is looked at by the collector is copied
    while True:
        request, descriptors, _, _ = socket.recv_fds(control, LARGEST, DESCRIPTORS)
        if not request:
            return None
        examiner = os.fork()
        if not examiner:
            return _become_examiner(control, request, descriptors)
        for descriptor in descriptors:
            os.close(descriptor)
        ended = os.waitid(os.P_PID, examiner, os.WEXITED | os.WNOWAIT)
        assert ended is not None
        killed = ended.si_code in {os.CLD_KILLED, os.CLD_DUMPED}
        control.send(str(-ended.si_status if killed else ended.si_status).encode())
        control.recv(1)
        os.waitpid(examiner, 0)


def _become_examiner(control: socket.socket, request: bytes, descriptors: list[int]) -> list[str]:
    plan, journal, words = descriptors
    os.setsid()
    control.send(str(os.getpid()).encode())
    control.close()
    os.dup2(plan, sys.stdin.fileno())
    os.dup2(words, sys.stderr.fileno())
    os.close(plan)
    os.close(words)
    return [str(journal), os.fsdecode(request[1:])]


def main(control: socket.socket) -> int:
    """What becomes of this process."""
    try:
        arguments = serve(control)
    except (BrokenPipeError, ConnectionResetError):
        return 0  # whoever asked is gone
    return 0 if arguments is None else run.main(arguments)


if __name__ == "__main__":
    sys.exit(main(socket.socket(fileno=int(sys.argv[1]))))
