"""What the contract of ex03 promises, one check per promise."""

import scenarios

from grader.suite.expect import expect, unproved

SLOW = {"pause": 15, "preemptions": 1, "probes": {"pause": 0.01}, "methods": ["fork"]}  # seconds of somebody's own


def all_returned(episode):
    """Fail with whatever kept a process of the episode from returning."""
    return [answer.value for answer in episode.workers.values()]


def expect_counter(episode, value):
    expect(episode.shared["counter"], "the counter", zh="计数器").exactly(value)


def expect_free(episode):
    label = "whether the lock is free afterwards"
    expect(episode.value, label, zh="之后锁是否空闲", fact="lock-not-released").exactly(True)


def expect_all_free(episode):
    label, free = "whether the locks are free afterwards", [True] * len(episode.workers)
    expect(episode.value, label, zh="之后各把锁是否空闲", fact="lock-not-released").exactly(free)


def expect_trouble(answer, message):
    expect(answer.raised, "what reached the caller", zh="到达调用者的异常").named("scenarios.Trouble")
    expect(answer.raised.message, "the exception's message", zh="异常的消息").exactly(message)


def expect_somebody_added(episode, value):
    """Look at the counter before anything that the other process met: what disturbed it is told by the counter."""
    expect_counter(episode, value)
    expect(episode.workers["somebody"].raised, "what the other process raised", zh="另一个进程的异常").exactly(None)
    expect_free(episode)


def test_adds_times(program):
    """`add_many` adds 1 exactly `times` times to every kind of counter, called by keyword."""
    times = program.draw(2, 9)
    kinds = [("i", program.draw(1, 50), True), ("q", -program.draw(1, 50), False)]
    edges = [("B", 255 - times, False), ("h", -3, True), ("Q", 2**64 - 1 - times, True)]
    expect_added(program.play(scenarios.add_apart, counters=[*kinds, *edges], times=times))
    expect_added(program.play(scenarios.add_apart, counters=kinds, times=0))


def expect_added(episode):
    for number, (_, start, _) in enumerate(episode.given["counters"]):
        answer = episode.workers[f"adder_{number}"]
        expect(answer.value, "what add_many returned", zh="add_many 的返回值").exactly(None)
        counter = episode.shared[f"counter_{number}"]
        expect(counter, "the counter", zh="计数器").exactly(start + episode.given["times"])
    expect_all_free(episode)


def test_keeps_every_addition(program, explore):
    """No addition is lost, whichever way two processes interleave."""
    start = program.draw(1, 50)
    free, probes = scenarios.adders_beside_a_held_lock, {"start": start, "times": program.draw(200, 300), "adders": 2}
    for episode in explore(scenarios.two_adders, start=start, times=1, free=free, probes=probes):
        all_returned(episode)
        somebody = 0 if episode.explored else 1
        expect_counter(episode, start + 2 * episode.given["times"] + somebody)
        expect_free(episode)


def test_shares_the_lock(program, explore):
    """Nothing is lost when others, who know only the shared lock, add meanwhile."""
    start = program.draw(1, 50)
    free, probes = scenarios.adders_beside_a_held_lock, {"start": start, "times": program.draw(20, 40), "adders": 1}
    slow = scenarios.adder_and_somebody_slow
    for episode in explore(slow, start=start, times=1, pause=15, free=free, probes=probes):
        expect(episode.workers["first"].value, "what add_many returned", zh="add_many 的返回值").exactly(None)
        expect_somebody_added(episode, start + episode.given["times"] + 1)


def test_counts_together(program, explore):
    """`count_together` returns the right number, whichever way its processes interleave."""
    probes = {"workers": 3, "times": program.draw(200, 300)}
    for episode in explore(scenarios.count, workers=2, times=1, probes=probes):
        expect_count(episode)
        if not episode.explored:
            expect_processes(episode)
    several = program.play(scenarios.count, workers=program.draw(4, 6), times=program.draw(20, 60))
    expect_count(several)
    expect_it_was_their_work(program.bereaved(scenarios.count, **several.given), several)


def expect_count(episode):
    """Whoever does not wait for the processes gets a wrong number, too; what is left behind tells more, and always."""
    episode.check_left_behind()
    right = episode.given["workers"] * episode.given["times"]
    expect(episode.value, "what count_together returned", zh="count_together 的返回值").exactly(right)


def expect_processes(episode):
    """The process that called may be one of those that add."""
    label = "processes that were seen, the caller included"
    expect(episode.processes + 1, label, zh="观察到的进程数（含调用者）", fact="no-processes").at_least(
        episode.given["workers"]
    )


def test_counts_in_processes(program):
    """`count_together` does it with that many processes, for any numbers, called by position and by keyword."""
    several = program.play(scenarios.count, workers=program.draw(4, 6), times=program.draw(20, 60))
    expect_count(several)
    expect_processes(several)
    expect_count(program.play(scenarios.count, workers=1, times=program.draw(2, 9)))
    expect_count(program.play(scenarios.count, workers=3, times=0))
    times = program.draw(2, 9)
    answer = program.call("count_together", times=times, workers=2)
    expect(answer.value, "count_together(workers=2, times=…)").exactly(2 * times)


def expect_it_was_their_work(bereaved, usual):
    """If one process dies at its birth and nobody takes its place, its additions are missing."""
    total = usual.given["workers"] * usual.given["times"]
    if bereaved.returned(total) and bereaved.processes <= usual.processes:
        unproved("the result is the same without one of the processes", zh="少了一个进程，结果却没有变化")


def test_returns_the_new_value(program):
    """`update` sets the value to `change(value)` and returns it, 0 and negative ones included, called by keyword."""
    start = program.draw(1, 50)
    kinds = [("i", start, True, program.draw(1, 9)), ("q", start, False, -start)]
    edges = [("B", 200, False, 55), ("h", 3, True, -10), ("Q", 2**64 - 2, True, 1), ("l", start, False, 0)]
    expect_updated(program.play(scenarios.update_apart, cases=[*kinds, *edges]))


def expect_updated(episode):
    for number, (_, start, _, amount) in enumerate(episode.given["cases"]):
        answer = episode.workers[f"updater_{number}"]
        expect(answer.value, "what update returned", zh="update 的返回值").exactly(start + amount)
        expect(episode.shared[f"counter_{number}"], "the counter", zh="计数器").exactly(start + amount)
    expect_all_free(episode)


def test_updates_in_one_step(program, explore):
    """Nobody changes the counter between the value that `change` got and the value that `update` returned."""
    start, factor, amount = program.draw(2, 50), program.draw(2, 3), program.draw(1, 9)
    product, total = start * factor, start + amount
    given = {"start": start, "factor": factor, "amount": amount}
    for more in ({}, SLOW):
        for episode in explore(scenarios.update_and_somebody_else, **given, **more):
            seen = (episode.workers["first"].value, episode.shared["counter"])
            label = "what update returned, and the counter"
            expect(seen, label, zh="update 的返回值和计数器").one_of(
                (total, total * factor), (product + amount, product + amount)
            )
            expect_free(episode)
    episode = program.play(scenarios.two_updates, start=start, factor=factor, amount=amount)
    seen = (*all_returned(episode), episode.shared["counter"])
    orders = (product, product + amount, product + amount), (total * factor, total, total * factor)
    expect(seen, "what both updates returned, and the counter", zh="两次 update 的返回值和计数器").one_of(*orders)


def test_survives_a_failing_change(program, explore):
    """If `change` raises, so does `update`; the value is unchanged, the lock free."""
    start, message = program.draw(1, 50), f"no change {program.draw(1, 999)}"
    for episode in explore(scenarios.failing_update, start=start, message=message, own=True):
        expect_trouble(episode.workers["first"], message)
        expect_somebody_added(episode, start + 1)
    episode = program.play(scenarios.failing_update, start=start, message=message, own=False)
    expect_trouble(episode.workers["first"], message)
    expect_somebody_added(episode, start + 1)


def test_adds_each_result(program):
    """`add_results` calls each job once and adds what it returned, 0 and negative numbers included; by keyword."""
    numbers = [program.draw(3, 9), 0, program.draw(10, 20), -2]
    kinds = [("i", program.draw(1, 50), True, numbers), ("q", -5, False, [-1, *numbers])]
    edges = [("B", 250, False, [5]), ("h", 7, True, []), ("Q", 2**64 - 4, True, [1, 2])]
    expect_collected(program.play(scenarios.collect_apart, cases=[*kinds, *edges]))


def expect_collected(episode):
    for number, (_, start, _, results) in enumerate(episode.given["cases"]):
        answer = episode.workers[f"collector_{number}"]
        expect(answer.value, "what add_results returned", zh="add_results 的返回值").exactly(None)
        calls = episode.shared[f"calls_{number}"][: len(results)]
        expect(calls, "how often each job was called", zh="每个任务被调用的次数").exactly([1] * len(results))
        expect(episode.shared[f"counter_{number}"], "the counter", zh="计数器").exactly(start + sum(results))
    expect_all_free(episode)


def test_keeps_every_result(program, explore):
    """No result is lost, whoever adds meanwhile."""
    start, left, right = program.draw(1, 50), program.draw(2, 9), program.draw(10, 20)
    given = {"start": start, "result": left}
    for more in ({}, SLOW):
        for episode in explore(scenarios.collector_and_somebody_else, **given, **more):
            expect(episode.workers["first"].value, "what add_results returned", zh="add_results 的返回值").exactly(None)
            expect_somebody_added(episode, start + left + 1)
    episode = program.play(scenarios.two_collectors, start=start, left=left, right=right)
    all_returned(episode)
    expect_counter(episode, start + left + right)


def test_runs_jobs_at_once(program):
    """Jobs of two processes can run at once: the lock is not held while a job runs."""
    start, left, right = program.draw(1, 50), [3, program.draw(4, 9)], [-2, program.draw(10, 20)]
    for episode in program.everywhere(scenarios.jobs_that_meet, start=start, left=left, right=right):
        all_returned(episode)
        expect(episode.met["jobs"], "jobs that ran at once", zh="同时运行的任务数", fact="serial").exactly(2)
        expect_counter(episode, start + sum(left) + sum(right))
    episode = program.play(scenarios.job_that_adds, start=start, first=left[1], amount=5, second=right[1])
    all_returned(episode)
    expect_counter(episode, start + left[1] + 5 + right[1])


def test_keeps_results_before_a_failure(program, explore):
    """If a job raises, so does `add_results`; what earlier jobs returned stays added, the lock is free."""
    start, result, message = program.draw(1, 50), program.draw(2, 9), f"no result {program.draw(1, 999)}"
    for episode in explore(scenarios.failing_job, start=start, results=[result], message=message):
        expect_trouble(episode.workers["first"], message)
        expect_somebody_added(episode, start + result + 1)
    episode = program.play(scenarios.failing_job, start=start, results=[result, 0, -1], message=message)
    expect_trouble(episode.workers["first"], message)
    expect_somebody_added(episode, start + result)
    episode = program.play(scenarios.failing_job, start=start, results=[result])
    label = "whether add_results raises when a job raises StopIteration"
    zh = "任务引发 StopIteration 时 add_results 是否引发异常"
    expect(episode.workers["first"].raised is not None, label, zh=zh).exactly(True)
    expect_somebody_added(episode, start + result + 1)


def test_prints_nothing(program):
    """No function prints, neither when all goes well nor when a callable raises."""
    together = program.play(scenarios.every_function)
    for name in ("adder", "updater", "collector"):
        expect(together.workers[name].raised, name).exactly(None)
    alone = program.play(scenarios.count, workers=1, times=2)
    expect_count(alone)
    expect(program.printed, "what was printed", zh="打印的内容", fact="printed").exactly("")
