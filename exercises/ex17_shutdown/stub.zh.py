"""ex17 · 优雅退出：信号，以及结束之前要做完的事。

`process` 是调用者启动的、没有别人等待的 `multiprocessing.Process`（任何启动方式）。
`tasks` 和 `results` 是 `multiprocessing.Queue`，`work` 可以 pickle。
"""

from collections.abc import Callable


def stop(process, seconds: float) -> str:
    """结束一个进程；返回它是怎样结束的。

    如果它已经结束了，是 "finished"；如果它收到 SIGTERM 后 `seconds` 秒（整数或浮点数）内结束，无论退出码是什么，
    都是 "stopped"；否则是 "killed"。无论哪种情况，它都已被回收，而对象没有被 close。
    """
    raise NotImplementedError


def run_worker(tasks, results, work: Callable[[object], object]) -> None:
    """作为 worker 进程的主体：从 `tasks` 取元素，把 `work(item)` 放到 `results` 上，直到收到 SIGTERM。

    收到 SIGTERM 时，完成手上的元素，不再取别的元素，送达放入的一切，让进程以退出码 0 退出，要及时，空闲时也一样；
    第二个 SIGTERM 什么也不改变。`work` 的异常使进程以退出码 1 结束。（worker 显出第一个生命迹象之前的信号，不归它管。）
    """
    raise NotImplementedError
