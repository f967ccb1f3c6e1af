"""What the contract of ex06 promises, one check per promise.

Slow callables are slow in virtual time: there, a program that gives up after some seconds, or that runs ahead while it
should wait, is seen at once. In free runs a slow item waits a moment for what should not happen.
"""

import itertools

import scenarios

from grader.suite.expect import expect, unproved

ODD = [None, 0, False, "", [], 7, 7, (1, 2)]
MARKS = ["STOP", "stop", "END", "DONE", "done", "EXIT", "__end__", "SENTINEL", -1, ()]
LARGE = 1024 * 1024
FEW = 15  # schedules: the more processes, the more of them
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
    if isinstance(value, list):
        return list(map(brief, value))
    name = getattr(value, "name", None)
    return f"{name}{value.args!r}" if name else value


def expect_results(value, expected, *, fact=None):
    label, zh = "what pipeline returned, in any order", "pipeline 的返回值（顺序不限）"
    lost = isinstance(value, list) and len(value) < len(expected)
    expect(value, label, zh=zh, fact=fact or ("lost-item" if lost else None)).permutation_of(expected)


def expect_in_order(value, expected):
    expect(value, "what paced_pipeline returned", zh="paced_pipeline 的返回值").exactly(expected)


def doubled(sources):
    return [item * 2 for source in sources for item in source]


def expect_refusal(raised, *numbers):
    """One of those that were raised has reached the caller, as it was."""
    expect(raised, "what reached the caller", zh="到达调用者的异常").named("scenarios.Refusal")
    label = "the exception's arguments"
    expect(raised.args, label, zh="异常的参数").one_of(*((number, "refused") for number in numbers))


def expect_codes(codes):
    codes = listed(codes, "the exit codes", zh="退出码")
    label, zh = "exit codes of the processes", "各进程的退出码"
    expect(codes, label, zh=zh, fact="child-died").exactly([0] * len(codes))


def test_returns_every_result(program, explore):
    """Every item is worked on exactly once, whichever way producers and consumers interleave."""
    sources = [[program.draw(1, 99)], [program.draw(100, 199)]]
    several = [[program.draw(1, 99) for _ in range(program.draw(20, 30))], [], [program.draw(1, 99)]]
    probes = {"sources": several, "consumers": 3}
    for episode in explore(scenarios.run, sources=sources, consumers=1, preemptions=0, probes=probes):
        episode.check_left_behind()
        expect_results(episode.value, doubled(episode.given["sources"]))
    for episode in explore(scenarios.run, sources=sources[:1], consumers=2, preemptions=0, cap=FEW):
        expect_results(episode.value, doubled(sources[:1]))
    for many, consumers in (([several[0]], 1), ([several[0], several[2], several[0]], 4)):
        episode = program.play(scenarios.run, sources=many, consumers=consumers)
        expect_results(episode.value, doubled(many))


def test_takes_one_process_each(program):
    """There is one process for each source and one for each consumer, and they do the work."""
    sources = [[program.draw(1, 99)], [program.draw(100, 199), program.draw(200, 299)], [program.draw(300, 399)]]
    episode = program.play(scenarios.run_and_sign, sources=sources, consumers=2)
    caller, results = parts(episode, 2)
    label, zh = "processes that were seen beside the caller", "除调用者之外观察到的进程数"
    expect(episode.processes, label, zh=zh, fact="no-processes").at_least(len(sources) + 2)
    rows = [row for row in listed(results, "results", zh="结果") if is_signed(row)]
    expect_results([label for label, _ in rows], [item for source in sources for item in source])
    expect_signed(episode.notes["work"], items=4, consumers=2)
    expect_senders({label: set(senders) - {caller} for label, senders in rows}, sources)
    only = sources[1:2]  # one of each kind: with more, those that are left may do the work of a dead one
    usual = program.play(scenarios.run_sorted, sources=only, consumers=1)
    bereaved = program.bereaved(scenarios.run_sorted, sources=only, consumers=1)
    if bereaved.returned(sorted(doubled(only))) and bereaved.processes <= usual.processes:
        unproved("the result is the same without one of the processes", zh="少了一个进程，结果却没有变化")


def is_signed(row):
    """Whether it is what `work` gave back: a label, and the processes that have sent the item."""
    kinds = [type(part) for part in row] if isinstance(row, list) else []
    return kinds == [int, list] and all(type(sender) is int for sender in row[1])


def expect_signed(notes, *, items, consumers):
    """The processes that worked are not the caller, and not more than there are consumers."""
    caller, workers = notes[0][0], [pid for pid, text in notes if text == "work"]
    expect(len(workers), "how often work was called", zh="work 被调用的次数").exactly(items)
    label, zh = "how often work was called by the caller's process", "work 在调用者进程中被调用的次数"
    expect(workers.count(caller), label, zh=zh, fact="no-processes").exactly(0)
    label, zh = "processes that called work", "调用 work 的进程数"
    expect(len(set(workers)), label, zh=zh, fact="too-many-at-once").at_most(consumers)


def expect_senders(senders, sources):
    """Each source has a process of its own that has sent all of its items.

    Others may have sent them, too: whoever takes one item from a shared list puts the rest back.
    """
    candidates = [set.intersection(*(senders[item] for item in source)) for source in sources]
    paired = any(len(set(chosen)) == len(sources) for chosen in itertools.product(*candidates))
    label, zh = "each source's items were put by a process of their own", "每个源的元素是否都由各自的进程放入"
    expect(paired, label, zh=zh, fact="no-processes").exactly(True)


def test_consumers_work_at_once(program):
    """`work` can run in all consumers at once, and never in more processes than that."""
    for episode in program.everywhere(scenarios.all_meet, sources=[[1, 2], [3]], consumers=3, size=3):
        expect_results(episode.value, [2, 4, 6])
        label, zh = "calls of work that ran at once", "同时运行的 work 调用数"
        expect(episode.met.get("calls"), label, zh=zh, fact="serial").exactly(3)
    crowd = program.play(scenarios.crowd_together, sources=[[1, 2, 3], [4, 5], [6]], consumers=2)
    expect_results(crowd.value, [2, 4, 6, 8, 10, 12])
    label, zh = "calls of work that ran at once", "同时运行的 work 调用数"
    expect(crowd.met.get("calls"), label, zh=zh, fact="too-many-at-once").at_most(2)
    expect(crowd.met.get("calls"), label, zh=zh, fact="serial").at_least(2)


def test_ends_by_itself(program):
    """Every producer and every consumer ends by itself, with exit code 0."""
    sources = [[program.draw(1, 99), program.draw(1, 99)], [], [program.draw(1, 99)]]
    for episode in program.everywhere(scenarios.run_and_watch, sources=sources, consumers=3):
        episode.check_left_behind()
        results, codes = parts(episode, 2)
        expect_codes(codes)
        expect_results(results, doubled(sources))
    idle = program.play(scenarios.run_and_watch, sources=[], consumers=2)
    results, codes = parts(idle, 2)
    expect_codes(codes)
    expect_results(results, [])


def test_passes_an_error_on(program):
    """An exception of `work` reaches the caller as it was raised, and all processes end, however much is on its way."""
    number = program.draw(2, 5)
    sources = [list(range(number + 1)), [100, 101]]
    for episode in program.everywhere(scenarios.run_failing, sources=sources, failing=[number], consumers=2):
        episode.check_left_behind()
        expect_refusal(episode.raised, number)
    several = program.play(scenarios.run_failing, sources=sources, failing=[*range(number + 1), 100, 101], consumers=2)
    expect_refusal(several.raised, *range(number + 1), 100, 101)
    large = {"sources": [list(range(number, number + 6)), [50, 51]], "failing": [number], "size": LARGE}
    full = program.play(scenarios.run_failing, consumers=1, **large)
    expect_refusal(full.raised, LARGE + number)


def test_keeps_every_value(program):
    """Any item, any result and any number of items will do: none, falsy ones, equal ones, large ones, exceptions."""
    odd = [*ODD, program.draw(1, 99), *MARKS]
    cases = [
        ("same", [odd, [7, None], []], 2, [*odd, 7, None]),
        ("same", [[], []], 3, []),
        ("excuse", [[1], [2]], 2, ["builtins.ValueError('returned', 1)", "builtins.ValueError('returned', 2)"]),
        ("enlarge", [[2 * LARGE, 0], [LARGE]], 3, [f"{2 * LARGE} bytes", "0 bytes", f"{LARGE} bytes"]),
        ("instance", [[5]], 1, [1005]),
    ]
    for name, sources, consumers, expected in cases:
        episode = program.play(scenarios.run, name=name, sources=sources, consumers=consumers)
        expect_results(brief(episode.value), expected)
    large = program.play(scenarios.run_failing, sources=[[1, 2], [3]], failing=[], size=LARGE, consumers=2)
    expect_results(large.value, [LARGE + 1, LARGE + 2, LARGE + 3])
    for episode in program.everywhere(scenarios.run_by_keyword, sources=[[1], [2, 3]], consumers=2):
        expect_results(episode.value, [2, 4, 6])


def test_waits_for_slow_work(program, explore):
    """However long `work` takes, and however late an item comes, it is waited for."""
    items = [program.draw(1, 99), program.draw(100, 199)]
    given = {"sources": [items], "consumers": 1, "seconds": 20, "preemptions": 0, "cap": FEWER}
    for scenario in (scenarios.run_slowly, scenarios.run_late):
        for episode in explore(scenario, probes={"seconds": 0}, **given):
            expect_results(episode.value, items)


def test_keeps_the_order(program, explore):
    """`paced_pipeline` returns the results in order, whichever way its processes interleave; any value will do."""
    items = [program.draw(1, 99), program.draw(1, 99)]
    many = [program.draw(1, 99) for _ in range(program.draw(20, 30))]
    for episode in explore(scenarios.pace, items=items, capacity=1, preemptions=1, probes={"items": many}):
        episode.check_left_behind()
        expect_in_order(episode.value, episode.given["items"])
    odd = [*ODD, program.draw(1, 99), *MARKS]
    cases = [
        ("same", odd, 2, odd),
        ("same", [], 1, []),
        ("excuse", [1, 2], 9, ["builtins.ValueError('returned', 1)", "builtins.ValueError('returned', 2)"]),
        ("enlarge", [2 * LARGE, 0, LARGE], 1, [f"{2 * LARGE} bytes", "0 bytes", f"{LARGE} bytes"]),
    ]
    for name, given, capacity, expected in cases:
        episode = program.play(scenarios.pace, name=name, items=given, capacity=capacity)
        expect_in_order(brief(episode.value), expected)
    expect_in_order(program.play(scenarios.pace_by_keyword, items=items, capacity=2).value, doubled([items]))


def under_way(notes):
    """The most items that were begun and not done at one time."""
    now = most = 0
    for _, text in notes:
        now += {"begun": 1, "done": -1}.get(text, 0)
        most = max(most, now)
    return most


def test_keeps_the_bound(program, explore):
    """At no time are more than `capacity + 2` items begun and not done, however slow the work is."""
    given = {"count": 6, "capacity": 1, "slow": [0, 2], "seconds": 20, "preemptions": 0}
    for episode in explore(scenarios.pace_and_count, cap=FEWER, probes={"seconds": 0}, **given):
        expect_bound(episode)
    capacity = program.draw(2, 3)
    expect_bound(program.play(scenarios.pace_and_count, count=capacity + 5, capacity=capacity, slow=[1], seconds=0))


def expect_bound(episode):
    most = episode.given["capacity"] + 2
    label, zh = "items that were under way at one time", "同时处于进行中的元素数"
    expect(under_way(episode.notes["items"]), label, zh=zh, fact="too-many-at-once").at_most(most)
    expect_in_order(episode.value, [number * 2 for number in range(episode.given["count"])])


def test_paces_two_processes(program):
    """One process makes all items, another does all the work, the caller neither; both end with exit code 0."""
    count = program.draw(4, 6)
    given = {"count": count, "capacity": 2, "slow": [], "seconds": 0}
    episode = program.play(scenarios.pace_and_count, **given)
    expect_in_order(episode.value, [number * 2 for number in range(count)])
    notes = episode.notes["items"]
    texts = [text for _, text in notes]
    expect([texts.count("begun"), texts.count("done")], "how many were begun and done", zh="开始和完成的个数").exactly(
        [count, count]
    )
    makers, workers = ({pid for pid, text in notes if text == word} for word in ("begun", "done"))
    label, zh = "processes that called make, that called work, these and the caller", "调用 make、work 及总共的进程数"
    numbers = [len(makers), len(workers), len(makers | workers | {notes[0][0]})]
    expect(numbers, label, zh=zh, fact="no-processes").exactly([1, 1, 3])
    items = [program.draw(1, 99), program.draw(1, 99)]
    expect_same_codes(program.play(scenarios.pace_and_watch, items=items, capacity=1), items)


def expect_same_codes(episode, items):
    results, codes = parts(episode, 2)
    expect_codes(codes)
    expect_in_order(results, doubled([items]))


def test_paces_with_errors(program):
    """An exception of `make` or of `work` reaches the caller, and both processes end, whatever is on its way."""
    number = program.draw(1, 3)
    given = {"count": 8, "capacity": 1}
    for episode in program.everywhere(scenarios.pace_failing, making=[], working=[number], **given):
        episode.check_left_behind()
        expect_refusal(episode.raised, number)
    for episode in program.everywhere(scenarios.pace_failing, making=[number], working=[], **given):
        episode.check_left_behind()
        expect_refusal(episode.raised, number)
    both = program.play(scenarios.pace_failing, making=[5], working=[0], **given)
    expect_refusal(both.raised, 0, 5)
    sizes = [1, LARGE, LARGE, LARGE, LARGE]
    expect_refusal(program.play(scenarios.pace_failing_large, sizes=sizes, capacity=3, working=[1]).raised, 1)


def test_paces_slow_making(program, explore):
    """However long `make` takes, its item is waited for."""
    given = {"count": 3, "capacity": program.draw(1, 3), "seconds": 20, "preemptions": 0}
    for episode in explore(scenarios.pace_slow_making, probes={"seconds": 0}, **given):
        expect_in_order(episode.value, [0, 2, 4])


def test_prints_nothing(program):
    """No function prints."""
    episode = program.play(scenarios.every_function, sources=[[1, 2], [program.draw(3, 9)]])
    expect(episode.raised, "what was raised", zh="引发的异常").exactly(None)
    expect(program.printed, "what was printed", zh="打印的内容", fact="printed").exactly("")
