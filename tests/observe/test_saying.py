"""Waits are said in a student's words, and once for all that wait alike."""

from __future__ import annotations

from grader.model.message import Message, say
from grader.model.observation import Waiting
from grader.observe.saying import UNNAMED, folded, outside_of_the_file
from grader.texts import translate


def wait(name: str, line: int = 25) -> tuple[str, Waiting]:
    """A wait in a call at that line."""
    place = f"ex03.py:{line}"
    sentence = say("{process} waits in {call} ({place}).", process=name, call="lock.acquire()", place=place)
    return name, Waiting(sentence=sentence, where=f"{name}: lock.acquire() ({place})", line=line)


def both(message: Message) -> tuple[str, str]:
    """In English and in Chinese."""
    return str(message), translate(message, "zh")


def test_those_that_wait_alike_are_told_as_one() -> None:
    """Five times the same line says no more than once; who waits elsewhere is told apart."""
    told = folded([*(wait(f"adder_{number}") for number in range(5)), wait("main", 9)])

    assert [one.line for one in told] == [25, 9]
    assert told[0].where == "adder_0 … adder_4: lock.acquire() (ex03.py:25)"
    english, chinese = both(told[0].sentence)
    assert english.startswith("each of adder_0 … adder_4 waits in")
    assert chinese.startswith("adder_0 … adder_4 各自")
    assert told[1].where == "main: lock.acquire() (ex03.py:9)"


def test_two_are_both_named() -> None:
    """Nothing is left out between them."""
    assert folded([wait("first"), wait("second")])[0].where.startswith("first, second: ")


def test_a_call_of_the_kernel_is_said_in_words() -> None:
    """A student knows no futex; what we have no words for keeps its name."""
    assert both(outside_of_the_file(UNNAMED, "futex", "futex")) == (
        "a child process waits for a lock, or for another thread.",
        "一个子进程在等锁，或者等另一个线程。",
    )
    assert str(outside_of_the_file("a", "Queue.get()", "read")) == "a waits in Queue.get()."
    assert str(outside_of_the_file("a", "msgrcv", "msgrcv")) == "a waits in msgrcv."
