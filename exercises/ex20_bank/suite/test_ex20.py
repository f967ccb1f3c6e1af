"""What the contract of ex20 promises, one check per promise.

Nothing is demanded of the order in which locks are taken, nor how many: who reads or writes a balance is a function of
the student's, always. What several calls at once may come to is what they could come to one after the other.
"""

import itertools

import scenarios

from grader.suite.expect import expect

MOST = 60  # schedules: those with one preemption, and the first of those with two
ANY_TYPE = [("i", 0), ("h", 1), ("B", 2), ("Q", 3)]


def all_returned(episode):
    """Fail with whatever kept a process of the episode from returning."""
    return [answer.value for answer in episode.workers.values()]


def expect_free(episode):
    label = "whether the locks are free afterwards"
    expect(episode.value, label, zh="之后各把锁是否空闲", fact="lock-not-released").exactly(True)


def expect_accounts(episode, name, amounts, *, fact=None):
    expect(episode.shared[name], "the accounts", zh="各账户的余额", fact=fact).exactly(amounts)


def moved(amounts, source, target, amount):
    """The answer of a transfer that is alone, and the accounts afterwards."""
    after = list(amounts)
    if amounts[source] < amount:
        return False, after
    after[source] -= amount
    after[target] += amount
    return True, after


def in_some_order(amounts, transfers):
    """Everything that the transfers can come to, one after the other: (answers, accounts)."""
    outcomes = []
    for order in itertools.permutations(range(len(transfers))):
        answers, accounts = [None] * len(transfers), amounts
        for number in order:
            answers[number], accounts = moved(accounts, *transfers[number])
        if (answers, accounts) not in outcomes:
            outcomes.append((answers, accounts))
    return outcomes


def expect_each(episode, *, fact=None):
    """Each transfer that was alone gave the answer and left the accounts that are due."""
    for number, (_, amounts, *move) in enumerate(episode.given["cases"]):
        answer, accounts = moved(amounts, *move)
        seen = episode.workers[f"transfer_{number}"].value
        expect(seen, "what transfer returned", zh="transfer 的返回值").exactly(answer)
        expect_accounts(episode, f"accounts_{number}", accounts, fact=fact)
    expect_free(episode)


def expect_some_order(episode, *, fact=None):
    """What all transfers answered, with what is in the accounts, is what some order of them comes to."""
    answers = [answer.value for name, answer in episode.workers.items() if name.startswith("transfer")]
    seen = (answers, episode.shared["accounts"])
    label, zh = "what the transfers returned, and the accounts", "各次 transfer 的返回值和各账户的余额"
    outcomes = in_some_order(episode.given["amounts"], episode.given["transfers"])
    expect(seen, label, zh=zh, fact=fact).one_of(*outcomes)
    expect_free(episode)


def test_moves_the_amount(program):
    """The amount leaves one account and arrives at the other, everything and nothing included; called by keyword."""
    held, part = program.draw(50, 90), program.draw(2, 40)
    cases = [["q", [program.draw(1, 9), held, program.draw(1, 9)], 1, 0, part], ["q", [held, 5], 0, 1, held]]
    cases += [[typecode, [7, held, 0], 1, 2, part + at] for typecode, at in ANY_TYPE]
    cases += [["l", [0, 3], 0, 1, 0], ["l", [3, part, 2, 1], 3, 1, 1], ["q", [2**40, 2**50], 1, 0, 2**45 + part]]
    expect_each(program.play(scenarios.transfers_apart, cases=cases))
    for episode in program.everywhere(scenarios.transfers_apart, cases=cases[:1]):
        expect_each(episode)


def test_refuses_what_is_not_there(program):
    """If the source holds less, the answer is False and nothing has changed."""
    held = program.draw(3, 90)
    cases = [["q", [held, 500], 0, 1, held + 1], ["h", [500, held], 1, 0, 300], ["i", [0, 5, 6], 0, 2, 1]]
    cases += [["Q", [held, 7], 0, 1, held + 1], ["B", [held, 7], 0, 1, 255]]
    expect_each(program.play(scenarios.transfers_apart, cases=cases))


def test_rejects_negative_amounts(program):
    """A negative amount raises ValueError; nothing has changed and the locks are free."""
    held, amount = program.draw(20, 90), -program.draw(2, 9)
    cases = [["q", [held, 40], 0, 1, amount], ["q", [held, 40], 1, 0, -1], ["i", [0, 0, 5], 1, 1, -1]]
    cases += [["q", [held, 0], 0, 1, -1000], ["h", [held], 0, 0, amount]]
    episode = program.play(scenarios.transfers_apart, cases=cases)
    for number, (_, amounts, *_) in enumerate(cases):
        raised = episode.workers[f"transfer_{number}"].raised
        expect(raised, "what reached the caller", zh="到达调用者的异常").named("ValueError")
        expect_accounts(episode, f"accounts_{number}", amounts)
    expect_free(episode)


def test_moves_to_itself(program):
    """From an account to itself nothing moves; the answer says whether it holds that much."""
    held = program.draw(3, 90)
    cases = [["q", [held, 8], 0, 0, held - 1], ["i", [8, held], 1, 1, held], ["q", [held, 8], 0, 0, held + 1]]
    cases += [["h", [held], 0, 0, 1], ["q", [500, 0], 1, 1, 1], ["q", [0, 9], 0, 0, 0]]
    expect_each(program.play(scenarios.transfers_apart, cases=cases))


def test_loses_no_money(program, explore):
    """Transfers that share an account lose nothing and make nothing, whichever way they interleave."""
    moves = [[0, 2, program.draw(2, 9)], [1, 2, program.draw(11, 20)]]
    amounts = [program.draw(50, 90), program.draw(50, 90), program.draw(50, 90)]
    for episode in explore(scenarios.at_once, amounts=amounts, transfers=moves, preemptions=1):
        expect_some_order(episode)


def test_spends_nothing_twice(program, explore):
    """Of two transfers for which there is not enough, one is refused, whichever way they interleave."""
    held = program.draw(20, 30)
    moves = [[0, 1, held - program.draw(1, 5)], [0, 2, held - program.draw(1, 5)]]
    for episode in explore(scenarios.at_once, amounts=[held, 0, 0], transfers=moves):
        expect_some_order(episode, fact="check-then-act")


def test_never_deadlocks(program, explore):
    """Transfers in opposite directions, or in a circle, all come to an end."""
    amounts = [program.draw(50, 90) for _ in range(4)]
    there_and_back = [[3, 1, program.draw(2, 9)], [1, 3, program.draw(2, 9)]]
    circle = [[number, (number + 1) % 3, 100] for number in range(3)]
    for episode in explore(scenarios.at_once, amounts=amounts, transfers=there_and_back, watched=False, preemptions=1):
        expect_answers(episode, [True, True])
    for episode in explore(scenarios.at_once, amounts=amounts, transfers=circle, watched=False, cap=MOST):
        expect_answers(episode, [False] * 3)


def expect_answers(episode, answers):
    expect(all_returned(episode), "what the transfers returned", zh="各次 transfer 的返回值").exactly(answers)


def test_counts_all_accounts(program):
    """`total` is the sum of all accounts, of one and of none, too; called by keyword."""
    drawn = [program.draw(1, 90) for _ in range(5)]
    cases = [["q", drawn], ["i", drawn[:1]], ["h", [0, 0, drawn[1]]], ["q", [2**40, drawn[2]]], ["B", [200, 250]]]
    cases += [["q", []], ["i", drawn[3:] * 10], ["q", [0]]]
    episode = program.play(scenarios.totals_apart, cases=cases)
    for number, (_, amounts) in enumerate(cases):
        seen = episode.workers[f"total_{number}"].value
        expect(seen, "what total returned", zh="total 的返回值").exactly(sum(amounts))
        if amounts:
            expect_accounts(episode, f"accounts_{number}", amounts)
    expect_free(episode)


def test_waits_for_the_locks(program, explore):
    """A lock that somebody holds for long is waited for: it is no reason to say that there is not enough."""
    amounts = [program.draw(50, 90), program.draw(50, 90)]
    move, pauses = [0, 1, program.draw(2, 9)], {"pause": 3, "probes": {"pause": 0.1}}
    cases = [(["transfer", *move], 0, True), (["transfer", *move], 1, True), (["total"], 1, sum(amounts))]
    for called, held, right in cases:
        given = {"amounts": amounts, "called": called, "held": held}
        for episode in explore(scenarios.beside_a_holder, preemptions=0, **given, **pauses):
            seen = episode.workers["caller"].value
            label, zh = f"what {called[0]} returned", f"{called[0]} 的返回值"
            expect(seen, label, zh=zh, fact="gives-up-early").exactly(right)


def test_counts_at_one_moment(program, explore):
    """`total` counts no amount twice and misses none while others transfer, in whichever direction."""
    amounts = [program.draw(50, 90), program.draw(50, 90), program.draw(50, 90)]
    for source, target in ((0, 2), (2, 0)):
        moves = [[source, target, program.draw(2, 40)]]
        for episode in explore(scenarios.at_once, amounts=amounts, transfers=moves, totals=1):
            seen = episode.workers["total_0"].value
            expect(seen, "what total returned", zh="total 的返回值", fact="torn-read").exactly(sum(amounts))
            expect_some_order(episode)


def test_prints_nothing(program):
    """Neither function prints, whether all goes well or not."""
    cases = [["q", [5, 5], 0, 1, 3], ["q", [5, 5], 0, 1, 9], ["q", [5, 5], 0, 1, -1], ["q", [5, 5], 1, 1, 2]]
    transfers = program.play(scenarios.transfers_apart, cases=cases)
    expect(transfers.workers["transfer_0"].value, "what transfer returned", zh="transfer 的返回值").exactly(True)
    totals = program.play(scenarios.totals_apart, cases=[["q", [5, 5]]])
    expect(totals.workers["total_0"].value, "what total returned", zh="total 的返回值").exactly(10)
    expect(program.printed, "what was printed", zh="打印的内容", fact="printed").exactly("")
