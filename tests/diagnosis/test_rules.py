"""Each rule sees what it is for, and says nothing about what only looks like it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from grader.diagnosis.catalogue import codes
from grader.model.attempt import CheckResult, Outcome
from grader.model.message import say
from grader.model.observation import Cause, Stop
from tests.diagnosis.cases import TAKEN, Case, explain, failed, hung, interleaved, seen, steps, waits
from tests.diagnosis.every_case import EVERY_CASE


@pytest.mark.parametrize("case", EVERY_CASE, ids=lambda case: case.code)
def test_a_rule_sees_what_it_is_for(case: Case) -> None:
    """The diagnosis is exactly this one, and its sentences can be said."""
    found = explain(case.hit, case.source)

    assert [diagnosis.code for diagnosis in found] == [case.code]
    assert all(str(text) for text in (found[0].title, found[0].sentence, found[0].next_step))


@pytest.mark.parametrize("case", EVERY_CASE, ids=lambda case: case.code)
def test_a_rule_says_nothing_about_a_near_miss(case: Case) -> None:
    """What differs in the one thing that matters is not given this name."""
    source = case.source if case.near_source is None else case.near_source

    assert case.code not in {diagnosis.code for diagnosis in explain(case.near, source)}


def test_every_rule_has_its_case() -> None:
    """A diagnosis that nobody tried is not in the catalogue."""
    assert {case.code for case in EVERY_CASE} == set(codes())


GENERAL = {"crashed", "deadline", "waits-for-ever"}


@pytest.mark.parametrize("code", sorted(set(codes()) - GENERAL))
def test_an_author_can_name_a_diagnosis(code: str) -> None:
    """A fact that is the code of a diagnosis leads to it: `expect(..., fact="lost-item")`."""
    named = "printed" if code == "printed-output" else code

    assert [diagnosis.code for diagnosis in explain(failed(named, "wrong-value"))] == [code]


@pytest.mark.parametrize(
    ("fact", "code"),
    [
        ("start-join-in-one-loop", "serial-not-parallel"),
        ("result-order-assumed", "order-by-completion"),
        ("shared-memory-not-unlinked", "shared-memory-left"),
    ],
)
def test_what_an_author_would_call_it_leads_to_the_diagnosis_too(fact: str, code: str) -> None:
    """Some mistakes have two good names: what is done wrong, and what comes of it."""
    assert [diagnosis.code for diagnosis in explain(failed(fact))] == [code]


SENTENCES: Mapping[str, str] = {
    "lost-update": (
        "first (ex90.py:4) read 5 from counter; then second (ex90.py:4) wrote 6; then first (ex90.py:4) wrote 6 over "
        "it, computed from the old 5. What second had written is lost."
    ),
    "half-held-lock": (
        "first (ex90.py:4) read 5 from counter before it took lock-1; second (ex90.py:6) wrote 6; then first "
        "(ex90.py:6), holding lock-1, wrote 6 over it. What second had written is lost: the read must be inside the "
        "lock too."
    ),
    "private-lock": (
        "first (ex90.py:4) read 5 from counter and held lock-1; second (ex90.py:4) held lock-2 and wrote 6; then first "
        "(ex90.py:4) wrote 6 over it. Two different locks keep nobody out: what second had written is lost."
    ),
    "lock-not-released": (
        "second (ex90.py:3) waits for lock-1 for ever: first (ex90.py:3) took it and ended without releasing it."
    ),
    "lock-order": (
        "first (ex90.py:3) holds lock-1 and waits for lock-2; second (ex90.py:8) holds lock-2 and waits for lock-1. "
        "Take both in the same order everywhere."
    ),
    "child-died": "A child process ended with ZeroDivisionError: division by zero",
    "exception-swallowed": "queue.Full should have reached the caller, but the call returned as if all were well.",
    "lost-item": "Of 3 items 1 did not come out, among them 2.",
}


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_sentences_name_workers_lines_and_values(code: str) -> None:
    """A student reads who did what, and where."""
    case = next(case for case in EVERY_CASE if case.code == code)

    assert str(explain(case.hit, case.source)[0].sentence) == SENTENCES[code]


def test_a_lock_held_by_one_that_waits_is_not_released() -> None:
    """A holder that waits for something else, lock in hand, is named with what it waits for."""
    case = hung(waits("second", "acquire", "lock-1", "first"), waits("first", "put", "queue-1"), steps=steps(TAKEN))

    found = explain(case)

    assert [diagnosis.code for diagnosis in found] == ["lock-not-released"]
    assert "waits in put of queue-1 (ex90.py:3)" in str(found[0].sentence)


def test_a_queue_found_empty_before_the_item_came_explains_a_missing_item() -> None:
    """A reader that stops because `empty()` was true, while an item was on its way, acted on an old answer."""
    text = """
    first  put   queue-1 7 @3
    second empty queue-1 True @8
    feeder flush queue-1 - @0
    """

    assert [found.code for found in explain(interleaved(text))] == ["check-then-act"]


def test_an_update_lost_in_a_free_run_is_guessed_from_the_source() -> None:
    """Without a witness, a sum that is too small and an addition outside every lock point to a lost update."""
    source = "def work_on(counter, lock):\n    counter.value += 1\n"
    result = failed("wrong-value", expected="600", actual="587")

    found = explain(result, source)

    assert [diagnosis.code for diagnosis in found] == ["lost-update"]
    assert [site.line for site in found[0].sites] == [2]
    assert explain(replace(result, actual="601"), source) == ()
    assert explain(result, source.replace("counter.value += 1", "with lock:\n        counter.value += 1")) == ()


def test_a_wrong_type_is_named_beside_the_right_one() -> None:
    """The next step says which type is expected; where both are not known, how to look."""
    known = explain(failed("wrong-value", "wrong-type:dict:collections.deque"))
    unknown = explain(failed("raised", "wrong-type", actual="TypeError: no len"))

    assert str(known[0].next_step) == "Make it `dict`, as the contract says, not `collections.deque`."
    assert [found.code for found in unknown] == ["wrong-type"]
    assert "type(...)" in str(unknown[0].next_step)


def test_a_function_of_a_similar_name_is_pointed_at() -> None:
    """Who misspells a name is told which one is there."""
    found = explain(failed("missing-function"), "def work_onn(queue):\n    return 1\n")

    assert str(found[0].sentence) == "ex90.py has no function work_on; it has work_onn. Is that the one?"
    assert [site.line for site in found[0].sites] == [1]


def test_a_mark_that_one_reader_took_is_missing_for_the_other() -> None:
    """The witness shows who took the last end mark, and who waits for one."""
    text = "one get queue-1 7 @9\none get queue-1 None @9\none end consume - @0"

    found = explain(hung(waits("two", "get", "queue-1", line=9), steps=steps(text)))

    assert [diagnosis.code for diagnosis in found] == ["sentinel-for-one-of-many"]
    assert str(found[0].sentence) == (
        "one (ex90.py:9) took the end mark None from queue-1 and ended; two (ex90.py:9) still waits for one."
    )
    assert (
        explain(hung(waits("two", "get", "queue-1"), steps=steps(text.replace("None", "8"))))[0].code != found[0].code
    )


def test_the_cause_that_was_proved_is_the_diagnosis_whatever_the_source_looks_like() -> None:
    """Where the positions of stuck processes told why, no habit has to be found."""
    cause = Cause(code="join-before-drain", sentence=say("A queue still holds items."))
    result = replace(free_run("stuck"), observation=seen(Stop.HUNG, cause=cause))

    found = explain(result)

    assert [(diagnosis.code, str(diagnosis.sentence)) for diagnosis in found] == [
        ("join-before-drain", "A queue still holds items.")
    ]


def free_run(*facts: str, outcome: Outcome = Outcome.HUNG) -> CheckResult:
    """A check that came to no answer in a run without a witness."""
    return CheckResult(check="check", outcome=outcome, facts=facts)


SELF_LOCKED = (
    "def work_on(lock):\n    with lock:\n        inner(lock)\ndef inner(lock):\n    with lock:\n        pass\n"
)
UNRELEASED = "def work_on(lock):\n    lock.acquire()\n    if done():\n        return\n    lock.release()\n"
ONE_BY_ONE = "def work_on(jobs):\n    for job in jobs:\n        job.start()\n        job.join()\n"
IN_ORDER = "def work_on(pool, items):\n    yield from pool.imap(str, items)\n"


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (SELF_LOCKED, "lock-taken-twice"),
        (UNRELEASED, "lock-not-released"),
        (ONE_BY_ONE, "serial-not-parallel"),
        (IN_ORDER, "holds-back-others"),
        ("def work_on(jobs):\n    return 1\n", "waits-for-ever"),
    ],
)
def test_a_free_run_that_hangs_is_explained_by_what_stands_in_the_source(source: str, code: str) -> None:
    """Without a witness the source tells the likely reason; where it tells none, only the fact is said."""
    assert [found.code for found in explain(free_run("stuck"), source)] == [code]


def test_running_on_beyond_a_given_limit_is_a_limit_not_kept() -> None:
    """A loop that tries again for ever was given `seconds`, and the deadline of the grader ended it."""
    source = "def work_on(queue, seconds):\n    while True:\n        try_again(queue)\n"
    result = free_run("deadline", outcome=Outcome.TIMEOUT)

    assert [found.code for found in explain(result, source)] == ["timeout-ignored"]
    assert [found.code for found in explain(result, source.replace("seconds", "patience"))] == ["deadline"]


def test_it_is_said_which_limit_was_hit() -> None:
    """The time on the clock and the CPU time of all processes are two limits: the sentence names the one it was."""
    for stop, said in ((Stop.DEADLINE, "to an end after 9.5 seconds"), (Stop.CPU, "more than 20 seconds of CPU time")):
        result = replace(free_run("deadline", outcome=Outcome.TIMEOUT), observation=seen(stop, wall=9.5, note="20"))
        (found,) = explain(result, "")
        assert found.code == "deadline"
        assert said in str(found.sentence)


def test_a_length_that_was_asked_for_is_relied_on_for_every_item() -> None:
    """`for _ in range(queue.qsize()): queue.get()` hangs at a later get, not at the first one."""
    text = "first qsize queue-1 2 @3\nfirst get queue-1 7 @4"

    found = explain(hung(waits("first", "get", "queue-1", line=4), steps=steps(text)))

    assert [diagnosis.code for diagnosis in found] == ["check-then-act"]


def test_a_free_run_that_hangs_where_a_limit_was_given_points_at_the_wait_without_one() -> None:
    """What is seen from outside is only that it waits; the line comes from the source."""
    source = "def work_on(queue, seconds):\n    return queue.get()\n"

    found = explain(free_run("stuck"), source)

    assert [diagnosis.code for diagnosis in found] == ["timeout-ignored"]
    assert str(found[0].sentence).startswith("ex90.py:2 waits without a limit, although `seconds`")


@pytest.mark.parametrize(
    ("actual", "codes_found"), [("[7, '-', 2]", ["falsy-item"]), ("[7, 0, '-']", []), ("[7, 1, 2]", [])]
)
def test_an_item_that_was_replaced_because_it_is_falsy_is_known(actual: str, codes_found: list[str]) -> None:
    """Only where exactly what counts as false came back as something of another kind."""
    result = failed("wrong-value", expected="[7, 0, 2]", actual=actual)

    assert [found.code for found in explain(result)] == codes_found


def test_a_list_that_stops_at_a_text_after_falsy_items_is_not_about_falsy_ones() -> None:
    """None and 0 came through, and a text that looks like the end was taken for it: an item is missing, no more."""
    result = failed("falsy-item", expected="[None, 0, 'STOP', '', 7]", actual="[None, 0]")

    assert "falsy-item" not in [found.code for found in explain(result)]
    assert "falsy-item" in [found.code for found in explain(replace(result, actual="[]"))]


@pytest.mark.parametrize(("calls", "begins"), [(1, "ex90.py:2 acknowledges"), (2, "`task_done()` was called more")])
def test_of_several_acknowledgements_none_is_named_as_the_one_too_many(calls: int, begins: str) -> None:
    """All are marked: the one that raised may be right, and one before it wrong."""
    source = "def work_on(tasks):\n" + calls * "    tasks.task_done()\n"
    (found,) = explain(failed("raised", actual="ValueError: task_done() called too many times"), source)

    assert str(found.sentence).startswith(begins)
    assert len(found.sites) == calls


def test_more_items_than_the_time_allows_point_at_a_limit_for_each() -> None:
    """A collector that gives each get the whole limit takes what came after the end."""
    source = "def work_on(queue, seconds):\n    while True:\n        yield queue.get(timeout=seconds)\n"
    result = failed("wrong-value", expected="[1, 2]", actual="[1, 2, 3]")

    assert [found.code for found in explain(result, source)] == ["timeout-per-item"]
    assert explain(replace(result, actual="[1, 3, 2]"), source) == ()


def test_no_call_at_all_and_a_lambda_for_the_pool_are_no_matter_of_order() -> None:
    """Where every call failed before it began, and the error was kept, the source tells why."""
    source = "def work_on(pool, items):\n    return pool.map(lambda item: item, items)\n"

    assert [found.code for found in explain(failed("serial", actual="None"), source)] == ["unpicklable-target"]
    assert [found.code for found in explain(failed("serial", actual="1"), source)] == ["serial-not-parallel"]


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("_pickle.UnpicklingError: invalid load key, 'x'.", "unpicklable-target"),
        ("EOFError: Ran out of input", "peer-gone"),
    ],
)
def test_what_came_in_pieces_is_neither_unpicklable_nor_an_end(said: str, wrong: str) -> None:
    """Two that write into one connection without a lock mix their messages: pickle fails where they are read."""
    found = explain(failed("raised", message=f"it raised {said}", actual=said))

    assert [diagnosis.code for diagnosis in found if diagnosis.code == wrong] == []
