"""A loop that only waits is told from one that may end by itself, by its source alone."""

from __future__ import annotations

import pytest

from grader.observe.waitloops import Loops

WAITS = {
    "asks a queue": "while q.empty():\n    pass  # here",
    "asks an event and sleeps": "while not ev.is_set():\n    time.sleep(0.1)  # here",
    "asks a shared value": "while v.value == 0: pass  # here",
    "asks every process": "while any(p.is_alive() for p in ps):  # here\n    pass",
    "waits with a limit": "while not conn.poll(0.1):  # here\n    continue",
    "tries to get": (
        "while True:\n    try:\n        item = q.get_nowait()  # here\n    except Empty:\n        continue\n"
        "    use(item)"
    ),
    "hands on what it would get": (
        "while True:\n    try:\n        results.put(f(tasks.get(timeout=1)))  # here\n    except Empty:\n        pass"
    ),
    "looks at what it would get": (
        "while True:\n    try:\n        if tasks.get(timeout=1) is None:  # here\n            break\n"
        "    except Empty:\n        pass"
    ),
    "adds what it would get": (
        "while True:\n    try:\n        total[0] += 2 * tasks.get(timeout=1)  # here\n    except Empty:\n        pass"
    ),
    "returns what it would get": (
        "while True:\n    try:\n        return tasks.get(timeout=1)  # here\n    except Empty:\n        sleep(1)"
    ),
    "gives up trying to put": (
        "while True:\n    try:\n        q.put_nowait(1)\n    except Full:\n        sleep(0.1)  # here\n"
        "    else:\n        return"
    ),
    "tells other failures": (
        "while True:\n    try:\n        item = q.get(timeout=1)  # here\n        use(item)\n"
        "    except queue.Empty:\n        continue\n    except Exception as error:\n        tell(error)"
    ),
    "leaves when it is over": "while True:\n    if p.exitcode is not None:\n        break\n    p.join(0.2)  # here",
    "notes what it was told": "got = False\nwhile not got:\n    got = lock.acquire(timeout=0.1)  # here",
    "notes it and sleeps": "while not over:\n    over = ev.is_set()\n    time.sleep(0.1)  # here",
    "looks under a lock": "while True:\n    with lock:\n        if v.value:  # here\n            break",
}
ASLEEP = {
    "handles what it got": "while True:\n    if conn.poll(0.1):  # here\n        use(conn.recv())",
    "asks first": (
        "from multiprocessing.connection import wait\nwhile not over.is_set():\n"
        "    if not wait([listener], 0.1):  # here\n        continue\n    serve(listener.accept())"
    ),
    "asks the module": (
        "while True:\n    if not mp.connection.wait([one, two], 1):  # here\n        continue\n    serve(one)"
    ),
    "runs through what is ready": (
        "from multiprocessing.connection import wait\nwhile lines:\n    ready = wait(lines, 0.1)  # here\n"
        "    for line in ready:\n        use(line.recv())"
    ),
    "goes on without": (
        "from multiprocessing import connection\nwhile True:\n    ready = connection.wait(lines, 0.1)  # here\n"
        "    if not ready:\n        continue\n    use(ready[0].recv())"
    ),
    "is ready for the end": (
        "while True:\n    try:\n        if not conn.poll(0.1):  # here\n            continue\n        use(conn)\n"
        "    except EOFError:\n        break\n    count += 1"
    ),
    "handles it or the end": (
        "while True:\n    try:\n        if conn.poll(0.1):  # here\n            use(conn.recv())\n"
        "    except EOFError:\n        forget(conn)\n        continue\n    sleep(0.1)"
    ),
    "takes a lock": "while not over.is_set():\n    if lock.acquire(timeout=0.1):  # here\n        tries += 1",
}
AWAKE = {
    "counts on the way": "while True:\n    if conn.poll(0.1):  # here\n        use(conn.recv())\n    turns += 1",
    "looks at two": (
        "while True:\n    if one.poll(0):\n        use(one.recv())\n    if two.poll(0.1):  # here\n"
        "        use(two.recv())"
    ),
    "waits for futures": (
        "from concurrent.futures import wait\nwhile True:\n    if not wait(futures, 0.1):  # here\n        continue\n"
        "    use(futures)"
    ),
    "works and then sleeps": "while True:\n    if conn.poll(0):\n        use(conn.recv())\n        sleep(1)  # here",
    "counts behind what is ready": (
        "from multiprocessing.connection import wait\nwhile lines:\n    ready = wait(lines, 0.1)  # here\n"
        "    for line in ready:\n        use(line.recv())\n    turns += 1"
    ),
    "counts behind another name": (
        "from multiprocessing.connection import wait\nwhile lines:\n    ready = wait(lines, 0.1)  # here\n"
        "    for line in lines:\n        use(line)"
    ),
    "counts when it was in time": (
        "while True:\n    try:\n        if conn.poll(0.1):  # here\n            use(conn.recv())\n"
        "    except EOFError:\n        continue\n    turns += 1"
    ),
    "may fail behind it": (
        "while True:\n    try:\n        if conn.poll(0.1):  # here\n            use(conn.recv())\n"
        "        q.get_nowait()\n    except Empty:\n        misses += 1"
    ),
    "counts at last": (
        "while True:\n    try:\n        if conn.poll(0.1):  # here\n            use(conn.recv())\n    finally:\n"
        "        turns += 1"
    ),
    "in one line": "while True:\n    if conn.poll(0): sleep(0.1); use(conn)  # here",
    "counts its failures": (
        "while True:\n    if not conn.poll(1):  # here\n        misses += 1\n        continue\n    use(conn)"
    ),
    "waits for futures by their module": (
        "while True:\n    if not futures.wait(some, timeout=1):  # here\n        continue\n    use(some)"
    ),
    "calls something for its list": (
        "from multiprocessing.connection import wait\nwhile True:\n    if not wait([next(some)], 1):  # here\n"
        "        continue\n    use(some)"
    ),
}
MAY_END = {
    "notes what a function told": "while not got:\n    got = ask(lock)  # here",
    "takes what it was told off": "while left:\n    left = left - lock.acquire(timeout=0.1)  # here",
    "counts": "while q.empty():\n    tries += 1  # here",
    "reads the clock": "while time.monotonic() < end:\n    sleep(0.1)  # here",
    "calls something of its own": "while not ready():\n    pass  # here",
    "is a query of its own": "def empty(self):\n    return next(self.left)\nwhile q.empty():\n    pass  # here",
    "sleeps in its own way": "def sleep(seconds):\n    patience()\nwhile q.empty():\n    sleep(1)  # here",
    "handles what it got": (
        "while True:\n    try:\n        item = q.get(timeout=1)\n    except Empty:\n        continue\n"
        "    use(item)  # here"
    ),
    "counts its failures": (
        "while True:\n    try:\n        q.get(timeout=1)\n    except Empty:\n        misses += 1  # here\n"
        "        if misses > 8:\n            break"
    ),
    "counts what may be its failure": (
        "while True:\n    try:\n        q.get(timeout=1)  # here\n    except Exception:\n        misses += 1\n"
        "    except Empty:\n        continue"
    ),
    "has a failure of its own": (
        "class Empty(OSError):\n    pass\nwhile True:\n    try:\n        q.get(timeout=1)  # here\n"
        "    except Empty:\n        continue\n    except Exception:\n        misses += 1"
    ),
    "counts before it gets": (
        "while True:\n    try:\n        results.put(next(numbers), tasks.get(timeout=1))  # here\n    except Empty:\n"
        "        continue"
    ),
    "may count before it gets": (
        "while True:\n    try:\n        results.put([next(n) for n in ns], tasks.get(timeout=1))  # here\n"
        "    except Empty:\n        continue"
    ),
    "runs through a list": "for item in items:\n    item.get()  # here",
    "puts": "while q.put(1):\n    pass  # here",
    "is no loop": "q.get()  # here",
}


def line_of(source: str) -> int:
    """The line marked in an example."""
    return next(number for number, line in enumerate(source.splitlines(), start=1) if line.endswith("# here"))


@pytest.mark.parametrize("name", WAITS)
def test_a_loop_that_only_looks_waits(name: str) -> None:
    """Nothing in it changes anything: what it looks at has to be changed by somebody else."""
    assert Loops(WAITS[name]).waiting_at(line_of(WAITS[name])) is not None


@pytest.mark.parametrize("name", ASLEEP)
def test_what_is_done_with_what_came_does_not_count_where_it_sleeps(name: str) -> None:
    """Asleep in the call that waits for it, with nobody left to send it, a loop never comes to that."""
    line = line_of(ASLEEP[name])

    assert Loops(ASLEEP[name]).waiting_at(line, asleep=True) is not None
    assert Loops(ASLEEP[name]).waiting_at(line) is None


@pytest.mark.parametrize("name", AWAKE)
def test_what_is_done_at_each_turn_counts_wherever_it_sleeps(name: str) -> None:
    """And so does what another call may have found."""
    assert Loops(AWAKE[name]).waiting_at(line_of(AWAKE[name]), asleep=True) is None


@pytest.mark.parametrize("name", MAY_END)
def test_a_loop_that_changes_or_counts_anything_may_end(name: str) -> None:
    """Every doubt speaks for life."""
    assert Loops(MAY_END[name]).waiting_at(line_of(MAY_END[name])) is None


def test_the_innermost_loop_counts() -> None:
    """A loop that waits, inside one that works, is the one that is seen; the other one repeats it."""
    loops = Loops("for job in jobs:\n    while q.empty():\n        pass\n    q.get()\n")

    found = loops.waiting_at(3)

    assert found is not None
    assert (found.line, found.text) == (2, "while q.empty():")
    assert loops.is_repeated(3, inside=found)
    assert loops.waiting_at(4) is None


def test_the_test_of_a_loop_does_not_repeat_the_loop() -> None:
    """`any(... for ...)` runs through its list at each turn, and that is the turn."""
    loops = Loops("while any(p.is_alive() for p in ps):\n    pass\n")

    assert not loops.is_repeated(1, inside=loops.waiting_at(1))


@pytest.mark.parametrize("source", ["while (", "\0", "x" * 500_000])
def test_a_file_that_cannot_be_read_has_no_loops(source: str) -> None:
    """Whatever a student hands in."""
    assert Loops(source).waiting_at(1) is None
