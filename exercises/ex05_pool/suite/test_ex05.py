"""What the contract of ex05 promises, one check per promise.

Nothing here looks at a clock: calls that run at once meet, and an order of finishing is made of meetings, too. A
program that cannot bring a meeting about is not kept waiting: the meeting is let go, and `met` tells. Calls wait for
each other only where the contract says that they can: when there are no more items than workers.
"""

import scenarios

from grader.suite.expect import expect

ODD = [None, 0, False, "", [], 7, 7, (1, 2)]
THE_END = "the end"
LARGE = 1024 * 1024


def brief(value):
    """A value as a reader can take it in: exceptions by type and arguments, large ones by their size."""
    if isinstance(value, bytes):
        return f"{len(value)} bytes {value[:1]!r}"
    if isinstance(value, list | tuple):
        return type(value)(map(brief, value))
    name = getattr(value, "name", None)
    return f"{name}{value.args!r}" if name else value


def parts(episode, count):
    """What the scenario returned: one value for each thing that it did."""
    value = listed(episode.value)
    expect(len(value), "how many values came back", zh="返回内容的个数").exactly(count)
    return value


def listed(value):
    expect(value, "the type of what came back", zh="返回内容的类型").of_type("list")
    return value


def received_of(episode):
    """What was received, after a look at what was left then, while the caller still had the iterator."""
    received, left = parts(episode, 2)
    label, zh = "processes that were left", "留下的进程"
    expect(left, label, zh=zh, fact="child-left-behind").exactly([])
    return received


def pairs(count, order=None):
    """What `map_as_finished` yields for items that are doubled."""
    return [(position, position * 2) for position in (range(count) if order is None else order)]


def expect_doubled(episode, count):
    values, tickets = computed(listed(episode.value))
    label, zh = "what came back, in any order", "返回内容（顺序不限）"
    expect(values, label, zh=zh).permutation_of([item * 2 for item in range(count)])
    expect_from_those_who_met(episode, tickets)


def expect_in_order(episode, count):
    values, tickets = computed(listed(episode.value))
    expect(values, "what came back", zh="返回内容").exactly([item * 2 for item in range(count)])
    expect_from_those_who_met(episode, tickets)


def computed(results):
    """The values of calls that met, and the tickets that they brought from there."""
    split = [result if isinstance(result, list) and len(result) == 2 else [result, None] for result in results]
    return [value for value, _ in split], [ticket for _, ticket in split]


def expect_from_those_who_met(episode, tickets):
    handed_out = {ticket for place in episode.tickets.values() for ticket in place}
    label, zh = "results that came from the calls that met", "来自相遇的那些调用的结果数"
    came = {ticket for ticket in tickets if isinstance(ticket, str)} & handed_out
    expect(len(came), label, zh=zh, fact="serial").exactly(len(tickets))


def expect_pairs(value, expected):
    expect(value, "what was yielded, in any order", zh="产出的内容（顺序不限）").permutation_of(expected)


def expect_pairs_of_those_who_met(episode, count):
    yielded = [pair if isinstance(pair, tuple) and len(pair) == 2 else (None, pair) for pair in listed(episode.value)]
    values, tickets = computed([result for _, result in yielded])
    expect_pairs([(position, value) for (position, _), value in zip(yielded, values, strict=True)], pairs(count))
    expect_from_those_who_met(episode, tickets)


def must_return(episode):
    """Fail with what was raised, if something was; without it, nobody could meet."""
    return episode.value


def expect_met(episode, number):
    must_return(episode)
    label = "calls that ran at once, in processes of their own"
    expect(episode.met.get("calls"), label, zh="在各自进程中同时运行的调用数", fact="serial").exactly(number)


def expect_crowd(episode):
    """More than one call at once, and never more than there are workers."""
    must_return(episode)
    label, zh = "calls that ran at once", "同时运行的调用数"
    expect(episode.met.get("calls"), label, zh=zh, fact="too-many-at-once").at_most(episode.given["workers"])
    expect(episode.met.get("calls"), label, zh=zh, fact="serial").at_least(2)


def expect_turns(episode, *names):
    """Those who had to wait for their turn still ran when it came: nobody had waited for them."""
    must_return(episode)
    for name in names:
        label = f"{name}: the call that was to finish next and the caller, together"
        zh = f"{name}：本该接着完成的调用与调用者，在一起的个数"
        expect(episode.met.get(name), label, zh=zh, fact="holds-back-others").exactly(2)


def expect_refusal(raised, *args):
    expect(raised, "what reached the caller", zh="到达调用者的异常").named("scenarios.Refusal")
    expect(raised.args, "the exception's arguments", zh="异常的参数").exactly(args)


def test_keeps_the_order(program):
    """The results stand in the order of the items, although the last item finishes first."""
    for episode in program.everywhere(scenarios.reversed_finish, name="map_in_order", count=4):
        expect_in_order(episode, 4)
    items = [program.draw(1, 99) for _ in range(program.draw(30, 60))]
    episode = program.play(
        scenarios.plain_calls, names=["map_in_order"] * 2, callable_name="instance", items=items, workers=3
    )
    label, zh = "what two calls returned", "两次调用的返回值"
    expect(episode.value, label, zh=zh).exactly([[item + 1000 for item in items]] * 2)


def test_works_in_parallel(program):
    """As many calls as there are workers can run at once, in processes of their own, and never more."""
    for episode in program.everywhere(scenarios.all_meet, name="map_in_order", count=3, workers=3, size=3):
        expect_met(episode, 3)
        expect_doubled(episode, 3)
    few = program.play(scenarios.all_meet, name="map_in_order", count=2, workers=4, size=2)
    expect_met(few, 2)
    expect_doubled(few, 2)
    for count, workers in ((6, 2), (9, 3)):
        many = program.play(scenarios.all_meet, name="map_in_order", count=count, workers=workers, size=workers + 1)
        expect_crowd(many)
        expect_doubled(many, count)


def test_passes_an_error_on(program):
    """An exception of the function reaches the caller as it was raised."""
    number = program.draw(2, 5)
    given = {"name": "map_in_order", "items": list(range(number + 2)), "workers": 2}
    for episode in program.everywhere(scenarios.failing, errors={number: "refusal"}, **given):
        expect_refusal(episode.raised, number, "refused")
    errors, items = {number: "refusal"}, given["items"]
    kept = program.play(scenarios.looked_at_while_it_raises, start_method="fork", errors=errors, items=items, workers=2)
    expect_refusal(received_of(kept), number, "refused")
    two = program.play(scenarios.failing, errors={0: "key", number: "refusal"}, **given)
    label = "what reached the caller"
    expect(brief(two.raised), label, zh="到达调用者的异常").one_of(
        "builtins.KeyError(0, 'refused')", f"scenarios.Refusal({number}, 'refused')"
    )


def test_yields_as_finished(program):
    """Each result is yielded as soon as its call has finished, whatever the order; then the iterator ends."""
    order = [[2, 0, 3, 1], [3, 1, 0, 2], [1, 3, 2, 0]][program.draw(0, 2)]
    for episode in program.everywhere(scenarios.one_by_one, order=order):
        expect_turns(episode, *(f"turn of item {position}" for position in order[1:]))
        expect(episode.value, "what was received", zh="收到的内容").exactly([*pairs(4, order), THE_END])
    for episode in program.everywhere(scenarios.all_meet, name="map_as_finished", count=3, workers=3, size=3):
        expect_met(episode, 3)
        expect_pairs_of_those_who_met(episode, 3)


def test_holds_back_no_other(program):
    """One slow item holds back no other, also when there are more items than workers, and never too many run."""
    for slow in (0, program.draw(1, 6)):
        episode = program.play(scenarios.one_is_slow, count=8, workers=2, slow=slow)
        expect_turns(episode, "slow item")
        received = parts(episode, 9)
        expect_pairs(received[:7], [pair for pair in pairs(8) if pair[0] != slow])
        expect(received[7:], "what was received last", zh="最后收到的内容").exactly([*pairs(8, [slow]), THE_END])
    crowd = program.play(scenarios.all_meet, name="map_as_finished", count=6, workers=2, size=3)
    expect_crowd(crowd)
    expect_pairs_of_those_who_met(crowd, 6)


def test_raises_in_turn(program):
    """An exception is raised in its turn: after what finished before, before what is still running, and as the last."""
    expected = [(0, 0), "scenarios.Refusal(1, 'refused')", THE_END, THE_END]
    for episode in program.everywhere(scenarios.fails_in_turn, count=3):
        expect_turns(episode, "failing item")
        expect(brief(received_of(episode)), "what was received", zh="收到的内容").exactly(expected)
    failing = program.draw(1, 3)
    for workers in (1, 3):
        episode = program.play(scenarios.fails_among_many, errors={failing: "refusal"}, count=6, workers=workers)
        received, after = parts(episode, 2)
        last = listed(received)[-1] if received else None
        expect(brief(last), "what ended it", zh="结束它的内容").exactly(f"scenarios.Refusal({failing}, 'refused')")
        wrong = [value for value in received[:-1] if value not in pairs(6) or received.count(value) > 1]
        expect(wrong, "wrong pairs before the exception", zh="异常之前的错误内容").exactly([])
        expect(after, "what followed the exception", zh="异常之后的内容").exactly([THE_END] * 3)


def test_leaves_no_process(program):
    """No process is left when the results are used up, nor after `close()`, early or before the first result."""
    episode = program.play(scenarios.used_up, count=4, workers=2)
    expect_pairs(received_of(episode), [*pairs(4), THE_END])
    for episode in program.everywhere(scenarios.closed_early, taken=1, count=3, workers=3):
        expect(received_of(episode), "what was received", zh="收到的内容").exactly(pairs(1))
    episode = program.play(scenarios.closed_early, taken=0, count=3, workers=2)
    expect(received_of(episode), "what was received", zh="收到的内容").exactly([])


def test_keeps_failures_in_place(program):
    """The exception object stands in the place of a result that failed, StopIteration too, among all the others."""
    errors = {0: "refusal", 2: "stop", 3: "key", 4: "end"}
    expected = ["scenarios.Refusal(0, 'refused')", 2, "builtins.StopIteration(2, 'refused')"]
    expected += ["builtins.KeyError(3, 'refused')", "builtins.EOFError(4, 'refused')", 10]
    given = {"name": "map_safely", "items": list(range(6)), "workers": 2}
    for episode in program.everywhere(scenarios.failing, errors=errors, **given):
        expect(brief(episode.value), "what came back", zh="返回内容").exactly(expected)
    last = program.play(scenarios.failing, errors={5: "stop"}, **given)
    expected = [0, 2, 4, 6, 8, "builtins.StopIteration(5, 'refused')"]
    expect(brief(last.value), "what came back", zh="返回内容").exactly(expected)


def test_is_safe_in_parallel(program):
    """`map_safely` works in parallel and keeps the order, as `map_in_order` does."""
    for episode in program.everywhere(scenarios.all_meet, name="map_safely", count=3, workers=3, size=3):
        expect_met(episode, 3)
        expect_doubled(episode, 3)
    expect_in_order(program.play(scenarios.reversed_finish, name="map_safely", count=4), 4)
    crowd = program.play(scenarios.all_meet, name="map_safely", count=6, workers=2, size=3)
    expect_crowd(crowd)
    expect_doubled(crowd, 6)


def test_any_value_in_order(program):
    """`map_in_order` takes any callable and any items and gives any results, exceptions that are returned included."""
    expect_any_values(program, "map_in_order")


def test_any_value_as_finished(program):
    """`map_as_finished` takes any callable and any items and gives any results, as said above."""
    expect_any_values(program, "map_as_finished")


def test_any_value_safely(program):
    """`map_safely` takes any callable and any items and gives any results, as said above."""
    expect_any_values(program, "map_safely")


def expect_any_values(program, name):
    """The order is another check's business."""
    amount = program.draw(1, 99)
    cases = [
        ("same", ODD, 3, ODD),
        ("same", [], 2, []),
        ("partial", [amount], 3, [amount + 100]),
        ("instance", [amount, -amount], 1, [1000 + amount, 1000 - amount]),
        ("excuse", [1, 2], 2, ["builtins.ValueError('returned', 1)", "builtins.ValueError('returned', 2)"]),
        ("enlarge", [2 * LARGE, 0, 3 * LARGE + 1], 2, [f"{2 * LARGE} bytes b'\\x00'", "0 bytes b''", BIG]),
    ]
    for callable_name, items, workers, expected in cases:
        calls = 2 if callable_name == "instance" else 1  # nothing of the first one comes again
        given = {"names": [name] * calls, "callable_name": callable_name, "items": items, "workers": workers}
        value = brief(parts(program.play(scenarios.plain_calls, **given), calls)[-1])
        results = list(enumerate(expected)) if name == "map_as_finished" else expected
        expect(value, "what came back, in any order", zh="返回内容（顺序不限）").permutation_of(results)


BIG = f"{3 * LARGE + 1} bytes b'\\x01'"


def test_takes_keywords(program):
    """The three functions can be called with keywords, under every start method, and print nothing."""
    items = [program.draw(1, 9), program.draw(10, 19), program.draw(20, 29)]
    doubled = [item * 2 for item in items]
    for episode in program.everywhere(scenarios.by_keyword, items=items, workers=2):
        in_order, finished, safely = parts(episode, 3)
        expect(in_order, "what map_in_order returned", zh="map_in_order 的返回值").permutation_of(doubled)
        expect_pairs(finished, list(enumerate(doubled)))
        expect(safely, "what map_safely returned", zh="map_safely 的返回值").permutation_of(doubled)
        expect(program.printed, "what was printed", zh="打印的内容", fact="printed").exactly("")
