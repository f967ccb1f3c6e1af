"""ex18 · 供其他进程调用的函数：基于 `multiprocessing.connection` 的调用服务端。

请求是 `(name, args)`，即一个名字和一个元组；它的应答是 `("ok", result)` 或 `("error", message)`。
"""


class RemoteError(Exception):
    """由 `call` 引发，带有服务端应答的错误消息。"""


def serve(listener, functions: dict) -> None:
    """应答 Listener 的所有客户端的请求，直到其中一个调用 `"shutdown"`。

    一个客户端可以逐个发送任意多个请求。对一个请求的应答，是 `functions[name](*args)` 返回的内容，
    或者它引发的异常的 `str(exception)`；如果没有这个名字，可以是任何消息。客户端在这个进程中同时得到服务：
    已连接却不发送请求的客户端不拖住其他客户端，密钥错误的客户端和消失的客户端（即使在握手中消失）不会使服务停止。
    `"shutdown"` 的调用者得到 `("ok", None)`。正在计算的请求仍会得到应答，空闲的客户端被断开，监听器为它的主人保持打开。
    """
    raise NotImplementedError


def call(address, authkey: bytes, name: str, *args):
    """用自己的 Client 发送一个请求；返回结果，或者引发带有该消息的 RemoteError。"""
    raise NotImplementedError
