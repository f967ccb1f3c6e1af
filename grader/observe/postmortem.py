"""Who waits where, and why nobody can end it: sentences made of what was measured and what the program tells.

Made after the verdict, which does not depend on a word of it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from grader.model.message import say
from grader.model.observation import Cause, Fallen, Waiting
from grader.observe import kernel, tree
from grader.observe.causes import Waiter, cause_of
from grader.observe.hang import LOOPS, RUNS, Stuck, StuckThread
from grader.observe.saying import UNNAMED, folded, outside_of_the_file
from grader.observe.stacks import Stacks
from grader.observe.waiting import Position, Role, position

LONGEST_NAME = 60
MOST_SAID = 12
MAIN = "MainProcess"
HIDDEN = {Role.FEEDER, Role.POOL, Role.SERVER, Role.HOUSEKEEPING}
WRITES = 0o3  # O_WRONLY | O_RDWR in the flags of fdinfo


@dataclass(frozen=True, slots=True)
class Subject:
    """The student's file, `names` of processes by their numbers, and the process that all others come from.

    `housekeepers` are those of the library, as far as they are known by their numbers.
    """

    file: str
    text: str
    names: Mapping[int, str]
    main: int
    housekeepers: frozenset[int] = frozenset()


def examine(
    stuck: Stuck, stacks: Stacks, subject: Subject, fallen: Sequence[Fallen] = ()
) -> tuple[tuple[Waiting, ...], Cause | None]:
    """Where each thread of interest waits, and the cause as far as it can be told."""
    names = dict(subject.names) | {subject.main: MAIN}
    waiters: list[tuple[StuckThread | None, Waiter]] = []
    for pid in sorted({thread.pid for thread in stuck.threads} - subject.housekeepers - _housekeeping(stuck)):
        waiters += _of_process(pid, stuck, stacks, subject, names)
    interesting = [(thread, waiter) for thread, waiter in waiters if _is_of_interest(waiter, waiters)]
    said = folded([(waiter.process, _said(thread, waiter, subject.file)) for thread, waiter in interesting])
    return tuple(said[:MOST_SAID]), cause_of([waiter for _, waiter in waiters], fallen)


def _housekeeping(stuck: Stuck) -> set[int]:
    pids = {thread.pid for thread in stuck.threads}
    return {process.pid for pid in pids for process in tree.processes(pid)[:1] if tree.is_housekeeping(process)}


def _of_process(
    pid: int, stuck: Stuck, stacks: Stacks, subject: Subject, names: dict[int, str]
) -> Iterator[tuple[StuckThread | None, Waiter]]:
    threads = [thread for thread in stuck.threads if thread.pid == pid]
    main = next((thread for thread in threads if thread.is_main), None)
    runs = main is not None and main.call in {RUNS, LOOPS}
    told = (stacks.of_living(pid, runs=True),) if runs else stacks.of(pid)
    positions = [position(stack, f"/{subject.file}", subject.text) for stack in told] or [Position()]
    name = names.setdefault(pid, _new_name(positions[0], names, pid))
    loops = any(loop.pid == pid for loop in stuck.loops)
    others = [thread for thread in threads if not thread.is_main]
    for number, where in enumerate(positions):
        thread = main if number == 0 else None
        # Which of the other threads has which stack is not known: of a feeder, only whether one of them writes.
        writing = next((other.call for other in others if other.call.startswith("write")), "")
        call = thread.call if thread else writing
        only = thread is not None and thread.call == "read" and _owns_only_end(pid, stuck)
        label = name if number == 0 else f"{name}, {where.function}()"
        yield thread, Waiter(label, where, call, loops=loops and number == 0, owns_only_end=only)


def _new_name(where: Position, names: Mapping[int, str], pid: int) -> str:
    """The function that a process runs, with a number where there are several of it."""
    if not where.function or where.function.startswith("<"):
        command = "worker" if where.role is Role.POOL_WORKER else ""
        return _numbered(command or _command(pid), names)
    return _numbered(where.function[:LONGEST_NAME], names)


def _numbered(name: str, names: Mapping[int, str]) -> str:
    same = sum(known == name or known.startswith(f"{name} #") for known in names.values())
    return f"{name} #{same + 1}" if same else name


def _command(pid: int) -> str:
    command = kernel.command(pid)
    short = os.path.basename(command.split(" ")[0]) if command else UNNAMED  # noqa: PTH119 - no path of ours
    return UNNAMED if short.startswith("python") else short[:LONGEST_NAME]


def _is_of_interest(waiter: Waiter, all_: Sequence[tuple[StuckThread | None, Waiter]]) -> bool:
    """A line of the student's, or a process that is left if none is known; idle helpers of the library are not."""
    if waiter.is_own:
        return True
    if waiter.position.role in HIDDEN or waiter.position.role is Role.POOL_WORKER:
        return False
    only_waits = waiter.process == MAIN and any(other.is_own for _, other in all_)
    return not only_waits and "," not in waiter.process


def _said(thread: StuckThread | None, waiter: Waiter, file: str) -> Waiting:
    where, process = waiter.position, waiter.process
    place = f"{file}:{where.line}" if where.line else ""
    call = where.call or (thread.call if thread else "")
    short = f"{process}: {call} ({place})" if place else f"{process}: {where.call}" if where.call else process
    values = {"process": process, "call": call, "place": place}
    if thread is not None and thread.call == "stopped":
        sentence = say("{process} is stopped by a signal.", process=process)
    elif where.at_exit and not waiter.is_own:
        sentence = say("{process} is at its end and waits for its own processes, threads or queues.", process=process)
    elif not place:
        sentence = outside_of_the_file(process, call, thread.call if thread else "")
    elif waiter.loops:
        sentence = say("{process} goes round and round at {place}: {call}", **values)
    elif held := ", ".join(f"{held.what} ({file}:{held.line})" for held in where.held if held.what != where.wants):
        sentence = say("{process} waits in {call} ({place}) and holds {held}.", **values, held=held)
    else:
        sentence = say("{process} waits in {call} ({place}).", **values)
    kernel_says = f"{thread.call} ({thread.detail})" if thread else waiter.call
    return Waiting(sentence=sentence, where=short, line=where.line, kernel=kernel_says)


def _owns_only_end(pid: int, stuck: Stuck) -> bool:
    """Whether a process reads from a pipe that nobody else of the tree could write to, but it could itself."""
    call = kernel.syscall(pid, pid)
    if isinstance(call, kernel.Absent) or call.name != "read":
        return False
    target = kernel.descriptor(pid, call.args[0])
    if target is None or not target.startswith("pipe:"):
        return False
    writers = {member for member in {thread.pid for thread in stuck.threads} if _may_write(member, target)}
    return writers == {pid}


def _may_write(pid: int, target: str) -> bool:
    try:
        numbers = os.listdir(f"/proc/{pid}/fd")  # noqa: PTH208 - as in kernel.threads
    except OSError:
        return False
    return any(
        kernel.descriptor(pid, int(number)) == target and _flags(pid, int(number)) & WRITES for number in numbers
    )


def _flags(pid: int, number: int) -> int:
    found = re.search(r"^flags:\s*([0-7]+)", kernel.descriptor_facts(pid, number), re.MULTILINE)
    return int(found[1], 8) if found else 0
