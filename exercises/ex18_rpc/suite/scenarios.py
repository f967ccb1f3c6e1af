"""A listener, its clients, and what the functions do that ex18 serves."""

import contextlib
import itertools
import multiprocessing as mp
import os
import socket
import threading
from multiprocessing.connection import Client, Listener

KEY = b"the right key"
WRONG = b"another key"
STOP = ("shutdown", ())
PATIENCE = 5  # seconds for a server that did not answer, and may be gone


class Refusal(Exception):
    """Raised on purpose; its text is not its first argument."""

    def __init__(self, number, reason):
        super().__init__(number, reason)
        self.number = number
        self.reason = reason

    def __str__(self):
        return f"{self.number}: {self.reason}"


def refuse(number):
    """Raise an exception with a text of its own."""
    raise Refusal(number, "refused")


ERRORS = {
    "key": KeyError,
    "end": EOFError,
    "pipe": BrokenPipeError,
    "reset": ConnectionResetError,
    "os": OSError,
    "stop": StopIteration,
}


def fail(kind, *args):
    """Raise what looks as if it came from the connection."""
    raise ERRORS[kind](*args)


def made(*args):
    """A result that tells which arguments came."""
    return list(args)


def same(value):
    """What comes out is what went in."""
    return value


def enlarge(size):
    """A result of that many bytes."""
    return bytes([size % 256]) * size


def functions_of(**more):
    """What is served: one of them no pickle can carry, for it is called where it is."""
    lock = threading.Lock()
    seen = []

    def count(word):
        with lock:
            seen.append(word)
            return len(seen)

    return {"made": made, "same": same, "fail": fail, "refuse": refuse, "enlarge": enlarge, "count": count, **more}


@contextlib.contextmanager
def listening():
    """A listener with room for all clients that come at once."""
    with Listener(None, "AF_UNIX", 32, KEY) as listener:
        yield listener


def ask(connection, request):
    """One request and its reply; None if nobody replies."""
    try:
        connection.send(request)
        return connection.recv()
    except (EOFError, OSError):
        return None


def talk(address, requests):
    """Body of a client: one request after the other.

    If it is sent away before it can shut down, another client does: what was not answered shall be told, not a server
    that runs on.
    """
    with Client(address, authkey=KEY) as connection:
        replies = [ask(connection, request) for request in requests]
    if STOP in requests and None in replies[:-1]:
        other = threading.Thread(target=talk, args=(address, [STOP]), daemon=True)
        other.start()
        other.join(PATIENCE)
    return replies


def talk_when(address, meeting, requests):
    """The same, when somebody else is there, too."""
    meeting.attend()
    return talk(address, requests)


def stay_silent(address, here, times):
    """Connect so often, say so, and wait for the end of each without a request."""
    with contextlib.ExitStack() as stack:
        connections = [stack.enter_context(Client(address, authkey=KEY)) for _ in range(times)]
        here.attend()
        return all(ended(connection) for connection in connections)


def ended(connection):
    """Whether the other end was closed, when nothing else came."""
    try:
        connection.recv()
    except (EOFError, OSError):
        return True
    return False


def speak_and_stay(address, request, here):
    """One request, and silence afterwards."""
    with Client(address, authkey=KEY) as connection:
        reply = ask(connection, request)
        here.attend()
        return [reply, ended(connection)]


def vanish_at_the_door(address):
    """Connect and leave before the handshake is through."""
    with socket.socket(socket.AF_UNIX) as plain:
        plain.connect(address)


def vanish_in_the_handshake(address):
    """Read the challenge and answer nonsense, or nothing; likewise with a part of it unread.

    To the server, the first is the end of what it reads, the second a connection that is reset.
    """
    for rest, words in itertools.product((socket.MSG_WAITALL, 0), (b"", b"\0\0\0\4nope", b"\0\0")):
        with socket.socket(socket.AF_UNIX) as plain:
            plain.connect(address)
            size = int.from_bytes(plain.recv(4, socket.MSG_WAITALL), "big")
            if rest:
                plain.recv(size, rest)
            plain.sendall(words)


def come_with_a_wrong_key(address):
    """Be turned away."""
    try:
        Client(address, authkey=WRONG).close()
    except Exception as error:  # noqa: BLE001 - whatever comes is told
        return type(error).__name__
    return "let in"


def vanish_when_connected(address):
    """Connect properly, and leave without a request."""
    Client(address, authkey=KEY).close()


def vanish_before_the_reply(address, request):
    """Send a request and leave, while it is computed or before the reply is read, twice."""
    for _ in range(2):
        with Client(address, authkey=KEY) as connection:
            connection.send(request)


def vanish_within_a_request(address, _request):
    """Announce a message of a hundred bytes, send three, and leave."""
    with Client(address, authkey=KEY) as connection:
        os.write(connection.fileno(), (100).to_bytes(4, "big") + b"abc")


def leave_a_reply_unread(address, request):
    """Leave when the reply has come, without reading it: to the server, the connection is reset."""
    with Client(address, authkey=KEY) as connection:
        connection.send(request)
        connection.poll(None)


def bad_then_good(address, requests):
    """All that can go wrong with a client, one after the other, and then a good one."""
    vanish_at_the_door(address)
    key = come_with_a_wrong_key(address)
    vanish_in_the_handshake(address)
    vanish_when_connected(address)
    for vanish in (vanish_within_a_request, vanish_before_the_reply, leave_a_reply_unread):
        with contextlib.suppress(OSError, EOFError):  # a server that has ended is the good one's affair
            vanish(address, requests[0])
    come_with_a_wrong_key(address)
    return [key, talk(address, requests)]


def converse(stage, *, requests):
    """Three clients one after the other; the last one shuts down."""
    with listening() as listener:
        address = listener.address
        stage.together(
            server=stage.call("serve", listener, functions_of()),
            client=stage.partner(one_after_another, address, requests),
        )


def one_after_another(address, requests):
    """One client per list of requests, and one that shuts down."""
    return [*(talk(address, some) for some in requests), talk(address, [STOP])]


def silent_and_good(stage, *, silent, times, requests):
    """Some processes with some clients each that send nothing, and a good one that comes when they have connected."""
    here = stage.meeting("the silent clients and the good one", silent + 1)
    with listening() as listener:
        clients = {
            f"silent_{number}": stage.partner(stay_silent, listener.address, here, times) for number in range(silent)
        }
        good = stage.partner(talk_when, listener.address, here, [*requests, STOP])
        stage.together(server=stage.call("serve", listener, functions_of()), good=good, **clients)


def requests_that_meet(stage, *, count):
    """As many requests as there are clients wait for each other in the server, and then one client shuts down."""
    crowd = stage.crowd("requests", count, patience=30)
    after = stage.meeting("clients with a reply", count)

    def meet(value):
        crowd.attend()
        return value

    with listening() as listener:
        clients = {
            f"client_{number}": stage.partner(
                meet_and_stop, listener.address, ("meet", (number,)), after, stops=number == 0
            )
            for number in range(count)
        }
        stage.together(server=stage.call("serve", listener, functions_of(meet=meet)), **clients)


def meet_and_stop(address, request, after, *, stops):
    """One request; when all have their reply, one of the clients shuts down."""
    with Client(address, authkey=KEY) as connection:
        reply = ask(connection, request)
        after.attend()
        return [reply, ask(connection, STOP) if stops else None]


def bad_clients(stage, *, requests):
    """Clients that come to nothing; a good one afterwards."""
    with listening() as listener:
        stage.together(
            server=stage.call("serve", listener, functions_of()),
            client=stage.partner(bad_then_good, listener.address, [*requests, STOP]),
        )


def shut_down_while_computing(stage, *, value):
    """One request is computed, slowly, when another client shuts down."""
    begun = stage.door("the slow request is computed")
    late = stage.crowd("the slow request", 2, patience=3)

    def slow(number):
        begun.open()
        late.attend()
        return number

    with listening() as listener:
        stage.together(
            server=stage.call("serve", listener, functions_of(slow=slow)),
            slow=stage.partner(talk, listener.address, [("slow", (value,))]),
            stopper=stage.partner(stop_when, listener.address, begun),
        )


def stop_when(address, begun):
    """Shut down when the other request is computed."""
    begun.wait()
    return talk(address, [STOP])


def after_the_end(stage, *, request):
    """The server here, its clients elsewhere: whether the idle one was disconnected, and the listener still listens.

    What the functions did to this process is told as well.
    """
    seen = []

    def remember(word):
        seen.append((word, os.getpid() == home))
        return len(seen)

    home = os.getpid()
    here = stage.meeting("the idle client and the one that shuts down", 2)
    answers = mp.SimpleQueue()
    with listening() as listener:
        address = listener.address
        clients = [
            mp.Process(target=tell, args=(answers, speak_and_stay, address, request, here)),
            mp.Process(target=tell, args=(answers, talk_when, address, here, [("remember", ("again",)), STOP])),
        ]
        for client in clients:
            client.start()
        returned = stage.submission.serve(listener=listener, functions=functions_of(remember=remember))
        told = dict(answers.get() for _ in clients)
        for client in clients:
            client.join()
        owner = mp.Process(target=tell, args=(answers, talk, address, [("to the owner", ())]))
        owner.start()
        with next_client(listener) as connection:
            connection.send(connection.recv())
        owner.join()
        return [returned, told, seen, answers.get()]


def next_client(listener):
    """What the owner accepts; something that woke the server up may stand in the queue before."""
    while True:
        with contextlib.suppress(mp.AuthenticationError, EOFError, ConnectionError):
            return listener.accept()


def tell(answers, function, *args):
    """Body of a client's process: put what the function gives on a queue, with its name."""
    answers.put((function.__name__, function(*args)))


def answer_one(listener, reply, heard):
    """A server of ours: one client, one request, and what follows it."""
    with listener.accept() as connection:
        heard.append(connection.recv())
        connection.send(reply)
        heard.append(ended(connection))


def call_one(stage, *, name, args, reply):
    """`call` to a server of ours that replies so; what it raised or returned, and what the server heard."""
    heard = []
    with listening() as listener:
        server = threading.Thread(target=answer_one, args=(listener, reply, heard))
        server.start()
        try:
            outcome = stage.submission.call(listener.address, KEY, name, *args)
        except Exception as error:  # noqa: BLE001 - whatever it raises is the outcome
            outcome = error
        server.join()
    return [outcome, heard]


def call_with_a_wrong_key(stage):
    """`call` with a key that the server does not accept."""
    with listening() as listener:
        server = threading.Thread(target=turn_away, args=(listener,))
        server.start()
        try:
            return stage.submission.call(listener.address, WRONG, "made")
        finally:
            server.join()


def turn_away(listener):
    """A server that lets nobody in."""
    with contextlib.suppress(mp.AuthenticationError, EOFError, OSError):
        listener.accept().close()


def both(stage, *, value):
    """`serve` and `call` of the submission with each other; one of the functions notices when it was called."""
    called = stage.door("the function was called")

    def notice(word):
        called.open()
        return word

    with listening() as listener:
        stage.together(
            server=stage.call("serve", listener, functions_of(notice=notice)),
            client=stage.call("call", listener.address, KEY, "notice", value),
            stopper=stage.partner(stop_when, listener.address, called),
        )
