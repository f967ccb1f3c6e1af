"""How much of this machine we may use: cores and memory, as affinity and control groups leave them to us."""

from __future__ import annotations

import contextlib
import math
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from grader.model.exercise import Limits

PROC = Path("/proc")
GROUPS = Path("/sys/fs/cgroup")
UNLIMITED = 1 << 60  # version 1 says "no limit" by a number near 2**63
ATTEMPTS_PER_CORE = 1.5
MEMORY_OF_AN_ATTEMPT = 640 << 20  # bytes: 125 MB of a right program, and what one may use up that asks for too much
PLENTY = 1 << 62  # bytes: where the system does not say


def cores() -> float:
    """How many cores our processes may keep busy, 0.5 for a container that has half of one (cgroups(7))."""
    present = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    quotas = [quota / period for quota, period in _cpu_quotas() if quota > 0 and period > 0]
    return min(float(present), *quotas) if quotas else float(present)


def memory() -> int:
    """How many bytes the machine and our control groups can still give, now."""
    left = _meminfo("MemAvailable")
    for folder, limit, used in _memory_limits():
        if limit - used < left:  # what a group holds of files takes long to ask for
            left = min(left, limit - max(0, used - _cache(folder)))
    return left


def whole_memory() -> int:
    """How many bytes the machine and our control groups have, used or not: the same each time."""
    return min([_meminfo("MemTotal"), *(limit for _folder, limit, _used in _memory_limits())])


def whole_cores() -> int:
    """So many boxes may compute side by side: at least one."""
    return max(1, math.floor(cores()))


def attempts_at_once() -> int:
    """So many attempts side by side keep the cores busy, as far as there is memory: at least one.

    One alone, call after call, leaves its core idle now and then: it waits for the clock, and for processes that take
    turns. Two per core have less throughput than one where nothing else runs, they are in each other's way
    (`tests/README.md`).
    """
    return max(1, min(math.ceil(ATTEMPTS_PER_CORE * cores()), memory() // MEMORY_OF_AN_ATTEMPT))


def scaled(limits: Limits, *, cores: float, memory: int) -> Limits:
    """The limits of a call on a machine that has less than one core, or less memory than they allow.

    With half a core everything takes twice the time. A program that takes all memory that there is shall be stopped by
    us, who can say why, not by the kernel, who may stop somebody else. What is free just now must not count: a verdict
    would depend on what else runs.
    """
    slower = max(1.0, 1 / cores)
    return Limits(
        wall=limits.wall * slower,
        cpu=limits.cpu,
        memory=max(1, min(limits.memory, memory)),
        processes=limits.processes,
        output_bytes=limits.output_bytes,
        disk_bytes=limits.disk_bytes,
    )


def _meminfo(wanted: str) -> int:
    for line in _text(PROC / "meminfo").splitlines():
        name, _, value = line.partition(":")
        if name == wanted:
            return int(value.split()[0]) * 1024
    return PLENTY


def _cpu_quotas() -> Iterator[tuple[int, int]]:
    for folder in _folders("cpu"):
        words = _text(folder / "cpu.max").split()
        words = words or [_text(folder / "cpu.cfs_quota_us"), _text(folder / "cpu.cfs_period_us")]
        yield from _pairs(words)


def _memory_limits() -> Iterator[tuple[Path, int, int]]:
    """Each control group that has a limit, the limit, and what is used of it."""
    for most, used in _memory_files(_folders("memory")):
        limit = _text(most)
        if limit.isdecimal() and int(limit) < UNLIMITED:
            yield from ((most.parent, *pair) for pair in _pairs([limit, _text(used)]))


@cache  # as below
def _memory_files(folders: tuple[Path, ...]) -> tuple[tuple[Path, Path], ...]:
    """For each group the file with its limit and the one with what is used, of the version that it has."""
    names = (("memory.max", "memory.current"), ("memory.limit_in_bytes", "memory.usage_in_bytes"))
    pairs = [(folder / most, folder / used) for folder in folders for most, used in names]
    return tuple((most, used) for most, used in pairs if most.exists())


def _cache(folder: Path) -> int:
    """Bytes of files that nobody has used for a while: they count as used, and are given away at once."""
    words = dict(line.split(maxsplit=1) for line in _text(folder / "memory.stat").splitlines() if " " in line)
    return int(words.get("total_inactive_file") or words.get("inactive_file") or 0)


def _pairs(words: list[str]) -> Iterator[tuple[int, int]]:
    """Two numbers, or nothing where one is missing or says `max`."""
    with contextlib.suppress(ValueError):
        first, second = map(int, words)
        yield first, second


def _folders(controller: str) -> tuple[Path, ...]:
    """The folder of each control group that binds us, of both versions, from ours up to the root."""
    return _binding(PROC, GROUPS, controller)


@cache  # a call asks twenty times a second, and nobody moves us between groups
def _binding(proc: Path, groups: Path, controller: str) -> tuple[Path, ...]:
    found: list[Path] = []
    for line in _text(proc / "self" / "cgroup").splitlines():
        _, controllers, path = line.split(":", 2)
        if controllers and controller not in controllers.split(","):
            continue
        root = groups / controller if controllers else groups
        own = root / path.lstrip("/")
        # In a container the path is often the host's, while the mount begins at our group.
        found.extend(folder for folder in (own, *own.parents) if folder.is_relative_to(root) and folder.is_dir())
    return tuple(found)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return ""
