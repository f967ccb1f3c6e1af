"""What the contract of ex13 promises, one check per promise.

Calls of `prepare` meet, calls of `commit` form a crowd that must not come about: each of them waits until it is clear
that no other will come. Which process did what is written into notebooks, and the kernel tells the writers' numbers.
"""

import scenarios

from grader.suite.expect import expect

LARGE = 1024 * 1024


def brief(value):
    """Exceptions by type and arguments, large values by their size."""
    if isinstance(value, bytes) and len(value) > 100:
        return f"{len(value)} bytes {value[:1]!r}"
    if isinstance(value, list):
        return [brief(one) for one in value]
    name = getattr(value, "name", None)
    return f"{name}{value.args!r}" if name else value


def sealed(items):
    """What comes out for these items."""
    return [10 * item + 7 for item in items]


def expect_results(episode, items, *, in_order=True):
    label, zh = "the results", "结果"
    if in_order:
        expect(episode.value, label, zh=zh).exactly(sealed(items))
    else:
        expect(episode.value, f"{label}, in any order", zh=f"{zh}（顺序不限）").permutation_of(sealed(items))


def expect_one_commit(episode):
    label, zh = "commits that ran at the same time", "同时运行的 commit 数"
    expect(episode.met.get("commit", 0), label, zh=zh, fact="commits-overlap").at_most(1)


def test_keeps_the_order(program):
    """The results stand in the order of the items, although the last one is prepared first; more items than workers."""
    expect_results(program.play(scenarios.last_prepares_first, count=4), range(4))
    items = [program.draw(1, 99) for _ in range(program.draw(20, 40))]
    expect_results(program.play(scenarios.notes, items=items, workers=3), items)


def test_prepares_at_once(program):
    """As many calls of `prepare` as there are workers can run at once, and never more."""
    label, zh = "calls of prepare that ran at once, in processes of their own", "在各自进程中同时运行的 prepare 数"
    for episode in program.everywhere(scenarios.all_prepare, count=3):
        episode.value  # noqa: B018 - what was raised comes first: without it, nobody could meet
        expect(episode.met.get("prepare", 0), label, zh=zh, fact="serial").exactly(3)
        expect_results(episode, range(3), in_order=False)
    for count, workers in ((6, 2), (3, 1)):
        many = program.play(scenarios.too_many_prepare, count=count, workers=workers)
        expect_results(many, range(count), in_order=False)
        label, zh = "calls of prepare that ran at once", "同时运行的 prepare 数"
        expect(many.met.get("prepare", 0), label, zh=zh, fact="too-many-at-once").at_most(workers)


def test_commits_one_at_a_time(program):
    """While one worker commits, no other does, under every start method."""
    for episode in program.everywhere(scenarios.commits_crowd, count=3):
        expect_results(episode, range(3), in_order=False)
        expect_one_commit(episode)


def test_same_worker_does_both(program):
    """Each item is prepared and committed once, by one and the same process, which is not the caller's."""
    number = program.draw(1, 50)
    items = list(range(number, number + 8))
    for episode in program.everywhere(scenarios.notes, items=items, workers=3):
        expect_results(episode, items, in_order=False)
        prepared, committed = ({text: pid for pid, text in episode.notes[name]} for name in ("prepare", "commit"))
        for name in ("prepare", "commit"):
            seen = [text for _, text in episode.notes[name]]
            label, zh = f"items that {name} was called with, in any order", f"{name} 得到的元素（顺序不限）"
            expect(seen, label, zh=zh).permutation_of([*map(str, items)])
        moved = [item for item in items if prepared[str(item)] != committed[str(item)]]
        label, zh = "items that were committed by another process than had prepared them", "由另一个进程提交的元素"
        expect(moved, label, zh=zh).exactly([])
        caller = {pid for pid, _ in episode.notes["caller"]}
        own = [item for item in items if committed[str(item)] in caller]
        label, zh = "items that the caller's own process committed", "由调用者自己的进程提交的元素"
        expect(own, label, zh=zh, fact="no-processes").exactly([])


def expect_refusal(episode, *choices):
    label, zh = "what reached the caller", "到达调用者的异常"
    fact = None if episode.raised else "exception-swallowed"
    expect(brief(episode.raised), label, zh=zh, fact=fact).one_of(*choices)


def test_passes_an_error_on(program):
    """An exception of `prepare` or `commit` reaches the caller as it was raised, and nobody is left waiting."""
    number = program.draw(1, 3)
    refusal = f"scenarios.Refusal({number}, 'refused')"
    for episode in program.everywhere(
        scenarios.failing, prepare_errors={}, commit_errors={number: "refusal"}, count=6, workers=2
    ):
        expect_refusal(episode, refusal)
    given = {"count": 4, "workers": 3}
    expect_refusal(
        program.play(scenarios.failing, prepare_errors={number: "refusal"}, commit_errors={}, **given), refusal
    )
    both = program.play(scenarios.failing, prepare_errors={number: "refusal"}, commit_errors={0: "key"}, **given)
    expect_refusal(both, refusal, "builtins.KeyError(0, 'refused')")


def test_lock_survives_an_error(program):
    """After a commit that raised, others can commit, and still not two at the same time."""
    episode = program.play(scenarios.commits_crowd_after_a_failure, count=4)
    refusals = [f"scenarios.Refusal({item}, 'refused')" for item in range(4)]
    expect_refusal(episode, *refusals)
    expect_one_commit(episode)
    expect_refusal(program.play(scenarios.last_fails_first, count=2), refusals[1])
    every = dict.fromkeys(range(4), "refusal")
    one = program.play(scenarios.failing, prepare_errors={}, commit_errors=every, count=4, workers=1)
    expect_refusal(one, *refusals)


def test_any_value(program):
    """Falsy, equal and very large values, returned exceptions, any callable, few items and none at all."""
    amount = program.draw(1, 99)
    odd = [None, 0, False, "", [], 7, 7, (1, 2)]
    cases = [
        ("same", "same", odd, 3, odd),
        ("same", "described", odd, 2, list(map(repr, odd))),
        ("same", "same", [], 2, []),
        ("partial", "instance", [amount], 4, [amount + 1100]),
        ("instance", "excuse", [amount], 1, [f"builtins.ValueError('returned', {amount + 1000})"]),
        ("enlarge", "same", [2 * LARGE, 0, 3 * LARGE + 1], 2, [BIG, b"", f"{3 * LARGE + 1} bytes b'\\x01'"]),
    ]
    episode = program.play(scenarios.plain, cases=[case[:4] for case in cases])
    value = brief(episode.value)
    expect(value, "the type of what came back", zh="返回内容的类型").of_type("list")
    expect(len(value), "how many values came back", zh="返回内容的个数").exactly(len(cases))
    for results, (*_, expected) in zip(value, cases, strict=True):
        expect(results, "what came back, in any order", zh="返回内容（顺序不限）").permutation_of(expected)


BIG = f"{2 * LARGE} bytes b'\\x00'"


def test_keeps_to_the_form(program):
    """It can be called with keywords, and in a process that was started, and prints nothing."""
    items = [program.draw(1, 99) for _ in range(3)]
    for episode in program.everywhere(scenarios.by_keyword, items=items):
        expect_results(episode, items, in_order=False)
        expect(program.printed, "what was printed", zh="打印的内容", fact="printed").exactly("")
    child = program.play(scenarios.in_a_child, items=items)
    expect(child.workers["child"].value, "the results", zh="结果").permutation_of(sealed(items))
