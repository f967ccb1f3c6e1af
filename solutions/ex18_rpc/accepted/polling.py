"""Threads that look up every few milliseconds: whether there is a request, and whether it is over."""

import select
import threading
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client


class RemoteError(Exception):
    pass


TICK = 0.01


def serve(listener, functions: dict) -> None:
    over = threading.Event()
    threads = []
    while not over.is_set():
        if not select.select([listener._listener._socket], [], [], TICK)[0]:
            continue
        try:
            client = listener.accept()
        except (AuthenticationError, EOFError, OSError):
            continue
        threads.append(threading.Thread(target=attend, args=(client, functions, over), daemon=True))
        threads[-1].start()
    for thread in threads:
        thread.join()


def attend(client, functions, over):
    try:
        while not over.is_set():
            if client.poll(TICK):
                client.send(answer(functions, over, *client.recv()))
    except (EOFError, ConnectionError):
        pass
    finally:
        client.close()


def answer(functions, over, name, args):
    if name == "shutdown":
        over.set()
        return ("ok", None)
    function = functions.get(name)
    if function is None:
        return ("error", f"{name} is not served")
    try:
        return ("ok", function(*args))
    except Exception as error:
        return ("error", str(error))


def call(address, authkey: bytes, name: str, *args):
    with Client(address, authkey=authkey) as connection:
        connection.send((name, args))
        kind, value = connection.recv()
    if kind == "error":
        raise RemoteError(value)
    return value
