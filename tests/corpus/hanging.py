"""The programs that hang and those that only take their time, and how one of them is run in a box."""

from __future__ import annotations

import ast
import secrets
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeGuard

from grader.model.exercise import Limits
from grader.model.observation import Level, Stop
from grader.sandbox.detect import detect
from grader.suite.boxes import Boxes
from grader.suite.conversation import Conversation
from grader.suite.plain import encode
from grader.suite.records import Record

PROGRAMS = Path(__file__).parent / "programs" / "hangs"
LIMITS = Limits(wall=12.0, cpu=6.0)
METHODS = ("fork", "spawn", "forkserver")
PROVED = {Stop.HUNG, Stop.LIVELOCK, Stop.ASLEEP}
UNPROVABLE = {"spin_plain", "spin_pool_bad_initializer", "spin_polite", "pool_callback_blocks"}
"""They hang, and run for ever at that: the time limit ends them."""
RETURNS = {"nondaemon_child_at_exit"}
"""The function returns and leaves a child behind that waits for ever: seen as such."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One program: the file it stands in, its name and what it does, whether it hangs, under which start methods."""

    module: str
    name: str
    sentence: str
    hangs: bool
    methods: tuple[str, ...]

    @property
    def expected(self) -> set[Stop]:
        """How a run of it may end."""
        if not self.hangs or self.name in RETURNS:
            return {Stop.ANSWERED, Stop.EXITED}
        if self.name in UNPROVABLE:
            return {Stop.DEADLINE, Stop.CPU}
        if self.module != "stuck_loops":
            return {Stop.HUNG}
        return {Stop.ASLEEP} if self.name == "sleep_forever" else {Stop.LIVELOCK}


def candidates() -> Iterator[Candidate]:
    """All programs, in the order of their files."""
    for path in sorted(PROGRAMS.glob("*.py")):
        tree = ast.parse(path.read_bytes())
        only: set[str] = next((ast.literal_eval(node.value) for node in tree.body if _names_fork_only(node)), set())
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                methods = METHODS[:1] if node.name in only else METHODS
                yield Candidate(
                    path.stem, node.name, ast.get_docstring(node) or "", path.stem.startswith("stuck_"), methods
                )


def _names_fork_only(node: ast.stmt) -> TypeGuard[ast.Assign]:
    return isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "ONLY_UNDER_FORK"


def open_boxes(level: Level, python: str = sys.executable, slots: int = 1) -> Boxes:
    """Boxes with all programs in them."""
    files = {f"sub/{path.name}": path.read_bytes() for path in PROGRAMS.glob("*.py")}
    return Boxes(detect(level), files, LIMITS, python, slots)


def run(boxes: Boxes, candidate: Candidate, method: str) -> Record:
    """One run of a program, as one call of a contract function."""
    request = {
        "do": "call",
        "call": secrets.token_hex(5),
        "module": candidate.module,
        "function": candidate.name,
        "args": encode([]),
        "kwargs": encode({}),
        "start_method": method,
        "scenario": False,
        "clean": False,
        "gated": False,
        "bereave": False,
    }
    with boxes.borrow() as box:
        return Conversation(box, request, LIMITS, None).run()
