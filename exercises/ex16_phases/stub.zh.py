"""ex16 · 一步一步，一起前进：屏障、事件、条件变量。

步骤以 `step(worker, phase)` 的形式调用，可以 pickle。条件变量是 `multiprocessing.Condition`，由两种锁中的任意一种构成，
别人同时也在使用它。
"""

from collections.abc import Callable


class PhaseFailed(Exception):
    """某个步骤抛出了异常时，由 `run_phases` 抛出。"""


def run_phases(step: Callable[[int, int], object], workers: int, phases: int) -> None:
    """让 `workers` 个进程一起走过 `phases` 个阶段。

    0 .. workers - 1 中的每个 worker w 各有一个进程，所有阶段都是同一个，它对 p = 0, 1, ... 调用 `step(w, p)`。
    所有进程完成阶段 p 之前，谁也不开始阶段 p + 1。在一个阶段内，它们可以同时运行。

    如果某个步骤抛出异常，正在运行的步骤会执行完，不再开始新的阶段，也没有谁一直等待；然后抛出 PhaseFailed。
    """
    raise NotImplementedError


def ping_pong(rounds: int) -> list[str]:
    """让两个进程轮流把 "ping" 和 "pong" 写入同一个共享列表；返回 `["ping", "pong"] * rounds`。

    返回的是普通列表。
    """
    raise NotImplementedError


def wait_for(condition, predicate: Callable[[], bool], seconds: float) -> bool:
    """在条件变量上等待（调用者并不持有它），直到 `predicate()` 为真；返回 True。

    只在持有条件变量时调用 `predicate`。所有唤醒加在一起过了 `seconds` 秒（整数或浮点数），就返回 False；
    别人持有条件变量的时间不算在内。之后不再持有条件变量，`predicate` 抛出异常时也一样（这时 `wait_for` 也抛出这个异
    常）。
    """
    raise NotImplementedError
