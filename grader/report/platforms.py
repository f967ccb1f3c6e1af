"""What other platforms read: GitLab's code quality, Classroom 50's result."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence

from grader.report.github import Annotation, Graded, points_of

# Names that Classroom 50 gives by the environment of its runner.
FROM_ENVIRONMENT = {
    "classroom": "CLASSROOM",
    "assignment": "ASSIGNMENT",
    "submission": "SUBMISSION_TAG",
    "commit": "COMMIT_URL",
    "release": "RELEASE_URL",
    "review": "REVIEW_URL",
}


def code_quality(found: Sequence[Annotation]) -> list[dict[str, object]]:
    """Docs: docs.gitlab.com, "Code Quality", "Import Code Quality results"."""
    return [
        {
            "description": f"{one.title}. {one.message}".replace("\n", " "),
            "check_name": one.code,
            "fingerprint": hashlib.sha256(f"{one.path}\0{one.code}\0{one.line}".encode()).hexdigest(),
            "severity": "major",
            "location": {"path": one.path, "lines": {"begin": one.line or 1}},
        }
        for one in found
    ]


def classroom50(graded: Sequence[Graded], environment: Mapping[str, str], now: dt.datetime) -> dict[str, object]:
    """`classroom50/result/v1`: scores are integers there, so a point is a hundred of them."""
    tests = [
        {
            "test-name": f"{one.view.exercise} {row.number}. {row.title}",
            "passed": row.points == row.max_points,
            "score": round(100 * points_of(row.points)),
            "max-score": round(100 * points_of(row.max_points)),
        }
        for one in graded
        for row in one.view.rows
    ]
    return {
        "schema": "classroom50/result/v1",
        **{key: environment.get(name, "") for key, name in FROM_ENVIRONMENT.items()},
        "datetime": now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "score": sum(int(str(test["score"])) for test in tests),
        "max-score": sum(int(str(test["max-score"])) for test in tests),
        "tests": tests,
    }
