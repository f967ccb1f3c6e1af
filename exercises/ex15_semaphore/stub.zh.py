"""ex15 · 最多同时 n 个：信号量数着还能放进几个。

`semaphore` 是别人也在用的 `multiprocessing.Semaphore` 或 `BoundedSemaphore`。任务没有参数，可以 pickle。
"""

from collections.abc import Callable


def use_slot(semaphore, job: Callable[[], object], seconds: float) -> bool:
    """持有信号量的一个名额时运行 `job()`，最多为名额等待 `seconds` 秒（整数或浮点数）。

    运行之后返回 True；如果这段时间内一直没有名额，返回 False，不运行任务。
    即使 `job` 抛出异常也归还名额（这时 `use_slot` 也抛出这个异常），而且只有拿到了才归还。
    """
    raise NotImplementedError


def run_limited(jobs: list[Callable[[], object]], limit: int) -> list[int]:
    """在各自的进程中运行每个任务；按 `jobs` 的顺序返回退出码。

    同时运行的任务最多 `limit` 个，而且确实可以有这么多：任何一个结束（无论返回还是抛出异常），另一个就可以开始。
    """
    raise NotImplementedError
