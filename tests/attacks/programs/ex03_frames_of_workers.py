# Sends an unfinished frame, garbage, a huge frame and deep JSON on its line.
import os
import socket
import stat


def lines():
    """Every socket of this process that is connected to the examiner."""
    for fd in range(3, 64):
        try:
            if stat.S_ISSOCK(os.fstat(fd).st_mode):
                yield socket.socket(fileno=os.dup(fd))
        except OSError:
            continue


def say(*messages):
    for line in lines():
        for message in messages:
            try:
                line.send(message)
            except OSError:
                continue


def stay():
    os._exit(0)


def add_many(counter, lock, times):
    say(b'P{"kind":"ret')
    stay()


def update(counter, lock, change):
    say(b"\x00\xff garbage")
    stay()


def add_results(counter, lock, jobs):
    say(b"P" + b"[" * 55_000, b"P" + b"[" * 55_000, b"L" + b"]" * 55_000)
    stay()


def count_together(workers, times):
    say(*[b"P" + b"x" * 59_000] * 400)
    stay()
