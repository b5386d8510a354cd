"""One database, as of one moment: dumped, its rows summed up, put back. SQLite by its own copying, PostgreSQL by its programs."""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection, transaction

# Of rows fetched at a time.
ROWS = 2000
SQLITE, POSTGRESQL = "sqlite", "postgresql"
DUMPS = {SQLITE: "database.sqlite3", POSTGRESQL: "database.dump"}


class Failed(Exception):
    """What cannot be done; says why, and what to do."""


# --- Figures


def figure_of_rows(rows) -> dict:
    """``{"rows": how many, "figure": …}``: a sum of the SHA-256 of each row, so that their order does not matter."""
    count, total = 0, 0
    for row in rows:
        words = "\x1f".join(_plain(value) for value in row)
        total += int.from_bytes(hashlib.sha256(words.encode()).digest(), "big")
        count += 1
    return {"rows": count, "figure": f"{total % 2**256:064x}"}


def _plain(value) -> str:
    if isinstance(value, bytes | memoryview):
        return hashlib.sha256(value).hexdigest()
    if isinstance(value, dict | list):
        return json.dumps(value, sort_keys=True, ensure_ascii=False)
    return f"{type(value).__name__}:{value}"


def figures_of_tables(cursor_of, tables) -> dict:
    """{table: its figure}. ``cursor_of(sql)`` gives an iterable of rows, in constant memory."""
    return {table: figure_of_rows(cursor_of(f'SELECT * FROM "{table}"')) for table in tables}  # noqa: S608 - names of tables


# --- SQLite


def _sqlite_figures(path) -> dict:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        listed = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        return figures_of_tables(connection.execute, sorted(name for (name,) in listed))


def _dump_sqlite(settings, target):
    """A copy of the file as of one moment, while others read and write."""
    with (
        closing(sqlite3.connect(settings["NAME"], timeout=60)) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        source.backup(copy)
    return _sqlite_figures(target)


def _is_empty_sqlite(settings) -> bool:
    path = Path(settings["NAME"])
    return not path.exists() or not _sqlite_figures(path)


def _load_sqlite(settings, dump):
    path = Path(settings["NAME"])
    path.parent.mkdir(parents=True, exist_ok=True)
    for name in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
        name.unlink(missing_ok=True)
    shutil.copyfile(dump, path)
    return _sqlite_figures(path)


# --- PostgreSQL


@contextmanager
def _snapshot():
    """A connection that sees the database as of one moment, and the name under which ``pg_dump`` sees the same."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            name = cursor.fetchone()[0]
        yield connection, name


def _postgresql_figures(connection) -> dict:
    def rows(sql):
        # A cursor on the server: a table may be larger than memory.
        with connection.chunked_cursor() as cursor:
            cursor.itersize = ROWS
            cursor.execute(sql)
            yield from cursor

    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename")
        tables = [name for (name,) in cursor.fetchall()]
    with transaction.atomic():
        return figures_of_tables(rows, tables)


def _dump_postgresql(settings, target):
    with _snapshot() as (connection, snapshot):
        _run("pg_dump", settings, "--format=custom", "--no-owner", f"--snapshot={snapshot}", f"--file={target}")
        return _postgresql_figures(connection)


def _is_empty_postgresql(settings) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()")
        return cursor.fetchone()[0] == 0


def _load_postgresql(settings, dump):
    flags = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")
    _run("pg_restore", settings, *flags, f"--dbname={settings['NAME']}", str(dump), names_database=False)
    return _postgresql_figures(connection)


def _run(program, settings, *arguments, names_database=True):
    """One of PostgreSQL's own programs against the database of the settings; the password never stands in a command."""
    if not shutil.which(program):
        raise Failed(
            f"Chưa cài {program} của PostgreSQL. Hãy chạy: sudo apt-get install --no-install-recommends postgresql-client"
        )
    names = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD"}
    told = {variable: str(settings[name]) for name, variable in names.items() if settings.get(name)}
    where = [f"--dbname={settings['NAME']}"] if names_database else []
    done = subprocess.run(  # noqa: S603 - a program of PostgreSQL, by name
        [program, *where, *arguments], env=os.environ | told, capture_output=True, text=True
    )
    if done.returncode:
        raise Failed(f"{program} báo lỗi: {done.stderr.strip()}")


DUMP = {SQLITE: _dump_sqlite, POSTGRESQL: _dump_postgresql}
LOAD = {SQLITE: _load_sqlite, POSTGRESQL: _load_postgresql}
IS_EMPTY = {SQLITE: _is_empty_sqlite, POSTGRESQL: _is_empty_postgresql}


def found():
    """Which database this is: the engine (``sqlite`` or ``postgresql``) and the settings of the database."""
    return connection.vendor, connection.settings_dict
