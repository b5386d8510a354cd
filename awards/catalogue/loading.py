"""The catalogue as it comes with the program: the files of ``data/`` as rows, which ``load_catalogue`` stores once."""

import re
import tomllib
from datetime import date
from pathlib import Path

from .law import Catalogue, Row, Text

HERE = Path(__file__).parent / "data"
# Written where a place could not be held against the text itself; the office confirms or changes the row.
UNREAD = "Chưa đối chiếu được với văn bản."
# nd98 30.7 (medium)
_AT = re.compile(r"(\w*)(?: ([\w.]+))?(?: \((medium|low)\))?")
_COLUMNS = {"award", "for", "by", "value", "at", "cite", "since", "until", "sure", "note"}
# Of an award and of an office what every row has, so that rows of the database and of the files are alike.
_ALWAYS = {"award": {"level": "state"}, "office": {"fund": "own"}}


def read(folder: Path = HERE) -> Catalogue:
    """The catalogue of the files in ``folder``. Raises ``ValueError`` with all that does not hold together."""
    data = {}
    for file in sorted(folder.glob("*.toml")):
        for kind, entries in tomllib.loads(file.read_text("utf-8")).items():
            data.setdefault(kind, []).extend(entries)
    texts = {row["code"]: _text(row) for row in data.pop("text")}
    rows = [row for kind, entries in data.items() for entry in entries for row in _rows(kind, entry, texts)]
    criteria = [row for row in rows if row.kind == "criterion"]
    catalogue = Catalogue([row for row in rows if row.kind != "criterion"], list(texts.values()), criteria)
    if faults := catalogue.faults():
        raise ValueError("\n".join(faults))
    return catalogue


def _text(row) -> Text:
    days = row["since"], row.get("until")
    return Text(row["reference"], row["name"], *days, row.get("amends", ""), row.get("next", ""))


def _rows(kind, entry, texts):
    """One entry of a file as rows: one for each award and each text it stands in."""
    entry = dict(entry)
    if kind == "award":
        entry |= {"award": entry["code"], "value": entry["name"]}
    awards = entry.get("award", "*")
    whom = entry.get("for", "*")
    more = _ALWAYS.get(kind, {}) | {name: value for name, value in entry.items() if name not in _COLUMNS}
    if kind == "award":
        more = {name: value for name, value in more.items() if name not in ("code", "name")} | {"for": entry["for"]}
    if kind == "criterion":
        more["needs"] = [{name: value for name, value in need.items() if name != "sure"} for need in more["needs"]]
    for at in entry.get("at", [""]):
        code, place, sure = _AT.fullmatch(at).groups()
        text = texts[code] if code else None
        since, until = _days(entry, text)
        for award in [awards] if isinstance(awards, str) else awards:
            yield Row(
                kind=kind,
                award=award,
                whom=whom if isinstance(whom, str) else "*",
                by=entry.get("by", ""),
                value=entry.get("value", ""),
                since=since,
                until=until,
                text=text,
                place=place or "" if text else entry.get("cite", ""),
                doubt=_doubt(entry, sure),
                note=entry.get("note", ""),
                more=more,
            )


def _doubt(entry, sure) -> str:
    """Why a row waits for the office; nothing where it was read in the text itself."""
    known = [sure, entry.get("sure"), *(need.get("sure") for need in entry.get("needs", ()))]
    return (entry.get("note") or UNREAD) if any(known) else ""


def _days(entry, text):
    """The days of an entry, within those of the text in which it stands."""
    since = [day for day in (entry.get("since"), text and text.since) if day]
    # What no other text follows holds on: the office ends its rows once the next one is there.
    until = [day for day in (entry.get("until"), text and text.next and text.until) if day]
    return max(since, default=date.min), min(until, default=None)
