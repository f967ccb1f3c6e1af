"""ex10 · task_done 与 join：知道上面的一切何时处理完毕的队列。

`tasks` 是 `multiprocessing.JoinableQueue`，`results` 是 `multiprocessing.Queue`。`handle` 接受一个元素，可以 pickle。
元素和结果是任何可以 pickle 的值，包括假值和几兆字节的值；只有 `STOP` 绝不会是元素。
"""

STOP = "STOP"  # 留在这里：往队列放它的人会从这个模块里取它


def worker(tasks, results, handle) -> None:
    """从队列 `tasks` 取元素，直到取到 `STOP`；之后什么也不取。

    把 `(item, handle(item))` 放到 `results` 上；如果 `handle` 抛出异常，就放 `(item, exception)`。
    用 `tasks.task_done()` 确认取出的每个元素，包括 `STOP`：恰好一次，而且不早于它的结果放入之时。
    """
    raise NotImplementedError


def process_all(items, handle, workers: int) -> list:
    """返回所有元素的这样一对，顺序不限，由 `workers` 个进程运行 `worker` 来计算。

    `handle` 可以在所有这些进程中同时运行。一对里的元素是 worker 得到的那个（相等的副本）。在每种启动方式下都能工作，
    不留下任何进程，不打印任何内容。
    """
    raise NotImplementedError
