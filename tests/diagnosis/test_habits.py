"""Hints from the student's source: the line that is meant, and none where the habit is a good one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.diagnosis import habits, process_habits, queue_habits
from grader.diagnosis.source import Source

Look = Callable[[Source, tuple[str, ...]], tuple[int, ...]]

PAIRS: tuple[tuple[Look, str, str], ...] = (
    (habits.waits_without_limit, "q.get()", "q.get(timeout=seconds)"),
    (habits.waits_without_limit, "q.put(item)", "q.put(item, timeout=2)"),
    (habits.waits_without_limit, "q.get(True)", "q.get(True, 2)"),
    (habits.waits_without_limit, "lock.acquire()", "names.get(key)"),
    (habits.waits_without_limit, "p.join()", "', '.join(parts)"),
    (habits.impatient_waits, "q.get_nowait()", "q.get()"),
    (habits.impatient_waits, "q.put(item, False)", "q.put(False)"),
    (habits.impatient_waits, "q.get(block=False)", "q.get(block=True)"),
    (habits.limits_in_loop, "while x: q.get(timeout=seconds)", "q.get(timeout=seconds)"),
    (habits.looks_before_acting, "q.empty()", "empty()"),
    (habits.additions_in_place, "counter.value += 1", "total += 1"),
    (habits.additions_in_place, "array[i] += 1", "with lock: array[i] += 1"),
    (habits.truth_tests_of_items, "item = q.get()\nif not item: pass", "item = q.get()\nif item is None: pass"),
    (habits.truth_tests_of_items, "while (item := q.get()): pass", "while (item := other()): pass"),
    (habits.swallowed_exceptions, "try: f()\nexcept Full: pass", "try: f()\nexcept Full as e: note(e)"),
    (habits.swallowed_exceptions, "try: f()\nexcept: pass", "try: f()\nexcept: raise"),
    (
        habits.widest_swallows,
        "try: f()\nexcept Full: pass\ntry: g()\nexcept (OSError, Exception): pass",
        "try: f()\nexcept Full as e: note(e)",
    ),
    (habits.fills_defaults, "def f(*, kept={}):\n kept[1] = 2", "def f(*, kept={}):\n return kept[1]"),
    (habits.fills_defaults, "def f(a, kept=set()):\n kept.add(a)", "def f(a=[], kept=()):\n kept.add(a)"),
    (habits.fills_defaults, "def f(a, /, b=list()):\n b += [a]", "def f(a, /, b=None):\n b = []\n b += [a]"),
    (
        queue_habits.takes_empty_for_the_end,
        "while x:\n try: q.get(timeout=1)\n except queue.Empty: break",
        "while x:\n try: q.get(timeout=seconds)\n except queue.Empty: break",
    ),
    (
        queue_habits.takes_empty_for_the_end,
        "def f(q):\n try: g(q.get(True, 0.5))\n except Empty: return 1",
        "while x:\n try: q.get(timeout=1)\n except Empty: continue",
    ),
    (habits.jobs_under_lock, "def f(lock, job):\n with lock: job()", "def f(lock, job):\n job()\n with lock: pass"),
    (habits.jobs_under_lock, "def f(lock, job):\n with lock: job()", "def f(lock):\n with lock: print()"),
    (
        habits.acquires_without_finally,
        "def f(lock):\n lock.acquire()\n g()\n lock.release()",
        "def f(lock):\n lock.acquire()\n try: g()\n finally: lock.release()",
    ),
    (
        habits.waits_for_each_in_turn,
        "for p in ps:\n p.start()\n p.join()",
        "for p in ps: p.start()\nfor p in ps: p.join()",
    ),
    (habits.waits_for_each_in_turn, "[pool.apply(f, (x,)) for x in xs]", "pool.map(f, xs)"),
    (habits.waits_for_each_in_turn, "[pool.apply_async(f).get() for x in xs]", "[r.get() for r in results]"),
    (
        habits.locks_taken_twice,
        "def f(lock):\n with lock: g(lock)\ndef g(l):\n with l: pass",
        "def f(lock):\n with lock: g(lock)\ndef g(l): pass",
    ),
    (habits.locks_taken_twice, "with lock:\n lock.acquire()", "with lock:\n other.acquire()"),
    (habits.yields_in_given_order, "def f(p):\n yield from p.imap(g, xs)", "def f(p):\n return p.imap(g, xs)"),
    (habits.yields_in_given_order, "def f(rs):\n for r in rs: yield r.get()", "def f(q):\n yield q.recv()"),
    (habits.takes_by_completion, "pool.imap_unordered(f, xs)", "pool.imap(f, xs)"),
    (habits.unpicklable_targets, "Process(target=lambda: 1)", "sorted(xs, key=lambda x: 1)"),
    (
        habits.unpicklable_targets,
        "def f():\n def child(): pass\n Process(target=child)",
        "def child(): pass\ndef f():\n Process(target=child)",
    ),
    (process_habits.makes_primitives_at_import, "a, b = Queue(), Lock()", "a, b = queue(), lock()"),
    (process_habits.makes_daemons, "Process(target=f, daemon=True)", "Thread(target=f, daemon=True)"),
    (process_habits.changes_globals, "seen = []\ndef f(x): seen.remove(x)", "import os\ndef f(x): os.remove(x)"),
    (process_habits.translates_line_ends, "open(path)", "open(path, newline='')"),
    (process_habits.translates_line_ends, "open(path, 'w', encoding='utf-8')", "open(path, 'wb')"),
    (habits.prints, "print(1)", "log(1)"),
    (habits.starts, "p.start()", "p.begin()"),
    (habits.makes_shared_memory, "SharedMemory(create=True, size=8)", "memory(8)"),
)


@pytest.mark.parametrize(("look", "habit", "good"), PAIRS)
def test_a_habit_is_told_from_a_good_one(look: Look, habit: str, good: str) -> None:
    """The hint names a line of the habit, and nothing where the program does it well."""
    assert look(Source(habit), ()) != ()
    assert look(Source(good), ()) == ()


def test_a_hint_stays_with_the_functions_in_question() -> None:
    """A habit in another function of the file explains nothing; one in a function that is used does."""
    source = Source("def other(q): q.get()\ndef mine(q): return used(q)\ndef used(q): return q.get()\n")

    assert habits.waits_without_limit(source, ("mine",)) == (3,)
    assert habits.waits_without_limit(source, ()) == (1, 3)


def test_an_except_clause_for_everything_is_the_one_that_is_named() -> None:
    """Where one clause catches all exceptions, a clause for `queue.Full` beside it has not swallowed them."""
    source = Source("try: f()\nexcept Full: pass\ntry: g()\nexcept Exception: pass\n")

    assert habits.swallowed_exceptions(source, ()) == (2, 4)
    assert habits.widest_swallows(source, ()) == (4,)


@pytest.mark.parametrize(
    ("body", "untouched"),
    [
        ("raise NotImplementedError", True),
        ('"""Doc."""\n    raise NotImplementedError("todo")', True),
        ("...", True),
        ("pass", True),
        ("return None", True),
        ("return 1", False),
        ("raise ValueError", False),
    ],
)
def test_a_stub_is_told_from_a_body(body: str, *, untouched: bool) -> None:
    """What does nothing but say so is still the stub's."""
    assert Source(f"def f(x):\n    {body}\n").is_untouched("f") is untouched


def test_names_of_a_file_are_all_that_it_binds() -> None:
    """Functions, classes, imports and assignments at the top can each stand for a function."""
    source = Source("from a import b as c\nimport d\ndef e(): pass\nclass F: pass\ng = e\n")

    assert set(source.names) == {"c", "d", "e", "F", "g"}
