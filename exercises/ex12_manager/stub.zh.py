"""ex12 · 共享字典：几个进程同时使用的管理器字典。

`lock` 是 `multiprocessing.Lock` 或管理器的锁，由每个接触字典的人共享。
"""


def add_words(counts, lock, words) -> None:
    """把一个列表中的单词计入 `counts`，它是管理器的字典，从单词到它至今出现的次数。

    还不在其中的单词从 0 开始。别人同时也在往同一个字典计数，任何单词都不丢失。
    """
    raise NotImplementedError


def append_to(shared, lock, key, value) -> None:
    """把 `value` 追加到管理器的字典中 `key` 之下的列表；如果没有列表，就变成只含这个值的列表。

    每个键之下都是普通列表。别人同时也这样做，追加的内容都不丢失。键和值是任何可以 pickle 的值。
    """
    raise NotImplementedError


def count_words(lines: list[str], workers: int) -> dict[str, int]:
    """返回每个单词在所有行中出现的次数，由 `workers` 个进程统计（至少 1 个）；是一个普通的 dict。

    单词是空白之间的内容。函数返回时，它启动的一切都已结束。
    """
    raise NotImplementedError
