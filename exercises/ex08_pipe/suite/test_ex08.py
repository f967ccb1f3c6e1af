"""What the contract of ex08 promises, one check per promise.

The server runs in the scenario's process and its client in a thread beside it, so that the other end of the pipe is
closed when the client closes it. A client that leaves does so at a known moment: when a reply has arrived, or while the
handler runs.
"""

import scenarios

from grader.suite.expect import expect, unproved

ODD = [None, 0, False, "", [], {}, 7, 7, (1, 2), "STOP", "exit", -1]
LARGE = 1024 * 1024
# Somebody takes half a minute for each step, in virtual time; where time is real, no time.
LATE = {"pause": 35, "probes": {"pause": 0}, "preemptions": 0}


def brief(value):
    """Exceptions by type and arguments, large values by their size."""
    if isinstance(value, bytes) and len(value) > 100:
        return f"{len(value)} bytes {value[:1]!r}"
    if isinstance(value, list | tuple):
        return type(value)(map(brief, value))
    name = getattr(value, "name", None)
    return f"{name}{value.args!r}" if name else value


def parts(value, count):
    """The list that a scenario made, of so many things."""
    expect(value, "the type of what came back", zh="返回内容的类型").of_type("list")
    expect(len(value), "how many values came back", zh="返回内容的个数").exactly(count)
    return value


def expect_replies(episode, expected):
    _, _, replies = parts(episode.value, 3)
    expect(brief(replies), "the replies that the client received", zh="客户端收到的应答").exactly(expected)


def expect_count(episode, expected):
    count, _, _ = parts(episode.value, 3)
    expect(count, "what serve returned", zh="serve 的返回值").exactly(expected)


def doubled(requests):
    return [request * 2 for request in requests]


def drawn(program, count):
    return [program.draw(1, 999) for _ in range(count)]


def test_answers_each_request(program):
    """Each request is answered with what the handler makes of it, in order, before the next one has to come."""
    requests = drawn(program, program.draw(3, 6))
    expect_replies(program.play(scenarios.serve_one_by_one, handler="double", requests=requests), doubled(requests))
    expect_replies(program.play(scenarios.serve_all_at_once, requests=requests), doubled(requests))
    episode = program.play(scenarios.serve_one_by_one, handler="instance", requests=requests)
    expect_replies(episode, [request + 1000 for request in requests])


def test_counts_the_requests(program, explore):
    """`serve` returns the number of requests when the other end is closed, 0 for none, however late that is."""
    requests = drawn(program, program.draw(3, 6))
    for episode in explore(scenarios.serve_one_who_takes_his_time, requests=requests[:1], **LATE):
        expect(episode.value, "what serve returned", zh="serve 的返回值").exactly(1)
    expect_count(program.play(scenarios.serve_one_by_one, handler="same", requests=requests), len(requests))
    expect_count(program.play(scenarios.serve_all_at_once, requests=requests), len(requests))
    expect_count(program.play(scenarios.serve_one_by_one, handler="same", requests=[]), 0)
    first, second = parts(program.play(scenarios.serve_two, requests=requests).value, 2)
    label, zh = "what serve returned for two connections", "serve 对两个连接的返回值"
    expect([parts(first, 3)[0], parts(second, 3)[0]], label, zh=zh).exactly([len(requests), 0])


def test_answers_with_the_exception(program):
    """If the handler raises, whatever it is, the reply is the exception object, and the next request is answered."""
    first, second, third, fourth, fine = range(5)
    errors = {first: "refusal", second: "end", third: "reset", fourth: "stop"}
    requests = [fine, first, fine, second, third, fine, fourth, fine]
    names = {first: "scenarios.Refusal", second: "builtins.EOFError", fourth: "builtins.StopIteration"}
    names[third] = "builtins.ConnectionResetError"
    expected = [f"{names[one]}({one}, 'refused')" if one in names else one * 2 for one in requests]
    episode = program.play(scenarios.serve_failing, errors=errors, requests=requests)
    count, _, replies = parts(episode.value, 3)
    expect(brief(replies), "the replies that the client received", zh="客户端收到的应答").exactly(expected)
    expect(count, "what serve returned", zh="serve 的返回值").exactly(len(requests))
    number = program.draw(10, 99)
    episode = program.play(scenarios.serve_failing, errors={number: "pipe"}, requests=[number, 1])
    expect_replies(episode, [f"builtins.BrokenPipeError({number}, 'refused')", 2])


def test_survives_a_peer_that_leaves(program):
    """A peer that leaves with replies unread has closed the connection: no error, and every request counts."""
    one = program.play(scenarios.serve_while_it_leaves, requests=drawn(program, 1))
    expect_count(one, 1)
    more = [program.draw(1, 9), program.draw(10, 19), program.draw(20, 29)]
    expect_count(program.play(scenarios.serve_while_it_leaves, requests=more), 3)
    expect_count(program.play(scenarios.serve_an_unread_reply, request=program.draw(1, 999)), 1)


def test_leaves_the_connection_open(program):
    """`serve` does not close the connection that it was given, whether the peer has left politely or not."""
    label, zh = "whether the connection is open afterwards", "之后连接是否仍打开"
    for scenario, given in (
        (scenarios.serve_one_by_one, {"handler": "double", "requests": drawn(program, 2)}),
        (scenarios.serve_while_it_leaves, {"requests": drawn(program, 1)}),
    ):
        _, is_open, _ = parts(program.play(scenario, **given).value, 3)
        expect(is_open, label, zh=zh).exactly(True)


def test_any_request(program):
    """Falsy, equal and very large requests and replies are requests and replies like others."""
    expect_replies(program.play(scenarios.serve_one_by_one, handler="same", requests=ODD), ODD)
    sizes = [3 * LARGE + program.draw(1, 99), 0]
    expected = [f"{sizes[0]} bytes {bytes([sizes[0] % 256])!r}", b""]
    expect_replies(program.play(scenarios.serve_one_by_one, handler="enlarge", requests=sizes), expected)
    texts = ["ab" * 60_000, ""]  # larger than the pipe; a suite's own request may not be of megabytes
    episode = program.play(scenarios.serve_one_by_one, handler="measure", requests=texts)
    expect_replies(episode, [[120_000, "ab"], [0, ""]])


def test_asks_in_a_child(program, explore):
    """`ask_all` returns the replies in order; the handler runs in one child process, and may take its time."""
    requests = drawn(program, program.draw(4, 8))
    for episode in explore(scenarios.ask_one_who_takes_his_time, requests=requests[:1], **LATE):
        expect(episode.value, "the replies", zh="应答").exactly(doubled(requests[:1]))
    for episode in program.everywhere(scenarios.ask_and_look, requests=requests):
        replies, left, _ = parts(episode.value, 3)
        expect_none_left(left)
        expect(replies, "the replies", zh="应答").exactly(doubled(requests))
        called = [text for _, text in episode.notes["handler"]]
        expect(called, "the requests that the handler got", zh="处理函数得到的请求").exactly([*map(str, requests)])
        callers = {pid for pid, _ in episode.notes["handler"]} - {pid for pid, _ in episode.notes["caller"]}
        label, zh = "child processes in which the handler ran", "运行处理函数的子进程数"
        expect(len(callers), label, zh=zh, fact="no-processes").exactly(1)
    bereaved = program.bereaved(scenarios.ask, handler="double", requests=requests)
    if bereaved.returned(doubled(requests)):
        unproved(
            "the replies came although the child was killed at its birth", zh="子进程一出生就被终止，应答却照样返回"
        )


def test_child_ends_by_itself(program):
    """The child ends by itself, with exit code 0, under every start method, whatever the handler did."""
    requests = drawn(program, 3)
    failing = {requests[1]: "refusal"}
    for episode in program.everywhere(scenarios.ask_failing, errors=failing, requests=requests):
        replies, left, codes = parts(episode.value, 3)
        expect_none_left(left)
        expected = [f"scenarios.Refusal({one}, 'refused')" if one in failing else one * 2 for one in requests]
        expect(brief(replies), "the replies", zh="应答").exactly(expected)
        expect_ended(codes)


def expect_none_left(left):
    label, zh = "processes that were left", "留下的进程"
    expect(left, label, zh=zh, fact="child-left-behind").exactly([])


def expect_ended(codes):
    """Those that multiprocessing started have ended with 0; what was started otherwise is seen from outside."""
    wrong = [code for code in codes if code != 0] if isinstance(codes, list) else [codes]
    label, zh = "exit codes of children other than 0", "子进程的非零退出码"
    expect(wrong, label, zh=zh).exactly([])


def test_moves_large_messages(program):
    """Requests and replies of several megabytes are moved, although neither fits into the pipe."""
    sizes = [2 * LARGE + program.draw(1, 99), 3 * LARGE, program.draw(1, 99), LARGE]
    for method in ("fork", "spawn"):
        episode = program.play(scenarios.ask_large, start_method=method, sizes=sizes)
        replies, left, codes = parts(episode.value, 3)
        expect_none_left(left)
        expected = [[size, bytes([size % 256]) * min(size, 2)] for size in sizes]
        expect(replies, "size and beginning of the replies", zh="应答的大小和开头").exactly(expected)
        expect_ended(codes)


def test_any_reply(program):
    """No requests, falsy and equal ones, many of them, and exceptions that are returned."""
    number = program.draw(1, 99)
    many = list(range(number, number + 600))
    cases = [("same", ODD, ODD), ("same", [], []), ("excuse", [number], [f"builtins.ValueError('returned', {number})"])]
    cases += [("instance", many, [one + 1000 for one in many])]
    episode = program.play(scenarios.ask_many_kinds, cases=[case[:2] for case in cases])
    for replies, (*_, expected) in zip(parts(episode.value, len(cases)), cases, strict=True):
        expect(brief(replies), "the replies", zh="应答").exactly(expected)


def test_keeps_to_the_form(program):
    """Both functions can be called with keywords, and in a process that was started, and print nothing."""
    requests = drawn(program, 2)
    episode = program.play(scenarios.ask_by_keyword, start_method="forkserver", requests=requests)
    expect(episode.value, "what both returned", zh="两个函数的返回值").exactly([0, doubled(requests)])
    child = program.play(scenarios.ask_in_a_child, requests=requests)
    expect(child.workers["child"].value, "what ask_all returned", zh="ask_all 的返回值").exactly(doubled(requests))
    expect(program.printed, "what was printed", zh="打印的内容", fact="printed").exactly("")
