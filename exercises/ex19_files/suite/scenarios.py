"""Small programs around the functions of ex19: who else writes to the file, and what becomes of the child."""

import contextlib
import ctypes
import mmap
import multiprocessing as mp
import os
import resource
import signal
import struct
import tempfile
import time
from pathlib import Path

CREATED, OPENED, MOVED_HERE = 0x100, 0x20, 0x80  # inotify(7)
EVENT = struct.Struct("iIII")
SMALL = 262_144  # bytes that a regular file may have; a FIFO has no size


class Refusal(Exception):
    """Raised on purpose; made of two arguments."""

    def __init__(self, item, reason):
        super().__init__(item, reason)
        self.item = item
        self.reason = reason


class Ruined(list):
    """Lines of which a process other than their owner gets some, and then it fails."""

    def __init__(self, lines, good=0, way="raise", owner=0):
        super().__init__(lines)
        self.good = good
        self.way = way
        self.owner = owner

    def __reduce__(self):
        return Ruined, (list(super().__iter__()), self.good, self.way, self.owner)

    def __iter__(self):
        if os.getpid() == self.owner:
            return super().__iter__()
        return self.some()

    def some(self):
        """The good ones, then the end."""
        for number, line in enumerate(super().__iter__()):
            if number == self.good:
                if self.way == "kill":
                    os.kill(os.getpid(), signal.SIGKILL)
                raise Refusal(number, "refused")
            yield line


@contextlib.contextmanager
def own_folder():
    """An empty folder that is gone afterwards, with all that is left in it."""
    folder = Path(tempfile.mkdtemp())
    try:
        yield folder
    finally:
        for entry in folder.iterdir():
            if entry.is_dir() and not entry.is_symlink():
                entry.rmdir()
            else:
                entry.unlink()
        folder.rmdir()


class Watch:
    """What happens to the names in a folder, as the kernel tells; nothing where it does not."""

    def __init__(self, folder):
        library = ctypes.CDLL(None)
        self.fd = library.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        if self.fd >= 0 and library.inotify_add_watch(self.fd, os.fsencode(folder), CREATED | OPENED | MOVED_HERE) < 0:
            os.close(self.fd)
            self.fd = -1

    def seen(self, name):
        """Words for what was seen to happen to `name`; None if nothing can be seen."""
        if self.fd < 0:
            return None
        masks = 0
        with contextlib.suppress(BlockingIOError):
            while data := os.read(self.fd, 65_536):
                while data:
                    _, mask, _, length = EVENT.unpack_from(data)
                    if data[EVENT.size : EVENT.size + length].rstrip(b"\0") == os.fsencode(name):
                        masks |= mask
                    data = data[EVENT.size + length :]
        os.close(self.fd)
        words = (("made", CREATED | MOVED_HERE), ("opened", OPENED))
        return [word for word, mask in words if masks & mask]


def counter_at(path, number):
    """Make a file with the counter."""
    Path(path).write_bytes(number.to_bytes(8, "little"))


def send_each(stage, *, texts, keyword=False):
    """`through_fifo` once for each list of lines, always at the same path; what came back, and whether it is gone."""
    with own_folder() as folder:
        path = str(folder / "fifo")
        back = []
        for lines in texts:
            send = stage.submission.through_fifo
            back.append(send(path=path, lines=lines) if keyword else send(path, lines))
        return [back, os.path.lexists(path)]


def send_blocks(stage, *, sizes):
    """Lines of so many letters; whether each came back, and how many did."""
    lines = [chr(97 + number % 26) * size for number, size in enumerate(sizes)]
    with own_folder() as folder:
        back = stage.submission.through_fifo(str(folder / "fifo"), lines)
        return [
            type(back).__name__,
            len(back),
            [back[number : number + 1] == [line] for number, line in enumerate(lines)],
        ]


def send_where_files_are_small(stage, *, lines, times):
    """More than a regular file may hold here; the lines that came back, their number, and what was seen at the path."""
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    submission = stage.submission
    with own_folder() as folder:
        resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL, hard))
        watch = Watch(folder)
        back = submission.through_fifo(str(folder / "fifo"), lines * times)
        seen = watch.seen("fifo")
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
        return [list(back[: len(lines)]), len(back), seen]


def send_with_a_failure(stage, *, lines, good, way):
    """A child that goes through the lines fails at one of them; what came back, and whether the FIFO is gone."""
    ruined = Ruined(lines, good, way, os.getpid())
    submission = stage.submission
    with own_folder() as folder:
        path = str(folder / "fifo")
        try:
            back = submission.through_fifo(path, ruined)
            return ["returned", list(back), os.path.lexists(path)]
        except Exception as error:  # noqa: BLE001 - told
            return ["raised", type(error).__name__, os.path.lexists(path)]


def bind_memory(owner, room):
    """From now on this process gets no more than so much memory beyond what it has, if it is not the owner."""
    if os.getpid() != owner:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        size = pages * mmap.PAGESIZE + room
        resource.setrlimit(resource.RLIMIT_AS, (size, resource.getrlimit(resource.RLIMIT_AS)[1]))


def send_in_little_memory(stage, *, count, size, room):
    """A child that puts all lines into one text has no memory for that; whether all came back."""
    lines = [str(number % 10) * size for number in range(count)]
    submission, owner = stage.submission, os.getpid()
    with own_folder() as folder:
        os.register_at_fork(after_in_child=lambda: bind_memory(owner, room))
        back = submission.through_fifo(str(folder / "fifo"), lines)
        return back == lines


def send_one(stage, *, lines):
    """Once; only what came back."""
    with own_folder() as folder:
        return stage.submission.through_fifo(str(folder / "fifo"), lines)


def send_where_something_is(stage, *, kinds):
    """Something is at the path already; whether it is still there afterwards, as it was."""
    told = []
    for kind in kinds:
        with own_folder() as folder:
            path = folder / "fifo"
            if kind == "file":
                path.write_text("kept")
            elif kind == "folder":
                path.mkdir()
            elif kind == "link":
                path.symlink_to("nowhere")
            else:
                os.mkfifo(path)
            before = os.lstat(path)
            try:
                raised = f"returned {stage.submission.through_fifo(str(path), ['new'])!r}"[:60]
            except FileExistsError:
                raised = "FileExistsError"
            except Exception as error:  # noqa: BLE001 - told
                raised = type(error).__name__
            try:
                after = os.lstat(path)
                same = (after.st_ino, after.st_mode, after.st_size) == (before.st_ino, before.st_mode, before.st_size)
            except FileNotFoundError:
                same = False
            told.append([kind, raised, same])
    return told


def is_free(lock):
    """Whether nobody holds the lock."""
    free = lock.acquire(block=False)
    if free:
        lock.release()
    return free


def add_apart(stage, *, cases):
    """One process per (start, times), each with a file of its own; the files afterwards, and whether locks are free."""
    with own_folder() as folder:
        calls, paths, locks = {}, [], []
        for number, (start, times) in enumerate(cases):
            paths.append(folder / f"counter_{number}.bin")
            locks.append(mp.Lock())
            counter_at(paths[-1], start)
            calls[f"adder_{number}"] = stage.call("add_in_file", path=str(paths[-1]), lock=locks[-1], times=times)
        stage.together(**calls)
        return [[path.read_bytes(), is_free(lock)] for path, lock in zip(paths, locks, strict=True)]


def two_adders(stage, *, start, first, second):
    """Two processes add to one file."""
    lock = mp.Lock()
    with own_folder() as folder:
        path = str(folder / "counter.bin")
        counter_at(path, start)
        one = stage.call("add_in_file", path, lock, first)
        stage.together(first=one, second=stage.call("add_in_file", path, lock, second))
        return [Path(path).read_bytes(), is_free(lock)]


def add_slowly(path, lock, pause):
    """Somebody who keeps to the rule, and takes time between reading and writing."""
    with Path(path).open("r+b") as file, mmap.mmap(file.fileno(), 8) as memory, lock:
        number = int.from_bytes(memory[:8], "little")
        time.sleep(pause)
        memory[:8] = (number + 1).to_bytes(8, "little")


def adder_and_somebody(stage, *, start, times, pause):
    """`add_in_file` beside a process that holds the lock for a while."""
    lock = mp.Lock()
    with own_folder() as folder:
        path = str(folder / "counter.bin")
        counter_at(path, start)
        first = stage.call("add_in_file", path, lock, times)
        stage.together(first=first, somebody=stage.partner(add_slowly, path, lock, pause))
        return [Path(path).read_bytes(), is_free(lock)]


def count(stage, *, workers, times):
    """`count_in_file` in a folder that is watched; what it gave, whether the file is gone, what was seen of it."""
    with own_folder() as folder:
        path, watch = str(folder / "counter.bin"), Watch(folder)
        number = stage.submission.count_in_file(path, workers, times)
        return [number, os.path.lexists(path), watch.seen("counter.bin")]


def count_by_keyword(stage, *, workers, times):
    """The same, by keyword, twice at the same path."""
    with own_folder() as folder:
        path = str(folder / "counter.bin")
        numbers = [stage.submission.count_in_file(path=path, workers=workers, times=times) for _ in range(2)]
        return [*numbers, os.path.lexists(path)]


def everything_once(stage):
    """Each function once."""
    with own_folder() as folder:
        path = str(folder / "counter.bin")
        back = stage.submission.through_fifo(str(folder / "fifo"), ["a", ""])
        counter_at(path, 5)
        stage.submission.add_in_file(path, mp.Lock(), 2)
        added = Path(path).read_bytes()
        Path(path).unlink()
        return [back, list(added), stage.submission.count_in_file(path, 2, 3)]
