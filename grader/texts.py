"""How a message is said in the language of its reader.

The English template is the key; `grader/locale/<language>/LC_MESSAGES/grader.po` holds the translations and is compiled
by `locale/build_hook.py` when the package is built or installed. What has no translation is said in English, string by
string; so does a bare checkout, where nothing was compiled.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Protocol

from grader.errors import Sentence, UsageError
from grader.model.message import Message, Value

LANGUAGES = ("en", "zh")
LOCALE = Path(__file__).parent / "locale"


class Speaker(Protocol):
    """Says a template with its values in one language; writers call theirs `_`."""

    def __call__(self, template: str, /, **values: Value) -> str:
        """The text, said."""
        ...


def choose_language(option: str | None, environ: Mapping[str, str]) -> str:
    """The reader's language: `--lang`, then $GRADE_LANG, then the locale, then English."""
    if option:
        language = _known(option)
        if language is None:
            raise UsageError(f"there are no texts in the language {option!r}", hint="say --lang en or --lang zh")
        return language
    wish = _known(environ.get("GRADE_LANG", ""))
    if wish is not None:
        return wish
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environ.get(name):
            return _known(environ[name]) or "en"
    return "en"


def translate(message: Sentence | str, language: str) -> str:
    """The message in `language`; its values are never translated, and a missing or broken translation is English."""
    template = message if isinstance(message, str) else message.template
    said = _catalogue(language).gettext(template) if template else ""
    if isinstance(message, str):
        return said
    try:
        return said.format(**message.values)
    except (KeyError, IndexError, ValueError):
        return template.format(**message.values)


def speaker(language: str) -> Speaker:
    """`translate` for one language, to be called with a template and its values."""

    def _(template: str, /, **values: Value) -> str:
        return translate(Message(template=template, values=values), language)

    return _


def _known(tag: str) -> str | None:
    """`en` or `zh` for tags like `zh-CN`, `zh_Hans`, `en_GB.UTF-8` or `C`."""
    primary = tag.replace("_", "-").split(".")[0].split("-")[0].strip().lower()
    if primary in {"c", "posix"}:
        return "en"
    return primary if primary in LANGUAGES else None


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("grader", localedir=LOCALE, languages=[language], fallback=True)
