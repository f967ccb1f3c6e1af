"""A witness can be written down and read again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.model.witness import Blocked, NoWitness, Step, Witness, witness_of

NAMES = st.sampled_from(["main", "main/1", "first", "feeder of queue-1 in main"])
RESOURCES = st.sampled_from(["counter", "lock-1 of main/1", "array-1[2]", "all children"])
LINES = st.none() | st.integers(1, 10_000)
STEPS = st.builds(
    Step,
    worker=NAMES,
    op=st.sampled_from(["read", "is-alive"]),
    resource=RESOURCES,
    line=LINES,
    value=st.text(max_size=80).filter(str.isprintable),
    at=st.floats(0, 1e9),
    note=st.sampled_from(["", "waits", "late"]),
)
BLOCKED = st.builds(
    Blocked,
    worker=NAMES,
    op=st.just("acquire"),
    resource=RESOURCES,
    line=LINES,
    held_by=st.just("") | NAMES,
    holds=st.lists(RESOURCES).map(tuple),
)


@given(
    st.builds(
        Witness,
        schedule=st.lists(NAMES).map(tuple),
        steps=st.lists(STEPS).map(tuple),
        blocked=st.lists(BLOCKED).map(tuple),
        known=st.lists(RESOURCES.map("shared {}".format), unique=True).map(tuple),
        round=st.integers(1, 9),
    )
)
def test_text_says_everything(witness: Witness) -> None:
    """What was written is what is read, whatever the values are."""
    assert witness_of(str(witness)) == witness


def test_text_shows_no_control_characters() -> None:
    """A value comes from the program: what would move the cursor of a terminal is replaced."""
    step = Step(worker="a", op="read", resource="counter", value="\x1b[31m\n5")

    assert str(step) == 'a: read counter "\ufffd[31m\ufffd5"'


def test_text_is_short_and_readable() -> None:
    """One line per step; who was chosen again and again is counted."""
    witness = Witness(
        schedule=("a", "b", "b", "b"),
        steps=(Step(worker="a", op="read", resource="counter", value="5", line=12),),
        blocked=(Blocked(worker="b", op="acquire", resource="lock-1", held_by="a", holds=("lock-2",)),),
    )

    assert str(witness).split("\n") == [
        "schedule: a b*3",
        'a: read counter "5" (line 12)',
        'stuck b: acquire lock-1 held by "a" holds "lock-2"',
    ]


def test_long_schedule_stands_in_short_lines() -> None:
    """Writers cut lines: a schedule that was cut could not be replayed."""
    witness = Witness(schedule=("main/1", "feeder of queue-1 in main") * 100, steps=())

    assert max(map(len, str(witness).split("\n"))) < 400
    assert witness_of(str(witness)) == witness


@pytest.mark.parametrize("text", ["", "a: read counter", "schedule: a*0", "schedule: a*b", "schedule: a*9999999"])
def test_text_without_a_schedule_is_refused(text: str) -> None:
    """It is the user who typed it: the exception says what is wrong."""
    with pytest.raises(NoWitness):
        witness_of(text)
