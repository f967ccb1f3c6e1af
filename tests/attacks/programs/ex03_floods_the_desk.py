# Opens connections to the desk that say nothing, garbage, or too much.
import os

import inside.desk

DESK = inside.desk.Desk(os.path.dirname(os.path.dirname(inside.desk.__file__)) + "/desk", os.environ.get("BOX_CALL", ""))

import socket


def silent(count):
    found = []
    for _ in range(count):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        line.setblocking(False)
        try:
            line.connect(DESK.path)
        except OSError:
            break
        found.append(line)
    return found


def add_many(counter, lock, times):
    kept = silent(900)
    os.write(1, str(len(kept)).encode()[:0])


def update(counter, lock, change):
    for line in silent(3):
        line.setblocking(True)
        line.send(b"[" * 50_000)
    return change(counter.value)


def add_results(counter, lock, jobs):
    for number in range(700):
        DESK.connect("door", name=f"door {number}", do="wait", count=-1).close()
