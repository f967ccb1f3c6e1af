"""However a box ends, nothing of it is left."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from grader.model.exercise import Limits
from grader.model.observation import Isolation, Level
from grader.sandbox import proctree
from grader.sandbox.limits import task_limit
from tests.sandbox.boxes import HERE, PATIENCE, WITHOUT_WALLS, Opener, accept, ask, inhabitants, is_there

SMALL = Limits(processes=12)

DAEMON = """import os, time
def daemon():
    if os.fork(): return
    os.setsid()
    if os.fork(): os._exit(0)
    os.closerange(3, 100)
    os.chdir("/")
    line = connect()
    time.sleep(600)
daemon()"""

# Eight chains of processes: each forks its successor in a session of its own and ends, as fast as it can. They begin
# together, for what has ended and was not reaped counts too.
CHAINS = """import os, signal
def chain():
    for name in range(1, 65):
        try: signal.signal(name, signal.SIG_IGN)
        except (OSError, ValueError): pass
    connect().recv(1)
    while True:
        try:
            if os.fork(): os._exit(0)
        except OSError: continue
        os.setsid()
def chains():
    for number in range(8):
        if not os.fork(): chain()
chains()"""

# Every process forks as often as it can; those that were refused say so, and try again.
STORM = """import os, signal
def storm():
    for name in (1, 2, 3, 13, 15):
        signal.signal(name, signal.SIG_IGN)
    line = connect()
    while True:
        try: os.fork()
        except OSError: line.send(b"refused")
if not os.fork(): storm()
1"""


def test_closing_ends_everything(isolation: Isolation, opened: Opener) -> None:
    """Zygote, daemon and launcher are gone when `close` returns, and so is the folder."""
    box = opened(isolation)
    ask(box, DAEMON)
    line, daemon = accept(box)
    left = inhabitants(box)
    folder = Path(box.desk.getsockname()).parents[1]

    assert daemon in left()
    assert is_there(box.root)
    box.close()
    line.close()

    assert left() == []
    assert not is_there(box.root)
    assert not box.alive()
    assert not folder.exists()


def test_chains_of_forks_cannot_outrun_the_end(isolation: Isolation, opened: Opener) -> None:
    """Processes that fork, leave their session and end, again and again, are all gone after `close`: ten of ten."""
    for _ in range(10):
        box = opened(isolation, limits=SMALL)
        assert ask(box, CHAINS) is None
        for line in [accept(box)[0] for _ in range(8)]:
            line.close()
        left = inhabitants(box)

        assert left()
        box.close()

        assert left() == []


def test_the_keeper_ends_its_box_and_is_not_killed(
    kept: Isolation, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there is a keeper it does its work to the end: it ends by itself, and the examiner does not kill it."""
    killed: list[int] = []
    kill_one = proctree._kill_one

    def spy(pid: int, handle: int) -> None:
        killed.append(pid)
        kill_one(pid, handle)

    monkeypatch.setattr(proctree, "_kill_one", spy)
    box = opened(kept)
    ask(box, DAEMON)
    box.close()

    assert box.root not in killed


def test_chains_of_forks_cannot_outrun_the_end_without_a_keeper(kept: Isolation, opened: Opener) -> None:
    """Also where the keeper was killed, the box's own uid ends them all, and nothing under it is left to be reaped."""
    if os.geteuid() != 0:
        pytest.skip("only root has uids to give away")
    for _ in range(10):
        box = opened(kept, limits=SMALL)
        assert ask(box, CHAINS) is None
        uid = Path(f"/proc/{box.zygote}").stat().st_uid
        for line in [accept(box)[0] for _ in range(8)]:
            line.close()
        os.kill(box.root, signal.SIGKILL)
        box.close()

        assert not proctree.all_under(uid)


def test_a_fork_storm_stays_within_its_limit(isolation: Isolation, opened: Opener) -> None:
    """Whoever opens the box, a program that forks without end is refused long before the machine is full."""
    box = opened(isolation, limits=SMALL)
    ask(box, STORM)
    line = accept(box)[0]
    left = inhabitants(box)

    assert line.recv(10) == b"refused"
    if isolation.level is Level.NAMESPACE or os.geteuid() == 0:
        assert len({*left()} - box.own) < task_limit(SMALL, own_count=True)
    box.close()
    line.close()

    assert left() == []


def test_closing_twice_is_closing_once(isolation: Isolation, opened: Opener) -> None:
    """A second `close`, also from other threads at the same time, does nothing and raises nothing."""
    box = opened(isolation)
    threads = [threading.Thread(target=box.close) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    box.close()

    assert not box.alive()


def test_a_box_that_ended_by_itself_can_be_closed(isolation: Isolation, opened: Opener) -> None:
    """The end of the zygote is the end of the control line, and `close` still proves that nothing is left."""
    box = opened(isolation)
    ask(box, DAEMON)
    line, _ = accept(box)
    left = inhabitants(box)
    box.control.send(b"__import__('os')._exit(3)")

    assert box.control.recv(10) == b""
    box.close()
    line.close()

    assert left() == []
    assert not box.alive()


def test_a_box_may_be_opened_in_a_thread_that_ends(isolation: Isolation, opened: Opener) -> None:
    """The kernel ends a box with the thread that started it; ours lives on."""
    boxes = []
    thread = threading.Thread(target=lambda: boxes.append(opened(isolation)))
    thread.start()
    thread.join(PATIENCE)

    assert ask(boxes[0], "1 + 1") == 2


def test_closing_a_box_leaves_the_others_alone(walls: Isolation, opened: Opener) -> None:
    """Boxes of any level live side by side in one examiner."""
    others = [opened(walls), opened(WITHOUT_WALLS)]
    opened(walls).close()
    opened(WITHOUT_WALLS).close()

    assert [ask(other, "1 + 1") for other in others] == [2, 2]


def test_exit_statuses_of_others_are_left_alone(isolation: Isolation, opened: Opener) -> None:
    """A child of the examiner that ended meanwhile keeps its exit status for whoever waits for it."""
    child = subprocess.Popen([sys.executable, "-I", "-S", "-c", "raise SystemExit(7)"])
    handle = os.pidfd_open(child.pid)
    select.select([handle], [], [], PATIENCE)
    os.close(handle)
    opened(isolation).close()

    assert child.wait() == 7


def test_a_box_dies_with_its_examiner(isolation: Isolation) -> None:
    """SIGKILL to the examiner ends zygote and daemons of its boxes, without anybody to close them."""
    command = [sys.executable, str(HERE / "examiner.py"), isolation.level, DAEMON]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=HERE.parents[1]) as examiner:
        assert examiner.stdout is not None
        pids = [int(pid) for pid in examiner.stdout.readline().split()]
        handles = [os.pidfd_open(pid) for pid in pids]
        examiner.send_signal(signal.SIGKILL)

    assert len(handles) == 3
    for handle in handles:
        ended, _, _ = select.select([handle], [], [], PATIENCE)
        os.close(handle)

        assert ended


def test_orphans_of_a_killed_keeper_are_found(opened: Opener) -> None:
    """Without walls a keeper may be killed; what was started below it then comes to the examiner, and ends there."""
    box = opened(WITHOUT_WALLS)
    ask(box, DAEMON)
    line, daemon = accept(box)
    left = inhabitants(box)
    os.kill(box.root, signal.SIGKILL)
    box.control.recv(10)

    assert daemon in left()
    box.close()
    line.close()

    assert left() == []
    assert not is_there(daemon)


def test_a_stopped_keeper_does_not_stop_the_end(opened: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    """A keeper that cannot do its work is killed after a while, and its work is done by the examiner."""
    monkeypatch.setattr("grader.sandbox.launch.KEEPER_PATIENCE", 0.05)
    box = opened(WITHOUT_WALLS)
    ask(box, "1")
    os.kill(box.root, signal.SIGSTOP)
    left = inhabitants(box)
    box.close()

    assert left() == []


def test_closing_is_fast(walls: Isolation, opened: Opener) -> None:
    """The end of a box costs milliseconds: less than 20 on an idle machine, the best of three here."""
    assert walls.level is Level.NAMESPACE
    seconds = []
    for _ in range(3):
        box = opened(walls)
        ask(box, "1")
        before = os.times().elapsed
        box.close()
        seconds.append(os.times().elapsed - before)

    assert min(seconds) < 0.1
