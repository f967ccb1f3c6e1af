"""What the contract of ex16 promises, one check per promise.

Steps write down when they begin and end, in a book that the examiner keeps. A slow step, and a process that comes up
late, wait until the others can do nothing more: whoever should wait for them, and does not, is seen.
"""

import scenarios

from grader.suite.expect import expect, unproved

SLACK = 1  # seconds that a program may take to notice, where it looks every now and then
FEW = 20  # schedules
FEWER = 6  # where a program that polls takes hundreds of turns
HERE = ["fork"]  # where another round has had free runs under each start method


def listed(value, label, *, zh):
    """The value, which has to be a list before anything can be done with it."""
    expect(value, f"the type of {label}", zh=f"{zh}的类型").of_type("list")
    return value


def expect_done(episode):
    expect(episode.value, "what run_phases returned", zh="run_phases 的返回值").exactly(None)


def steps_of(episode):
    """(word, worker, phase) of each note but the caller's, in the order in which they were written."""
    rows = [text.split() for _, text in episode.notes["steps"]]
    return [(row[0], row[1], int(row[2])) for row in rows if len(row) == 3 and row[2].isdecimal()]


def expect_all_steps(episode):
    """Each worker took each step once, and finished it."""
    given = episode.given
    numbers = [f"{worker} {phase}" for worker in range(given["workers"]) for phase in range(given["phases"])]
    begun = [f"{worker} {phase}" for word, worker, phase in steps_of(episode) if word == "begin"]
    expect(begun, "the steps that were called", zh="被调用的步骤").permutation_of(numbers)
    ended = [f"{worker} {phase}" for word, worker, phase in steps_of(episode) if word == "end"]
    expect(ended, "the steps that came to their end", zh="执行完的步骤").permutation_of(numbers)


def expect_apart(episode):
    """Whenever a step began, all steps of the phase before had ended."""
    ended = {-1: episode.given["workers"]}
    for word, worker, phase in steps_of(episode):
        if word == "begin":
            label = f"how many had finished phase {phase - 1} when worker {worker} began phase {phase}"
            zh = f"进程 {worker} 开始阶段 {phase} 时已完成阶段 {phase - 1} 的进程数"
            expect(ended.get(phase - 1, 0), label, zh=zh, fact="began-too-early").exactly(episode.given["workers"])
        elif word == "end":
            ended[phase] = ended.get(phase, 0) + 1


def expect_told(episode):
    expect(episode.raised, "what reached the caller", zh="到达调用者的异常").named("ex16.PhaseFailed")


def expect_failed(episode):
    """`PhaseFailed` has reached the caller; no step was stopped half-way, and no later phase has begun."""
    expect_told(episode)
    steps = steps_of(episode)
    failing = [f"{worker} {phase}" for worker, phase in episode.given["failing"]]
    last = episode.given["failing"][0][1]
    begun = [f"{worker} {phase}" for word, worker, phase in steps if word == "begin"]
    late = [f"{worker} {phase}" for word, worker, phase in steps if word == "begin" and phase > last]
    label, zh = "steps that began after the phase in which one failed", "出错的阶段之后开始的步骤"
    expect(late, label, zh=zh, fact="goes-on-after-the-time").exactly([])
    over = [f"{worker} {phase}" for word, worker, phase in steps if word != "begin"]
    label, zh = "steps that came to their end, of those that had begun", "已开始的步骤中执行完的"
    expect(over, label, zh=zh).permutation_of(begun)
    failed = [f"{worker} {phase}" for word, worker, phase in steps if word == "fail"]
    expect(len(failed), "how many steps have raised", zh="抛出异常的步骤数").at_least(1)
    expect(
        [name for name in failed if name not in failing], "others that have raised", zh="其他抛出异常的步骤"
    ).exactly([])
    before = [phase for word, _, phase in steps if word == "begin" and phase < last]
    label, zh = "how many steps of the phases before were taken", "之前各阶段执行的步骤数"
    expect(len(before), label, zh=zh).exactly(last * episode.given["workers"])


def test_calls_each_step(program):
    """Each worker is one process for all phases, beside the caller, and calls each of its steps once."""
    workers, phases = program.draw(2, 3), program.draw(3, 4)
    for episode in program.everywhere(scenarios.run_steps, workers=workers, phases=phases, seconds=[]):
        episode.check_left_behind()
        expect_done(episode)
        expect_all_steps(episode)
        expect_own_processes(episode)
    long = program.play(scenarios.one_is_long, workers=3, phases=4)
    expect_done(long)
    expect_own_processes(long)
    for given in ({"workers": 3, "phases": 1}, {"workers": 1, "phases": phases}, {"workers": 2, "phases": 0}):
        episode = program.play(scenarios.run_by_keyword, **given)
        expect_done(episode)
        expect_all_steps(episode)


def expect_own_processes(episode):
    """Each worker's steps were taken in one process, which is nobody else's."""
    workers = {}
    (caller, _), *notes = episode.notes["steps"]
    for pid, text in notes:
        workers.setdefault("".join(text.split()[1:2]), set()).add(pid)
    label, zh = "processes that each worker's steps were called in", "每个 worker 的步骤所在的进程数"
    counts = [len(workers.get(str(worker), ())) for worker in range(episode.given["workers"])]
    expect(counts, label, zh=zh, fact="no-processes").exactly([1] * len(counts))
    label, zh = "processes beside the caller that called steps", "除调用者之外调用步骤的进程数"
    pids = set().union(*workers.values()) - {caller}
    expect(len(pids), label, zh=zh, fact="no-processes").exactly(len(counts))


def test_keeps_phases_apart(program, explore):
    """Nobody begins a phase before all have finished the one before, however long a step takes."""
    slow = program.draw(20, 30)
    given = {"workers": 2, "phases": 4, "seconds": [[0, 0], [0, slow], [slow, 0]], "preemptions": 1, "cap": FEW}
    for episode in explore(scenarios.run_steps, probes={"seconds": [], "workers": 3}, **given):
        expect_apart(episode)
        expect_done(episode)
        expect_all_steps(episode)
    long = program.play(scenarios.one_is_long, workers=3, phases=4)
    expect_apart(long)
    expect_done(long)
    expect_all_steps(long)


def test_steps_at_once(program):
    """Within a phase, all steps can run at the same time."""
    for episode in program.everywhere(scenarios.all_meet, workers=3, phases=2):
        expect_done(episode)
        for phase in range(2):
            label, zh = f"steps of phase {phase} that ran at once", f"阶段 {phase} 中同时运行的步骤数"
            expect(episode.met.get(f"phase {phase}"), label, zh=zh, fact="serial").exactly(3)


def test_tells_a_failure(program):
    """If a step raises, in whichever phase and worker, `PhaseFailed` is raised; nobody is left, waiting or not."""
    worker = program.draw(0, 2)
    for episode in program.everywhere(scenarios.run_steps, workers=3, phases=3, seconds=[], failing=[[worker, 1]]):
        episode.check_left_behind()
        expect_told(episode)
    cases = [(2, 1, [[1, 0]]), (1, 2, [[0, 0]]), (3, 2, [[0, 1]]), (2, 3, [[0, 2], [1, 2]]), (3, 2, [[1, 0]])]
    for workers, phases, failing in cases:
        given = {"workers": workers, "phases": phases, "seconds": [], "failing": failing}
        expect_told(program.play(scenarios.run_steps, **given))


def test_ends_after_the_phase(program, explore):
    """When a step has raised, those that are running finish, no further phase begins, and nobody waits for ever."""
    for phases, failing in ((3, [[1, 1]]), (2, [[0, 0]])):
        given = {"workers": 2, "phases": phases, "seconds": [], "failing": failing, "preemptions": 1, "cap": FEW}
        for episode in explore(scenarios.run_steps, methods=HERE, **given):
            episode.check_left_behind()
            expect_failed(episode)
    for workers, failing in ((3, [[program.draw(0, 2), 1]]), (2, [[0, 0], [1, 0]])):
        episode = program.play(scenarios.some_fail_besides, workers=workers, phases=3, failing=failing)
        episode.check_left_behind()
        expect_failed(episode)


def texts(rounds):
    return ["ping", "pong"] * rounds


def expect_texts(value, rounds, *, fact=None):
    expect(value, "what ping_pong returned", zh="ping_pong 的返回值", fact=fact).exactly(texts(rounds))


def test_writes_in_turn(program, explore):
    """The texts alternate, whichever way the two processes interleave, and whichever of them comes up late."""
    free, late = scenarios.play_with_one_late, {"rounds": 3, "late": 1}
    given = {"rounds": 2, "preemptions": 1, "cap": 2 * FEW}
    for episode in explore(scenarios.play, free=free, probes=late, methods=HERE, **given):
        episode.check_left_behind()
        fact = None if episode.explored else "sleep-as-synchronisation"
        expect_texts(episode.value, episode.given["rounds"], fact=fact)
    for late in (2, 3):
        episode = program.play(scenarios.play_with_one_late, rounds=3, late=late)
        expect_texts(episode.value, 3, fact="sleep-as-synchronisation")
    for episode in program.everywhere(scenarios.play, rounds=program.draw(20, 40)):
        expect_texts(episode.value, episode.given["rounds"])
    for rounds in (1, 0):
        expect_texts(program.play(scenarios.play_by_keyword, rounds=rounds).value, rounds)


def test_writes_in_two_processes(program):
    """The texts are written by two processes, of which none can write for the other."""
    rounds = program.draw(2, 5)
    episode = program.play(scenarios.play_and_count, rounds=rounds)
    value = listed(episode.value, "what came back", zh="返回内容")
    expect(len(value), "how many values came back", zh="返回内容的个数").exactly(2)
    came, managers = value
    label, zh = "what ping_pong returned, in any order", "ping_pong 的返回值（顺序不限）"
    expect(came, label, zh=zh).permutation_of(texts(rounds))
    expect(managers, "how many managers were started", zh="启动的 Manager 个数").at_least(0)
    label, zh = "processes that were seen beside the caller, without managers", "除调用者和 Manager 之外观察到的进程数"
    expect(episode.processes - (managers if type(managers) is int else 0), label, zh=zh, fact="no-processes").at_least(
        1
    )
    bereaved = program.bereaved(scenarios.play, rounds=rounds)
    if bereaved.returned(texts(rounds)) and bereaved.processes <= episode.processes:
        unproved("the result is the same without one of the processes", zh="少了一个进程，结果却没有变化")


def expect_answer(episode, answer, *, fact=None):
    seen = episode.workers["waiter"].value
    expect(seen, "what wait_for returned", zh="wait_for 的返回值", fact=fact).exactly(answer)


def expect_free(episode):
    label, zh = "whether the condition is free afterwards", "之后条件变量是否空闲"
    expect(episode.value, label, zh=zh, fact="lock-not-released").exactly(True)


def expect_waited(episode, least, most, *, fact="waited-too-long"):
    seconds, label = round(episode.workers["waiter"].seconds, 2), "the seconds that it waited"
    expect(seconds, label, zh="等待的秒数", fact="waited-too-short").at_least(least)
    if episode.explored:
        expect(seconds, label, zh="等待的秒数", fact=fact).at_most(most + SLACK)


def test_needs_no_wake_up(program, explore):
    """If the predicate is true already, True is returned at once: nobody needs to notify; by keyword, too."""
    goal = program.draw(1, 99)
    for kind, seconds in (("plain", 30), ("lock", 0)):
        given = {"kind": kind, "seconds": seconds, "start": goal, "goal": goal}
        for episode in explore(scenarios.wait_alone, preemptions=0, methods=HERE, **given):
            expect_answer(episode, answer=True, fact="missed-notify")
            expect_waited(episode, 0, 0)
            expect_free(episode)


def test_waits_until_true(program, explore):
    """Who is woken while the predicate is false waits on, until it is true; then True is returned."""
    goal, pause = program.draw(50, 99), program.draw(2, 4)
    changes = [[pause, goal - 1], [pause, goal - 2], [pause, goal]]
    quick = {"seconds": 60, "changes": [[0.01, value] for _, value in changes]}
    for kind, methods in (("plain", None), ("lock", HERE)):
        given = {"kind": kind, "seconds": 4 * pause, "goal": goal, "changes": changes, "probes": quick}
        for episode in explore(scenarios.wait_for_changes, preemptions=1, cap=FEW, methods=methods, **given):
            expect_answer(episode, answer=True, fact="condition-without-loop")
            if episode.explored:
                expect_waited(episode, 3 * pause, 3 * pause, fact="missed-notify")
            expect_free(episode)
    at_once = {"kind": "lock", "seconds": 10, "goal": goal, "changes": [[0, goal]]}
    given = {"preemptions": 2, "cap": 2 * FEW, "probes": {"seconds": 60}, "methods": HERE}
    for episode in explore(scenarios.wait_for_changes, **at_once, **given):
        expect_answer(episode, answer=True, fact="missed-notify")
        expect_waited(episode, 0, 0, fact="missed-notify")


def test_gives_up_in_time(program, explore):
    """False is returned once `seconds` have passed over all wake-ups together."""
    goal = program.draw(50, 99)
    for kind, seconds, free in (("plain", 10, 0.2), ("lock", 2.5, 0.3), ("plain", 0, 0)):
        given = {"kind": kind, "seconds": seconds, "start": 0, "goal": goal}
        for episode in explore(scenarios.wait_alone, preemptions=0, probes={"seconds": free}, methods=HERE, **given):
            expect_answer(episode, answer=False, fact="wait-result-ignored")
            expect_waited(episode, episode.given["seconds"], seconds)
            expect_free(episode)
    changes = [[3, number] for number in range(1, 8)]
    probes = {"seconds": 0.2, "changes": [[0.01, 1]]}
    given = {"kind": "plain", "seconds": 10, "goal": goal, "changes": changes}
    for episode in explore(scenarios.wait_for_changes, preemptions=0, probes=probes, methods=HERE, **given):
        expect_answer(episode, answer=False, fact="condition-without-loop")
        expect_waited(episode, episode.given["seconds"], 10, fact="timeout-per-item")
        expect_free(episode)


def test_asks_while_it_holds(program, explore):
    """The predicate is only called while the condition is held: it never sees what somebody changes half-way."""
    goal, last = program.draw(1, 50), program.draw(51, 99)
    for kind in ("plain", "lock"):
        given = {"kind": kind, "seconds": 5, "goal": goal, "values": [goal, last], "probes": {"seconds": 0.2}}
        for episode in explore(scenarios.wait_for_what_is_hidden, preemptions=1, cap=FEW, methods=HERE, **given):
            expect_answer(episode, answer=False, fact="torn-read")
            expect_free(episode)


def test_passes_an_error_on(program):
    """An exception of the predicate reaches the caller, and the condition is free."""
    goal = program.draw(1, 99)
    for kind, start, changes in (("plain", goal, []), ("lock", goal, []), ("plain", 0, [[0.1, goal]])):
        episode = program.play(scenarios.wait_and_fail, kind=kind, start=start, goal=goal, changes=changes)
        raised = episode.workers["waiter"].raised
        expect(raised, "what reached the caller", zh="到达调用者的异常").named("scenarios.Refusal")
        expect(raised.args, "the exception's arguments", zh="异常的参数").exactly((goal, "refused"))
        expect_free(episode)


def test_prints_nothing(program):
    """No function prints, neither where all goes well nor where a step raises or it is waited in vain."""
    episode = program.play(scenarios.every_function, rounds=program.draw(2, 4))
    expect(episode.raised, "what was raised", zh="引发的异常").exactly(None)
    expect(program.printed, "what was printed", zh="打印的内容", fact="printed").exactly("")
