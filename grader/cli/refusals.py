"""What is wrong with a command line that click refuses, as a sentence of ours: click's own exist in English only."""

from __future__ import annotations

import re

import click

from grader.course.nearest import nearest
from grader.errors import UsageError
from grader.model.message import Message, say, several

NUMBER = re.compile(r"-[\d.]")  # click takes -1 for an option
IN_BRACKETS = re.compile(r"\((.*)\)\.?$", re.DOTALL)


def refused(error: click.ClickException) -> UsageError:
    """The same refusal, with the way out."""
    return UsageError(_what(error), hint=_way_out(error))


def _what(error: click.ClickException) -> Message | str:
    match error:
        case click.NoSuchOption(option_name=name) if NUMBER.match(name):
            return say("no number may be below 0 here")
        case click.NoSuchOption():
            return say("there is no option {option}", option=error.option_name)
        case click.BadOptionUsage():
            return _misused(error)
        case click.MissingParameter(param=click.Option() as option):
            return say("the option {option} is missing", option=option.opts[0])
        case click.MissingParameter(param=click.Parameter() as argument):
            return say("{name} is missing", name=_name(argument))
        case click.BadParameter(param=click.Parameter() as parameter):
            return _bad_value(parameter, error)
        case click.UsageError() if error.message.startswith("Got unexpected extra argument"):
            words = IN_BRACKETS.search(error.message)
            return say("more words than expected: {words}", words=words[1] if words else "")
    return error.format_message()


def _misused(error: click.BadOptionUsage) -> Message:
    """An option without its value, or a switch with one."""
    if "does not take a value" in error.message:
        return say("the option {option} takes no value", option=error.option_name)
    return say("the option {option} needs a value", option=error.option_name)


def _bad_value(parameter: click.Parameter, error: click.BadParameter) -> Message | str:
    """A value that is not of the parameter's type."""
    name = _name(parameter)
    match parameter.type:
        case click.Choice(choices=choices):
            return say("{name} is one of: {choices}", name=name, **several("choices", map(str, choices)))
        case click.IntRange(min=int(least), max=int(most)):
            return say("{name} is a whole number from {least} to {most}", name=name, least=least, most=most)
        case click.IntRange(min=int(least)):
            return say("{name} is a whole number, {least} at least", name=name, least=least)
        case click.types.FloatParamType():
            return say("{name} is a number", name=name)
    return error.format_message()


def _name(parameter: click.Parameter) -> str:
    """As the help page calls it: `--seed`, `EXERCISE`."""
    if isinstance(parameter, click.Option):
        return parameter.opts[0]
    return parameter.metavar or (parameter.name or "").upper()


def _asks_for_points(context: click.Context | None) -> bool:
    return context is not None and any(one.name == "points" for one in context.command.params)


def _meant(error: click.NoSuchOption) -> str | None:
    """The option that is near to what was typed: click counts the dashes, which are in all of them."""
    near = nearest(error.option_name.lstrip("-"), [name.lstrip("-") for name in error.possibilities or ()])
    return f"--{near}" if near else None


def _way_out(error: click.ClickException) -> Message:
    if isinstance(error, click.NoSuchOption) and (near := _meant(error)):
        return say("did you mean {name}?", name=near)
    context = getattr(error, "ctx", None)
    if isinstance(error, click.NoSuchOption) and NUMBER.match(error.option_name) and _asks_for_points(context):
        return say("points are from 0 to what the exercise gives")
    return say("{command} --help says what is possible", command=context.command_path if context else "grade")
