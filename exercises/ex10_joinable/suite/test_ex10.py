"""What the contract of ex10 promises, one check per promise.

Somebody waits in `join()` while the worker works: when it returns, everything that was taken has to be on the way.
"""

import scenarios

from grader.suite.expect import expect, unproved

ODD = [None, 0, False, "", [], 7, 7, (1, 2)]
MARKS = ["STOP", "stop", "END", "DONE", "done", "EXIT", "__end__", "SENTINEL", -1, ()]
LARGE = 1024 * 1024
FEW = 12  # schedules: the more processes, the more of them
FEWER = 4  # where a program that polls takes hundreds of turns


def listed(value, label, *, zh):
    """The value, which has to be a list before anything can be done with it."""
    expect(value, f"the type of {label}", zh=f"{zh}的类型").of_type("list")
    return value


def parts(episode, count):
    """What the scenario returned: one value for each thing that it did."""
    value = listed(episode.value, "what came back", zh="返回内容")
    expect(len(value), "how many values came back", zh="返回内容的个数").exactly(count)
    return value


def brief(value):
    """A value as a reader can take it in: exceptions by type and arguments, large ones by their size."""
    if isinstance(value, bytes):
        return f"{len(value)} bytes"
    if isinstance(value, list | tuple):
        return type(value)(map(brief, value))
    name = getattr(value, "name", None)
    return f"{name}{value.args!r}" if name else value


def doubled(items):
    return [(item, item * 2) for item in items]


def expect_put(value, pairs):
    label, zh = "what was put on results", "放到 results 上的内容"
    lost = isinstance(value, list) and len(value) < len(pairs)
    expect(value, label, zh=zh, fact="lost-item" if lost else None).exactly(pairs)


def expect_pairs(value, pairs):
    label, zh = "what process_all returned, in any order", "process_all 的返回值（顺序不限）"
    lost = isinstance(value, list) and len(value) < len(pairs)
    expect(value, label, zh=zh, fact="lost-item" if lost else None).permutation_of(pairs)


def expect_returned(answer):
    expect(answer.value, "what worker returned", zh="worker 的返回值").exactly(None)


def test_puts_each_pair(program):
    """For each item that it takes, `worker` puts the item and what `handle` made of it, in order, and nothing else."""
    items = [*ODD, program.draw(10, 99), ()]
    for method in ("fork", "spawn"):
        episode = program.play(scenarios.work_off, start_method=method, items=items, name="same")
        expect_returned(episode.workers["worker"])
        read = episode.workers["reader"].value
        expect(read, "what was put on results", zh="放到 results 上的内容").exactly([[item, item] for item in items])
        expect(episode.value, "what else was put, and what is left", zh="另外放入的和留下的").exactly([[], []])
    sizes = [2 * LARGE, 0, LARGE + program.draw(1, 99)]
    large = program.play(scenarios.work_off, items=sizes, name="enlarge")
    expect_returned(large.workers["worker"])
    read = large.workers["reader"].value
    expect(read, "what was put on results", zh="放到 results 上的内容").exactly([[n, f"{n} bytes"] for n in sizes])


def test_stops_at_stop(program, explore):
    """`worker` ends when it has taken `STOP`, takes nothing after it, and one `STOP` ends one worker."""
    items, after = [program.draw(1, 99)], [program.draw(100, 199), program.draw(200, 299)]
    for some in (items, []):
        episode = program.play(scenarios.work_off, items=some, name="same", after=after)
        expect_returned(episode.workers["worker"])
        more, left = parts(episode, 2)
        expect(more, "what was put for what is not an item", zh="为不是元素的东西放入的内容").exactly([])
        expect(left, "what is left of the tasks", zh="留在 tasks 中的内容").exactly(after)
    items = [program.draw(1, 99), program.draw(100, 199)]
    given = {"items": items, "seconds": 20, "preemptions": 0, "cap": FEWER}
    for episode in explore(scenarios.two_workers, probes={"seconds": 0}, **given):
        for name in ("first", "second"):
            expect_returned(episode.workers[name])
        expect_pairs(episode.value, [[item, item] for item in items])


def test_acknowledges_each(program, explore):
    """Every item that was taken is acknowledged exactly once, `STOP` and one that raised included."""
    items = [program.draw(1, 99), program.draw(100, 199)]
    for episode in explore(scenarios.work_and_join, items=items, errors={}, preemptions=0):
        expect_joined(episode, len(items))
    expect_joined(program.play(scenarios.work_and_join, items=items, errors={items[0]: "key"}), len(items))


def expect_joined(episode, count):
    expect_returned(episode.workers["worker"])
    label, zh = "how many results were put", "放入的结果个数"
    expect(episode.workers["joiner"].value, label, zh=zh).exactly(count)


def test_acknowledges_after_the_result(program, explore):
    """Nothing is acknowledged before its result was put: who waits in `join()` finds all results on their way."""
    items = [program.draw(1, 99)]
    for errors in ({}, {items[0]: "refusal"}):
        given = {"items": items, "errors": errors, "preemptions": 1}
        for episode in explore(scenarios.work_while_somebody_joins, **given):
            label, zh = "results that were put when everything was acknowledged", "全部确认时已放入的结果个数"
            count = episode.workers["joiner"].value
            expect(count, label, zh=zh, fact="task-done-too-early").exactly(len(items))
            expect_returned(episode.workers["worker"])


def test_keeps_going_after_an_error(program):
    """An exception of `handle` stands in the pair, and the items after it are handled as before."""
    number = program.draw(1, 50)
    items = [number, number + 100, number + 200, number + 300]
    errors = {items[0]: "refusal", items[1]: "empty", items[2]: "stop"}
    expected = [
        (items[0], f"scenarios.Refusal({items[0]}, 'refused')"),
        (items[1], f"queue.Empty({items[1]}, 'refused')"),
        (items[2], f"builtins.StopIteration({items[2]}, 'refused')"),
        (items[3], items[3] * 2),
    ]
    for method in ("fork", "spawn"):
        episode = program.play(scenarios.work_and_join, start_method=method, items=items, errors=errors)
        expect_returned(episode.workers["worker"])
        expect_put(brief(episode.value), expected)


def test_returns_every_pair(program, explore):
    """`process_all` returns a pair for every item, whichever way its processes interleave; by keyword, too."""
    items = [program.draw(1, 99), program.draw(100, 199)]
    many = [program.draw(1, 99) for _ in range(program.draw(30, 40))]
    probes = {"items": many, "workers": 3}
    for episode in explore(scenarios.process, items=items, workers=1, preemptions=0, cap=FEW, probes=probes):
        episode.check_left_behind()
        expect_pairs(episode.value, doubled(episode.given["items"]))
    for episode in explore(scenarios.process, items=items[:1], workers=2, preemptions=0, cap=FEW):
        expect_pairs(episode.value, doubled(items[:1]))
    for some, workers in ((many, 1), (items, 4), ([], 2)):
        episode = program.play(scenarios.process, items=some, workers=workers)
        expect_pairs(episode.value, doubled(some))
    expect_pairs(program.play(scenarios.process_by_keyword, items=items, workers=2).value, doubled(items))


def test_handles_at_once(program):
    """`handle` can run in all workers at once, and never in more processes than that."""
    for episode in program.everywhere(scenarios.all_meet, items=[1, 2, 3], workers=3):
        expect_pairs(episode.value, doubled([1, 2, 3]))
        label, zh = "calls of handle that ran at once", "同时运行的 handle 调用数"
        expect(episode.met.get("calls"), label, zh=zh, fact="serial").exactly(3)
    crowd = program.play(scenarios.crowd_together, items=[1, 2, 3, 4, 5], workers=2)
    expect_pairs(crowd.value, doubled([1, 2, 3, 4, 5]))
    label, zh = "calls of handle that ran at once", "同时运行的 handle 调用数"
    expect(crowd.met.get("calls"), label, zh=zh, fact="too-many-at-once").at_most(2)


def test_handles_in_processes(program):
    """The items are handled in `workers` processes, and not by the caller."""
    items = [program.draw(1, 99), program.draw(100, 199), program.draw(200, 299)]
    episode = program.play(scenarios.process_and_sign, items=items, workers=3)
    expect_pairs(episode.value, doubled(items))
    label, zh = "processes that were seen beside the caller", "除调用者之外观察到的进程数"
    expect(episode.processes, label, zh=zh, fact="no-processes").at_least(3)
    (caller, _), *notes = episode.notes["handle"]
    label, zh = "how often handle was called in all, and by the caller", "handle 被调用的总次数和被调用者调用的次数"
    counts = [len(notes), sum(pid == caller for pid, _ in notes)]
    expect(counts, label, zh=zh, fact="no-processes").exactly([len(items), 0])
    pairs = doubled(items)
    bereaved = program.bereaved(scenarios.process_sorted, items=items, workers=1)
    if bereaved.returned(pairs) and bereaved.processes <= 1:
        unproved("the result is the same without the process", zh="没有那个进程，结果却没有变化")


def test_pairs_failures(program, explore):
    """An item that raised is paired with its exception, and costs no other item its pair."""
    items = [program.draw(1, 99), program.draw(100, 199), program.draw(200, 299), program.draw(300, 399)]
    errors = {items[0]: "refusal", items[1]: "key", items[3]: "stop"}
    expected = [
        (items[0], f"scenarios.Refusal({items[0]}, 'refused')"),
        (items[1], f"builtins.KeyError({items[1]}, 'refused')"),
        (items[2], items[2] * 2),
        (items[3], f"builtins.StopIteration({items[3]}, 'refused')"),
    ]
    for episode in program.everywhere(scenarios.process_failing, items=items, errors=errors, workers=2):
        expect_pairs(brief(episode.value), expected)
    given = {"items": items[:2], "workers": 1, "seconds": 20, "preemptions": 0, "cap": FEWER}
    for episode in explore(scenarios.process_slowly, probes={"seconds": 0}, **given):
        expect_pairs(episode.value, doubled(items[:2]))


def test_pairs_every_value(program):
    """Any item and result will do: falsy, equal, unhashable, large ones, exceptions, texts that look like an end."""
    odd = [*ODD, program.draw(10, 99), *MARKS]
    episode = program.play(scenarios.process, items=odd, workers=2, name="same")
    pairs = listed(episode.value, "what process_all returned", zh="process_all 的返回值")
    expected = [(item, item) for item in odd]
    if len(pairs) < len(odd):  # without the mark that is the submission's STOP, of which there is one at most
        expected = [pair for pair in expected if pair[0] not in MARKS or pair in pairs]
        expect(len(expected), "how many pairs there are", zh="配对的个数").at_least(len(odd) - 1)
    expect_pairs(pairs, expected)
    excuses = program.play(scenarios.process, items=[1, 2], workers=2, name="excuse")
    expect_pairs(brief(excuses.value), [(n, f"builtins.ValueError('returned', {n})") for n in (1, 2)])
    sizes = [2 * LARGE, 0, LARGE + program.draw(1, 99)]
    large = program.play(scenarios.process_large, sizes=sizes, workers=2)
    label, zh = "sizes of each item and its result", "每个元素及其结果的大小"
    expect(large.value, label, zh=zh).permutation_of([[size, size] for size in sizes])


def test_prints_nothing(program):
    """No function prints, neither where all goes well nor where an item raises."""
    episode = program.play(scenarios.every_function, items=[1, 2, program.draw(3, 9)])
    expect(episode.workers["worker"].raised, "what worker raised", zh="worker 引发的异常").exactly(None)
    expect(episode.raised, "what process_all raised", zh="process_all 引发的异常").exactly(None)
    expect(program.printed, "what was printed", zh="打印的内容", fact="printed").exactly("")
