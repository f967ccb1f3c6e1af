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
    # 2: every file that a student handed in is kept, not only the last one of a run; what a human decided; sources.
    """
    CREATE TABLE entries (
        number INTEGER PRIMARY KEY,
        run INTEGER NOT NULL REFERENCES runs (id),
        student TEXT NOT NULL,
        exercise TEXT NOT NULL,
        name TEXT NOT NULL,
        origin TEXT NOT NULL,
        handed_in_at REAL,
        late INTEGER NOT NULL,
        plan_key TEXT NOT NULL,
        digest TEXT NOT NULL,          -- of the file, or of a run before this step: its plan_key
        UNIQUE (run, student, exercise, plan_key)
    ) STRICT;
    CREATE INDEX entries_by_attempt ON entries (plan_key);
    INSERT INTO entries (run, student, exercise, name, origin, handed_in_at, late, plan_key, digest)
        SELECT run, student, exercise, name, origin, handed_in_at, late, plan_key, plan_key FROM grades
        ORDER BY run, student, exercise;
    DROP TABLE grades;
    CREATE TABLE sources (
        digest TEXT PRIMARY KEY,
        source BLOB NOT NULL
    ) STRICT;
    CREATE TABLE students (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        late_days INTEGER              -- from the roster, in the place of the policy's
    ) STRICT;
    CREATE TABLE adjustments (
        number INTEGER PRIMARY KEY,    -- the last of a student and exercise holds, earlier ones are its history
        student TEXT NOT NULL,
        exercise TEXT NOT NULL,
        points REAL,                   -- NULL takes back what was set before
        reason TEXT NOT NULL,
        made_by TEXT NOT NULL,
        made_at REAL NOT NULL,
        plan_key TEXT NOT NULL,        -- the attempt that the human had seen, and its points
        earned REAL
    ) STRICT;
    CREATE TABLE unclear (
        run INTEGER NOT NULL REFERENCES runs (id),
        student TEXT NOT NULL,
        name TEXT NOT NULL,
        exercise TEXT,
        message TEXT NOT NULL          -- JSON: [template, values]
    ) STRICT;
    """,
    # 3: what the numbers of students without names are drawn from.
    """
    CREATE TABLE secrets (
        name TEXT PRIMARY KEY,
        value BLOB NOT NULL
    ) STRICT;
    """,
    # 4: all that is known of an attempt, so that a student's page can be drawn from it at any time.
    """
    ALTER TABLE attempts ADD COLUMN facts BLOB;  -- zlib over model.attempt.Attempt as JSON
    """,
)
VERSION = len(MIGRATIONS)
