"""What the contract of ex11 promises, one check per promise."""

import sys

import scenarios

from grader.suite.expect import expect, unproved

TYPES = ["h", "q", "B", "L"]
FEW = 60  # schedules


def expect_array(episode, name, expected):
    expect(episode.shared[name], "the array", zh="数组").exactly(expected)


def expect_free(episode, count=None):
    label = "whether the array's lock is free afterwards"
    free = True if count is None else [True] * count
    expect(episode.value, label, zh="之后数组的锁是否空闲", fact="lock-not-released").exactly(free)


def added(start, *index_lists):
    """The array after all these additions."""
    array = list(start)
    for indices in index_lists:
        for index in indices:
            array[index] += 1
    return array


def counted(values, bins):
    return [values.count(number) for number in range(bins)]


def expect_counted(episode):
    episode.check_left_behind()
    right = counted(episode.given["values"], episode.given["bins"])
    expect(episode.value, "what histogram returned", zh="histogram 的返回值").exactly(right)


def expect_processes(episode):
    """The process that called may be one of those that work."""
    label, zh = "processes that were seen, the caller included", "观察到的进程数（含调用者）"
    expect(episode.processes + 1, label, zh=zh, fact="no-processes").at_least(episode.given["workers"])


def some_values(program, count, bins):
    """Values of which the last bin is never empty, and all others may be."""
    return [program.draw(0, bins - 1) for _ in range(count)] + [bins - 1]


def test_adds_one_for_each(program):
    """For each index 1 is added to its element, as often as it stands there, and to no other; called by keyword."""
    start = [program.draw(1, 50) for _ in range(5)]
    cases = [["i", start, [4, 0, 4, 2, 4]], ["i", start, []], ["q", [7], [0] * program.draw(5, 20)]]
    cases += [[typecode, start, [program.draw(0, 4) for _ in range(9)]] for typecode in TYPES]
    cases += [["h", [-3, -1, 0], [0, 1, 1, 2]]]
    episode = program.play(scenarios.add_apart, cases=cases)
    for number, (_, before, indices) in enumerate(cases):
        answer = episode.workers[f"adder_{number}"]
        expect(answer.value, "what add_to_bins returned", zh="add_to_bins 的返回值").exactly(None)
        expect_array(episode, f"array_{number}", added(before, indices))
    expect_free(episode, len(cases))


def test_loses_no_addition(program, explore):
    """No addition of two processes is lost, whichever way they interleave."""
    start = [program.draw(1, 50), program.draw(1, 50)]
    given = {"start": start, "first": [0, 1], "second": [1], "times": 1}
    for episode in explore(scenarios.two_adders, probes={"times": program.draw(800, 1200)}, **given):
        times = episode.given["times"]
        for answer in episode.workers.values():
            expect(answer.value, "what add_to_bins returned", zh="add_to_bins 的返回值").exactly(None)
        expect_array(episode, "array", added(start, [0, 1] * times, [1] * times))
        expect_free(episode)


def test_shares_the_own_lock(program, explore):
    """Nothing is lost beside somebody who knows the array's own lock only, and holds it for a long time."""
    start = [program.draw(1, 50), program.draw(1, 50)]
    given = {"start": start, "indices": [1, 1], "index": 1, "pause": 15}
    for episode in explore(scenarios.adder_and_somebody, probes={"pause": 0.02}, **given):
        expect(episode.workers["first"].value, "what add_to_bins returned", zh="add_to_bins 的返回值").exactly(None)
        expect_array(episode, "array", added(start, [1, 1, 1]))
        expect(episode.workers["somebody"].raised, "what the other process raised", zh="另一个进程的异常").exactly(None)
        expect_free(episode)


def test_counts_values(program):
    """`histogram` gives the count of each number, under every start method, for few and many, and for none at all."""
    bins = program.draw(5, 9)
    given = {"values": some_values(program, 40, bins), "bins": bins, "workers": 3}
    for episode in program.everywhere(scenarios.count, **given):
        expect_counted(episode)
    cases = [
        ([bins], bins + 3, 4),
        ([bins, 255 + bins], 256 + bins, 2),
        ([], bins, 2),
        ([], 0, 1),
        ([0] * bins, 1, 2),
        (given["values"] * 60, bins, 1),
    ]
    for values, number, workers in cases:
        expect_counted(program.play(scenarios.count, values=values, bins=number, workers=workers))
    expect_counted(program.play(scenarios.count_by_keyword, **given))


def test_counts_every_value_once(program, explore):
    """No value is lost or counted twice, whichever way the processes interleave."""
    probes = {"values": some_values(program, 3000, 3), "bins": 3, "workers": 4}
    for episode in explore(scenarios.count, values=[1, 1], bins=2, workers=2, probes=probes):
        expect_counted(episode)


def test_counts_in_processes(program):
    """The counting is the work of that many processes."""
    bins, workers = program.draw(4, 9), program.draw(3, 5)
    given = {"values": some_values(program, 50, bins), "bins": bins, "workers": workers}
    usual = program.play(scenarios.count, **given)
    expect_counted(usual)
    expect_processes(usual)
    bereaved = program.bereaved(scenarios.count, deaths=workers, **given)
    if bereaved.returned(counted(given["values"], bins)) and bereaved.processes <= usual.processes:
        unproved("the result is the same without any of the processes", zh="没有那些进程，结果却没有变化")


def integers(data, length):
    """The numbers with which a block begins."""
    at = range(0, 8 * length, 8)
    return [int.from_bytes(data[place : place + 8], sys.byteorder, signed=True) for place in at]


def block_of(episode):
    """What the scenario saw: (the block afterwards, whether it is still there, the caller's pid)."""
    value = episode.value
    expect(value, "the type of what came back", zh="返回内容的类型").of_type("list")
    expect(value[0], "what scale_shared returned", zh="scale_shared 的返回值").exactly(None)
    expect(value[1], "the type of the block's content", zh="内存块内容的类型").of_type("bytes")
    return value[1:]


def expect_scaled(episode):
    after, _, _ = block_of(episode)
    numbers, factor = episode.given["numbers"], episode.given["factor"]
    label = "the numbers in the block"
    expect(integers(after, len(numbers)), label, zh="内存块中的数").exactly([number * factor for number in numbers])


def some_numbers(program, count):
    return [program.draw(1, 2**40) * (-1) ** program.draw(0, 1) for _ in range(count)]


def test_scales_the_block(program, explore):
    """Each number is multiplied once, negative and large ones, too, whichever way the workers interleave."""
    large = 2**61 + 2 * program.draw(0, 2**40) + 1  # no float has so many digits
    numbers = [*some_numbers(program, 10), 0, -1, large, -large]
    given = {"numbers": some_numbers(program, 2), "rest": b"", "factor": -2, "workers": 2}
    probes = {"numbers": numbers, "workers": 3}
    for episode in explore(scenarios.scale, preemptions=1, cap=FEW, probes=probes, **given):
        expect_scaled(episode)
    cases = [(some_numbers(program, 2), 5, 5), ([7], -3, 1), (numbers, 1, 4), (numbers, 0, 2)]
    for some, factor, workers in cases:
        expect_scaled(program.play(scenarios.scale, numbers=some, rest=b"", factor=factor, workers=workers))
    some = some_numbers(program, 5)
    episode = program.play(scenarios.scale_by_keyword, numbers=some, factor=3, workers=2)
    expect(episode.value, "the type of the block's content", zh="内存块内容的类型").of_type("bytes")
    label = "the numbers in the block"
    expect(integers(episode.value, 5), label, zh="内存块中的数").exactly([number * 3 for number in some])


def test_scales_in_processes(program):
    """The block is multiplied by that many processes, which have it mapped: the caller does not do it for them."""
    workers = program.draw(3, 5)
    given = {"numbers": some_numbers(program, 20), "rest": b"", "factor": program.draw(2, 9), "workers": workers}
    for method in ("spawn", "forkserver"):
        episode = program.play(scenarios.scale, start_method=method, **given)
        _, _, caller = block_of(episode)
        expect_processes(episode)
        apart = [pid for pid, text in episode.notes.get("multiplied", []) if text == "apart" and pid != caller]
        label, zh = "processes that multiplied and had not opened the block", "做了乘法却没有打开内存块的进程数"
        expect(len(set(apart)), label, zh=zh).exactly(0)
    usual = program.play(scenarios.scale, **given)
    expect_processes(usual)
    expect_their_work(program.bereaved(scenarios.scale, deaths=workers, **given), usual)


def expect_their_work(bereaved, usual):
    """If all processes die at their birth and nobody takes their place, nothing is multiplied."""
    if not bereaved.main.frame or bereaved.processes > usual.processes or bereaved.observation.stop != "answered":
        return
    if bereaved.raised is None and block_of(bereaved)[0] == block_of(usual)[0]:
        unproved("the block is the same without any of the processes", zh="没有那些进程，内存块却没有不同")


def test_leaves_the_rest(program):
    """What lies behind the numbers is untouched, whatever its size; a length of 0 is possible."""
    small = program.draw(1, 2**40).to_bytes(8, sys.byteorder)  # could be multiplied, if somebody took it for a number
    rest = small + bytes(program.draw(1, 255) for _ in range(program.draw(1, 7)))
    for numbers, tail in ((some_numbers(program, 6), rest), ([], rest), (some_numbers(program, 3), rest[:8] * 2)):
        episode = program.play(scenarios.scale, numbers=numbers, rest=tail, factor=3, workers=4)
        after, _, _ = block_of(episode)
        expect_scaled(episode)
        expect(after[8 * len(numbers) :], "the rest of the block", zh="内存块的其余部分").exactly(tail)
    empty = program.play(scenarios.scale, numbers=[], rest=b"", factor=3, workers=2)
    block_of(empty)


def test_leaves_the_block(program):
    """The block is still there for its owner afterwards, under every start method; nothing else is."""
    numbers = some_numbers(program, 4)
    for episode in program.everywhere(scenarios.scale, numbers=numbers, rest=b"", factor=2, workers=2):
        _, there, _ = block_of(episode)
        label = "whether the block is still there for its owner"
        expect(there, label, zh="内存块是否还在").exactly(True)
        episode.check_left_behind()


def test_prints_nothing(program):
    """No function prints."""
    episode = program.play(scenarios.everything_once)
    expect(episode.value, "what came of it", zh="结果").exactly([[1, 0, 2], [1, 1]])
    expect(program.printed, "what was printed", zh="打印的内容", fact="printed").exactly("")
