"""Programs around Pipe and Connection; each returns whether it kept its promise."""

import multiprocessing as mp
from multiprocessing.connection import wait

WRONG = {
    "wrong_poll_means_done": "failed",
    "wrong_two_readers": "failed",
    "wrong_both_receive_first": "hung",
    "wrong_end_left_open": "hung",
    "wrong_both_send_much_first": "hung",
    "wrong_order_of_two_pipes": "failed",
    "wrong_sends_to_one_that_may_have_left": "failed",
    "wrong_one_reply_too_few": "hung",
    "wrong_gives_up_early": "failed",
    "wrong_first_started_ends_first": "failed",
    "wrong_sentinel_means_sent_first": "failed",
}
MUCH = b"x" * 1_000_000


def serve(end, count):
    for _ in range(count):
        end.send(end.recv() + 1)


def served(count):
    ours, theirs = mp.Pipe()
    server = mp.Process(target=serve, args=(theirs, count))
    server.start()
    replies = []
    for number in (1, 2):
        ours.send(number)
        replies.append(ours.recv())
    server.join()
    return replies == [2, 3]


def right_request_and_reply():
    return served(2)


def wrong_one_reply_too_few():
    return served(1)


def send_all(end, items):
    for item in items:
        end.send(item)
    end.close()


def until_the_end(ours, theirs, *, closes):
    sender = mp.Process(target=send_all, args=(theirs, [1, 2]))
    sender.start()
    if closes:
        theirs.close()
    got = []
    try:
        while True:
            got.append(ours.recv())
    except EOFError:
        sender.join()
        return got == [1, 2]


def right_end_of_file():
    return until_the_end(*mp.Pipe(duplex=False), closes=True)


def wrong_end_left_open():
    return until_the_end(*mp.Pipe(duplex=False), closes=False)


def wrong_poll_means_done():
    ours, theirs = mp.Pipe(duplex=False)
    sender = mp.Process(target=send_all, args=(theirs, [1]))
    sender.start()
    got = ours.recv() if ours.poll() else None
    sender.join()
    return got == 1


def right_poll_with_time():
    ours, theirs = mp.Pipe(duplex=False)
    sender = mp.Process(target=send_all, args=(theirs, [1]))
    sender.start()
    got = ours.recv() if ours.poll(10) else None
    sender.join()
    return got == 1


def late(end, seconds):
    import time

    time.sleep(seconds)
    end.send(1)


def polled(seconds):
    ours, theirs = mp.Pipe()
    sender = mp.Process(target=late, args=(theirs, 60))
    sender.start()
    came = ours.poll(seconds)
    sender.join()
    return came


def right_waits_long_enough():
    return polled(61)


def wrong_gives_up_early():
    return polled(59)


def take_one(end, value):
    value.value = end.recv()


def taken_by_two(guard):
    ours, theirs = mp.Pipe(duplex=False)
    values = [mp.Value("i", 0, lock=False) for _ in range(2)]
    takers = [mp.Process(target=guard, args=(ours, value)) for value in values]
    for taker in takers:
        taker.start()
    theirs.send(3)
    theirs.send(4)
    for taker in takers:
        taker.join()
    return sum(value.value for value in values) == 7


def wrong_two_readers():
    return taken_by_two(take_one)


def right_two_readers_with_a_lock():
    lock = mp.Lock()

    def take_locked(end, value):
        with lock:
            take_one(end, value)

    return taken_by_two(take_locked)


def receive_then_send(end):
    end.recv()
    end.send(1)


def wrong_both_receive_first():
    ours, theirs = mp.Pipe()
    partner = mp.Process(target=receive_then_send, args=(theirs,))
    partner.start()
    ours.recv()
    ours.send(1)
    partner.join()
    return True


def echo_much(end):
    data = end.recv_bytes()
    end.send_bytes(data)


def right_much_there_and_back():
    ours, theirs = mp.Pipe()
    partner = mp.Process(target=echo_much, args=(theirs,))
    partner.start()
    ours.send_bytes(MUCH)
    got = ours.recv_bytes()
    partner.join()
    return got == MUCH


def send_much_first(end):
    end.send_bytes(MUCH)
    end.recv_bytes()


def wrong_both_send_much_first():
    ours, theirs = mp.Pipe()
    partner = mp.Process(target=send_much_first, args=(theirs,))
    partner.start()
    send_much_first(ours)
    partner.join()
    return True


def right_both_send_little_first():
    ours, theirs = mp.Pipe()
    partner = mp.Process(target=send_little_first, args=(theirs,))
    partner.start()
    send_little_first(ours)
    partner.join()
    return partner.exitcode == 0


def send_little_first(end):
    end.send(1)
    assert end.recv() == 1


def two_senders():
    pairs = [mp.Pipe(duplex=False) for _ in range(2)]
    senders = [mp.Process(target=send_all, args=(pair[1], [number])) for number, pair in enumerate(pairs)]
    for sender, pair in zip(senders, pairs):
        sender.start()
        pair[1].close()
    return [pair[0] for pair in pairs], senders


def right_gathers_from_whichever_is_ready():
    ends, senders = two_senders()
    got, open_ends = [], list(ends)
    while open_ends:
        for end in wait(open_ends):
            try:
                got.append(end.recv())
            except EOFError:
                open_ends.remove(end)
    for sender in senders:
        sender.join()
    return sorted(got) == [0, 1]


def wrong_order_of_two_pipes():
    ends, senders = two_senders()
    first = wait(ends)[0]
    got = first.recv()
    for sender in senders:
        sender.join()
    return got == 0


def right_waits_for_sentinels():
    processes = [mp.Process(target=abs, args=(1,)) for _ in range(2)]
    for process in processes:
        process.start()
    left = {process.sentinel: process for process in processes}
    while left:
        for sentinel in wait(list(left)):
            left.pop(sentinel).join()
    return [process.exitcode for process in processes] == [0, 0]


def wrong_sentinel_means_sent_first():
    ours, theirs = mp.Pipe(duplex=False)
    sender = mp.Process(target=send_all, args=(theirs, [1]))
    sender.start()
    ready = wait([ours, sender.sentinel])
    sender.join()
    return ready == [ours]


def right_wait_with_time_limit():
    ours, _theirs = mp.Pipe(duplex=False)
    return wait([ours], timeout=3600) == []


def receive_one_and_leave(end):
    end.recv()


def wrong_sends_to_one_that_may_have_left():
    ours, theirs = mp.Pipe(duplex=False)
    taker = mp.Process(target=receive_one_and_leave, args=(ours,))
    taker.start()
    ours.close()
    theirs.send(1)
    try:
        theirs.send(2)
    except BrokenPipeError:
        return False
    taker.join()
    return True


def right_bytes_into_a_buffer():
    ours, theirs = mp.Pipe(duplex=False)
    sender = mp.Process(target=send_bytes, args=(theirs, [b"", b"abc", b"defgh"]))
    sender.start()
    buffer = bytearray(4)
    sizes = [ours.recv_bytes_into(buffer), ours.recv_bytes_into(buffer)]
    try:
        ours.recv_bytes_into(buffer)
    except mp.BufferTooShort as short:
        sender.join()
        return sizes == [0, 3] and buffer[:3] == b"abc" and short.args == (b"defgh",)


def send_bytes(end, messages):
    for message in messages:
        end.send_bytes(message)


def right_first_to_end_may_be_either():
    return first_to_end() in (0, 1)


def first_to_end():
    processes = [mp.Process(target=abs, args=(1,)) for _ in range(2)]
    for process in processes:
        process.start()
    sentinels = [process.sentinel for process in processes]
    first = sentinels.index(wait(sentinels)[0])
    for process in processes:
        process.join()
    return first


def wrong_first_started_ends_first():
    return first_to_end() == 0
