"""A thread accepts, the caller's thread waits for the end; sockets are shut down to wake who reads."""

import contextlib
import os
import socket
import threading
from multiprocessing import AuthenticationError, connection as mpc


class RemoteError(Exception):
    pass


class Server:
    def __init__(self, listener, functions):
        self.listener = listener
        self.functions = functions
        self.over = threading.Event()
        self.lock = threading.Lock()
        self.idle = set()
        self.threads = []

    def run(self):
        doorman = threading.Thread(target=self.accept)
        doorman.start()
        self.over.wait()
        self.knock()
        doorman.join()
        with self.lock:
            for client in self.idle:
                hang_up(client)
        for thread in self.threads:
            thread.join()

    def knock(self):
        address = self.listener.address
        family = socket.AF_UNIX if isinstance(address, str) else socket.AF_INET
        with socket.socket(family) as visitor:
            visitor.connect(address)

    def accept(self):
        while not self.over.is_set():
            try:
                client = self.listener.accept()
            except Exception:
                continue
            thread = threading.Thread(target=self.attend, args=(client,))
            self.threads.append(thread)
            thread.start()

    def attend(self, client):
        try:
            while self.answer(client):
                pass
        except (EOFError, OSError):
            pass
        finally:
            with self.lock:
                self.idle.discard(client)
            client.close()

    def answer(self, client):
        with self.lock:
            if self.over.is_set():
                return False
            self.idle.add(client)
        name, args = client.recv()
        with self.lock:
            self.idle.discard(client)
        if name == "shutdown":
            client.send(("ok", None))
            self.over.set()
            return False
        try:
            answer = ("ok", self.functions[name](*args))
        except KeyError if name not in self.functions else () as missing:
            answer = ("error", f"no function {missing}")
        except Exception as error:
            answer = ("error", str(error))
        client.send(answer)
        return True


def hang_up(client):
    with contextlib.suppress(OSError), socket.socket(fileno=os.dup(client.fileno())) as end:
        end.shutdown(socket.SHUT_RDWR)


def serve(listener, functions: dict) -> None:
    Server(listener, functions).run()


def call(address, authkey: bytes, name: str, *args):
    connection = mpc.Client(address, authkey=authkey)
    try:
        connection.send((name, args))
        status, answer = connection.recv()
    finally:
        connection.close()
    if status != "ok":
        raise RemoteError(answer)
    return answer
