"""What ex90 demands."""

import scenarios

from grader.suite.expect import expect


def test_doubles(program):
    """Twice the number comes back."""
    number = program.draw(2, 1000)
    expect(program.call("double", number).value, "double", zh="double").exactly(2 * number)


def test_refuses_text(program):
    """Text is no number."""
    expect(program.call("double", "2").raised, "what double raises", zh="double 抛出的异常").named("builtins.TypeError")


def test_keeps_every_addition(program, explore):
    """No addition is lost, whichever way two processes interleave."""
    for episode in explore(scenarios.two_adders, start=program.draw(1, 50), times=1, probes={"times": 300}):
        wanted = episode.given["start"] + 2 * episode.given["times"]
        expect(episode.shared["counter"], "the counter", zh="计数器").exactly(wanted)
