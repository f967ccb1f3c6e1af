"""Which isolation this machine allows, and the sentence for each reason why not."""

from __future__ import annotations

import ctypes.util
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.model.observation import Isolation, Level
from grader.sandbox import detect, seccomp
from grader.sandbox.detect import classify, find

PRETENDER = """#!/bin/sh
for word; do
    [ "$word" = -- ] && break
    case "$word" in {option}) echo "{complaint}" >&2; exit 1;; esac
done
"""


@pytest.fixture
def pretend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Put a bubblewrap on the path that complains about an option."""

    def with_complaint(option: str, complaint: str) -> None:
        program = tmp_path / "bwrap"
        program.write_text(PRETENDER.format(option=option, complaint=complaint))
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")

    return with_complaint


@pytest.fixture
def nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine without bubblewrap, with a kernel that has no Landlock."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("grader.sandbox.landlock.abi", lambda: 0)
    detect._try.cache_clear()
    yield
    detect._try.cache_clear()


def test_without_bubblewrap_a_box_binds_itself(bound: Isolation) -> None:
    """Root gives it a uid of its own, others lend it theirs; what only namespaces can do is listed as missing."""
    assert bound.level is (Level.USER if os.geteuid() == 0 else Level.LIMITS)
    assert {"seccomp", "files", "signals", "capabilities"} <= set(bound.enforced)
    assert {"pid", "ipc", "net", "mount", "uts", "disk"} <= set(bound.missing)


@pytest.mark.usefixtures("nothing")
def test_without_bubblewrap_and_landlock_there_are_no_walls() -> None:
    """The level is none, what is missing is listed, and each rung says what to install."""
    found = find()

    assert found.isolation.level is Level.NONE
    assert {"pid", "net", "mount", "seccomp", "files", "disk"} <= set(found.isolation.missing)
    assert ("uid" in found.isolation.enforced) == (os.geteuid() == 0)
    assert [str(obstacle.why).split()[0] for obstacle in found.obstacles] == ["bubblewrap", "This"]
    assert "apt install bubblewrap" in str(found.obstacles[0].way_out)
    assert "Linux 6.12" in str(found.obstacles[1].way_out)


@pytest.mark.usefixtures("nothing")
def test_without_the_packages_of_the_extra_the_way_out_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Landlock and seccomp are reached through two packages."""
    monkeypatch.setattr("grader.sandbox.landlock.installed", lambda: False)

    assert "ipc-grader[sandbox]" in str(find().obstacles[1].way_out)


@pytest.mark.usefixtures("bound")
def test_the_filters_library_is_found_without_starting_a_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """The loader knows it by name; ctypes would run ldconfig, twice, and is itself again afterwards."""

    def run_ldconfig(name: str) -> str | None:
        raise AssertionError(f"a process was started to find {name}")

    monkeypatch.delitem(sys.modules, "pyseccomp", raising=False)
    monkeypatch.setattr(ctypes.util, "find_library", run_ldconfig)

    assert seccomp._pyseccomp() is not None
    assert ctypes.util.find_library is run_ldconfig


@pytest.mark.usefixtures("bound")
def test_a_process_that_cannot_bind_itself_is_not_called_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rung is tried: a kernel that refuses what it offers costs the rung, and is quoted."""
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr(detect, "ENTER", "raise SystemExit('landlock: Operation not permitted')")
    detect._try.cache_clear()
    found = find()
    detect._try.cache_clear()

    assert found.isolation.level is Level.NONE
    assert "landlock: Operation not permitted" in str(found.obstacles[1].why)


@pytest.mark.usefixtures("nothing")
def test_a_demand_that_cannot_be_met_is_refused() -> None:
    """The person at the keyboard learns what is demanded, what is there, why, and what to install."""
    with pytest.raises(UsageError, match="'namespace' is not available here, only 'none'") as refused:
        detect.detect(Level.NAMESPACE)

    assert "bubblewrap is not installed" in str(refused.value.message)
    assert "apt install" in str(refused.value.hint)


def test_a_demand_that_is_met_is_granted(walls: Isolation) -> None:
    """More than what was demanded is welcome."""
    assert detect.detect(Level.NAMESPACE) == detect.detect(Level.NONE) == walls


@pytest.mark.parametrize(
    ("option", "complaint", "missing"),
    [
        ("--size", "bwrap: Unknown option --size", "disk"),
        ("--seccomp", "bwrap: prctl(PR_SET_SECCOMP): Invalid argument", "seccomp"),
    ],
)
def test_what_an_old_bubblewrap_cannot_do_is_missing(
    pretend: Callable[[str, str], None], option: str, complaint: str, missing: str
) -> None:
    """The walls stand without it, and the report says what is not held."""
    pretend(option, complaint)
    found = find().isolation

    assert found.level is Level.NAMESPACE
    assert missing in found.missing


@pytest.mark.parametrize(
    ("option", "complaint"),
    [
        ("--disable-userns", "bwrap: Unknown option --disable-userns"),
        ("--proc", "bwrap: Can't mount proc on /newroot/proc: Operation not permitted"),
    ],
)
def test_what_can_be_missed_costs_nothing(pretend: Callable[[str, str], None], option: str, complaint: str) -> None:
    """The filter forbids new namespaces as well, and multiprocessing needs no /proc."""
    pretend(option, complaint)

    assert find().isolation.level is Level.NAMESPACE


def test_a_bubblewrap_that_is_refused_is_explained(pretend: Callable[[str, str], None]) -> None:
    """What the kernel said is in the sentence."""
    pretend("--unshare-pid", "bwrap: Creating new namespace failed: Operation not permitted")
    found = find()

    assert found.isolation.level is not Level.NAMESPACE
    assert "Creating new namespace failed" in str(found.obstacles[0].why)


@pytest.mark.parametrize(
    ("complaint", "apparmor", "way_out"),
    [
        ("bwrap: setting up uid map: Permission denied", True, "apparmor_restrict_unprivileged_userns=0"),
        ("bwrap: loopback: Failed RTM_NEWADDR: Operation not permitted", True, "AppArmor"),
        ("bwrap: No permissions to create new namespace, likely because ...", False, "seccomp=unconfined"),
        ("bwrap: Creating new namespace failed: No space left on device", False, "max_user_namespaces"),
        ("bwrap: Unknown option --perms", False, "apt install bubblewrap"),
        ("exit code 139", False, "Try it by hand"),
    ],
)
def test_each_complaint_has_a_way_out(complaint: str, *, apparmor: bool, way_out: str) -> None:
    """A sentence says what to do on this machine."""
    obstacle = classify(complaint, apparmor=apparmor)

    assert complaint in str(obstacle.why)
    assert way_out in str(obstacle.way_out)


def test_behind_walls_a_missing_filter_is_told_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Isolation is as strong as it gets but for that: whoever asks is told how to get it, too."""
    if find().isolation.level is not Level.NAMESPACE:
        pytest.skip("needs bubblewrap: apt install bubblewrap")
    monkeypatch.setattr(seccomp, "program", lambda _ground: None)
    detect._try.cache_clear()
    found = find()
    detect._try.cache_clear()

    assert "seccomp" in found.isolation.missing
    assert ["ipc-grader[sandbox]" in str(obstacle.way_out) for obstacle in found.obstacles] == [True]
