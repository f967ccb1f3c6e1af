# expect: computes_at_once failed -
"""One loop for all clients, and it computes itself: one request at a time."""

import contextlib
import os
import socket
import threading
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, wait


class RemoteError(Exception):
    pass


def serve(listener, functions: dict) -> None:
    door = listener._listener._socket
    clients = []
    while True:
        for ready in wait([door, *clients]):
            try:
                if ready is door:
                    clients.append(listener.accept())
                    continue
                name, args = ready.recv()
                if name == "shutdown":
                    ready.send(("ok", None))
                    for client in clients:
                        client.close()
                    return
                ready.send(reply_to(functions, name, args))
            except (AuthenticationError, EOFError, OSError):
                if ready is not door:
                    clients.remove(ready)
                    ready.close()


def reply_to(functions, name, args):
    try:
        return "ok", functions[name](*args)
    except Exception as error:
        return "error", str(error)


def call(address, authkey: bytes, name: str, *args):
    with Client(address, authkey=authkey) as connection:
        connection.send((name, args))
        kind, value = connection.recv()
    if kind == "error":
        raise RemoteError(value)
    return value
