# Brings a gate of its own to the coordinator and says what no gate says.
import os

import inside.desk

DESK = inside.desk.Desk(os.path.dirname(os.path.dirname(inside.desk.__file__)) + "/desk", os.environ.get("BOX_CALL", ""))

import json
import time

from inside import gate


def ask(line, **what):
    line.send(json.dumps(what).encode())


def add_many(counter, lock, times):
    if gate._gate.me is None:
        return
    line = DESK.connect("gate", name="evil")
    waits = {"op": "acquire", "on": "x", "need": ["x", "free"], "wait": None}
    ask(line, **waits)
    line.settimeout(1)
    try:
        line.recv(4096)
    except TimeoutError:
        pass
    ask(line, again=True, **waits)
    ask(line, again=True, **waits)
    ask(line, again=True, seen=["x"] * 900, **waits)
    time.sleep(0.2)


def update(counter, lock, change):
    if gate._gate.me is None:
        return 0
    line = DESK.connect("gate", name="evil")
    for _ in range(4):
        ask(line, op="sleep", on="x", need=["x", "never"], wait=1e308, line=-5)
        gate.turn("sleep", "x", need=("y", "never"), wait=1e308)
    return 0


def add_results(counter, lock, jobs):
    if gate._gate.me is None:
        return
    line = DESK.connect("gate", name="evil")
    ask(line, born=["ghost"], fed=["ghost in nobody"], news=[{"on": "lock-1", "aspect": "free", "holds": True}])
    for job in jobs:
        counter.value += job()
