"""Which files of a class share long sequences of tokens: fingerprints by winnowing, without what the stub gave.

Names and literals count as the same whatever they are, so renaming hides nothing; what the stub already holds, and what
most of the class holds, is nobody's. It is evidence for a human who compares the two files, never a verdict. Winnowing:
Schleimer, Wilkerson, Aiken, "Winnowing: local algorithms for document fingerprinting" (SIGMOD 2003).
"""

from __future__ import annotations

import hashlib
import io
import keyword
import tokenize
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from grader.intake.decode import as_text
from grader.model.class_facts import Alike

TOKENS = 17  # in a sequence: two independent solutions of a short exercise shared 4 % of these, 49 % of sequences of 5
WINDOW = 8  # of so many neighbouring sequences at least one is a fingerprint
LEAST_COMMON = 6  # fingerprints: fewer are a coincidence
LEAST_SHARE = 0.5
USUAL = 0.3  # of a class of at least MANY: what so many share comes from the lecture
MANY = 10
SILENT = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.ENCODING, tokenize.ENDMARKER}


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One file and all whose it is: a group, or several who handed in the same bytes."""

    students: tuple[str, ...]
    source: bytes


def alike(exercise: str, files: Sequence[File], stub: bytes) -> tuple[Alike, ...]:
    """The pairs that share at least half of the smaller one's own fingerprints, the most alike first."""
    marks = _own([fingerprints(file.source) for file in files], fingerprints(stub))
    where: dict[int, list[int]] = defaultdict(list)
    for number, mine in enumerate(marks):
        for mark in mine:
            where[mark].append(number)
    common = Counter(pair for owners in where.values() for pair in combinations(owners, 2))
    found = []
    for (first, second), count in common.items():
        share = count / min(len(marks[first]), len(marks[second]))
        if count >= LEAST_COMMON and share >= LEAST_SHARE:
            both = marks[first].keys() & marks[second].keys()
            found.append(
                Alike(
                    exercise=exercise,
                    first=files[first].students,
                    second=files[second].students,
                    share=share,
                    common=count,
                    lines=(_span(marks[first], both), _span(marks[second], both)),
                )
            )
    return tuple(sorted(found, key=lambda one: (-one.share, -one.common, one.first, one.second)))


def fingerprints(source: bytes) -> dict[int, int]:
    """Fingerprint -> the line where its sequence begins; empty for what is no Python."""
    tokens = list(_tokens(as_text(source)))
    sequences = [
        (_hash(" ".join(word for word, _ in tokens[at : at + TOKENS])), tokens[at][1])
        for at in range(len(tokens) - TOKENS + 1)
    ]
    chosen: dict[int, int] = {}
    for at in range(max(1, len(sequences) - WINDOW + 1) if sequences else 0):
        # Of equal ones the last, as the paper has it: fewer fingerprints for repetitive text.
        mark, line = min(reversed(sequences[at : at + WINDOW]), key=lambda pair: pair[0])
        chosen.setdefault(mark, line)
    return chosen


def _own(marks: Sequence[dict[int, int]], given: Mapping[int, int]) -> list[dict[int, int]]:
    counts = Counter(mark for mine in marks for mark in mine)
    most = USUAL * len(marks) if len(marks) >= MANY else len(marks)
    return [{mark: line for mark, line in mine.items() if mark not in given and counts[mark] <= most} for mine in marks]


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    """What remains when names, numbers and texts are all the same; docstrings are silent like comments."""
    begins = (tokenize.INDENT, tokenize.DEDENT)
    for before, (kind, word, line) in pairwise([(tokenize.INDENT, "", 0), *_significant(text)]):
        alone = kind == tokenize.STRING and (before[0] in begins or before[2] != line)
        if kind in begins:
            yield ("{" if kind == tokenize.INDENT else "}"), line
        elif not alone:
            yield _normal(kind, word), line


def _significant(text: str) -> Iterator[tuple[int, str, int]]:
    """Kind, text and line of each token, as far as the file can be read."""
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type not in SILENT:
                yield token.type, token.string, token.start[0]
    except (tokenize.TokenError, SyntaxError, ValueError):
        return


def _normal(kind: int, word: str) -> str:
    if kind == tokenize.NAME and not keyword.iskeyword(word):
        return "n"
    if kind == tokenize.NUMBER:
        return "0"
    if kind == tokenize.STRING or tokenize.tok_name[kind].startswith("FSTRING"):
        return "s"
    return word


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest())


def _span(marks: Mapping[int, int], both: set[int]) -> tuple[int, int]:
    lines = [marks[mark] for mark in both]
    return min(lines), max(lines)
