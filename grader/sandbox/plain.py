"""A box without namespaces: a tree below a keeper, a private folder, and a uid of its own where root opens it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from grader.sandbox.folder import Folder
from grader.sandbox.interpreter import Interpreter
from grader.sandbox.proctree import MARK
from grader.sandbox.uids import own_uid

SAME_UID = -1
CAP_DAC_READ_SEARCH = 1 << 2
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "2"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who lives in a box: a uid of its own, or the user's; `kept` are the capabilities of root that it keeps."""

    uid: int = SAME_UID
    kept: int = 0

    @property
    def own(self) -> bool:
        """Whether nobody else has this uid."""
        return self.uid != SAME_UID


def identify(folder: Folder, interpreter: Interpreter, undo: ExitStack, *, slot: int) -> Identity:
    """Claim a uid if we are root, and give it the folder; `undo` ends the claim.

    Root's Python often lies in root's closed home. Then the box keeps the one right that lets it walk there: to read.
    """
    if os.geteuid() != 0:
        return Identity()
    uid = undo.enter_context(own_uid(slot))
    folder.give(uid)
    closed = not all(map(_open_to_others, [*interpreter.folders, str(folder.path.parent)]))
    return Identity(uid=uid, kept=CAP_DAC_READ_SEARCH if closed else 0)


def _open_to_others(path: str) -> bool:
    return all(place.stat().st_mode & stat.S_IXOTH for place in (Path(path), *Path(path).parents))


def environment(folder: Folder, mark: str) -> dict[str, str]:
    """A clean environment: home and temporary files lie in the box's folder; `mark` tells its orphans."""
    return {**ENVIRONMENT, "HOME": str(folder.work), "TMPDIR": str(folder.tmp), MARK: mark}


def below_keeper(python: str, text: str, numbers: Iterable[int], command: list[str]) -> list[str]:
    """Run `command` below the keeper whose source is `text`; `numbers` are its lines, the uid, and what that keeps."""
    return [python, "-I", "-S", "-c", text, *map(str, numbers), *command]
