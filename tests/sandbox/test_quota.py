"""What control groups leave to us, as both versions and containers say it."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.model.exercise import Limits
from grader.sandbox import quota

GIB = 1024**3


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine of eight cores and 16 GiB, as files."""
    (tmp_path / "proc" / "self").mkdir(parents=True)
    (tmp_path / "groups").mkdir()
    (tmp_path / "proc" / "meminfo").write_text("MemTotal: 33554432 kB\nMemAvailable: 16777216 kB\n", encoding="ascii")
    monkeypatch.setattr(quota, "PROC", tmp_path / "proc")
    monkeypatch.setattr(quota, "GROUPS", tmp_path / "groups")
    monkeypatch.setattr("os.sched_getaffinity", lambda _pid: set(range(8)), raising=False)
    return tmp_path


def member(machine: Path, line: str, folder: str, files: dict[str, str]) -> None:
    """Make us a member of a group that has these files."""
    with (machine / "proc" / "self" / "cgroup").open("a", encoding="ascii") as groups:
        groups.write(line + "\n")
    (machine / "groups" / folder).mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (machine / "groups" / folder / name).write_text(text + "\n", encoding="ascii")


def test_no_group_no_limit(machine: Path) -> None:
    """Every core that we may run on, and what the kernel says is available."""
    assert quota.cores() == 8
    assert quota.attempts_at_once() == 12
    assert quota.memory() == 16 * GIB
    assert quota.whole_memory() == 32 * GIB


def test_second_version(machine: Path) -> None:
    """The tightest of all groups above us counts; `max` is none."""
    member(machine, "0::/course/job", "course/job", {"cpu.max": "max 100000", "memory.max": "max"})
    member(machine, "0::/course", "course", {"cpu.max": "150000 100000"})
    (machine / "groups" / "course" / "memory.max").write_text(str(2 * GIB), encoding="ascii")
    (machine / "groups" / "course" / "memory.current").write_text(str(GIB), encoding="ascii")

    assert quota.cores() == 1.5
    assert quota.whole_cores() == 1
    assert (quota.memory(), quota.whole_memory()) == (GIB, 2 * GIB)
    assert quota.attempts_at_once() == 1  # cores would do for three, but not memory


def test_first_version(machine: Path) -> None:
    """A controller each; -1 and numbers near 2**63 are none; what files merely occupy is free."""
    member(machine, "4:cpu,cpuacct:/job", "cpu/job", {"cpu.cfs_quota_us": "50000", "cpu.cfs_period_us": "100000"})
    member(
        machine,
        "5:memory:/job",
        "memory/job",
        {"memory.limit_in_bytes": str(3 * GIB), "memory.usage_in_bytes": str(GIB)},
    )
    (machine / "groups" / "memory" / "job" / "memory.stat").write_text(
        f"cache 7\ninactive_file {GIB}\n", encoding="ascii"
    )
    member(
        machine, "5:memory:/", "memory", {"memory.limit_in_bytes": "9223372036854771712", "memory.usage_in_bytes": "5"}
    )
    member(machine, "4:cpu,cpuacct:/", "cpu", {"cpu.cfs_quota_us": "-1", "cpu.cfs_period_us": "100000"})

    assert quota.cores() == 0.5
    assert quota.whole_cores() == 1
    assert quota.memory() == 3 * GIB


def test_container_that_sees_its_group_as_the_root(machine: Path) -> None:
    """The path that the kernel names is the host's; our group lies at the mount."""
    member(machine, "0::/../../docker/7f3c", ".", {"cpu.max": "200000 100000"})

    assert quota.cores() == 2


def test_limits_grow_and_shrink_with_the_machine() -> None:
    """Twice the time on half a core; never more memory than there is; a large machine changes nothing."""
    asked = Limits()

    assert quota.scaled(asked, cores=8, memory=64 * GIB) == asked
    small = quota.scaled(asked, cores=0.5, memory=GIB // 4)
    assert (small.wall, small.cpu, small.memory) == (2 * asked.wall, asked.cpu, GIB // 4)
    assert small.processes == asked.processes
