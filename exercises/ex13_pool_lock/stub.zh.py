"""ex13 · 进程池中的锁：工作并行进行，其中一步一次只能做一个。

`prepare` 接受一个元素，`commit` 接受 `prepare` 由它得出的结果；两者都可以 pickle：模块中的函数、`functools.partial`、
带 `__call__` 的实例。`items` 是由任何可以 pickle 的值组成的列表，`workers` 至少是 1。函数返回或引发异常时，
它启动的一切都已结束。
"""


def guarded_map(prepare, commit, items, workers: int) -> list:
    """对每个元素返回 `commit(prepare(item))`，按 `items` 的顺序；两次调用在进程池的同一个工作进程中进行。

    最多 `workers` 个 `prepare` 调用可以同时运行。`commit` 从不在两个工作进程中同时运行，即使其中一个引发过异常；
    提交可以按任何顺序进行。如果某次调用引发异常，其中一个这样的异常到达调用者；其他元素是否还会处理，由你决定。
    """
    raise NotImplementedError
