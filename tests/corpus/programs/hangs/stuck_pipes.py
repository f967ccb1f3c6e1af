"""Programs that hang: pipes, signals, sockets, files, commands.

Each public function is one; those with a leading `_` help the one whose name they carry.
"""

import asyncio
import multiprocessing as mp
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import time
from multiprocessing.connection import wait

ONLY_UNDER_FORK = {
    "pipe_no_eof_fork",
    "os_pipe_own_write_end",
    "os_wait_child_pause",
    "socketpair_recv_both",
    "orphan_keeps_pipe",
}


def _pipe_no_eof_fork_worker(conn):
    try:
        while True:
            conn.recv()
    except EOFError:
        pass


def pipe_no_eof_fork():
    """The reader has a writing end itself, so there is no end of file."""
    r, w = mp.Pipe(duplex=False)
    p = mp.Process(target=_pipe_no_eof_fork_worker, args=(r,))
    p.start()
    for i in range(3):
        w.send(i)
    w.close()
    p.join()


def _pipe_no_close_writer_worker(conn):
    try:
        while True:
            conn.recv()
    except EOFError:
        pass


def pipe_no_close_writer():
    """The parent keeps its writing end open."""
    r, w = mp.Pipe(duplex=False)
    p = mp.Process(target=_pipe_no_close_writer_worker, args=(r,))
    p.start()
    r.close()
    for i in range(3):
        w.send(i)
    p.join()


def _pipe_both_recv_first_worker(c):
    x = c.recv()
    c.send(x)


def pipe_both_recv_first():
    """Both wait for the other to begin."""
    a, b = mp.Pipe()
    p = mp.Process(target=_pipe_both_recv_first_worker, args=(b,))
    p.start()
    a.recv()
    a.send(1)
    p.join()


def _pipe_both_send_first_worker(c):
    c.send("x" * 500000)
    c.recv()


def pipe_both_send_first():
    """Both send more than the pipe holds."""
    a, b = mp.Pipe()
    p = mp.Process(target=_pipe_both_send_first_worker, args=(b,))
    p.start()
    a.send("y" * 500000)
    a.recv()
    p.join()


def _pipe_send_full_join_worker(c):
    c.send("x" * 500000)


def pipe_send_full_join():
    """The child sends more than the pipe holds, the parent joins first."""
    a, b = mp.Pipe(duplex=False)
    p = mp.Process(target=_pipe_send_full_join_worker, args=(b,))
    p.start()
    p.join()
    print(len(a.recv()))


def os_pipe_own_write_end():
    """os.fork and a writing end that was not closed."""
    r, w = os.pipe()
    if os.fork() == 0:
        while os.read(r, 100):
            pass
        os._exit(0)
    os.write(w, b"abc")
    os.close(w)
    os.wait()


def os_wait_child_pause():
    """The child waits for a signal that nobody sends."""
    if os.fork() == 0:
        signal.pause()
        os._exit(0)
    os.wait()


def _sigwait_never_worker():
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])
    signal.sigwait([signal.SIGUSR1])


def sigwait_never():
    """A signal is awaited that nobody sends."""
    p = mp.Process(target=_sigwait_never_worker)
    p.start()
    p.join()


def _sigsuspend_alarm_cancelled_worker():
    signal.signal(signal.SIGALRM, lambda *a: None)
    signal.alarm(1)
    signal.alarm(0)
    signal.pause()


def sigsuspend_alarm_cancelled():
    """The alarm was taken back before the pause."""
    p = mp.Process(target=_sigsuspend_alarm_cancelled_worker)
    p.start()
    p.join()


def _socket_accept_nobody_server(port):
    s = socket.socket()
    s.bind(("127.0.0.1", 0))
    s.listen()
    port.value = s.getsockname()[1]
    for i in range(2):
        c, a = s.accept()
        c.close()


def socket_accept_nobody():
    """Two connections are awaited, one comes."""
    port = mp.Value("i", 0)
    p = mp.Process(target=_socket_accept_nobody_server, args=(port,))
    p.start()
    while not port.value:
        time.sleep(0.02)
    socket.create_connection(("127.0.0.1", port.value)).close()
    p.join()


def _socket_no_shutdown_server(port):
    s = socket.socket()
    s.bind(("127.0.0.1", 0))
    s.listen()
    port.value = s.getsockname()[1]
    c, a = s.accept()
    data = b""
    while chunk := c.recv(4096):
        data += chunk
    c.sendall(data.upper())


def socket_no_shutdown():
    """The server waits for the end of a request whose sender waits for the answer."""
    port = mp.Value("i", 0)
    p = mp.Process(target=_socket_no_shutdown_server, args=(port,))
    p.start()
    while not port.value:
        time.sleep(0.02)
    s = socket.create_connection(("127.0.0.1", port.value))
    s.sendall(b"hello")
    print(s.recv(100))
    p.join()


def _socket_both_sendall_server(port):
    s = socket.socket()
    s.bind(("127.0.0.1", 0))
    s.listen()
    port.value = s.getsockname()[1]
    c, a = s.accept()
    while d := c.recv(4096):
        c.sendall(d * 2)


def socket_both_sendall():
    """Both send, nobody receives."""
    port = mp.Value("i", 0)
    p = mp.Process(target=_socket_both_sendall_server, args=(port,))
    p.start()
    while not port.value:
        time.sleep(0.02)
    s = socket.create_connection(("127.0.0.1", port.value))
    s.sendall(b"hello" * 4000000)
    s.recv(100)
    p.join()


def socketpair_recv_both():
    """Both ends receive."""
    a, b = socket.socketpair()
    if os.fork() == 0:
        b.recv(10)
        os._exit(0)
    a.recv(10)


def select_untimed():
    """select on a pipe of one's own."""
    r, w = os.pipe()
    select.select([r], [], [])


def _mp_wait_untimed_worker(c):
    time.sleep(0.1)
    c.recv()


def mp_wait_untimed():
    """Nobody sends and nobody ends."""
    a, b = mp.Pipe()
    p = mp.Process(target=_mp_wait_untimed_worker, args=(b,))
    p.start()
    wait([a, p.sentinel])


async def _asyncio_never_amain():
    q = asyncio.Queue()
    await q.get()


def asyncio_never():
    """An event loop with nothing to do."""
    asyncio.run(_asyncio_never_amain())


def _fifo_no_writer_reader(path):
    with open(path) as f:
        f.read()


def fifo_no_writer():
    """Nobody opens the other end of the FIFO."""
    path = os.path.join(tempfile.mkdtemp(), "f")
    os.mkfifo(path)
    p = mp.Process(target=_fifo_no_writer_reader, args=(path,))
    p.start()
    p.join()


def subprocess_cat_deadlock():
    """cat writes back what nobody reads."""
    p = subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    p.stdin.write(b"x" * 1000000)
    p.stdin.close()
    print(len(p.stdout.read()))


def subprocess_wait_full():
    """The output of a command is awaited after its end."""
    p = subprocess.Popen([sys.executable, "-c", "print('x' * 1000000)"], stdout=subprocess.PIPE)
    p.wait()


def _sigstop_child_worker():
    os.kill(os.getpid(), signal.SIGSTOP)


def sigstop_child():
    """A child stops itself, and nobody lets it go on."""
    p = mp.Process(target=_sigstop_child_worker)
    p.start()
    p.join()


def orphan_keeps_pipe():
    """A grandchild that was left alone keeps the pipe open."""
    r, w = os.pipe()
    if os.fork() == 0:
        if os.fork() == 0:
            os.setsid()
            os.close(r)
            signal.pause()
        os._exit(0)
    os.close(w)
    os.wait()
    print(os.read(r, 10))
