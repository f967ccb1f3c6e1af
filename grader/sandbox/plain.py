"""A box of level `none`: a process tree with limits and a private folder, no wall, for code that one trusts."""

from __future__ import annotations

from grader.sandbox.folder import Folder
from grader.sandbox.proctree import MARK

ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "2"}


def environment(folder: Folder, mark: str) -> dict[str, str]:
    """A clean environment: home and temporary files lie in the box's folder; `mark` tells its orphans."""
    return {**ENVIRONMENT, "HOME": str(folder.work), "TMPDIR": str(folder.tmp), MARK: mark}


def below_keeper(python: str, text: str, lines: tuple[int, int], command: list[str]) -> list[str]:
    """Run `command` below the keeper whose source is `text`; `lines` are its own line and the control line."""
    return [python, "-I", "-S", "-c", text, *map(str, lines), *command]
