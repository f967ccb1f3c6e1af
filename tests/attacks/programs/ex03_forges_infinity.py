# Lets the virtual clock run to infinity before it fails.
import os

import inside.desk

DESK = inside.desk.Desk(os.path.dirname(os.path.dirname(inside.desk.__file__)) + "/desk", os.environ.get("BOX_CALL", ""))

from inside import gate


def add_many(counter, lock, times):
    for _ in range(3):
        gate.turn("sleep", "x", lambda: (False, None), need=("y", "never"), wait=1.7e308)
    gate.turn("sleep", "x", lambda: (False, None), need=("y", "never"), wait=None)
