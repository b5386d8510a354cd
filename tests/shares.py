"""Which tests run on which database, in a run that has both.

PostgreSQL, which real use runs on, gets all that touches a database. SQLite gets the rest: what cannot touch one, what is
about the front end, and what can come out otherwise there. The sample takes twenty seconds of a processor to load: what asks
for it is PostgreSQL's alone. Without PostgreSQL, or with ``bin/test --all``, SQLite gets all.
"""

# {part of a test's address: why it can come out otherwise on SQLite}
CAN_DIFFER = {
    "/units/": "units are searched, sorted and followed through time by keys of their own",
    "_database_": "constraints",
    "_held_together": "constraints",
    "_search": "search",
    "_accent": "search",
    "_find": "search",
    "_found": "search",
    "_filter": "search",
    "_sort": "order",
    "_order": "order",
    "who_sees": "visibility",
    "who_reads": "visibility",
    "who_fetches": "visibility",
    "_nobody_": "visibility",
    "test_secrecy.py": "visibility",
    "test_backup.py": "each database is copied in a way of its own",
    "test_addresses.py": "every page",
    "steps/test_once.py": "two at once",
    "test_working.py": "two at once",
    "test_one_paper_issued_by_six": "two at once",
    "test_two_series_of_a_body": "two at once",
}


def touches_database(item) -> bool:
    """Whether a test may reach the database at all; pytest-django stops any other that tries."""
    return bool(
        item.get_closest_marker("django_db") or {"db", "transactional_db", "live_server"} & set(item.fixturenames)
    )


def asks_for_the_sample(item) -> bool:
    return bool({"sample", "sample_papers"} & set(item.fixturenames))


def is_for_postgresql(item) -> bool:
    """Whether a test is about the database, and more than the front end, or about the sample."""
    return asks_for_the_sample(item) or (touches_database(item) and not item.get_closest_marker("front_end"))


def is_for_sqlite(item) -> bool:
    """Whether a test can come out otherwise on SQLite than on PostgreSQL, or runs there only."""
    if not is_for_postgresql(item):
        return True
    if item.get_closest_marker("postgresql") or asks_for_the_sample(item):
        return False
    refused_by_the_database = "IntegrityError" in item.function.__code__.co_names
    return refused_by_the_database or any(part in item.nodeid.partition("[")[0] for part in CAN_DIFFER)
