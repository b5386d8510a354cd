"""The databases of the tests themselves."""

import sqlite3
import threading
from contextlib import closing, suppress

from tests.databases import copy_file


def test_a_copy_is_whole_though_others_open_it_while_it_is_made(tmp_path):
    """Closed windows still send what was typed: a file that is put in their way would lose its tables to their log."""
    source, name, ended = str(tmp_path / "source"), str(tmp_path / "copy"), threading.Event()
    with closing(sqlite3.connect(source)) as made, made:
        made.executescript("".join(f"CREATE TABLE t{number} (a);" for number in range(200)))

    def open_now_and_again():
        while not ended.is_set():
            with suppress(sqlite3.OperationalError), closing(sqlite3.connect(name, timeout=20)) as late:
                late.execute("PRAGMA journal_mode=WAL")
                late.execute("SELECT * FROM t0").fetchall()

    copy_file(source, name)
    threads = [threading.Thread(target=open_now_and_again) for _ in range(4)]
    for thread in threads:
        thread.start()
    counts = []
    try:
        for _ in range(25):
            copy_file(source, name)
            with closing(sqlite3.connect(name, timeout=20)) as test, test:
                counts.append(test.execute("SELECT count(*) FROM t0").fetchone()[0])
                test.execute("INSERT INTO t0 VALUES (1)")
    finally:
        ended.set()
        for thread in threads:
            thread.join()
    assert counts == [0] * 25
