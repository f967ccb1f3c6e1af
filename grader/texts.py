"""How a message is said in the language of its reader.

The English template is the key; `grader/locale/<language>/LC_MESSAGES/grader.po` holds the translations and is compiled
by `locale/build_hook.py` when the package is built or installed. What has no translation is said in English, string by
string; so does a bare checkout, where nothing was compiled.
"""

from __future__ import annotations

import errno
import gettext
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Protocol

from grader.errors import GraderError, Sentence, Unusable, UsageError
from grader.model.message import Message, Value, say, several

CHINESE = re.compile(r"[\u4e00-\u9fff]")
FIELD = r"\{(\w+)\}"
LANGUAGES = ("en", "zh")
REASONS = {
    errno.ENOENT: say("there is no such file"),
    errno.ENOTDIR: say("a file is where a folder should be"),
    errno.EEXIST: say("something else of that name is in the way"),
    errno.EISDIR: say("it is a folder"),
    errno.EACCES: say("you have no permission"),
    errno.EPERM: say("you have no permission"),
    errno.EROFS: say("what is there cannot be changed"),
    errno.ENOSPC: say("no space is left on the disk"),
    errno.EDQUOT: say("your share of the disk is used up"),
    errno.ENAMETOOLONG: say("the name is too long"),
}
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
            raise UsageError(
                say("there are no texts in the language {language}", language=repr(option)),
                hint=say("say --lang en or --lang zh"),
            )
        return language
    wish = _known(environ.get("GRADE_LANG", ""))
    if wish is not None:
        return wish
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environ.get(name):
            return _known(environ[name]) or "en"
    return "en"


def unknown_language(environ: Mapping[str, str]) -> str | None:
    """What $GRADE_LANG says if there are no texts in it: who set it would wait for them in vain."""
    wish = environ.get("GRADE_LANG", "")
    return wish if wish and _known(wish) is None else None


def translate(message: Sentence | str, language: str) -> str:
    """The message in `language`; what has no translation, or a broken one, is said in English.

    Values are not translated, but `what_zh` is said in the place of `what` where a message brings both. A sentence that
    begins with the label `{what}: ` is looked up without it.
    """
    if isinstance(message, str):
        return _looked_up(message, language)
    values = {name: message.values.get(f"{name}_{language}", value) for name, value in message.values.items()}
    try:
        template = _looked_up(message.template, language)
        return (_closed(template, values) if language == "zh" else template).format(**values)
    except (KeyError, IndexError, ValueError):
        return message.template.format(**message.values)


def within(name: str, said: Sentence | str) -> dict[str, str]:
    """A sentence as the value `name` of another, in each language: `say("not done: {why}", **within("why", why))`."""
    return {name: str(said), f"{name}_zh": translate(said, "zh")}


def why(error: Exception) -> dict[str, str]:
    """Why a file cannot be used as the value `reason`: in our words, or the system's where we have none."""
    if isinstance(error, Unusable):
        return within("reason", error.message)
    if isinstance(error, UnicodeError):
        return within("reason", say("it is not UTF-8"))
    if not isinstance(error, OSError):
        return within("reason", str(error))
    known = REASONS.get(error.errno or 0)
    return within("reason", known or error.strerror or str(error))


def sentence(said: str | Sentence) -> Message:
    """What an error says, for another process: it is said there in the language of whoever reads it."""
    return said if isinstance(said, Message) else Message(template="{text}", values={"text": str(said)})


def way_out(error: GraderError) -> Message | None:
    """Its hint, likewise, if it has one."""
    return sentence(error.hint) if error.hint else None


def told(error: GraderError) -> Message:
    """What an error says with its way out, for another message to contain, or for another process."""
    what = within("what", error.message)
    if not error.hint:
        return Message(template="{what}", values=what)
    return Message(template="{what} ({way_out})", values={**what, **within("way_out", error.hint)})


def speaker(language: str) -> Speaker:
    """`translate` for one language, to be called with a template and its values."""

    def _(template: str, /, **values: Value) -> str:
        return translate(Message(template=template, values=values), language)

    return _


def listed(words: Iterable[str], language: str) -> str:
    """The words with what stands between the parts of a list."""
    told = several("words", words)
    return told.get(f"words_{language}", told["words"])


def _looked_up(template: str, language: str) -> str:
    catalogue = _catalogue(language)
    sentence = template.removeprefix("{what}: ")
    said = catalogue.gettext(sentence) if sentence else ""
    return said if sentence == template else catalogue.gettext("{what}: ") + said


def _closed(template: str, values: Mapping[str, Value]) -> str:
    """The template without the blanks that set a foreign word off, where a value is Chinese itself."""

    def before(match: re.Match[str]) -> str:
        return match[1] if CHINESE.match(str(values.get(match[2], ""))[-1:]) else match[0]

    def after(match: re.Match[str]) -> str:
        return match[1] if CHINESE.match(str(values.get(match[2], ""))[:1]) else match[0]

    return re.sub(
        rf"({FIELD}) (?={CHINESE.pattern})", before, re.sub(rf"(?<={CHINESE.pattern}) ({FIELD})", after, template)
    )


def _known(tag: str) -> str | None:
    """`en` or `zh` for tags like `zh-CN`, `zh_Hans`, `en_GB.UTF-8` or `C`."""
    primary = tag.replace("_", "-").split(".")[0].split("-")[0].strip().lower()
    if primary in {"c", "posix"}:
        return "en"
    return primary if primary in LANGUAGES else None


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("grader", localedir=LOCALE, languages=[language], fallback=True)
