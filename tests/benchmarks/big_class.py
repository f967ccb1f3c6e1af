"""A gradebook of 300 students and 21 exercises that were never graded: to look at the page about a class, and time it.

python -m tests.benchmarks.big_class FOLDER && grade class FOLDER --open
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from grader.course.read import read_course, read_exercise
from grader.gradebook.store import Store
from grader.grading.plan import make_plan
from grader.model.exercise import Exercise
from grader.model.grade import Adjustment, NeedsHuman, Student
from grader.model.message import say
from grader.model.submission import Submission

STUDENTS, EXERCISES = 300, 21
COURSE = Path(__file__).parents[2] / "exercises"
GIVEN = (
    "Ann",
    "Bob",
    "Chiara",
    "Dmitri",
    "Elif",
    "Femi",
    "Grace",
    "Hugo",
    "Inès",
    "Jun",
    "Kofi",
    "Lena",
    "伟",
    "娜",
    "静",
)
FAMILY = ("Adler", "Brown", "Costa", "Dubois", "Eriksson", "Fischer", "García", "Hansen", "王", "李", "张", "刘")
CODES = (
    "lost-update",
    "lock-order",
    "join-before-drain",
    "missing-sentinel",
    "zombie",
    "child-left-behind",
    "deadline",
)
SOURCE = '''"""By {name}."""
import multiprocessing  # {name}, {id}


def add_many(counter, lock, times):
    """Adds."""
    for _ in range(times):
        counter.value += {number}  # {name} was here
'''


def document(exercise: Exercise, id_: str, strength: float, draw: random.Random) -> dict[str, Any]:
    """An attempt of somebody who passes a check the more likely, the stronger and the earlier it is."""
    checks, points = [], 0.0
    for number, check in enumerate(exercise.checks):
        passed = draw.random() < strength - 0.04 * number + 0.2
        code = draw.choice(CODES)
        diagnosis = {
            "code": code,
            "title": code,
            "sentence": f"{code}.",
            "next_step": "",
            "sites": [{"file": f"{id_}.py", "line": 8}],
        }
        points += check.points if passed else 0
        checks.append(
            {
                "id": check.id,
                "title": check.title.en,
                "outcome": "passed" if passed else "failed",
                "points": check.points if passed else 0.0,
                "max_points": check.points,
                "diagnoses": [] if passed else [diagnosis],
            }
        )
    verdict = "accepted" if points == 10 else "partial" if points else "rejected"
    if (fate := draw.random()) > 0.99:
        verdict, points_told = ("inconclusive", None) if fate > 0.995 else ("ungradable", 0.0)
    else:
        points_told = points
    return {
        "exercise": id_,
        "verdict": verdict,
        "points": points_told,
        "max_points": 10.0,
        "checks": checks,
        "duration_s": draw.expovariate(0.3),
        "isolation": {"level": "namespace"},
        "versions": {"grader": "0.1", "python": "3.11.7", "exercise": exercise.digest},
    }


def submissions(people: list[Student], id_: str, draw: random.Random) -> Iterator[Submission]:
    """Nearly everybody hands in, some late."""
    for one in people:
        if draw.random() > 0.04:
            source = SOURCE.format(name=one.name, id=one.id, number=draw.randrange(9)).encode()
            yield Submission(
                exercise=id_, origin=f"{one.id}.py", source=source, digest=f"{id_}-{one.id}", students=(one.id,),
                late=draw.random() < 0.05,
            )  # fmt: skip


def main(folder: Path) -> None:
    """Write the gradebook, and empty pages for the links."""
    draw = random.Random(7)
    course = [read_exercise(COURSE / name) for name in read_course(COURSE).exercises]
    people = [
        Student(id=f"2023{number:06}", name=f"{draw.choice(GIVEN)} {draw.choice(FAMILY)}") for number in range(STUDENTS)
    ]
    strength = {one.id: draw.gauss(0.6, 0.2) for one in people}
    with Store(folder / "gradebook.db") as store:
        for number in range(1, EXERCISES + 1):
            exercise, id_ = course[(number - 1) % len(course)], f"ex{number:02}"
            run = store.begin_run(started_at=time.time(), seed=number, source=f"/class/{id_}.zip", layout="canvas")
            planned = [
                (one, make_plan(exercise, one, seed=number, python=None, demanded=None))
                for one in submissions(people, id_, draw)
            ]
            store.expect(run, planned, {one.id: one.name for one in people})
            with store._writing() as connection:
                connection.executemany(
                    "INSERT OR REPLACE INTO attempts (plan_key, repeat, document) VALUES (?, 0, json(?))",
                    [
                        (plan.key, json.dumps(document(exercise, id_, strength[s.students[0]], draw)))
                        for s, plan in planned
                    ],
                )
            for submission, _ in planned:
                page = folder / "students" / submission.students[0] / f"{id_}.html"
                page.parent.mkdir(parents=True, exist_ok=True)
                page.touch()
        humans(store, people)


def humans(store: Store, people: list[Student]) -> None:
    """What is left to them, and what one of them decided."""
    message = say("{file} is one of several that this student handed in", file="ex21.py")
    fourth = NeedsHuman(student=people[3].id, name=people[3].name, exercise="ex21", message=message)
    store.leave_to_humans(store.runs()[-1], [fourth], [])
    made = Adjustment(
        student=people[5].id, exercise="ex03", points=9.5, reason="", by="Eva", made_at=1.0, plan_key="", earned=3.0
    )  # fmt: skip
    store.adjust(made)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
