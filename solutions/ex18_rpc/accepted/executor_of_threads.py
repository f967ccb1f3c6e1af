"""A pool of threads; a second pair of connections carries the news of the end to everybody."""

import socket
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import AuthenticationError, Pipe
from multiprocessing.connection import Client, wait


class RemoteError(Exception):
    pass


class Over(Exception):
    """Somebody has called "shutdown"."""


def converse(client, functions, news):
    while True:
        if news in wait([client, news]):
            raise Over
        name, args = client.recv()
        if name == "shutdown":
            client.send(("ok", None))
            return True
        try:
            outcome = "ok", functions[name](*args)
        except Exception as error:
            outcome = "error", f"{error}"
        client.send(outcome)


def attend(client, functions, news, herald):
    with client:
        try:
            stop = converse(client, functions, news)
        except (EOFError, ConnectionError, Over):
            stop = False
    if stop:
        herald()


def serve(listener, functions: dict) -> None:
    news, teller = Pipe(duplex=False)
    over = []

    def herald():
        over.append(True)
        teller.close()
        kind = socket.AF_UNIX if isinstance(listener.address, str) else socket.AF_INET
        socket.socket(kind).connect(listener.address)

    with ThreadPoolExecutor(max_workers=200) as pool, news:
        while not over:
            try:
                client = listener.accept()
            except (AuthenticationError, OSError, EOFError):
                continue
            pool.submit(attend, client, functions, news, herald)


def call(address, authkey: bytes, name: str, *args):
    with Client(address, authkey=authkey) as connection:
        connection.send((name, args))
        kind, value = connection.recv()
    if kind == "error":
        raise RemoteError(value)
    return value
