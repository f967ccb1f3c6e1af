"""Each operator breaks a program in its own way, in every place where it can, and nowhere else."""

from __future__ import annotations

import ast
from textwrap import dedent

import pytest

from grader.authoring import operators
from grader.authoring.edits import places
from grader.authoring.operators import OPERATORS, Operator


def broken(operator: Operator, source: str) -> list[str]:
    """What the operator makes of a program, each place on its own; the program is as it was afterwards."""
    tree = ast.parse(dedent(source))
    original = ast.unparse(tree)
    found = []
    for place in list(places(tree)):
        for edit in operator(place):
            undo = edit.swap()
            found.append(ast.unparse(ast.fix_missing_locations(tree)))
            undo.swap()
    assert ast.unparse(tree) == original
    return found


def plain(source: str) -> str:
    """The program as `ast.unparse` writes it."""
    return ast.unparse(ast.parse(dedent(source)))


CASES: list[tuple[Operator, str, list[str]]] = [
    (operators.drop_with, "with lock:\n    a()", ["a()"]),
    (operators.drop_with, "with Pool() as pool:\n    a()", []),
    (
        operators.leave_with_early,
        "with lock:\n    a()\n    b()",
        ["a()\nwith lock:\n    b()", "with lock:\n    a()\nb()"],
    ),
    (operators.release_without_finally, "with lock:\n    a()", ["lock.acquire()\na()\nlock.release()"]),
    (operators.release_without_finally, "with make():\n    a()", []),
    (operators.swap_locks, "with a, b:\n    c()", ["with b, a:\n    c()"]),
    (operators.swap_locks, "with a:\n    with b:\n        c()", ["with b:\n    with a:\n        c()"]),
    (operators.swap_locks, "a.acquire()\nb.acquire()\nc()", ["b.acquire()\na.acquire()\nc()"]),
    (operators.drop_ending, "if a:\n    process.join()", ["if a:\n    pass"]),
    (operators.drop_ending, "tasks.task_done()\ntasks.close()", ["tasks.close()", "tasks.task_done()"]),
    (operators.drop_sentinel, "queue.put(None)\nqueue.put(item)\n", ["queue.put(item)"]),
    (operators.drop_sentinel, "queue.put(STOP)\n", ["pass"]),
    (operators.drop_timeout, "queue.get(timeout=seconds)", ["queue.get()"]),
    (operators.drop_timeout, "process.join(seconds)", ["process.join()"]),
    (operators.drop_timeout, "queue.put(item)", []),
    (operators.timeout_to_none, "queue.get(timeout=seconds)", ["queue.get(timeout=None)"]),
    (operators.as_it_finishes, "x = pool.map(f, items)", ["x = list(pool.imap_unordered(f, items))"]),
    (operators.one_after_another, "for p in all:\n    p.start()", ["for p in all:\n    p.start()\n    p.join()"]),
    (
        operators.lambda_target,
        "Process(target=work)",
        ["Process(target=lambda *given, **named: work(*given, **named))"],
    ),
    (
        operators.lock_of_its_own,
        "def f(n, lock):\n    a()",
        ["def f(n, lock):\n    lock = __import__('multiprocessing').Lock()\n    a()"],
    ),
    (
        operators.lock_of_the_module,
        "def f(n, lock):\n    a()",
        ["def f(n, lock, *, module_lock=__import__('multiprocessing').Lock()):\n    lock = module_lock\n    a()"],
    ),
    (operators.drop_finally, "try:\n    a()\nfinally:\n    b()", ["a()\nb()"]),
    (
        operators.drop_finally,
        "try:\n    a()\nexcept E:\n    b()\nfinally:\n    c()",
        ["try:\n    a()\nexcept E:\n    b()\nc()"],
    ),
    (operators.drop_handler, "try:\n    a()\nexcept E:\n    b()", ["a()"]),
    (
        operators.drop_handler,
        "try:\n    a()\nexcept E:\n    b()\nfinally:\n    c()",
        ["try:\n    a()\nfinally:\n    c()"],
    ),
    (operators.wait_once, "while not ready():\n    condition.wait()", ["if not ready():\n    condition.wait()"]),
    (operators.wait_once, "while n:\n    n -= 1", []),
    (operators.weaker_call, "condition.notify_all()", ["condition.notify()"]),
    (operators.weaker_call, "process.kill()", ["process.terminate()"]),
    (
        operators.without_waiting,
        "queue.put(item)\nqueue.get()",
        ["queue.put_nowait(item)\nqueue.get()", "queue.put(item)\nqueue.get_nowait()"],
    ),
    (operators.without_waiting, "values.get(key)\nqueue.put(item, timeout=1)", []),
    (operators.off_by_one, "range(workers)", ["range(workers - 1)", "range(workers + 1)"]),
    (operators.off_by_one, "Pool(processes=workers)", ["Pool(processes=workers + 1)"]),
    (operators.off_by_one, "range(n)", []),
    (operators.daemon, "Process(target=f)", ["Process(target=f, daemon=True)"]),
    (operators.daemon, "Process(target=f, daemon=True)", []),
    (operators.falsy_is_none, "if item is None:\n    a()", ["if not item:\n    a()"]),
    (operators.falsy_is_none, "while item is not None:\n    a()", ["while item:\n    a()"]),
    (operators.unbounded, "Queue(3)\nm.Queue(3)", ["Queue(3)\nm.Queue()"]),
]


@pytest.mark.parametrize(("operator", "source", "expected"), CASES, ids=lambda given: getattr(given, "__name__", ""))
def test_operator_breaks_what_it_says(operator: Operator, source: str, expected: list[str]) -> None:
    """Each place once; what is no such place is left alone."""
    assert sorted(broken(operator, source)) == sorted(plain(one) for one in expected)


def test_every_operator_is_tried() -> None:
    """None stands in the list without a case that it breaks."""
    assert {operator for operator, _, expected in CASES if expected} == set(OPERATORS)
