"""What counts as left behind is what the program could have ended and reaped itself."""

from __future__ import annotations

import ast
import socket
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from grader.observe.tree import Process
from grader.suite import aftermath
from grader.suite.aftermath import Aftermath, has_ended_unowned
from grader.suite.boxes import OpenBox
from grader.suite.records import Line, Record

ROOT = Path(__file__).parents[2]

KEEPER, CALL = 10, 20


@pytest.mark.parametrize(
    ("parent", "state", "unowned"),
    [(KEEPER, "Z", True), (KEEPER, "S", False), (CALL, "Z", False), (CALL, "S", False)],
)
def test_only_a_zombie_that_we_inherited_is_nobodys(parent: int, state: str, *, unowned: bool) -> None:
    """A zombie of the program's own and whatever still runs are the program's."""
    process = Process(pid=30, ppid=parent, state=state, command="python3", started=1)

    assert has_ended_unowned(process, frozenset({KEEPER, 11})) is unowned


@pytest.mark.parametrize(
    ("command", "name"),
    [
        ("/opt/py/bin/python3.11 -P -s -S /box/main.py 10", "python3.11"),
        ("/usr/bin/python3 -c from multiprocessing.spawn import spawn_main; spawn_main(tracker_fd=5)", "python3"),
        ("python3.11", "python3.11"),
        ("sleep 100", "sleep 100"),
        ("/usr/bin/python3 mine.py", "/usr/bin/python3 mine.py"),
    ],
)
def test_process_is_called_what_its_author_would_call_it(command: str, name: str) -> None:
    """How the grader starts a process is no affair of who reads that it was left."""
    assert aftermath._named(command) == name


TRACKER = "/usr/bin/python3 -c from multiprocessing.resource_tracker import main;main(7)"


@pytest.mark.parametrize("who", ["the call", "a worker"])
def test_a_process_that_just_starts_a_program_is_looked_at_again(monkeypatch: pytest.MonkeyPatch, who: str) -> None:
    """In the middle of that it has no command line: the library's resource tracker would count as left behind."""
    starting = Process(pid=21, ppid=CALL, state="R", command="python3", started=1, unsettled=True)
    started = Process(pid=21, ppid=CALL, state="S", command=TRACKER, started=1)
    looks = iter([(starting,), (started,)])
    monkeypatch.setattr(aftermath, "processes", lambda *_, **__: next(looks))
    record = Record(line=Line(connection=socket.socket()))
    box = SimpleNamespace(box=SimpleNamespace(root=KEEPER), ours=frozenset({KEEPER}))
    seen = Aftermath(cast("OpenBox", box), record, "call", None)

    if who == "the call":
        seen.after(names=False)
    else:
        seen.after_worker(CALL)

    assert record.left_behind == ()
    record.line.connection.close()


@pytest.mark.parametrize(("ends_badly", "told"), [(True, []), (False, ["job"])])
def test_a_job_that_fails_on_purpose_has_not_ended_badly(*, ends_badly: bool, told: list[str]) -> None:
    """Nobody is told of it as if the program had failed; without the scenario's word it is told."""
    record = Record(line=Line(connection=socket.socket()), ends_badly=ends_badly)
    record.output["stderr"] += b"Process job:\nTraceback (most recent call last):\nscenarios.Refusal: on purpose\n"
    seen = Aftermath(cast("OpenBox", None), record, "call", None)

    seen.see_who_fell("ex01.py")

    assert [one.who for one in record.fallen] == told
    record.line.connection.close()


def test_who_ends_badly_on_purpose_is_a_scenario() -> None:
    """A name in END_BADLY that no function has would say nothing."""
    for path in sorted((ROOT / "exercises").glob("*/suite/scenarios.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        functions = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        values = [node.value for node in tree.body if isinstance(node, ast.Assign) and is_end_badly(node.targets[0])]

        assert all(set(ast.literal_eval(value)) <= functions for value in values)


def is_end_badly(target: ast.expr) -> bool:
    """Whether it is that name."""
    return isinstance(target, ast.Name) and target.id == "END_BADLY"


def test_a_crowded_machine_is_given_more_time_to_settle(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside sixty others a feeder thread let go of its queue after a second, and the queue counted as left behind."""
    monkeypatch.setattr(aftermath, "CLEAN_DEADLINE", 0.01)
    monkeypatch.setattr(aftermath, "crowding", lambda: 6_000.0)
    looks = iter([["a queue"], ["a queue"], ["a queue"], []])

    assert aftermath._settled(lambda: next(looks), lambda _: True) == []
