"""Gradescope's export: `submission_metadata.yml` beside one folder `submission_<id>` for each submission."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from grader.errors import UsageError
from grader.intake.entries import Entry, by_folder, peeled
from grader.intake.layouts.layout import HandIn
from grader.model.exercise import Exercise
from grader.model.message import say

METADATA = "submission_metadata.yml"
LARGEST = 32 * 1024 * 1024
PREFIX = "submission_"


class Gradescope:
    """See above. Keys are Ruby symbols: strings with a colon in front."""

    def fits(self, entries: Sequence[Entry]) -> bool:
        """There is the file with who is who."""
        return any(entry.name == METADATA for entry in peeled(tuple(entries)) if len(entry.path.parts) == 1)

    def hand_ins(self, entries: tuple[Entry, ...], exercises: Sequence[Exercise]) -> tuple[HandIn, ...]:  # noqa: ARG002
        """One per folder that the metadata names; its submitters share it."""
        inside = peeled(entries)
        metadata = next(entry for entry in inside if entry.name == METADATA and len(entry.path.parts) == 1)
        found, folders = [], by_folder(inside)
        for folder, facts in _load(metadata).items():
            people = _people(facts)
            found.append(
                HandIn(
                    students=tuple(student for student, _ in people) or (folder.removeprefix(PREFIX),),
                    name=", ".join(name for _, name in people) or folder,
                    entries=folders.get(folder, ()),
                    handed_in_at=_moment(facts.get(":created_at")),
                )
            )
        return tuple(found)


def _load(metadata: Entry) -> Mapping[str, Mapping[str, Any]]:
    try:
        import yaml
    except ImportError as error:
        raise UsageError(
            say("reading a Gradescope export needs PyYAML"), hint=say("pip install 'ipc-grader[lms]'")
        ) from error

    class Reader(yaml.SafeLoader):
        """Takes Ruby's tagged mappings for mappings; makes no objects."""

    Reader.add_multi_constructor("!ruby/", lambda loader, _suffix, node: loader.construct_mapping(node, deep=True))
    try:
        document = yaml.load(metadata.read(LARGEST), Loader=Reader)  # noqa: S506  (a SafeLoader)
    except (yaml.YAMLError, OSError, ValueError, RecursionError) as error:
        raise UsageError(
            say("{file} cannot be read: {reason}", file=metadata.origin, reason=str(error)[:200])
        ) from error
    if not isinstance(document, dict) or not all(isinstance(facts, dict) for facts in document.values()):
        raise UsageError(say("{file} does not list submissions", file=metadata.origin))
    return {str(folder): facts for folder, facts in document.items()}


def _people(facts: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(id, name) of each submitter: the student id as text, since zeros may lead it, else the address."""
    people = []
    for person in facts.get(":submitters") or ():
        if isinstance(person, dict):
            student = person.get(":sid") or person.get(":email") or person.get(":name")
            people.append((str(student), str(person.get(":name") or student)))
    return people


def _moment(value: object) -> float | None:
    if isinstance(value, dt.datetime):
        return value.timestamp() if value.tzinfo else value.replace(tzinfo=dt.UTC).timestamp()
    return None
