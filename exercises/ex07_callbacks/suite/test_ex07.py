"""What the contract of ex07 promises, one check per promise.

Where one thing has to happen before another, they meet. Only `run_until` has to do with seconds: there, what must be
finished may be tried again with more of them, so that a busy machine proves nothing against a program; and what must
not be finished sleeps or waits for longer than a right program can be late.
"""

import scenarios

from grader.suite.expect import expect

LARGE = 1024 * 1024
FOR_EVER = 3600
PATIENCE = (2, 6, 14)  # seconds: more, if what should be finished was not


def brief(value):
    """A value as a reader can take it in: exceptions by type and arguments, large ones by their size."""
    if isinstance(value, bytes) and len(value) > 100:
        return f"{len(value)} bytes {value[:1]!r}"
    if isinstance(value, list | tuple):
        return type(value)(map(brief, value))
    if isinstance(value, dict):
        return {key: brief(one) for key, one in value.items()}
    name = getattr(value, "name", None)
    return f"{name}{value.args!r}" if name else value


def parts(value, count):
    """The list that a scenario made, of so many things."""
    expect(value, "the type of what came back", zh="返回内容的类型").of_type("list")
    expect(len(value), "how many values came back", zh="返回内容的个数").exactly(count)
    return value


def results(*values):
    return [("result", value) for value in values]


def errors(*texts):
    return [("error", text) for text in texts]


def expect_delivered(episode, expected):
    """What was delivered when the call returned, in any order; and it returned None."""
    returned, heard = parts(episode.value, 2)
    label, zh = (
        "what had been delivered when submit_all returned, in any order",
        "submit_all 返回时已送达的内容（顺序不限）",
    )
    expect(brief(heard), label, zh=zh).permutation_of(expected)
    expect(returned, "what submit_all returned", zh="submit_all 的返回值").exactly(None)


def expect_met(episode, name, number, *, what, zh, fact):  # noqa: PLR0913 - a sentence has its parts
    episode.value  # noqa: B018 - what was raised comes first: without it, nobody could meet
    expect(episode.met.get(name, 0), what, zh=zh, fact=fact).exactly(number)


def expect_turns(episode, *names):
    """Those who had to wait for a delivery still ran when it came."""
    for name in names:
        what = f"{name}: the call and the callback before it, together"
        zh = f"{name}：这次调用与它之前的回调，在一起的个数"
        expect_met(episode, name, 2, what=what, zh=zh, fact="holds-back-others")


def tagged(item):
    """What the scenarios make of an item; never falsy, which is another check's business."""
    return 10 * item + 7


def all_tagged(count):
    return [tagged(item) for item in range(count)]


def test_delivers_every_result(program):
    """`on_result` hears every result once, in the caller's process, before `submit_all` returns."""
    amount = program.draw(1, 99)
    arguments = [("a", amount), (), ("b",), ("a", amount), (1, 2, 3)]
    for episode in program.everywhere(scenarios.submit, callable_name="joined", arguments=arguments, workers=2):
        expect_delivered(episode, results(*([len(args), *args] for args in arguments)))
    expect_delivered(program.play(scenarios.submit_slow, count=3), results(*all_tagged(3)))


def test_delivers_every_error(program):
    """`on_error` hears every exception once, with type and arguments, and `on_result` the rest."""
    failing = program.draw(2, 4)
    raising = {0: "stop", failing: "refusal", 5: "key"}
    fine = results(*(tagged(item) for item in range(6) if item not in raising))
    expected = errors(
        "builtins.StopIteration(0, 'refused')",
        f"scenarios.Refusal({failing}, 'refused')",
        "builtins.KeyError(5, 'refused')",
    )
    for episode in program.everywhere(scenarios.submit_failing, errors=raising, count=6, workers=2):
        expect_delivered(episode, fine + expected)
    episode = program.play(scenarios.submit, callable_name="excuse", arguments=[(1,), (failing,)], workers=2)
    returned = [f"builtins.ValueError('returned', {number})" for number in (1, failing)]
    expect_delivered(episode, results(*returned))


def test_calls_at_once(program):
    """As many calls as there are workers can run at once, in processes of their own, and never more."""
    label, zh = "calls that ran at once, in processes of their own", "在各自进程中同时运行的调用数"
    for episode in program.everywhere(scenarios.all_meet, count=3):
        expect_met(episode, "calls", 3, what=label, zh=zh, fact="serial")
        expect_delivered(episode, results(*all_tagged(3)))
    label, zh = "calls that ran at once", "同时运行的调用数"
    for workers in (1, 2):
        many = program.play(scenarios.crowd, count=6, workers=workers)
        expect_delivered(many, results(*all_tagged(6)))
        expect(many.met.get("calls"), label, zh=zh, fact="too-many-at-once").at_most(workers)


def test_delivers_as_finished(program):
    """Each call is delivered as soon as it has finished, in that order; one slow call holds back none."""
    order = [[2, 0, 3, 1], [3, 1, 0, 2], [1, 3, 2, 0]][program.draw(0, 2)]
    failing = order[1]
    expected = results(*(tagged(item) for item in order))
    expected[1] = ("error", f"scenarios.Refusal({failing}, 'refused')")
    for episode in program.everywhere(scenarios.one_by_one, order=order, errors={failing: "refusal"}):
        expect_turns(episode, *(f"turn of call {item}" for item in order[1:]))
        heard = brief(parts(episode.value, 2)[1])
        expect(heard, "what was delivered, in order", zh="按顺序送达的内容").exactly(expected)
    for slow in (0, program.draw(1, 6)):
        episode = program.play(scenarios.one_is_slow, count=8, workers=2, slow=slow)
        expect_turns(episode, "slow call")
        expect_delivered(episode, results(*all_tagged(8)))


def test_delivers_one_at_a_time(program):
    """No two callbacks run at the same time, although all calls end at once."""
    failing = program.draw(0, 3)
    episode = program.play(scenarios.callbacks_take_time, count=4, errors={failing: "refusal"})
    label, zh = "callbacks that ran at the same time", "同时运行的回调数"
    expect_met(episode, "callbacks", 1, what=label, zh=zh, fact="callbacks-overlap")
    fine = results(*(tagged(item) for item in range(4) if item != failing))
    expect_delivered(episode, fine + errors(f"scenarios.Refusal({failing}, 'refused')"))


def test_survives_a_failing_callback(program):
    """If callbacks raise, all others are still delivered; then the first such exception reaches the caller."""
    raising = {program.draw(0, 2): "refusal"}
    number = program.draw(2, 4)
    cases = [(1, [1]), (2, [number]), (2, [number, 6]), (3, [1, 2, 3, 4, 5, 6])]
    for workers, numbers in cases:
        given = {"count": 6, "workers": workers, "errors": raising, "numbers": numbers}
        episode = program.play(scenarios.callbacks_raise, **given)
        raised, heard, left = parts(episode.value, 3)
        failed = errors(*(f"scenarios.Refusal({item}, 'refused')" for item in raising))
        expected = results(*(tagged(item) for item in range(6) if item not in raising)) + failed
        label, zh = "what was delivered although callbacks raised", "尽管回调引发异常仍送达的内容"
        expect(brief(heard), label, zh=zh).permutation_of(expected)
        fact = None if raised else "exception-swallowed"
        label, zh = "what reached the caller", "到达调用者的异常"
        expect(brief(raised), label, zh=zh, fact=fact).exactly(f"scenarios.Trouble({numbers[0]},)")
        label, zh = "processes that were left", "留下的进程"
        expect(left, label, zh=zh, fact="child-left-behind").exactly([])


def test_any_call_delivered(program):
    """Falsy, equal and very large results, any callable, no arguments, few calls and none at all."""
    amount = program.draw(1, 99)
    odd = [None, 0, False, "", [], 7, 7, (1, 2)]
    cases = [
        ("same", [(value,) for value in odd], 3, odd),
        ("joined", [], 2, []),
        ("partial", [(amount,), ()], 4, [[2, "first", amount], [1, "first"]]),
        ("instance", [(amount,)], 1, [1000 + amount]),
        ("enlarge", [(3 * LARGE + 1,), (2 * LARGE,), (0,)], 2, [BIG, f"{2 * LARGE} bytes b'\\x00'", b""]),
    ]
    episode = program.play(scenarios.submit_many_kinds, cases=[case[:3] for case in cases])
    for heard, (*_, expected) in zip(parts(episode.value, len(cases)), cases, strict=True):
        label, zh = "what was delivered, in any order", "送达的内容（顺序不限）"
        expect(brief(heard), label, zh=zh).permutation_of(results(*expected))


BIG = f"{3 * LARGE + 1} bytes b'\\x01'"


def halves(episode):
    """The two parts of what `run_until` returned."""
    value = episode.value
    expect(value, "the type of what came back", zh="返回内容的类型").of_type("tuple")
    finished, rest = parts(list(value), 2)
    expect(finished, "the type of what finished", zh="已完成部分的类型").of_type("dict")
    return finished, rest


def finished_and_rest(episode, items, quick):
    """What finished, after a look at what must be so on any machine."""
    finished, rest = halves(episode)
    too_many = [item for item in finished if item not in quick]
    expect(too_many, "items that cannot have finished, but are said to", zh="不可能完成却被说成完成的元素").exactly([])
    expected = [item for item in items if item not in finished]
    expect(rest, "the unfinished items", zh="未完成的元素").exactly(expected)
    label, zh = "calls that went on after the time", "时间到后仍继续的调用数"
    expect(episode.met.get("calls that went on", 0), label, zh=zh, fact="goes-on-after-the-time").exactly(0)
    return finished


def expect_finished(program, episode, quick):
    """All the quick ones finished, at the latest when there was plenty of time."""
    given = dict(episode.given)
    finished = finished_and_rest(episode, given["items"], quick)
    for seconds in PATIENCE[1:]:
        if len(finished) < len(quick):
            given["seconds"] = seconds
            episode = program.play(scenarios.run_held, start_method=episode.start_method, **given)
            finished = finished_and_rest(episode, given["items"], quick)
    label = "what finished, while one item did not"
    expect(finished, label, zh="有一个元素未完成时，已完成的部分").exactly({item: [item] for item in quick})


def test_collects_what_finished(program):
    """What finished in time comes with its result, although another item does not finish."""
    number = program.draw(10, 99)
    items = [number + 1, number, number + 3, number + 2]
    quick = [item for item in items if item != number]
    given = {"items": items, "held": [number], "workers": 2, "seconds": PATIENCE[0]}
    for episode in program.everywhere(scenarios.run_held, **given):
        expect_finished(program, episode, quick)


def test_stops_the_rest(program):
    """What has not finished when the time is over is stopped, and returned in order, begun or not."""
    items = ["d", "b", f"a{program.draw(1, 99)}", "c", "e"]
    for seconds, workers in ((0, 2), (0.3, 2), (0.3, 8)):
        episode = program.play(scenarios.run_held, items=items, held=items, workers=workers, seconds=seconds)
        finished = finished_and_rest(episode, items, [])
        expect(finished, "what finished", zh="已完成的部分").exactly({})


def test_counts_time_in_total(program):
    """The seconds count from the call, for all items together, whatever finishes meanwhile."""
    for scale in (2, 4):
        slow = [(number, number * scale / 2) for number in range(1, 6)]
        items = [(7, None), (8, None), *slow]
        episode = program.play(scenarios.run_slow, items=items, seconds=scale)
        finished, _ = halves(episode)
        late = slow[-1] in finished
        if not late:  # else a program that is right was late by more than it took; with more time it will not be
            break
    label, zh = (
        "whether something finished in time that takes 2.5 times as long",
        "耗时为时限 2.5 倍的元素是否被说成按时完成",
    )
    expect(late, label, zh=zh, fact="timeout-per-item").exactly(False)


def test_returns_early(program):
    """It returns when all have finished, however many seconds there are, and calls can run at once."""
    episode = program.play(scenarios.run_together, count=3, seconds=FOR_EVER)
    label, zh = "calls that ran at once, in processes of their own", "在各自进程中同时运行的调用数"
    expect_met(episode, "calls", 3, what=label, zh=zh, fact="serial")
    expect(episode.value, "what came back", zh="返回内容").exactly(({item: tagged(item) for item in range(3)}, []))


def test_counts_failures_as_finished(program):
    """An item whose call raised has finished, with the exception object as its result."""
    failing = program.draw(1, 3)
    expected = {item: tagged(item) for item in range(5)}
    expected |= {0: "builtins.StopIteration(0, 'refused')", failing: f"scenarios.Refusal({failing}, 'refused')"}
    raising = {0: "stop", failing: "refusal"}
    given = {"errors": raising, "items": list(range(5)), "workers": 2, "seconds": FOR_EVER}
    episode = program.play(scenarios.run_failing, **given)
    expect(brief(episode.value), "what came back", zh="返回内容").exactly((expected, []))


def test_any_item_in_time(program):
    """Any hashable items, falsy and very large results, any callable, no items at all."""
    amount = program.draw(1, 99)
    odd = [None, 0, "", (), ("a", 1), frozenset({2}), "STOP", "END", "DONE", -1]
    cases = [
        ("same", odd, 2, {item: item for item in odd}),
        ("same", [], 2, {}),
        ("instance", [amount], 3, {amount: amount + 1000}),
        ("excuse", [amount], 1, {amount: f"builtins.ValueError('returned', {amount})"}),
        ("enlarge", [3 * LARGE + 1, 0], 2, {3 * LARGE + 1: BIG, 0: b""}),
    ]
    episode = program.play(scenarios.run_many_kinds, cases=[case[:3] for case in cases], seconds=FOR_EVER)
    for found, (*_, expected) in zip(parts(episode.value, len(cases)), cases, strict=True):
        expect(brief(found), "what came back", zh="返回内容").exactly((expected, []))


def test_keeps_to_the_form(program):
    """Both functions can be called with keywords and in a process that was started, everywhere, and print nothing."""
    items = [program.draw(1, 9), program.draw(10, 19)]
    expected = [tagged(item) for item in items]
    found = (dict(zip(items, expected, strict=True)), [])
    for episode in program.everywhere(scenarios.by_keyword, items=items, seconds=FOR_EVER):
        heard, pair = parts(episode.value, 2)
        expect(heard, "what was delivered, in any order", zh="送达的内容（顺序不限）").permutation_of(
            results(*expected)
        )
        expect(pair, "what run_until returned", zh="run_until 的返回值").exactly(found)
        expect(program.printed, "what was printed", zh="打印的内容", fact="printed").exactly("")
    episode = program.play(scenarios.in_a_child, items=items, seconds=FOR_EVER)
    expect(episode.workers["child"].value, "what run_until returned", zh="run_until 的返回值").exactly(found)
