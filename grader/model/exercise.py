"""What an exercise is: its contract's names, its checks, its limits."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from grader.model.message import Words


class StartMethod(StrEnum):
    """How multiprocessing starts a process."""

    FORK = "fork"
    SPAWN = "spawn"
    FORKSERVER = "forkserver"


class Platform(StrEnum):
    """Where an exercise can be graded."""

    LINUX = "linux"
    MACOS = "macos"
    WINDOWS = "windows"


PLATFORM_OF = {"linux": Platform.LINUX, "darwin": Platform.MACOS, "win32": Platform.WINDOWS}  # by `sys.platform`


class Visibility(StrEnum):
    """What the student sees of a check: all of it, or only its points."""

    SHOWN = "shown"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one call in a box may use: seconds and bytes, counted over all of its processes."""

    wall: float = 10.0
    cpu: float = 20.0
    memory: int = 512 * 1024 * 1024
    processes: int = 64
    output_bytes: int = 1024 * 1024
    disk_bytes: int = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing the suite shows about a submission; `id` names the pytest function `test_<id>`."""

    id: str
    title: Words
    functions: tuple[str, ...]
    points: float
    goal: Words
    next_step: Words
    needs: tuple[str, ...] = ()
    visibility: Visibility = Visibility.SHOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """An exercise as its author declared it; `folder` is where its files lie, `digest` covers all of them."""

    id: str
    slug: str
    title: Words
    functions: tuple[str, ...]
    checks: tuple[Check, ...]
    limits: Limits
    start_methods: tuple[StartMethod, ...]
    platforms: tuple[Platform, ...]
    topics: tuple[str, ...]
    folder: Path
    digest: str

    @property
    def suite(self) -> Path:
        """The folder of the hidden suite."""
        return self.folder / "suite"

    def is_for(self, system: str) -> bool:
        """Whether it can be graded where `sys.platform` says so."""
        return PLATFORM_OF.get(system) in self.platforms

    @property
    def file_name(self) -> str:
        """The name of the file that a student hands in, which is also the module's name."""
        return f"{self.id}.py"

    @property
    def max_points(self) -> float:
        """The sum over all checks."""
        return sum(check.points for check in self.checks)
