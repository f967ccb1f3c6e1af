"""What the contract of ex18 promises, one check per promise.

Server and clients are processes of their own, over a listener that was made before. Nobody waits for a time: clients
meet, and what takes long in the server takes as long as anything else can happen.
"""

import scenarios

from grader.suite.expect import expect

MEGA = 1024 * 1024
STOPPED = ("ok", None)
MANY = 17  # twice as many are more than a pool of threads has by default, on any machine


def replies_of(episode, name, expected):
    """What that client was answered."""
    label, zh = "the replies that a client received", "客户端收到的应答"
    expect(episode.workers[name].value, label, zh=zh).exactly(expected)


def expect_served(episode):
    """The server itself came to its end, and gave nothing back."""
    label, zh = "what serve returned", "serve 的返回值"
    expect(episode.workers["server"].value, label, zh=zh).exactly(None)


def ok(*values):
    return [("ok", value) for value in values]


def parts(value, count):
    """The list that a scenario made, of so many things."""
    expect(value, "the type of what came back", zh="返回内容的类型").of_type("list")
    expect(len(value), "how many values came back", zh="返回内容的个数").exactly(count)
    return value


def test_answers_requests(program):
    """Each request is answered with the result, any number of them from each client, until one shuts down."""
    number, size = program.draw(1, 999), program.draw(70_000, 90_000)
    first = [("made", (number, "a")), ("made", ()), ("same", (None,)), ("same", ([],)), ("same", (False,))]
    second = [("enlarge", (size,)), ("same", (("x", number),)), ("count", ("a",)), ("count", ("b",))]
    episode = program.play(scenarios.converse, requests=[first, [], second])
    expected = [ok([number, "a"], [], None, [], False), [], ok(bytes([size % 256]) * size, ("x", number), 1, 2)]
    replies_of(episode, "client", [*expected, [STOPPED]])
    expect_served(episode)


def test_answers_with_errors(program):
    """Whatever a function raises is answered with its text, an unknown name with any; the next request as usual."""
    number = program.draw(1, 999)
    kinds = ["key", "end", "pipe", "reset", "os", "stop"]
    texts = [f"'no {number}'", *[f"no {number}"] * (len(kinds) - 1)]
    requests = [("refuse", (number,)), *(("fail", (kind, f"no {number}")) for kind in kinds)]
    requests += [("unknown", (number,)), ("fail", ("os",)), ("same", (number,))]
    episode = program.play(scenarios.converse, requests=[requests])
    answers, stopped = parts(episode.workers["client"].value, 2)
    answers = parts(answers, len(requests))
    texts = [f"{number}: refused", *texts]
    label, zh = "the replies to requests that fail", "失败请求的应答"
    expect(answers[: len(texts)], label, zh=zh).exactly([("error", text) for text in texts])
    unknown = answers[len(texts)]
    is_error = type(unknown) is tuple and len(unknown) == 2 and unknown[0] == "error"
    seen = ("error", type(unknown[1]).__name__) if is_error else unknown
    expect(seen, "the reply to an unknown name", zh="未知名字的应答").exactly(("error", "str"))
    rest = answers[len(texts) + 1 :]
    expect(rest, "the replies that follow", zh="之后的应答").exactly([("error", ""), ("ok", number)])
    expect(stopped, "the reply to the shutdown", zh="shutdown 的应答").exactly([STOPPED])
    expect_served(episode)


def test_silent_client_holds_back_no_other(program):
    """Clients that have connected and send nothing do not keep others from being served, nor the server from ending."""
    number = program.draw(1, 999)
    given = {"silent": 2, "times": MANY, "requests": [("same", (number,)), ("made", ())]}
    episode = program.play(scenarios.silent_and_good, **given)
    replies_of(episode, "good", [*ok(number, []), STOPPED])
    expect_served(episode)


def test_computes_at_once(program):
    """Requests of different clients are computed at once: they can wait for each other in the server."""
    episode = program.play(scenarios.requests_that_meet, count=3)
    expect(
        episode.met.get("requests"), "requests that were computed at once", zh="同时计算的请求数", fact="serial"
    ).exactly(3)
    for number in range(3):
        stopped = STOPPED if number == 0 else None
        replies_of(episode, f"client_{number}", [("ok", number), stopped])
    expect_served(episode)


def test_survives_bad_clients(program):
    """Wrong keys and clients that vanish, at any moment, stop nothing: the next client is served."""
    numbers = [program.draw(1, 99) for _ in range(3)]
    episode = program.play(scenarios.bad_clients, requests=[("same", (number,)) for number in numbers])
    label, zh = (
        "what a client with a wrong key got, and the replies of a good one",
        "密钥错误的客户端的结果和正常客户端的应答",
    )
    value = episode.workers["client"].value
    expect(value, label, zh=zh).exactly(["AuthenticationError", [*ok(*numbers), STOPPED]])
    expect_served(episode)


def test_finishes_what_is_computed(program):
    """The one who shuts down gets its reply, and so does a request that is being computed at that moment."""
    number = program.draw(1, 999)
    episode = program.play(scenarios.shut_down_while_computing, value=number)
    replies_of(episode, "stopper", [STOPPED])
    replies_of(episode, "slow", ok(number))
    expect_served(episode)


def test_disconnects_idle_clients(program):
    """Idle clients are disconnected, the functions ran in this process, the listener is left open for its owner."""
    number = program.draw(1, 999)
    for episode in program.everywhere(scenarios.after_the_end, request=("remember", (number,))):
        returned, told, seen, owner = parts(episode.value, 4)
        expected = {"speak_and_stay": [("ok", 1), True], "talk_when": [("ok", 2), STOPPED]}
        label, zh = "the replies, and whether the idle client was disconnected", "应答，以及空闲客户端是否被断开"
        expect(told, label, zh=zh).exactly(expected)
        label, zh = (
            "the calls that this process has seen, and whether they ran in it",
            "本进程见到的调用，以及是否在其中运行",
        )
        expect(seen, label, zh=zh).exactly([(number, True), ("again", True)])
        label, zh = "what a client of the listener's owner got afterwards", "之后监听器所有者的客户端得到的内容"
        expect(owner, label, zh=zh).exactly(("talk", [("to the owner", ())]))
        expect(returned, "what serve returned", zh="serve 的返回值").exactly(None)


def test_calls_and_returns(program):
    """`call` sends one request and returns the result, whatever it is; then it leaves."""
    number = program.draw(1, 999)
    for args, result in (((number, "a"), [number]), ((), None), ((None,), "error"), (([number],), ("ok", 0))):
        episode = program.play(scenarios.call_one, name="made", args=list(args), reply=("ok", result))
        outcome, heard = parts(episode.value, 2)
        label, zh = "what the server heard, and whether the client left", "服务端听到的内容，以及客户端是否离开"
        expect(heard, label, zh=zh).exactly([("made", args), True])
        expect(outcome, "what call returned", zh="call 的返回值").exactly(result)
    episode = program.play(scenarios.both, value=number)
    label, zh = "what call returned from serve of the same submission", "call 从同一提交的 serve 得到的返回值"
    expect(episode.workers["client"].value, label, zh=zh).exactly(number)


def test_call_raises(program):
    """An error is raised as RemoteError with its message; a wrong key is the caller's AuthenticationError.

    And nothing was printed in all these runs, whatever failed.
    """
    for text in (f"no {program.draw(1, 999)}", ""):
        episode = program.play(scenarios.call_one, name="fail", args=[1], reply=("error", text))
        outcome, heard = parts(episode.value, 2)
        expect(outcome, "what reached the caller", zh="到达调用者的异常").named("ex18.RemoteError")
        expect(outcome.message, "the exception's message", zh="异常的消息").exactly(text)
        expect(
            heard, "what the server heard, and whether the client left", zh="服务端听到的内容，以及客户端是否离开"
        ).exactly([("fail", (1,)), True])
    wrong = program.play(scenarios.call_with_a_wrong_key)
    expect(wrong.raised, "what reached the caller", zh="到达调用者的异常").named(
        "multiprocessing.context.AuthenticationError"
    )
    expect(program.printed, "what was printed", zh="打印的内容", fact="printed").exactly("")
