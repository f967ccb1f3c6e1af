# expect: silent_client_holds_back_no_other hung -
"""Wrong: a client is served by a thread of a pool of the default size (processors + 4): so many silent clients hold back all others."""

from concurrent.futures import ThreadPoolExecutor
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, wait
import os
import threading


class RemoteError(Exception):
    pass


def answer(functions, name, args):
    if name not in functions:
        return "error", "unknown"
    try:
        return "ok", functions[name](*args)
    except Exception as error:
        return "error", str(error)


def talk(connection, functions, over, bell):
    with connection:
        while True:
            if connection not in wait([connection, over]):
                return
            try:
                name, args = connection.recv()
                if name == "shutdown":
                    connection.send(("ok", None))
                    os.write(bell, b"!")
                    return
                connection.send(answer(functions, name, args))
            except (EOFError, OSError):
                return


def serve(listener, functions):
    over, bell = os.pipe()
    door = listener._listener._socket
    with ThreadPoolExecutor() as pool:
        while over not in wait([door, over]):
            try:
                connection = listener.accept()
            except (AuthenticationError, EOFError, OSError):
                continue
            pool.submit(talk, connection, functions, over, bell)
    os.close(over)
    os.close(bell)


def call(address, authkey, name, *args):
    with Client(address, authkey=authkey) as connection:
        connection.send((name, args))
        kind, value = connection.recv()
    if kind == "error":
        raise RemoteError(value)
    return value
