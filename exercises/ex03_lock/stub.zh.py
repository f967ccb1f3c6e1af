"""ex03 · 不丢失任何更新：几个进程，一个计数器，一把锁。

`counter` 是整数类型的 `multiprocessing.Value`。它可能自带一把锁（那绝不是 `lock`），也可能没有：
`Value("i", 0, lock=False)`。`lock` 是一把 `multiprocessing.Lock`，所有会碰这个计数器的人都共享它。
"""

from collections.abc import Callable


def add_many(counter, lock, times: int) -> None:
    """给计数器加 1，共加 `times` 次。

    无论这期间还有谁在加，都不丢失任何一次。可以在全部加完之前一直持有锁。
    """
    raise NotImplementedError


def count_together(workers: int, times: int) -> int:
    """让 `workers` 个进程各往同一个计数器加 `times` 次；返回它最后的值。

    在每种启动方式下都能工作，不留下任何进程，不打印任何内容。
    """
    raise NotImplementedError


def update(counter, lock, change: Callable[[int], int]) -> int:
    """一步完成地把值设为 `change(value)`，并返回新值。

    如果 `change` 抛出异常，`update` 也抛出这个异常：此时值不变，锁是空闲的。
    """
    raise NotImplementedError


def add_results(counter, lock, jobs: list[Callable[[], int]]) -> None:
    """依次调用每个任务，把它的结果加到计数器上。

    不同进程的任务可以同时运行：任务运行时不持有锁。不丢失任何结果。如果某个任务抛出异常，`add_results` 也抛出这个异常：
    之前的任务返回的结果已经加上并保留，锁是空闲的。
    """
    raise NotImplementedError
