"""What the contract of ex09 promises, one check per promise.

The other end of a connection is held by a thread or a process of ours that does nothing unexpected. Nobody waits for a
time: a silent sender speaks when another one has got rid of more than a pipe can hold.
"""

import scenarios

from grader.suite.expect import expect

KILO, MEGA = 1000, 1024 * 1024
# Somebody who takes half a minute before each word, in virtual time; where time is real, no time.
LATE = {"pause": 35, "probes": {"pause": 0}, "preemptions": 0}


def parts(value, count):
    """The list that a scenario made, of so many things."""
    expect(value, "the type of what came back", zh="返回内容的类型").of_type("list")
    expect(len(value), "how many values came back", zh="返回内容的个数").exactly(count)
    return value


def large(size):
    """What a scenario tells of a frame of so many bytes."""
    return [size, bytes([size % 256]) * 2, True]


def drawn(program, count):
    """Short frames that nobody can guess, with an empty one among them."""
    frames = [bytes(program.draw(0, 255) for _ in range(program.draw(1, 40))) for _ in range(count)]
    return [*frames[:1], b"", *frames[1:], b"\0", b".", b"STOP", b"END", b"EOF"]


def expect_returned(outcome, expected, what, zh):
    """It returned exactly that; what it raised instead is told as such."""
    expect(outcome, what, zh=zh).exactly(expected)


def expect_closed(closed):
    label, zh = "whether the connection is closed afterwards", "之后连接是否已关闭"
    expect(closed, label, zh=zh).exactly(True)


def expect_open(is_open):
    label, zh = "whether the connection is open afterwards", "之后连接是否仍打开"
    expect(is_open, label, zh=zh).exactly(True)


def test_sends_each_frame(program):
    """Each bytes object arrives as one message, empty and very large ones too, and nothing else."""
    frames = drawn(program, program.draw(3, 6))
    outcome, _, received = parts(program.play(scenarios.send, frames=frames).value, 3)
    expect(received, "the messages that arrived", zh="到达的消息").exactly(frames)
    expect_returned(outcome, None, "what send_frames returned", "send_frames 的返回值")
    sizes = [3 * MEGA + program.draw(1, 99), 0, 70 * KILO]
    received = parts(program.play(scenarios.send, frames=sizes).value, 3)[2]
    expect(received, "the messages that arrived", zh="到达的消息").exactly([large(sizes[0]), b"", large(sizes[2])])
    nothing = parts(program.play(scenarios.send, frames=[]).value, 3)[2]
    expect(nothing, "the messages that arrived", zh="到达的消息").exactly([])


def test_closes_after_sending(program):
    """The connection is closed when all is sent, and also if sending raises; then the exception reaches the caller."""
    _, closed, _ = parts(program.play(scenarios.send, frames=drawn(program, 2)).value, 3)
    expect_closed(closed)
    _, closed, _ = parts(program.play(scenarios.send, frames=[]).value, 3)
    expect_closed(closed)
    for unread in (False, True):
        given = {"frames": drawn(program, 2), "unread": unread}
        outcome, closed, _ = parts(program.play(scenarios.send_to_nobody, **given).value, 3)
        expect(outcome, "what reached the caller", zh="到达调用者的异常").named("ConnectionError")
        expect_closed(closed)
    expect_closed(program.play(scenarios.send_what_is_none).value)


def test_receives_all_frames(program, explore):
    """All messages until the other end is closed come back in order: empty, very large, many and none, however late."""
    frames = drawn(program, program.draw(3, 6))
    received, _ = parts(program.play(scenarios.receive, frames=frames, limit=KILO).value, 2)
    expect_returned(received, frames, "the frames", "各帧")
    sizes = [2 * MEGA + program.draw(1, 99), 0, 70 * KILO]
    received, _ = parts(program.play(scenarios.receive, frames=sizes, limit=3 * MEGA).value, 2)
    expect_returned(received, [large(sizes[0]), b"", large(sizes[2])], "the frames", "各帧")
    received, _ = parts(program.play(scenarios.receive, frames=[], limit=1).value, 2)
    expect_returned(received, [], "the frames", "各帧")
    for episode in explore(scenarios.receive_late, frames=frames[:1], **LATE):
        expect_returned(episode.value, frames[:1], "the frames of one who takes his time", "慢慢发送者的各帧")


def test_refuses_long_frames(program):
    """A message longer than `limit` raises FrameTooLong, wherever it stands; one that is just as long does not."""
    limit = program.draw(20, 50)
    fits, too_long = b"=" * limit, b"+" * (limit + 1)
    received, _ = parts(program.play(scenarios.receive, frames=[fits, b"", fits], limit=limit).value, 2)
    expect_returned(received, [fits, b"", fits], "the frames", "各帧")
    for frames in ([too_long], [fits, b"", too_long], [too_long, fits], [fits, MEGA]):
        outcome, closed = parts(program.play(scenarios.receive, frames=frames, limit=limit).value, 2)
        seen = None if isinstance(outcome, list) else outcome
        expect(seen, "what reached the caller", zh="到达调用者的异常").named("ex09.FrameTooLong")
        expect_closed(closed)


def test_closes_after_receiving(program):
    """The connection is closed when the other end is, and all frames are returned."""
    for frames in (drawn(program, 2), []):
        _, closed = parts(program.play(scenarios.receive, frames=frames, limit=KILO).value, 2)
        expect_closed(closed)


def expect_steps(program, frames, sizes):
    """Messages that fit: complete, in the buffer, whose length stays."""
    steps, _, _ = parts(program.play(scenarios.receive_each_into, frames=frames, sizes=sizes).value, 3)
    for step, frame, size in zip(parts(steps, len(frames)), frames, sizes, strict=True):
        outcome, content, length = parts(step, 3)
        message = large(frame) if isinstance(frame, int) and frame > KILO else frame
        expect_returned(outcome, message, "what receive_into returned", "receive_into 的返回值")
        expect(length, "the length of the buffer afterwards", zh="之后缓冲区的长度").exactly(size)
        expect(content, "the beginning of the buffer", zh="缓冲区的开头").exactly(message)


def test_receives_into_the_buffer(program):
    """The next message is received into the buffer and returned as bytes, no more and no less than the message."""
    frames = drawn(program, program.draw(3, 6))
    expect_steps(program, frames, [len(frame) + program.draw(0, 9) for frame in frames])
    size = 2 * MEGA + program.draw(1, 99)
    expect_steps(program, [size, b"x"], [size, 3])
    episode = program.play(scenarios.receive_into_one, frames=[b"a" * 30, *frames, b""], size=64)
    expect(episode.value, "what receive_into returned", zh="receive_into 的返回值").exactly([b"a" * 30, *frames, b""])


def test_survives_a_short_buffer(program):
    """A message that is longer than the buffer is complete, too; the buffer keeps its length, the next one follows."""
    frames = [bytes(program.draw(0, 255) for _ in range(program.draw(20, 40))) for _ in range(3)]
    frames = [frames[0], b"", frames[1], b"z", frames[2], MEGA + 1]
    sizes = [5, 0, len(frames[2]) - 1, 0, 90, program.draw(0, 9)]
    steps, end, is_open = parts(program.play(scenarios.receive_each_into, frames=frames, sizes=sizes).value, 3)
    expected = [[frame, size] for frame, size in zip(frames[:-1], sizes[:-1], strict=True)]
    expected.append([large(MEGA + 1), sizes[-1]])
    seen = [[step[0], step[2]] for step in (parts(step, 3) for step in parts(steps, len(frames)))]
    label = "what receive_into returned, and the length of the buffer"
    expect(seen, label, zh="receive_into 的返回值和缓冲区的长度").exactly(expected)
    expect(end, "what was raised at the end", zh="最后引发的异常").named("EOFError")
    expect_open(is_open)


def test_ends_with_eof(program, explore):
    """At the end, and only there, EOFError reaches the caller; the connection stays open."""
    frames = drawn(program, 1)[:1]
    for episode in explore(scenarios.receive_late_into, frames=frames, **LATE):
        message, end = parts(episode.value, 2)
        expect_returned(message, frames[0], "the message of one who takes his time", "慢慢发送者的消息")
        expect(end, "what was raised at the end", zh="最后引发的异常").named("EOFError")
    for frames in ([b""], [b"", program.draw(1, 9)], []):
        sizes = [16] * len(frames)
        steps, end, is_open = parts(program.play(scenarios.receive_each_into, frames=frames, sizes=sizes).value, 3)
        messages = [scenarios.made(frame) for frame in frames]
        expect([step[0] for step in steps], "the messages", zh="各消息").exactly(messages)
        expect(end, "what was raised at the end", zh="最后引发的异常").named("EOFError")
        expect_open(is_open)


def expect_pairs(pairs, given):
    """Every object with its index, in order per connection, whatever the order among connections."""
    expect(pairs, "the type of what came back", zh="返回内容的类型").of_type("list")
    expected = [(number, one) for number, objects in enumerate(given) for one in objects]
    label, zh = "what was gathered, in any order", "收到的内容（顺序不限）"
    expect(pairs, label, zh=zh, fact="lost-item" if len(pairs) < len(expected) else None).permutation_of(expected)
    for number, objects in enumerate(given):
        mine = [one for index, one in pairs if index == number]
        expect(mine, f"objects of connection {number}, in order", zh=f"连接 {number} 的对象，按顺序").exactly(objects)


def test_gathers_all_objects(program, explore):
    """Every object comes with the index of its connection, in order per connection, until all ends are closed."""
    words = [program.draw(1, 99)]
    for episode in explore(scenarios.gather_late, words=words, **LATE):
        expect_pairs(episode.value, [[], words])
    number = program.draw(1, 99)
    odd = [None, 0, False, "", [], b"", ("a", number), 7, 7]
    many = [program.draw(0, 999) for _ in range(program.draw(30, 60))]
    for given in ([many, odd, [], [number], many[:5]], [[], [number, "last"]], [[], []], []):
        pairs, _ = parts(program.play(scenarios.gather, given=given).value, 2)
        expect_pairs(pairs, given)


def test_silent_one_holds_back_no_other(program):
    """A connection that has sent nothing yet, or nothing more, holds back no other, wherever it stands in the list."""
    sizes = [MEGA + program.draw(1, 99), 2 * MEGA, 300 * KILO]
    for silent, before in ((0, ["early"]), (2, [])):
        speaker = min({0, 1, 2} - {silent})
        given = {"silent": silent, "before": before, "frames": sizes}
        episode = program.play(scenarios.gather_beside_a_silent_one, **given)
        pairs = episode.value
        spoken = [[speaker, large(size)] for size in sizes]
        expected = [*spoken, *([silent, word] for word in (*before, "late"))]
        expect(pairs, "what was gathered, in any order", zh="收到的内容（顺序不限）").permutation_of(expected)
        label = "the silent one and the one that sends, when all was received"
        zh = "沉默的一方与发送的一方在全部收到时相遇的个数"
        met = episode.met.get("the silent one and the one that sends")
        expect(met, label, zh=zh, fact="holds-back-others").exactly(2)
        mine = [pair for pair in pairs if pair[0] == speaker]
        expect(mine, "objects of one connection, in order", zh="一个连接的对象，按顺序").exactly(spoken)


def test_closes_no_connection(program):
    """`gather` closes none of the connections: they belong to the caller."""
    given = [[program.draw(1, 9)], [], ["a", "b"]]
    _, closed = parts(program.play(scenarios.gather, given=given).value, 2)
    label, zh = "indices of connections that are closed afterwards", "之后已关闭的连接的下标"
    expect(closed, label, zh=zh).exactly([])


def test_keeps_to_the_form(program):
    """The functions can be called with keywords, between processes under every start method, and print nothing."""
    frames = drawn(program, 3)
    episode = program.play(scenarios.by_keyword, frames=frames)
    message, rest, pairs = parts(episode.value, 3)
    expect([message, *rest] if isinstance(rest, list) else rest, "the frames", zh="各帧").exactly(frames)
    expect(pairs, "what was gathered", zh="收到的内容").exactly([(0, "word")])
    expect(program.printed, "what was printed", zh="打印的内容", fact="printed").exactly("")
    size = 200 * KILO + program.draw(1, 99)
    for episode in program.everywhere(scenarios.from_process_to_process, frames=[*frames, size], limit=MEGA):
        expect(episode.value, "the frames", zh="各帧").exactly([*frames, large(size)])
        expect(program.printed, "what was printed", zh="打印的内容", fact="printed").exactly("")
