"""The handlers that ex08 is given, and the clients that talk to its server."""

import multiprocessing as mp
import threading
import time


class Refusal(Exception):
    """Raised on purpose; made of two arguments."""

    def __init__(self, request, reason):
        super().__init__(request, reason)
        self.request = request
        self.reason = reason


ERRORS = {
    "refusal": Refusal,
    "end": EOFError,
    "reset": ConnectionResetError,
    "pipe": BrokenPipeError,
    "stop": StopIteration,
}


def same(request):
    """The request is its own reply."""
    return request


def double(request):
    """A reply that tells which request it belongs to."""
    return request * 2


def enlarge(request):
    """A reply of that many bytes."""
    return bytes([request % 256]) * request


def measure(request):
    """How large the request is, and how it begins."""
    return [len(request), request[:2]]


def excuse(request):
    """An exception that is returned."""
    return ValueError("returned", request)


class Plus:
    """An instance that can be called."""

    def __init__(self, amount):
        self.amount = amount

    def __call__(self, request):
        return request + self.amount


class Leisurely:
    """A handler that takes its time."""

    def __init__(self, seconds):
        self.seconds = seconds

    def __call__(self, request):
        time.sleep(self.seconds)
        return request * 2


class Failing:
    """Raises for some requests, and doubles the others."""

    def __init__(self, errors):
        self.errors = errors

    def __call__(self, request):
        error = self.errors.get(request)
        if error is None:
            return request * 2
        raise ERRORS[error](request, "refused")


class Noting:
    """Writes down that it was called; the grader knows by which process."""

    def __init__(self, notebook):
        self.notebook = notebook

    def __call__(self, request):
        self.notebook.write(str(request))
        return request * 2


class Slow:
    """Lets the client know that it has begun with the last request, and ends when the client has left."""

    def __init__(self, last, begun, left):
        self.last = last
        self.begun = begun
        self.left = left

    def __call__(self, request):
        if request == self.last:
            self.begun.open()
            self.left.wait()
        return request * 2


HANDLERS = {
    "same": same,
    "double": double,
    "enlarge": enlarge,
    "measure": measure,
    "excuse": excuse,
    "instance": Plus(1000),
}


def one_by_one(connection, requests, replies):
    """Wait for each reply before the next request."""
    for request in requests:
        connection.send(request)
        replies.append(connection.recv())


def all_at_once(connection, requests, replies):
    """Send everything, and read the replies afterwards."""
    for request in requests:
        connection.send(request)
    replies.extend(connection.recv() for _ in requests)


class Leaving:
    """Sends each request when the reply before it has arrived, reads none, and leaves while the last one is handled."""

    def __init__(self, begun, left):
        self.begun = begun
        self.left = left

    def __call__(self, connection, requests, _replies):
        for number, request in enumerate(requests):
            if number:
                connection.poll(None)
            connection.send(request)
        self.begun.wait()
        connection.close()
        self.left.open()


def leave_a_reply(connection, requests, _replies):
    """Wait until a reply has arrived, and leave without reading it."""
    connection.send(requests[0])
    connection.poll(None)


def talked(late, connection, requests, replies, talk):
    """Body of the client's thread, which is late; a server that has gone is the server's affair."""
    late.attend()
    try:
        talk(connection, requests, replies)
    except (EOFError, OSError):
        return
    finally:
        connection.close()


def with_client(stage, handler, requests, talk):
    """`serve` here, a client in a thread; what it returned, whether the connection is open, the replies.

    The client begins when the server waits: a crowd of one is let go when nothing else can happen.
    """
    mine, theirs = mp.Pipe()
    replies = []
    late = stage.crowd("the client before its first request", 2)
    client = threading.Thread(target=talked, args=(late, theirs, requests, replies, talk))
    client.start()
    try:
        count = stage.submission.serve(mine, handler)
        is_open = not mine.closed and mine.fileno() >= 0
    finally:
        mine.close()
        client.join()
    return [count, is_open, replies]


def serve_one_by_one(stage, *, handler, requests):
    """A client that waits for each reply."""
    return with_client(stage, HANDLERS[handler], requests, one_by_one)


def serve_all_at_once(stage, *, requests):
    """A client that sends all requests before it reads."""
    return with_client(stage, double, requests, all_at_once)


def serve_failing(stage, *, errors, requests):
    """The handler raises for some requests."""
    return with_client(stage, Failing(errors), requests, one_by_one)


def serve_while_it_leaves(stage, *, requests):
    """The client leaves while its last request is handled, with all replies unread."""
    begun, left = stage.door("the last request is handled"), stage.door("the client has left")
    return with_client(stage, Slow(requests[-1], begun, left), requests, Leaving(begun, left))


def serve_an_unread_reply(stage, *, request):
    """The client leaves when the reply has arrived, and does not read it."""
    return with_client(stage, double, [request], leave_a_reply)


def serve_two(stage, *, requests):
    """One conversation after the other, in one process."""
    return [with_client(stage, double, requests, one_by_one), with_client(stage, double, [], one_by_one)]


def ask(stage, *, handler, requests):
    """`ask_all` with a handler that only computes."""
    return stage.submission.ask_all(HANDLERS[handler], requests)


def ask_many_kinds(stage, *, cases):
    """One after the other: (handler, requests)."""
    return [ask(stage, handler=handler, requests=requests) for handler, requests in cases]


def ask_and_look(stage, *, requests):
    """Who calls the handler, and how the processes ended."""
    endings = stage.endings()
    stage.notebook("caller").write("here")
    replies = stage.submission.ask_all(Noting(stage.notebook("handler")), requests)
    return [replies, stage.children(), endings.codes]


def ask_failing(stage, *, errors, requests):
    """The handler raises for some requests."""
    endings = stage.endings()
    replies = stage.submission.ask_all(Failing(errors), requests)
    return [replies, stage.children(), endings.codes]


def ask_by_keyword(stage, *, requests):
    """Both functions with keywords."""
    mine, theirs = mp.Pipe()
    theirs.close()
    with mine:
        count = stage.submission.serve(connection=mine, handler=double)
    return [count, stage.submission.ask_all(handler=double, requests=requests)]


def ask_in_a_child(stage, *, requests):
    """`ask_all`, called in a process that was started by another one."""
    stage.together(child=stage.call("ask_all", double, requests))


def ask_large(stage, *, sizes):
    """Requests and replies of that many bytes each; what came back is told by length and first bytes."""
    requests = [bytes([size % 256]) * size for size in sizes]
    endings = stage.endings()
    replies = stage.submission.ask_all(same, requests)
    told = [measure(reply) for reply in replies] if isinstance(replies, list) else replies
    return [told, stage.children(), endings.codes]


def dawdle(connection, other, requests, pause):
    """Take one's time before each request and before the end."""
    other.close()
    with connection:
        for request in requests:
            time.sleep(pause)
            connection.send(request)
            connection.recv()
        time.sleep(pause)


def serve_one_who_takes_his_time(stage, *, requests, pause):
    """What `serve` returns."""
    mine, theirs = mp.Pipe()
    client = mp.Process(target=dawdle, args=(theirs, mine, requests, pause))
    client.start()
    theirs.close()
    with mine:
        count = stage.submission.serve(mine, double)
    client.join()
    return count


def ask_one_who_takes_his_time(stage, *, requests, pause):
    """What `ask_all` returns."""
    return stage.submission.ask_all(Leisurely(pause), requests)
