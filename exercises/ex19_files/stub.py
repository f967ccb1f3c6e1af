"""ex19 · FIFO and mmap: two ways to talk through a name in the file system.

`path` is a `str`. `lock` is the `multiprocessing.Lock` of all who touch the file.
"""


def through_fifo(path, lines: list[str]) -> list[str]:
    r"""Make a FIFO at `path`, let a child process write the lines into it, read them here and return them, in order.

    Every `str` without a newline comes back unchanged, the empty one and `"\r"` too. The FIFO is gone afterwards, also
    after an error. If the child fails, raise an exception. If `path` exists already, raise `FileExistsError` and leave
    it alone.
    """
    raise NotImplementedError


def add_in_file(path, lock, times: int) -> None:
    """Add 1 `times` times, through `mmap`, to the counter in the file; no addition is lost.

    The file holds the counter and nothing else: an unsigned 64-bit integer in little-endian order. Others add to it
    meanwhile, and they hold the lock while they do so.
    """
    raise NotImplementedError


def count_in_file(path, workers: int, times: int) -> int:
    """Make the file with a counter of 0, let `workers` processes add `times` each to it, and return what it holds then.

    The file is gone afterwards.
    """
    raise NotImplementedError
