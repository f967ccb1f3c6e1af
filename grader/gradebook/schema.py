"""How the gradebook is laid out in SQLite, and how an older one becomes today's: numbered steps, never edited."""

from __future__ import annotations

MIGRATIONS = (
    """
    CREATE TABLE runs (
        id INTEGER PRIMARY KEY,
        started_at REAL NOT NULL,      -- seconds since the epoch
        seed INTEGER NOT NULL,
        source TEXT NOT NULL,          -- the folder or archive that was graded
        layout TEXT NOT NULL
    ) STRICT;
    CREATE TABLE attempts (
        plan_key TEXT NOT NULL,        -- what was graded under which conditions (model.plan.Plan)
        repeat INTEGER NOT NULL,
        document TEXT NOT NULL,        -- attempt.json as the instructor may see it, without the student
        PRIMARY KEY (plan_key, repeat)
    ) STRICT;
    CREATE TABLE grades (
        run INTEGER NOT NULL REFERENCES runs (id),
        student TEXT NOT NULL,
        exercise TEXT NOT NULL,
        name TEXT NOT NULL,
        origin TEXT NOT NULL,
        handed_in_at REAL,
        late INTEGER NOT NULL,
        plan_key TEXT NOT NULL,
        PRIMARY KEY (run, student, exercise)
    ) STRICT;
    CREATE INDEX grades_by_attempt ON grades (plan_key);
    """,
)
VERSION = len(MIGRATIONS)
