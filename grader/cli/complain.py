"""Says on stderr what was wrong with a request, and the way out."""

from __future__ import annotations

import click

from grader.errors import GraderError, Sentence
from grader.model.message import Message
from grader.texts import translate


def complain(error: GraderError, language: str) -> None:
    """Tell an error of ours in the language of the one at the keyboard."""
    click.echo(f"grade: {_said(error.message, language)}", err=True)
    if error.hint:
        click.echo(f"  {_said(error.hint, language)}", err=True)


def _said(sentence: str | Sentence, language: str) -> str:
    return translate(sentence, language) if isinstance(sentence, Message | str) else str(sentence)
