# Answers with an exception whose parts are no text, or that is none.
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
    say(b'L{"kind":"raised","raised":{"name":"x","bases":[],"message":["list",[]],"args":null,"frames":[]}}')
    os._exit(0)


def update(counter, lock, change):
    say(b'L{"kind":"raised"}')
    os._exit(0)


def add_results(counter, lock, jobs):
    frames = b'[["/x/ex03.py",%d,"f"]]' % 10**18
    say(b'L{"kind":"raised","raised":{"name":"x","bases":[],"message":"","args":null,"frames":%s}}' % frames)
    os._exit(0)
