"""ex01 · 启动、等待、退出码：每个任务一个进程。

任务没有参数，可以 pickle：模块中的函数、`functools.partial`、带 `__call__` 的实例。
"""

from collections.abc import Callable


def run_all(jobs: dict[str, Callable[[], object]]) -> dict[str, int]:
    """在各自的进程中运行每个任务，进程以任务的键命名；按 `jobs` 的顺序返回每个退出码。

    先启动所有进程，再等待其中任何一个。正常返回的任务以 0 结束，抛出异常的以 1 结束，`sys.exit(3)` 以 3 结束，
    被信号 n 杀死的以 -n 结束；其他任务不受打扰。
    """
    raise NotImplementedError


def run_with_deadline(job: Callable[[], object], seconds: float) -> int | None:
    """在一个进程中运行任务；返回它的退出码。

    如果进程启动 `seconds` 秒之后任务仍在运行，返回 None；这时任务已经被彻底停下，即使它不理会 SIGTERM。
    按时结束的任务绝不会得到 None。
    """
    raise NotImplementedError
