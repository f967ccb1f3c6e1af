"""Carries out one attack in a box and says what it reached, as the box tells and as the machine shows."""

from __future__ import annotations

import contextlib
import select
import sys
from collections.abc import Iterator
from pathlib import Path

from grader.model.observation import Isolation, Level
from grader.sandbox.api import Box
from grader.sandbox.launch import open_box
from tests.sandbox.boxes import PATIENCE, accept, ask, inhabitants, inside_files
from tests.sandbox.hostile import reaching, snooping, taking
from tests.sandbox.hostile.asking import ASKING
from tests.sandbox.hostile.harming import HARMING
from tests.sandbox.hostile.machine import LIMITS, Machine

HERE = Path(__file__).parent
IMPORT = "import sys; sys.path.insert(0, ROOT + '/sub')"
ATTACKS = "from hostile import asking, reaching, snooping, taking"
MOMENT = 0.3  # for what never says that it has come to its end

assert all((reaching, snooping, taking)), "imported for the attacks that they register"
ENDLESS = frozenset({"forks_without_end", "recurses"})
"""Of those nobody says DONE."""
KILLING = frozenset({"kills_everybody", "kills_its_parents", "kills_by_number", "kills_groups", "kills_threads"})
_OF_THE_NETWORK = {
    # of TCP; the rest is filtered
    *("connects_to_a_local_service", "connects_over_ipv6", "connects_to_the_outside", "listens_to_the_world"),
}
_OF_ALL_PROCESSES = {"takes_memory_in_many_processes", "maps_shared_memory"}  # held by the watch over a call, as well
_OF_THE_DISK = {"writes_many_files", "fills_shared_memory"}  # held by the watch over a call, not by the box
_OF_A_PID_NAMESPACE = {"reads_command_lines"}
# What a rung does not hold, by its own words; everything else it promises.
OPEN: dict[Level, frozenset[str]] = {
    Level.NAMESPACE: frozenset(_OF_ALL_PROCESSES),
    Level.USER: frozenset(_OF_ALL_PROCESSES | _OF_THE_NETWORK | _OF_THE_DISK | _OF_A_PID_NAMESPACE),
    Level.LIMITS: frozenset(
        _OF_ALL_PROCESSES
        | _OF_THE_NETWORK
        | _OF_THE_DISK
        | _OF_A_PID_NAMESPACE
        | {"connects_by_path", "tampers_with_shared_memory", "leaves_shared_memory", "starts_threads"}
    ),
}
# Without walls only the machine's life is held, and that needs a uid of its own.
PROMISED_WITHOUT_WALLS = frozenset(
    {
        *("raises_limits", "takes_memory", "writes_one_file", "opens_descriptors", "leaves_a_core"),
        *("passes_a_huge_command_line", "leaves_a_daemon", "hides_in_a_maze", "spins_deaf", "sleeps_deaf"),
        *("makes_zombies", "recurses", "crashes", "closes_everything", "floods_its_output"),
        *("leaves_many_files", "leaves_odd_files"),
    }
)
PROMISED_WITH_OWN_UID = PROMISED_WITHOUT_WALLS | KILLING | {"forks_without_end", "forks_away", "starts_threads"}


# Of these it is tried that they reach what they aim at where nothing is in the way: held is then no mere failure.
CONTROLLED = (
    *("connects_to_a_local_service", "connects_over_ipv6", "connects_to_the_outside", "connects_by_abstract_name"),
    *("connects_by_path", "sends_datagrams", "sends_datagrams_to_the_outside", "attaches_memory_of_a_stranger"),
    *("removes_memory_of_a_stranger", "tampers_with_shared_memory", "writes_on_a_terminal", "reads_command_lines"),
    *("reads_environments", "reads_the_suite", "reads_keys", "links_the_suite", "changes_modes_outside"),
    *("plants_modules", "opens_odd_sockets", "maps_shared_memory"),
    *("takes_memory_in_many_processes", "fills_shared_memory", "fills_the_folder_for_temporary_files"),
    *("writes_many_files", "writes_one_file", "writes_into_system_folders", "fills_pipes", "fills_socket_buffers"),
)


def promised(level: Level, *, root: bool) -> tuple[str, ...]:
    """The names of the attacks that a level holds."""
    if level is Level.NONE:
        return tuple(sorted(PROMISED_WITH_OWN_UID if root else PROMISED_WITHOUT_WALLS))
    return tuple(name for name in (*ASKING, *HARMING) if name not in OPEN[level])


def files() -> dict[str, bytes]:
    """The box's files: the stand-in program and the attacks."""
    return {**inside_files(), **{f"sub/hostile/{path.name}": path.read_bytes() for path in HERE.glob("*ing.py")}}


@contextlib.contextmanager
def opened(isolation: Isolation) -> Iterator[Box]:
    """A box with the attacks in it."""
    box = open_box(isolation, files(), limits=LIMITS, python=sys.executable)
    try:
        yield box
    finally:
        box.close()


def ask_for(name: str, box: Box, machine: Machine) -> list[str]:
    """Carry out an attack that tells by itself; what it reached, and what the machine shows."""
    started, reached = ask(box, f"{IMPORT}\n{ATTACKS}\nasking.run({name!r}, {machine.target(box.root)!r})")
    assert started, "an attack that did not begin proves nothing"
    return [*reached, *machine.harm()]


def suffer(name: str, isolation: Isolation, machine: Machine) -> list[str]:
    """Carry out an attack that does harm, end its box, and look what is left of it."""
    harm: list[str] = []
    with opened(isolation) as box:
        ask(box, "1")
        left = inhabitants(box)
        target = machine.target(box.root)
        box.control.send(
            f"{IMPORT}\nfrom hostile import harming\nharming.begin({name!r}, connect(), {target!r})".encode()
        )
        line, _ = accept(box)
        with line:
            assert line.recv(10) == b"START", "an attack that did not begin proves nothing"
            select.select([line], [], [], PATIENCE if name not in ENDLESS else MOMENT)
            harm += machine.touched()
    folder = Path(box.inside_root).parent
    if isolation.level is not Level.NAMESPACE and folder.exists():
        harm.append(f"{folder} is left")
    return harm + [f"process {pid} is left" for pid in left()] + machine.harm()
