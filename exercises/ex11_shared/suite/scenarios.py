"""Small programs around the functions of ex11: arrays that others use, too, and blocks of shared memory."""

import contextlib
import multiprocessing as mp
import os
import sys
import time
from multiprocessing.shared_memory import SharedMemory
from pathlib import Path


class Factor(int):
    """A factor that notes in which process it is used, and whether the block is mapped there."""

    def __new__(cls, number, *_):
        return super().__new__(cls, number)

    def __init__(self, number, book=None, block=""):
        super().__init__()
        self.number = number
        self.book = book
        self.block = block
        self.writer = None

    def __reduce__(self):
        return Factor, (self.number, self.book, self.block)

    def __mul__(self, other):
        self.note()
        return super().__mul__(other)

    def __rmul__(self, other):
        self.note()
        return super().__rmul__(other)

    def note(self):
        """Once per process."""
        if self.writer != os.getpid():
            self.writer = os.getpid()
            self.book.write("mapped" if f"/dev/shm/{self.block}" in Path("/proc/self/maps").read_text() else "apart")


def add_slowly(array, index, pause):
    """Somebody who keeps to the rule, and takes time between reading and writing."""
    with array.get_lock():
        value = array[index]
        time.sleep(pause)
        array[index] = value + 1


def is_free(lock):
    """Whether nobody holds the lock."""
    free = lock.acquire(block=False)
    if free:
        lock.release()
    return free


def add_apart(stage, *, cases):
    """One process per (typecode, start, indices), each with an array that nobody else uses."""
    calls, arrays = {}, []
    for number, (typecode, start, indices) in enumerate(cases):
        array = stage.share(f"array_{number}", mp.Array(typecode, start))
        arrays.append(array)
        calls[f"adder_{number}"] = stage.call("add_to_bins", array=array, indices=indices)
    stage.together(**calls)
    return [is_free(array.get_lock()) for array in arrays]


def two_adders(stage, *, start, first, second, times):
    """Two processes add to one array."""
    array = stage.share("array", mp.Array("i", start))
    one = stage.call("add_to_bins", array, first * times)
    stage.together(first=one, second=stage.call("add_to_bins", array, second * times))
    return is_free(array.get_lock())


def adder_and_somebody(stage, *, start, indices, index, pause):
    """`add_to_bins` beside a process that holds the array's own lock for a while."""
    array = stage.share("array", mp.Array("i", start))
    first = stage.call("add_to_bins", array, indices)
    stage.together(first=first, somebody=stage.partner(add_slowly, array, index, pause))
    return is_free(array.get_lock())


def count(stage, *, values, bins, workers):
    """`histogram`, called from a process of ours."""
    return stage.submission.histogram(values, bins, workers)


def count_by_keyword(stage, *, values, bins, workers):
    """The same, by keyword, after an earlier call."""
    stage.submission.histogram(values=[0], bins=1, workers=1)
    return stage.submission.histogram(values=values, bins=bins, workers=workers)


@contextlib.contextmanager
def owned_block(numbers, rest=b""):
    """Lend a block with these numbers and a rest, as long as the `with` lasts."""
    content = b"".join(number.to_bytes(8, sys.byteorder, signed=True) for number in numbers) + rest
    block = SharedMemory(create=True, size=max(1, len(content)))
    block.buf[: len(content)] = content
    try:
        yield block
    finally:
        block.close()
        with contextlib.suppress(FileNotFoundError):  # that it is gone is told by what came back
            block.unlink()


def scale(stage, *, numbers, rest, factor, workers):
    """Own a block with these numbers; give what is in it afterwards, and whether it is still there."""
    with owned_block(numbers, rest) as block:
        watched = Factor(factor, stage.notebook("multiplied"), block.name)
        returned = stage.submission.scale_shared(block.name, len(numbers), watched, workers)
        after = bytes(block.buf[: 8 * len(numbers) + len(rest)])
        return [returned, after, Path(f"/dev/shm/{block.name}").exists(), os.getpid()]


def scale_by_keyword(stage, *, numbers, factor, workers):
    """Called by keyword, with a plain number as factor."""
    with owned_block(numbers) as block:
        stage.submission.scale_shared(name=block.name, length=len(numbers), factor=factor, workers=workers)
        return bytes(block.buf[: 8 * len(numbers)])


def everything_once(stage):
    """Each function once."""
    array = mp.Array("i", 3)
    stage.submission.add_to_bins(array, [0, 2, 2])
    with owned_block([1]) as block:
        stage.submission.scale_shared(block.name, 1, 2, 1)
    return [array[:], stage.submission.histogram([1, 0], 2, 2)]
