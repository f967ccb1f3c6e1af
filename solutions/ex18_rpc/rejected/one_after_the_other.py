# expect: silent_client_holds_back_no_other hung -
# expect: computes_at_once hung -
# expect: disconnects_idle_clients hung -
"""Serves one client to its end before the next: a silent one holds back all."""

import contextlib
import os
import socket
import threading
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, wait


class RemoteError(Exception):
    pass


def serve(listener, functions: dict) -> None:
    while True:
        try:
            connection = listener.accept()
        except (AuthenticationError, EOFError, OSError):
            continue
        with connection:
            try:
                while True:
                    name, args = connection.recv()
                    if name == "shutdown":
                        connection.send(("ok", None))
                        return
                    connection.send(reply_to(functions, name, args))
            except (EOFError, OSError):
                continue


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
