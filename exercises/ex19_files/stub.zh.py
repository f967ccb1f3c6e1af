"""ex19 · FIFO 与 mmap：通过文件系统里的一个名字通信的两种办法。

`path` 是 `str`。`lock` 是所有会碰这个文件的人共用的 `multiprocessing.Lock`。
"""


def through_fifo(path, lines: list[str]) -> list[str]:
    r"""在 `path` 处创建一个 FIFO，由一个子进程把各行写进去，在这里读出来，按顺序返回。

    每一个不含换行符的 `str` 都原样返回，空的和 `"\r"` 也一样。之后 FIFO 不在了，出错之后也一样。如果子进程失败，
    引发异常。如果 `path` 已经存在，引发 `FileExistsError`，并且不动它。
    """
    raise NotImplementedError


def add_in_file(path, lock, times: int) -> None:
    """通过 `mmap` 给文件里的计数器加 1，共 `times` 次；不丢失任何一次加法。

    文件只含这个计数器：小端顺序的无符号 64 位整数。别人同时也在往上加，他们这样做时持有锁。
    """
    raise NotImplementedError


def count_in_file(path, workers: int, times: int) -> int:
    """创建计数器为 0 的文件，让 `workers` 个进程各加 `times` 次，返回文件里最后的数。

    之后文件不在了。
    """
    raise NotImplementedError
