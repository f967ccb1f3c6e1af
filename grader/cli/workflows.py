"""What `grade ci` does besides grading: workflows to begin with, and the comment that a second workflow makes."""

from __future__ import annotations

from pathlib import Path

from grader import __version__
from grader.documents import Malformed
from grader.errors import UsageError
from grader.model.message import Message, say
from grader.report.comment import LARGEST, Reader, comment, read_result
from grader.texts import why

TEMPLATES = Path(__file__).parents[1] / "report" / "templates" / "ci"
PLACES = {
    "github": {
        "grade.yml": Path(".github/workflows/grade.yml"),
        "grade-comment.yml": Path(".github/workflows/grade-comment.yml"),
    },
    "github-action": {"action.yml": Path("action.yml")},
    "gitlab": {"gitlab.yml": Path(".gitlab/grade.yml")},
}


def write_workflows(platform: str, root: Path, language: str) -> list[Path]:
    """Write the files of a platform below `root`, to speak that language; raises UsageError if one is there already."""
    option = "" if language == "en" else f" --lang {language}"
    places = {name: root / place for name, place in PLACES[platform].items()}
    for place in places.values():
        if place.exists():
            raise UsageError(
                say("{path} is there already", path=str(place)), hint=say("move it away, then run the command again")
            )
    for name, place in places.items():
        text = (
            (TEMPLATES / name).read_text(encoding="utf-8").replace("@VERSION@", __version__).replace("@LANG@", option)
        )
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")
        except OSError as error:
            raise UsageError(say("{name} cannot be written: {reason}", name=str(place), **why(error))) from error
    return list(places.values())


def next_steps(platform: str, root: Path) -> list[Message]:
    """What is to be done with the files of a platform that were written below `root`."""
    steps = []
    if not (root / ".git").exists():
        steps.append(say("this is not the root of a repository: the platform reads these files only there"))
    steps += [
        say("commit what was written; it installs ipc-grader {version} from a package index", version=__version__)
    ]
    if platform == "gitlab":
        line = f"include: {{local: {PLACES[platform]['gitlab.yml']}}}"
        steps.append(say("it is in force when .gitlab-ci.yml has this line: {line}", line=line))
    return steps


def comment_from(result: Path, previous: Path | None, reader: Reader) -> str:
    """The comment for a result that nobody vouches for; raises UsageError if it is not one."""
    try:
        with result.open("rb") as file:
            read = read_result(file.read(LARGEST + 1))
        before = previous.read_text(encoding="utf-8", errors="replace")[:LARGEST] if previous is not None else ""
    except OSError as error:
        raise UsageError(say("{path} cannot be read: {reason}", path=str(error.filename), **why(error))) from error
    except Malformed as error:
        raise UsageError(
            say("{path} is not a result of this grader: {reason}", path=str(result), reason=str(error)[:200])
        ) from error
    return comment(read, before, reader)
