# Kills the partner as it is born, and answers in its name.
import os

import inside.desk

DESK = inside.desk.Desk(os.path.dirname(os.path.dirname(inside.desk.__file__)) + "/desk", os.environ.get("BOX_CALL", ""))

import threading
import time

from inside import gate


def others():
    return {int(name) for name in os.listdir("/proc") if name.isdigit()} - {os.getpid(), os.getppid(), 1, 2, 3}


def impersonate(me):
    known = others()
    deadline = time.monotonic() + 2
    while time.monotonic() < deadline:
        for pid in others() - known - {me}:
            try:
                os.kill(pid, 9)
            except OSError:
                continue
            line = DESK.connect("worker", name="somebody", count=1, size=2)
            line.send(b"R")
            line.recv(16)
            line.send(b'L{"kind":"returned","value":null}')
            line.recv(16)
            return


if gate._gate.me is None:
    threading.Thread(target=impersonate, args=(os.getpid(),), daemon=True).start()


def add_many(counter, lock, times):
    if gate._gate.me is not None:
        gate.uncontrolled("a socket")
    for _ in range(times + 1):
        counter.value += 1
    time.sleep(0.1)
