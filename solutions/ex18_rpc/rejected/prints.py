# expect: call_raises failed printed-output
"""Prints each request."""

import contextlib
import os
import socket
import threading
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, wait


class RemoteError(Exception):
    pass


def serve(listener, functions: dict) -> None:
    stopped = threading.Event()
    wake_up, wake = os.pipe()
    threads = []
    while not stopped.is_set():
        try:
            connection = listener.accept()
        except (AuthenticationError, EOFError, OSError):
            continue
        if stopped.is_set():
            connection.close()
            break
        thread = threading.Thread(target=attend, args=(connection, functions, stopped, wake_up, wake, listener.address))
        thread.start()
        threads.append(thread)
    for thread in threads:
        thread.join()
    os.close(wake_up)
    os.close(wake)


def attend(connection, functions, stopped, wake_up, wake, address):
    with connection, contextlib.suppress(EOFError, OSError):
        while wake_up not in wait([connection, wake_up]):
            name, args = connection.recv()
            print(name)
            if name == "shutdown":
                stopped.set()
                os.write(wake, b"!")
                connection.send(("ok", None))
                knock(address)
                return
            connection.send(reply_to(functions, name, args))


def reply_to(functions, name, args):
    try:
        return "ok", functions[name](*args)
    except Exception as error:
        return "error", str(error)


def knock(address):
    """Let the thread that accepts have a look at what has happened."""
    with socket.socket(socket.AF_UNIX if isinstance(address, str) else socket.AF_INET) as plain:
        plain.connect(address)


def call(address, authkey: bytes, name: str, *args):
    with Client(address, authkey=authkey) as connection:
        connection.send((name, args))
        kind, value = connection.recv()
    if kind == "error":
        raise RemoteError(value)
    return value
