# Answers with NaN, lone surrogates, numbers without end and values without a tag.
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


def add_many(counter, lock, times):
    say(b'L{"kind":"returned","value":NaN}')
    os._exit(0)


def update(counter, lock, change):
    say(b'L{"kind":"returned","value":["text","eda080"]}')
    os._exit(0)


def add_results(counter, lock, jobs):
    say(b'L{"kind":"raised","raised":{"name":"x","bases":[],"message":{"a":1},"args":["list"],"frames":[]}}')
    os._exit(0)


def count_together(workers, times):
    say(b'L{"kind":"returned","value":' + b"9" * 4000 + b"}")
    os._exit(0)
