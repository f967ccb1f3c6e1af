"""How waits are said: without the kernel's words, and once for all processes that wait alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from grader.model.message import Message, say
from grader.model.observation import Waiting

# What a call of the kernel waits for; who never leaves Python need not know its name.
IN_THE_KERNEL: Mapping[str, Message] = {
    "futex": say("{process} waits for a lock, or for another thread."),
    "wait4": say("{process} waits until a process ends."),
    "waitid": say("{process} waits until a process ends."),
    "poll": say("{process} waits for data, or until a process ends."),
    "ppoll": say("{process} waits for data, or until a process ends."),
    "select": say("{process} waits for data, or until a process ends."),
    "pselect6": say("{process} waits for data, or until a process ends."),
    "epoll_wait": say("{process} waits for data, or until a process ends."),
    "read": say("{process} waits for data."),
    "recvfrom": say("{process} waits for data."),
    "recvmsg": say("{process} waits for data."),
    "write": say("{process} waits until somebody takes what it writes."),
    "sendto": say("{process} waits until somebody takes what it writes."),
    "sendmsg": say("{process} waits until somebody takes what it writes."),
    "clock_nanosleep": say("{process} sleeps."),
    "nanosleep": say("{process} sleeps."),
    "pause": say("{process} waits for a signal."),
    "rt_sigtimedwait": say("{process} waits for a signal."),
}
UNNAMED = "process"  # a child of which nothing is known but that it is one
A_CHILD = {"process": "a child process", "process_zh": "一个子进程"}


def outside_of_the_file(process: str, call: str, kernel: str) -> Message:
    """Where a process waits that is at no line of the student's; `call` is the library's or else the kernel's."""
    if call == kernel and kernel in IN_THE_KERNEL:
        return replace(IN_THE_KERNEL[kernel], values=A_CHILD if process == UNNAMED else {"process": process})
    return say("{process} waits in {call}.", process=process, call=call)


def folded(waits: Sequence[tuple[str, Waiting]]) -> list[Waiting]:
    """The waits, each with the name of its process, where those that differ in nothing but the name are told as one."""
    alike: dict[tuple[object, ...], list[tuple[str, Waiting]]] = {}
    for name, wait in waits:
        values = {key: value for key, value in wait.sentence.values.items() if key != "process"}
        same = (wait.sentence.template, tuple(values.items()), wait.where.removeprefix(name), wait.line)
        alike.setdefault(same, []).append((name, wait))
    return [_as_one(group) for group in alike.values()]


def _as_one(group: Sequence[tuple[str, Waiting]]) -> Waiting:
    name, wait = group[0]
    if len(group) == 1:
        return wait
    between, between_zh = (" … ", " … ") if len(group) > 2 else (", ", "、")
    last = group[-1][0]
    values = {"process": f"each of {name}{between}{last}", "process_zh": f"{name}{between_zh}{last} 各自"}
    rest = wait.where.removeprefix(name)
    return replace(
        wait,
        sentence=replace(wait.sentence, values={**wait.sentence.values, **values}),
        where=f"{name}{between}{last}{rest}",
    )
