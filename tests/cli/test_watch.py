"""`grade watch`: what a student at a terminal sees and can do."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.cli.watching import Moment, Watch
from grader.errors import ExitCode
from grader.observe.tree import processes
from tests.stories.ended import Ends

pty = pytest.importorskip("pty", reason="there are no terminals on Windows")
PATIENCE = 60.0  # seconds until a text has to be on the terminal of a crowded machine


class Terminal:
    """The student's side of a terminal on which `grade watch` runs."""

    def __init__(self, folder: Path, course: Path, *words: str) -> None:
        self._mine, theirs = pty.openpty()
        environment = {**os.environ, "GRADE_CONTENT": str(course), "GRADE_LANG": "en", "TERM": "xterm"}
        command = [sys.executable, "-m", "grader", "watch", *words]
        self.process = subprocess.Popen(
            command, cwd=folder, env=environment, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
        )
        os.close(theirs)
        self._text = ""

    def wait_for(self, words: str) -> str:
        """Read until these words are on the screen; gives everything up to them and forgets it."""
        end = time.monotonic() + PATIENCE
        while words not in self._text:
            ready, _, _ = select.select([self._mine], [], [], max(0.0, end - time.monotonic()))
            assert ready, f"{words!r} did not come; the screen says:\n{self._text}"
            self._text += os.read(self._mine, 65_536).decode("utf-8", "replace")
        before, _, self._text = self._text.partition(words)
        return before

    def press(self, key: str) -> None:
        """Press one key."""
        os.write(self._mine, key.encode())

    def close(self) -> None:
        """Leave nothing behind."""
        self.process.kill()
        self.process.wait()
        os.close(self._mine)


@pytest.fixture
def folder(tiny_course: Path, tmp_path: Path) -> Path:
    """A student's folder with the stub in it."""
    (tmp_path / "ex90.py").write_bytes((tiny_course / "ex90_tiny" / "stub.py").read_bytes())
    return tmp_path


@pytest.fixture
def terminal(folder: Path, tiny_course: Path) -> Iterator[Terminal]:
    """`grade watch` at a terminal."""
    opened = Terminal(folder, tiny_course)
    try:
        yield opened
    finally:
        opened.close()


def test_a_save_is_graded_and_keys_are_obeyed(terminal: Terminal, folder: Path, tiny_course: Path) -> None:
    """Graded at the start, again at a save that renames as editors do; a hint; the list; the end.

    What comes next is said in keys and saves, not in commands.
    """
    terminal.wait_for("still the stub")
    terminal.wait_for("q quit")
    (folder / "new").write_text("this is no Python\n", encoding="utf-8")
    (folder / "new").replace(folder / "ex90.py")
    terminal.wait_for("this is not Python")
    terminal.wait_for("Mend the file and save it")
    terminal.wait_for("q quit")
    terminal.press("h")
    terminal.wait_for("1 / 3")
    terminal.wait_for("q quit")
    terminal.press("l")
    terminal.wait_for("ex90")
    terminal.wait_for("q quit")
    terminal.press("n")
    terminal.wait_for("ex90 is not solved yet")
    terminal.press("q")
    assert terminal.process.wait(PATIENCE) == ExitCode.ACCEPTED


def test_saves_are_graded_by_forks_of_one_interpreter(terminal: Terminal, folder: Path, tiny_course: Path) -> None:
    """Which ends with the command: nobody who saves again and again waits for imports."""
    seen = []
    for number in range(2):
        program = (tiny_course / "submissions" / "passes.py").read_bytes() + f"# {number}".encode()
        (folder / "new").write_bytes(program)
        (folder / "new").replace(folder / "ex90.py")
        terminal.wait_for("10 / 10")
        terminal.wait_for("q quit")
        seen.append([one for one in processes(terminal.process.pid) if "grader.suite.warm" in one.command])
    ((first,), (second,)) = seen
    ends = Ends([first.pid])
    terminal.press("q")

    assert first == second
    assert terminal.process.wait(PATIENCE) == ExitCode.ACCEPTED
    assert ends.outlived() == []


def test_a_missing_file_is_told_and_awaited(terminal: Terminal, folder: Path) -> None:
    """A file that is away for a moment ends nothing."""
    terminal.wait_for("q quit")
    (folder / "ex90.py").unlink()
    terminal.press("r")
    terminal.wait_for("there is no file")
    terminal.wait_for("q quit")
    (folder / "ex90.py").write_text("this is no Python\n", encoding="utf-8")
    terminal.wait_for("this is not Python")


def test_ctrl_c_ends_it(terminal: Terminal) -> None:
    """As everywhere: exit code 130."""
    terminal.wait_for("q quit")
    os.killpg(terminal.process.pid, 2)
    assert terminal.process.wait(PATIENCE) == ExitCode.INTERRUPTED


def test_ctrl_c_that_wakes_nobody_is_noticed() -> None:
    """The kernel may give it to another thread, or just before the wait begins; it counts all the same."""
    watch, waiting = Watch(), Watch.next.__code__

    def interrupt() -> None:
        while sys._current_frames()[threading.main_thread().ident or 0].f_code is not waiting:
            os.sched_yield()
        signal.pthread_kill(threading.get_ident(), signal.SIGINT)
        in_time.append(noticed.wait(PATIENCE))
        watch.hear(Moment.QUIT)

    in_time: list[bool] = []
    noticed, thread = threading.Event(), threading.Thread(target=interrupt)
    thread.start()
    with pytest.raises(KeyboardInterrupt):
        watch.next()
    noticed.set()
    thread.join()
    assert in_time == [True]


def test_what_the_student_does_meanwhile_breaks_the_grading_off() -> None:
    """It ends where it stands, as by Ctrl-C, and what was done comes next."""
    watch, begun = Watch(), threading.Event()

    def save() -> None:
        begun.wait(PATIENCE)
        watch.hear(Moment.SAVED)

    def grade() -> None:
        begun.set()
        threading.Event().wait(PATIENCE)

    threading.Thread(target=save).start()
    assert not watch.breaking_off(grade)
    assert watch.next() is Moment.SAVED


def test_a_save_that_wakes_nobody_is_told_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A signal just before the grading begins to wait does nothing; the student must not wait for its end."""
    watch, send, sent = Watch(), signal.pthread_kill, []

    def lose_the_first(thread: int, number: int) -> None:
        sent.append(number)
        if len(sent) > 1:
            send(thread, number)

    monkeypatch.setattr(signal, "pthread_kill", lose_the_first)
    threads: list[threading.Thread] = []

    def grade() -> None:
        threads.append(threading.Thread(target=watch.hear, args=(Moment.SAVED,)))
        threads[0].start()
        threading.Event().wait(PATIENCE)

    assert not watch.breaking_off(grade)
    threads[0].join()
    assert watch.next() is Moment.SAVED
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_hint_breaks_nothing_off() -> None:
    """It is shown afterwards."""
    watch = Watch()
    assert watch.breaking_off(lambda: watch.hear(Moment.HINT))
    assert watch.next() is Moment.HINT


def test_an_interrupt_by_the_student_goes_on() -> None:
    """Ctrl-C is not taken for a save."""

    def interrupted() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Watch().breaking_off(interrupted)


def test_a_save_at_the_last_moment_is_not_lost() -> None:
    """However late in the grading it comes, the interrupt is ours and the moment is there."""
    for _ in range(100):
        watch = Watch()
        thread = threading.Thread(target=watch.hear, args=(Moment.SAVED,))
        watch.breaking_off(thread.start)
        thread.join()
        assert watch.next() is Moment.SAVED
