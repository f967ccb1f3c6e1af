"""A sentence for people that can be said in every language of the course."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

Value = str | int | float


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A template with named fields and their values.

    The template is English and is the key of its translations (`texts.translate`); the values are never translated.
    Machine output always takes `str(message)`.
    """

    template: str
    values: Mapping[str, Value] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.template.format(**self.values)


def say(template: str, /, **values: Value) -> Message:
    """A Message, written as a call: `say("expected {expected}", expected="2")`."""
    return Message(template=template, values=values)


def several(name: str, words: Iterable[str]) -> dict[str, str]:
    """A list as the value `name`, as each language writes one: `say("there are: {ids}", **several("ids", found))`."""
    words = list(words)
    return {name: ", ".join(words), f"{name}_zh": "、".join(words)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A text of the course in its languages; English is always there."""

    en: str
    zh: str = ""

    def in_(self, language: str) -> str:
        """The text in `language` ("en" or "zh"), English where there is none."""
        return self.zh if language == "zh" and self.zh else self.en
