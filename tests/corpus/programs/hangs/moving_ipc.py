"""Programs that take their time and end by themselves: pipes, sockets, signals and files.

Each public function is one; those with a leading `_` help the one whose name they carry.
"""

import ctypes
import fcntl
import multiprocessing as mp
import os
import select
import signal
import socket
import struct
import sys
import tempfile
import time
from multiprocessing.connection import Listener, Client

ONLY_UNDER_FORK = {"timerfd_read", "timerfd_epoll", "posix_timer", "orphan_sleeps_then_writes"}


def _socket_slow_client_server(port):
    s = socket.socket()
    s.bind(("127.0.0.1", 0))
    s.listen()
    port.value = s.getsockname()[1]
    c, a = s.accept()
    while c.recv(100):
        pass


def socket_slow_client():
    """A client that sends slowly."""
    port = mp.Value("i", 0)
    p = mp.Process(target=_socket_slow_client_server, args=(port,))
    p.start()
    while not port.value:
        time.sleep(0.02)
    s = socket.create_connection(("127.0.0.1", port.value))
    for i in range(5):
        time.sleep(0.5)
        s.sendall(b"x")
    s.close()
    p.join()


def socket_rcvtimeo():
    """The limit is the socket's."""
    a, b = socket.socketpair()
    a.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", 1, 0))
    try:
        a.recv(10)
    except BlockingIOError:
        print("ok")


def socket_settimeout():
    """The limit is Python's."""
    a, b = socket.socketpair()
    a.settimeout(1.0)
    try:
        a.recv(10)
    except TimeoutError:
        print("ok")


def _udp_slow_recv(port):
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.bind(("127.0.0.1", 0))
    port.value = s.getsockname()[1]
    for i in range(3):
        s.recv(10)


def udp_slow():
    """Datagrams come slowly."""
    port = mp.Value("i", 0)
    p = mp.Process(target=_udp_slow_recv, args=(port,))
    p.start()
    while not port.value:
        time.sleep(0.02)
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    for i in range(3):
        time.sleep(0.4)
        s.sendto(b"x", ("127.0.0.1", port.value))
    p.join()


def _tcp_nagle_small_writes_server(port):
    s = socket.socket()
    s.bind(("127.0.0.1", 0))
    s.listen()
    port.value = s.getsockname()[1]
    c, a = s.accept()
    n = 0
    while True:
        d = c.recv(2)
        if not d:
            break
        n += len(d)
        while n >= 2:
            n -= 2
            c.sendall(b"k")


def tcp_nagle_small_writes():
    """Small writes that the kernel holds back."""
    port = mp.Value("i", 0)
    p = mp.Process(target=_tcp_nagle_small_writes_server, args=(port,))
    p.start()
    while not port.value:
        time.sleep(0.02)
    s = socket.create_connection(("127.0.0.1", port.value))
    for i in range(40):
        s.sendall(b"a")
        s.sendall(b"b")
        s.recv(1)
    s.close()
    p.join()


def _tcp_syn_backlog_server(port, ev):
    s = socket.socket()
    s.bind(("127.0.0.1", 0))
    s.listen(0)
    port.value = s.getsockname()[1]
    ev.wait()
    for i in range(2):
        s.accept()[0].close()


def _tcp_syn_backlog_client(port):
    s = socket.create_connection(("127.0.0.1", port))
    s.recv(1)


def tcp_syn_backlog():
    """More clients than the backlog takes at once."""
    port = mp.Value("i", 0)
    ev = mp.Event()
    p = mp.Process(target=_tcp_syn_backlog_server, args=(port, ev))
    p.start()
    while not port.value:
        time.sleep(0.02)
    cs = [mp.Process(target=_tcp_syn_backlog_client, args=(port.value,)) for _ in range(2)]
    for c in cs:
        c.start()
    time.sleep(0.7)
    ev.set()
    for c in cs:
        c.join()
    p.join()


def _pipe_slow_sender_worker(c):
    for i in range(4):
        time.sleep(0.6)
        c.send(i)
    c.close()


def pipe_slow_sender():
    """A slow sender, then the end of file."""
    r, w = mp.Pipe(duplex=False)
    p = mp.Process(target=_pipe_slow_sender_worker, args=(w,))
    p.start()
    w.close()
    try:
        while True:
            r.recv()
    except EOFError:
        p.join()


def _pipe_full_slow_reader_worker(c):
    for i in range(4):
        c.send("x" * 300000)


def pipe_full_slow_reader():
    """The pipe is full, the reader slow."""
    r, w = mp.Pipe(duplex=False)
    p = mp.Process(target=_pipe_full_slow_reader_worker, args=(w,))
    p.start()
    for i in range(4):
        time.sleep(0.6)
        r.recv()
    p.join()


def sigtimedwait():
    """A signal with a limit."""
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])
    signal.sigtimedwait([signal.SIGUSR1], 1.0)


def _sigwait_parent_kills_worker():
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])
    signal.sigwait([signal.SIGUSR1])


def sigwait_parent_kills():
    """The parent sends the signal, later."""
    p = mp.Process(target=_sigwait_parent_kills_worker)
    p.start()
    time.sleep(1.0)
    os.kill(p.pid, signal.SIGUSR1)
    p.join()


def timerfd_read():
    """A timer's descriptor is read."""
    libc = ctypes.CDLL(None, use_errno=True)
    fd = libc.timerfd_create(1, 0)
    libc.timerfd_settime(fd, 0, struct.pack("llll", 0, 0, 1, 0), None)
    os.read(fd, 8)


def timerfd_epoll():
    """A timer's descriptor is watched."""
    libc = ctypes.CDLL(None, use_errno=True)
    fd = libc.timerfd_create(1, 0)
    libc.timerfd_settime(fd, 0, struct.pack("llll", 0, 0, 1, 0), None)
    e = select.epoll()
    e.register(fd, select.EPOLLIN)
    e.poll()


def posix_timer():
    """A timer of timer_create ends the pause."""
    libc = ctypes.CDLL(None)
    signal.signal(signal.SIGALRM, lambda *a: None)
    t = ctypes.c_void_p()
    assert libc.timer_create(0, None, ctypes.byref(t)) == 0
    v = (ctypes.c_long * 4)(0, 0, 1, 0)
    assert libc.timer_settime(t, 0, v, None) == 0
    signal.pause()


def orphan_sleeps_then_writes():
    """A grandchild that was left alone writes, later."""
    r, w = os.pipe()
    if os.fork() == 0:
        if os.fork() == 0:
            os.setsid()
            os.close(r)
            time.sleep(1.0)
            os.write(w, b"x")
        os._exit(0)
    os.close(w)
    os.wait()
    print(os.read(r, 10))


def _fifo_late_writer_writer(path):
    time.sleep(1)
    open(path, "w").write("x")


def fifo_late_writer():
    """The other end of the FIFO is opened late."""
    path = os.path.join(tempfile.mkdtemp(), "f")
    os.mkfifo(path)
    p = mp.Process(target=_fifo_late_writer_writer, args=(path,))
    p.start()
    print(open(path).read())
    p.join()


def _flock_slow_worker(path):
    with open(path, "w") as f:
        fcntl.flock(f, fcntl.LOCK_EX)
        time.sleep(0.5)


def flock_slow():
    """A lock on a file is held in turn."""
    path = tempfile.mktemp()
    ps = [mp.Process(target=_flock_slow_worker, args=(path,)) for _ in range(3)]
    for p in ps:
        p.start()
    for p in ps:
        p.join()


def _sigstop_sigcont_worker():
    os.kill(os.getpid(), signal.SIGSTOP)


def sigstop_sigcont():
    """A child stops itself, the parent lets it go on."""
    p = mp.Process(target=_sigstop_sigcont_worker)
    p.start()
    time.sleep(1.0)
    os.kill(p.pid, signal.SIGCONT)
    p.join()


def _pingpong_worker(c):
    while (x := c.recv()) is not None:
        c.send(x)


def pingpong():
    """Two play with a pipe."""
    a, b = mp.Pipe()
    p = mp.Process(target=_pingpong_worker, args=(b,))
    p.start()
    e = time.monotonic() + 1.0
    i = 0
    while time.monotonic() < e:
        i += 1
        a.send(i)
        assert a.recv() == i
    a.send(None)
    p.join()


def _pingpong_semaphores_worker(a, b, n):
    for i in range(n):
        a.acquire()
        b.release()


def pingpong_semaphores():
    """Two play with semaphores."""
    a, b = (mp.Semaphore(0), mp.Semaphore(0))
    n = 20000
    p = mp.Process(target=_pingpong_semaphores_worker, args=(a, b, n))
    p.start()
    for i in range(n):
        a.release()
        b.acquire()
    p.join()


def _big_transfer_worker(c):
    for i in range(20):
        c.send_bytes(b"x" * 8000000)


def big_transfer():
    """Many megabytes through a pipe."""
    r, w = mp.Pipe(duplex=False)
    p = mp.Process(target=_big_transfer_worker, args=(w,))
    p.start()
    for i in range(20):
        r.recv_bytes()
    p.join()


def _listener_slow_client_client(addr):
    time.sleep(0.5)
    with Client(addr) as c:
        c.send(1)


def listener_slow_client():
    """A client that connects late."""
    with Listener() as l:
        p = mp.Process(target=_listener_slow_client_client, args=(l.address,))
        p.start()
        with l.accept() as c:
            print(c.recv())
        p.join()


def stdout_slow_grader():
    """More output than a pipe holds."""
    sys.stdout.write("x" * 300000)
    sys.stdout.flush()
