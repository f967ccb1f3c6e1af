# Closes lines on which the examiner has said something that was not read.
# earns: survives_a_failing_change
import os

import inside.desk

DESK = inside.desk.Desk(os.path.dirname(os.path.dirname(inside.desk.__file__)) + "/desk", os.environ.get("BOX_CALL", ""))


def add_many(counter, lock, times):
    line = DESK.connect("worker", name="another", count=2, size=0)
    line.send(b"R")
    line.close()
    other = DESK.connect("worker", name="yet another", count=3, size=0)
    other.send(b"R")
    os.kill(os.getpid(), 9)


def update(counter, lock, change):
    for number in range(30):
        line = DESK.connect("worker", name=f"number {number}", count=2, size=0)
        line.send(b"R")
        if os.fork() == 0:
            os._exit(0)
        os.wait()
        line.close()
    return change(counter.value)
