"""A box without namespaces: a tree below a keeper, in a private folder, bound by what a process can do to itself.

A uid of its own where root opens it; at the levels `user` and `limits` also Landlock and seccomp (`enter.py`).
"""

from __future__ import annotations

import os
import stat
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from grader.model.observation import Level
from grader.sandbox import landlock, seccomp
from grader.sandbox.folder import Folder
from grader.sandbox.interpreter import Interpreter
from grader.sandbox.proctree import MARK
from grader.sandbox.uids import own_uid, remove_files_of

NONE = -1
CAP_DAC_READ_SEARCH = 1 << 2
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "2"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bonds:
    """What the first code in a box does to itself: who it becomes, what it keeps of root, which rules it obeys.

    Numbers as `enter.py` reads them; NONE for what is not done.
    """

    uid: int = NONE
    kept: int = 0
    ruleset: int = NONE
    filter: int = NONE

    def __str__(self) -> str:
        return f"{self.uid},{self.kept},{self.ruleset},{self.filter}"

    @property
    def own_uid(self) -> int | None:
        """The uid that nobody else has, if there is one."""
        return None if self.uid == NONE else self.uid

    @property
    def descriptors(self) -> tuple[int, ...]:
        """What the box has to inherit."""
        return tuple(number for number in (self.ruleset, self.filter) if number != NONE)


UNBOUND = Bonds()


def bind(level: Level, folder: Folder, interpreter: Interpreter, undo: ExitStack) -> Bonds:
    """Claim what a box of this level needs, and give it the folder; `undo` takes it back."""
    uid, kept = NONE, 0
    if os.geteuid() == 0:
        uid = undo.enter_context(own_uid())
        undo.callback(remove_files_of, uid)
        folder.give(uid)
        kept = _kept(folder, interpreter)
    if level is Level.NONE:
        return Bonds(uid=uid, kept=kept)
    rules = seccomp.descriptor(seccomp.Ground.SAME_UID if uid == NONE else seccomp.Ground.OWN_UID)
    if rules is not None:
        undo.callback(os.close, rules)
    return Bonds(
        uid=uid,
        kept=kept,
        ruleset=landlock.ruleset(folder, interpreter, undo),
        filter=NONE if rules is None else rules,
    )


def _kept(folder: Folder, interpreter: Interpreter) -> int:
    """Root's Python often lies in root's closed home: then the box keeps the right to walk there, and to read."""
    needed = [*interpreter.folders, str(folder.path.parent)]
    return 0 if all(map(_open_to_others, needed)) else CAP_DAC_READ_SEARCH


def _open_to_others(path: str) -> bool:
    return all(place.stat().st_mode & stat.S_IXOTH for place in (Path(path), *Path(path).parents))


def environment(folder: Folder, mark: str) -> dict[str, str]:
    """A clean environment: home and temporary files lie in the box's folder; `mark` tells its orphans."""
    return {**ENVIRONMENT, "HOME": str(folder.work), "TMPDIR": str(folder.tmp), MARK: mark}


def below_keeper(python: str, text: str, numbers: tuple[int, int, int], command: list[str]) -> list[str]:
    """Run `command` below the keeper whose source is `text`; `numbers` are its line, the control line, and the uid."""
    return [python, "-I", "-S", "-c", text, *map(str, numbers), *command]
