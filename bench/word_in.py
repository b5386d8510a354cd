"""How many fields of letters of many shapes are recognised, how fast, and how much of a long file comes over.

The letters are made by chance (``incoming_letters``), in two halves. What is missed in the first is printed with ``SHOW=1``,
to be mended; the second is kept back, and only counted:

    .venv/bin/python bench/word_in.py [letters]

One line ``name=value`` each: ``fields`` and ``kept_fields`` (shares of those that each letter of a half has), ``kept_<field>``,
``ms_a_letter`` (median), ``long_s`` (seconds of a file of 1,000 pages) and ``long_body_mb`` (its words in the paper).
"""

import os
import random
import statistics
import sys
import time
from collections import Counter

import sizes  # noqa: F401 - sets Django up, before any model is imported
from incoming_letters import OTHERS, made, sentence

from documents.word.reading.reading import read
from documents.word.reading.spelled import bare
from tests.documents.word.incoming import letter, p, row, table

_SAME = ("type", "issuer", "superior", "symbol", "number", "place", "to", "bases", "recipients", "archive", "urgency")


def judged(reading, facts):
    """{field: whether it was recognised} of those that a letter has."""
    paper, told = reading.paper, _told(facts)
    right = {name: told(getattr(paper, name)) == told(facts[name]) for name in _SAME if facts[name]}
    right["date"] = (paper.date.year, paper.date.month) == facts["date"]
    right["subject"] = told(paper.subject).lower() == told(facts["subject"]).lower()
    right["capacity"] = told(paper.signature.capacity) == told(facts["capacity"])
    right["signer"] = told(paper.signature.name) == told(facts["signer"])
    said = told(" ".join(paper.body.split()))
    right["body"] = (
        all(told(words.rstrip(".")) in said for words in facts["paragraphs"]) and told("Nơi nhận") not in said
    )
    if facts["signers"] > 1:
        post, name = OTHERS[0]
        second = paper.second_signature
        right["second_signer"] = bool(second) and told((*second.capacity, second.name)) == told((post, name))
    if facts["signers"] > 2:
        right["third_signer"] = any(told(OTHERS[1][1]) in told(note) for note in reading.notes)
    if facts["tables"]:
        right["table"] = "|---" in paper.body or "|:--" in paper.body
    if facts["notes"]:
        right["note"] = "[^1]" in paper.body and "[^1]:" in paper.body
    if facts["appendices"]:
        right["appendix"] = told(tuple(part.title for part in paper.appendices)) == told(facts["appendices"])
    return right


def _told(facts):
    """How what is read is compared: without accents where the letter has none; small letters where its font has no capitals."""
    if facts["spelling"] == "bare":
        return lambda value: bare(str(value))
    if facts["spelling"] == "TCVN3":
        return lambda value: str(value).lower()
    return lambda value: value


def counted(seed, count, times, shows):
    """(right, all) by field of letters made by chance from ``seed``."""
    rng, right, had = random.Random(seed), Counter(), Counter()  # noqa: S311 - the same letters every time
    for number in range(count):
        data, facts = made(rng)
        begun = time.perf_counter()
        reading = read(data)
        times.append(1000 * (time.perf_counter() - begun))
        for name, is_right in judged(reading, facts).items():
            had[name] += 1
            right[name] += is_right
            if not is_right and shows:
                print("#", number, name, facts["spelling"], str(facts.get(name))[:120], "|", _found(reading, name))
    return right, had


def _found(reading, name):
    return str(getattr(reading.paper, name, ""))[-200:], reading.paper.signature, reading.left[:3]


def long_file(rng, pages=1000):
    """A file of so many pages: thirty lines a page, a table now and then."""
    blocks = []
    for page in range(pages):
        blocks += [p(f"{number}. {sentence(rng, 40)}", align="both") for number in range(12)]
        if page % 10 == 0:
            blocks.append(table(*(row(*(sentence(rng, 3) for _ in range(5))) for _ in range(12))))
    return letter(*blocks)


def main(count=300):
    times = []
    right, had = counted(30, count, times, bool(os.environ.get("SHOW")))
    kept, kept_had = counted(2030, count, times, False)
    print(f"letters={2 * count}")
    print(f"fields={100 * sum(right.values()) / sum(had.values()):.2f}")
    print(
        f"kept_fields={100 * sum(kept.values()) / sum(kept_had.values()):.2f} ({sum(kept.values())} of {sum(kept_had.values())})"
    )
    for name in sorted(kept_had):
        print(f"kept_{name}={kept[name]} of {kept_had[name]}")
    print(f"ms_a_letter={statistics.median(times):.1f}")
    data = long_file(random.Random(30))  # noqa: S311
    begun = time.perf_counter()
    body = read(data).paper.body
    print(f"long_s={time.perf_counter() - begun:.2f}")
    print(f"long_body_mb={len(body.encode()) / 1e6:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
