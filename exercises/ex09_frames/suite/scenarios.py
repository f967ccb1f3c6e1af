"""Who is at the other end of the connections that ex09 is given."""

import contextlib
import importlib
import multiprocessing as mp
import threading
import time
from multiprocessing.reduction import ForkingPickler

SUBMISSION = "ex09"


def made(frame):
    """A frame, or one of that many bytes if only a number is given."""
    return bytes([frame % 256]) * frame if isinstance(frame, int) else frame


def brief(frame):
    """A large frame as length and beginning, so that it need not travel once more."""
    if isinstance(frame, bytes) and len(frame) > 1000:
        return [len(frame), frame[:2], frame == frame[:1] * len(frame)]
    return frame


def outcome_of(function, *args, **kwargs):
    """Give what the function returned, or the exception that it raised."""
    try:
        return function(*args, **kwargs)
    except Exception as error:  # noqa: BLE001 - whatever it raises is the outcome
        return error


@contextlib.contextmanager
def meanwhile(function, *args):
    """Run the function in a thread beside the block, and wait for its end."""
    thread = threading.Thread(target=function, args=args)
    thread.start()
    try:
        yield
    finally:
        thread.join()


def read_all(connection, received):
    """Take every message until the other end is closed."""
    with connection, contextlib.suppress(EOFError):
        while True:
            received.append(connection.recv_bytes())


def write_all(connection, frames):
    """Send every frame, and close; whoever does not want them all may leave."""
    with connection, contextlib.suppress(ConnectionError):
        for frame in frames:
            connection.send_bytes(made(frame))


def send(stage, *, frames):
    """`send_frames` to somebody who reads until the end; what it gave, whether it closed, what arrived."""
    mine, theirs = mp.Pipe()
    received = []
    with meanwhile(read_all, theirs, received):
        outcome = outcome_of(stage.submission.send_frames, mine, [made(frame) for frame in frames])
        closed = mine.closed
    return [outcome, closed, [brief(frame) for frame in received]]


def send_to_nobody(stage, *, frames, unread=False):
    """`send_frames` to somebody who has left, perhaps without having read what this end said before."""
    mine, theirs = mp.Pipe()
    if unread:
        mine.send_bytes(b"unread")
    theirs.close()
    outcome = outcome_of(stage.submission.send_frames, mine, frames)
    return [outcome, mine.closed, []]


def send_what_is_none(stage):
    """Whether `send_frames` closes after what is no bytes object, beside somebody who is there and does not read."""
    mine, theirs = mp.Pipe()
    with theirs:
        outcome_of(stage.submission.send_frames, mine, [b"first", "a text"])
        return mine.closed


def receive(stage, *, frames, limit):
    """`receive_frames` from somebody who sends the frames and closes; what it gave, and whether it closed."""
    mine, theirs = mp.Pipe()
    with meanwhile(write_all, theirs, frames):
        outcome = outcome_of(stage.submission.receive_frames, mine, limit)
        closed = mine.closed
        if not closed:
            mine.close()
    return [[brief(frame) for frame in outcome] if isinstance(outcome, list) else outcome, closed]


def receive_each_into(stage, *, frames, sizes):
    """`receive_into` once per frame, with a buffer of the size that stands beside it, and once more at the end.

    For each: what it gave, the beginning of the buffer, its length.
    """
    mine, theirs = mp.Pipe()
    steps = []
    with meanwhile(write_all, theirs, frames):
        for frame, size in zip(frames, sizes, strict=True):
            buffer = bytearray(b"?" * size)
            outcome = outcome_of(stage.submission.receive_into, mine, buffer)
            length = len(frame) if isinstance(frame, bytes) else frame
            steps.append([brief(outcome), brief(bytes(buffer[:length])), len(buffer)])
        end = outcome_of(stage.submission.receive_into, mine, bytearray(4))
        is_open = not mine.closed
        if is_open:
            mine.close()
    return [steps, end, is_open]


def receive_into_one(stage, *, frames, size):
    """`receive_into` with the same buffer for all frames."""
    mine, theirs = mp.Pipe()
    buffer = bytearray(size)
    with mine, meanwhile(write_all, theirs, frames):
        return [stage.submission.receive_into(mine, buffer) for _ in frames]


def send_objects(connection, objects):
    """Send every object and close."""
    with connection:
        for one in objects:
            connection.send(one)


def gather(stage, *, given):
    """`gather` from connections whose peers have sent these objects and left; which of them it closed."""
    pipes = [mp.Pipe(duplex=False) for _ in given]
    for (_, writer), objects in zip(pipes, given, strict=True):
        send_objects(writer, objects)
    pairs = stage.submission.gather([reader for reader, _ in pipes])
    closed = [number for number, (reader, _) in enumerate(pipes) if reader.closed]
    for reader, _ in pipes:
        reader.close()
    return [pairs, closed]


def dawdle(theirs, mine, frames, pause):
    """Take one's time before each frame and before the end; the reader may have left."""
    mine.close()
    with theirs, contextlib.suppress(ConnectionError):
        for frame in frames:
            time.sleep(pause)
            theirs.send_bytes(frame)
        time.sleep(pause)


@contextlib.contextmanager
def dawdling(frames, pause):
    """The end at which somebody listens to a process that takes its time."""
    mine, theirs = mp.Pipe()
    process = mp.Process(target=dawdle, args=(theirs, mine, frames, pause))
    process.start()
    theirs.close()
    yield mine
    mine.close()
    process.join()


def receive_late(stage, *, frames, pause):
    """What `receive_frames` gives of somebody who takes his time."""
    with dawdling(frames, pause) as mine:
        return outcome_of(stage.submission.receive_frames, mine, 1000)


def receive_late_into(stage, *, frames, pause):
    """What `receive_into` gives of somebody who takes his time, up to the end."""
    with dawdling(frames, pause) as mine:
        return [outcome_of(stage.submission.receive_into, mine, bytearray(64)) for _ in [*frames, "the end"]]


def gather_late(stage, *, words, pause):
    """What `gather` gives of somebody who takes his time, and of somebody who left long ago."""
    reader, writer = mp.Pipe(duplex=False)
    writer.close()
    with reader, dawdling([ForkingPickler.dumps(word).tobytes() for word in words], pause) as mine:
        return outcome_of(stage.submission.gather, [reader, mine])


def own_end(pipes, number):
    """The end into which this process sends; a forked process has copies of all others, and must not keep them open."""
    for index, (reader, writer) in enumerate(pipes):
        reader.close()
        if index != number:
            writer.close()
    return pipes[number][1]


def speak_not(pipes, number):
    """Say nothing at all."""
    own_end(pipes, number).close()


def speak_first(pipes, number, meeting, frames):
    """Send more than a pipe holds, and then let the silent one know."""
    with own_end(pipes, number) as connection, contextlib.suppress(ConnectionError):
        for frame in frames:
            connection.send(made(frame))
        meeting.attend()


def speak_last(pipes, number, meeting, word):
    """Say nothing before the other one is through."""
    with own_end(pipes, number) as connection, contextlib.suppress(ConnectionError):
        meeting.attend()
        connection.send(word)


def gather_beside_a_silent_one(stage, *, silent, before, frames):
    """Three processes send: one large frames, one nothing before the other is through, one nothing at all.

    From the silent one there are already the words `before`, which anybody finds there at once.
    """
    meeting = stage.meeting("the silent one and the one that sends", 2)
    pipes = [mp.Pipe(duplex=False) for _ in range(3)]
    speaker, mute = [number for number in range(3) if number != silent]
    for word in before:
        pipes[silent][1].send(word)
    processes = [
        mp.Process(target=speak_first, args=(pipes, speaker, meeting, frames)),
        mp.Process(target=speak_last, args=(pipes, silent, meeting, "late")),
        mp.Process(target=speak_not, args=(pipes, mute)),
    ]
    for process in processes:
        process.start()
    for _, writer in pipes:
        writer.close()
    pairs = stage.submission.gather([reader for reader, _ in pipes])
    for reader, _ in pipes:
        reader.close()
    for process in processes:
        process.join()
    return [[number, brief(one)] for number, one in pairs] if isinstance(pairs, list) else pairs


def call_of(name, *args):
    """Body of a process that calls a function of the submission."""
    getattr(importlib.import_module(SUBMISSION), name)(*args)


def from_process_to_process(stage, *, frames, limit):
    """`send_frames` in a process of its own, `receive_frames` here, both with what the other one makes."""
    mine, theirs = mp.Pipe()
    sender = mp.Process(target=call_of, args=("send_frames", theirs, [made(frame) for frame in frames]))
    sender.start()
    theirs.close()
    received = stage.submission.receive_frames(connection=mine, limit=limit)
    sender.join()
    return [brief(frame) for frame in received]


def by_keyword(stage, *, frames):
    """All functions with keywords, one after the other in one process; the last two for the second time."""
    for word in ("earlier", "earlier, too"):
        reader, writer = mp.Pipe(duplex=False)
        writer.send(word)
        writer.close()
        stage.submission.gather([reader]) if word == "earlier" else stage.submission.receive_frames(reader, 100)
    first, second = mp.Pipe()
    stage.submission.send_frames(connection=first, frames=frames)
    buffer = bytearray(100)
    message = stage.submission.receive_into(connection=second, buffer=buffer)
    rest = stage.submission.receive_frames(connection=second, limit=100)
    reader, writer = mp.Pipe(duplex=False)
    writer.send("word")
    writer.close()
    return [message, rest, stage.submission.gather(connections=[reader])]
