"""ex20 · 两把锁，没有死锁：账户在共享内存里，每个账户一把锁。

`balances` 是自身不带锁的共享整数数组：`multiprocessing.Array("q", [...], lock=False)`。`locks` 是列表，
每个账户一把 `multiprocessing.Lock`：`locks[i]` 属于 `balances[i]`。这期间会碰余额的人都使用这两个函数，没有谁自己动手；
所以按什么顺序拿锁，由你决定。
"""


def transfer(balances, locks, source: int, target: int, amount: int) -> bool:
    """一步完成地把 `amount` 从账户 `source` 转到账户 `target`；返回 True。

    如果来源账户的余额不足，返回 False；这时什么也没变。金额为负时抛出 ValueError。无论这期间还有谁使用这两个函数，
    都不会死锁。`source` 和 `target` 可以是同一个账户：此时什么也不移动，返回值说明该账户是否有这么多余额。
    之后锁都是空闲的。
    """
    raise NotImplementedError


def total(balances, locks) -> int:
    """返回所有账户在同一时刻的总和。

    别人正在转账时也正确，也不会死锁。之后锁都是空闲的。
    """
    raise NotImplementedError
