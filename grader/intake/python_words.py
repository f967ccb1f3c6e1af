"""Python's own words for what is no Python, as messages that can be said in another language, too.

The words are CPython's, 3.11 to 3.13 (`Parser/`, `Python/symtable.c`, `Python/compile.c`), chosen by what beginners
meet. What is not among them is told as Python says it. Translations keep Python's words in brackets: students search
for them, and read them again when they run the file themselves.
"""

from __future__ import annotations

import re
import string

from grader.model.message import Message, say
from grader.texts import within

WORDS = (
    say("invalid syntax"),
    say("invalid syntax. Perhaps you forgot a comma?"),
    say("invalid syntax. Maybe you meant '==' or ':=' instead of '='?"),
    say("expected {token}"),
    say("expected 'except' or 'finally' block"),
    say("expected an indented block after '{word}' statement on line {number}"),
    say("expected an indented block after function definition on line {number}"),
    say("expected an indented block after class definition on line {number}"),
    say("unexpected indent"),
    say("unindent does not match any outer indentation level"),
    say("inconsistent use of tabs and spaces in indentation"),
    say("'{bracket}' was never closed"),
    say("unmatched '{bracket}'"),
    say("closing parenthesis '{closing}' does not match opening parenthesis '{opening}'"),
    say("closing parenthesis '{closing}' does not match opening parenthesis '{opening}' on line {number}"),
    say("unterminated string literal (detected at line {number})"),
    say("unterminated triple-quoted string literal (detected at line {number})"),
    say("unterminated f-string literal (detected at line {number})"),
    say("unexpected character after line continuation character"),
    say("unexpected EOF while parsing"),
    say("invalid character '{character}' (U+{code})"),
    say("invalid non-printable character U+{code}"),
    say("invalid decimal literal"),
    say("leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers"),
    say("cannot assign to {what}"),
    say("cannot assign to {what} here. Maybe you meant '==' instead of '='?"),
    say("positional argument follows keyword argument"),
    say("non-default argument follows default argument"),
    say("parameter without a default follows parameter with a default"),
    say("keyword argument repeated: {name}"),
    say("duplicate argument '{name}' in function definition"),
    say("Missing parentheses in call to 'print'. Did you mean print(...)?"),
    say("multiple exception types must be parenthesized"),
    say("'{word}' outside function"),
    say("'await' outside async function"),
    say("'break' outside loop"),
    say("'continue' not properly in loop"),
    say("name '{name}' is used prior to global declaration"),
    say("name '{name}' is assigned to before global declaration"),
    say("name '{name}' is parameter and global"),
    say("no binding for nonlocal '{name}' found"),
    say("(unicode error) 'unicodeescape' codec can't decode bytes in position {where}: {detail}"),
)


def in_words(said: str) -> Message:
    """What Python said, as a message whose English is just that."""
    for pattern, template in _PATTERNS:
        if found := pattern.fullmatch(said):
            return say(template, **found.groupdict())
    return say("{said}", said=said)


def no_python(said: str) -> Message:
    """The sentence that a text is not Python, with the reason in Python's words."""
    return say("this is not Python: {reason}", **within("reason", in_words(said)))


def _pattern(template: str) -> re.Pattern[str]:
    parts = string.Formatter().parse(template)
    return re.compile("".join(re.escape(text) + (f"(?P<{name}>.+?)" if name else "") for text, name, *_ in parts))


# What has more fixed words is tried first: a field takes anything.
_PATTERNS = tuple(
    (_pattern(one.template), one.template)
    for one in sorted(WORDS, key=lambda one: len(re.sub(r"\{.*?\}", "", one.template)), reverse=True)
)
