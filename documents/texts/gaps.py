"""Gaps of texts and phrases, ``{đơn vị}``: filled from the record that a paper is about and from the paper itself.

A gap stands in curly brackets under a name of ``known_names()``, in any case; with a capital, ``{Đơn vị}``, its words
begin with one. What nobody can answer becomes a blank, ``[đơn vị]``, which is asked for before the paper is handed in. A word
that stands before a gap and begins its words too is said once: «ngày {ngày}», «phong trào {phong trào}».
"""

import re
import unicodedata
from difflib import get_close_matches

from units.text import fold

from ..areas import records
from ..areas.records import OF_RECORDS
from ..source import authority
from ..source.markdown import said, said_in_head


def _head(paper) -> str:
    """``Giám đốc Sở Nội vụ``: who decides for the body that issues ``paper``."""
    head = paper.issuer_unit and authority.head_of(paper.issuer_unit, paper.signer)
    return authority.with_body(head, paper.issuer_name) if head else ""


# What the paper that is begun knows by itself.
OF_PAPER = {
    "cơ quan": ("cơ quan ban hành văn bản", lambda paper: paper.issuer_name),
    "đơn vị soạn thảo": ("đơn vị của người soạn", lambda paper: paper.unit and paper.unit.name),
    "người soạn thảo": ("họ tên người soạn", lambda paper: paper.author and paper.author.full_name),
    "người ký": ("họ tên người ký", lambda paper: paper.signer_name),
    "người đứng đầu": ("chức vụ người đứng đầu và tên cơ quan ban hành", lambda paper: _head(paper)),
    "chức vụ người ký": ("chức vụ của người ký", lambda paper: paper.signer and paper.signer.post),
    "địa danh": ("địa danh ở đầu văn bản", lambda paper: paper.place),
    "năm": ("năm của hồ sơ; không có thì năm của văn bản", lambda paper: paper.year),
}
# A gap, but no citation ({{cite:…}}) and no bracket that a backslash has printed.
_GAP = re.compile(r"(?<![\\{])\{(?!\{)([^{}\n]*)\}(?!\})")
_NO_GAP = re.compile(r"\{\{cite:[^{}\n]*\}\}|\\[{}]")


def known_names() -> dict[str, str]:
    """{name of every gap that there is: what it stands for}, those of records first."""
    return OF_RECORDS | {name: words for name, (words, _) in OF_PAPER.items()}


def names_in(row) -> list[str]:
    """The gaps of a text or phrase, each once, in the order in which they stand: ``["{đơn vị}"]``."""
    found = _GAP.findall("\n".join(row.words.values()))
    return list(dict.fromkeys(f"{{{_plain(name)}}}" for name in found))


def fault_of(text: str) -> str:
    """What is wrong with the gaps of ``text``, in words: names that there are not, a bracket without its other one."""
    return " ".join(filter(None, [_told_unknown(text), _told_lonely(text)]))


def _told_unknown(text) -> str:
    """Gaps of ``text`` that there are not: what was probably meant, and all that there are where that is not known of each."""
    known = known_names()
    unknown = dict.fromkeys(name for name in _GAP.findall(text) if _plain(name) not in known)
    if not unknown:
        return ""
    folded = {fold(name): name for name in known}
    near = {name: folded[close[0]] for name in unknown if (close := get_close_matches(fold(name), folded, 1, 0.75))}
    meant = "".join(f" Có phải {{{right}}} thay cho {{{name}}}?" for name, right in near.items())
    told, there = (", ".join(f"{{{name}}}" for name in names) for names in (unknown, known))
    more = "" if near.keys() == unknown.keys() else f" Các chỗ điền có thể dùng: {there}."
    return f"Không có chỗ điền {told}.{meant}{more}"


def _told_lonely(text) -> str:
    """A bracket of ``text`` that has no other one."""
    left = _NO_GAP.sub("", _GAP.sub("", text))
    found = re.search(r"[{}]", left)
    if not found:
        return ""
    around = left[max(found.start() - 20, 0) : found.end() + 20].replace("\n", " ").strip()
    return f"Dấu ngoặc nhọn lẻ ở «{around}». Chỗ điền ghi đủ hai dấu, ví dụ {{đơn vị}}; chỗ trống thường ghi [đơn vị]."


def filled(text: str, facts: dict[str, str], *, in_body=True) -> str:
    """``text`` with the words of ``facts`` in its gaps, printed as they are; what is not there, or empty, as a blank."""
    say = said if in_body else said_in_head
    done, end = "", 0
    for found in _GAP.finditer(text):
        done, end = done + text[end : found.start()], found.end()
        words = " ".join(facts.get(_plain(found[1]), "").split())
        if not words:
            done += f"[{' '.join(found[1].split())}]"
            continue
        typed = _double(done, words)
        is_first = (typed or found[1].strip())[:1].isupper()
        done = done.removesuffix(typed) + say(words[:1].upper() + words[1:] if is_first else words)
    return done + text[end:]


def _double(before, words) -> str:
    """The end of ``before`` that the first words of ``words`` say again: of «ngày {ngày}» the first word and its space."""
    typed, first = before.rstrip(" "), words.split(" ")
    for number in range(len(first) - 1 if typed != before else 0, 0, -1):
        again = " ".join(first[:number])
        rest = typed[: -len(again)]
        is_same = typed[len(rest) :].casefold() == again.casefold()
        if is_same and again[-1].isalpha() and not rest[-1:].isalnum():
            return before[len(rest) :]
    return ""


def facts_of(paper, records_of=None, row=None, *, user) -> dict[str, str]:
    """{name of a gap: words} for a paper that is drafted, about ``row`` of a kind of records where there is one."""
    found = {name: str(tell(paper) or "") for name, (_, tell) in OF_PAPER.items()} if paper else {}
    return found | (records_of.facts(row, user) if row else {})


def record_of(paper, user):
    """(kind, row) of the record that a draft is about, where ``user`` may see it: the area's whose paper it is, else the one that
    it was begun from.
    """
    kind, key = records.told_by(paper)
    began = getattr(paper, "began", None) or getattr(paper, "beginning", None)
    if kind is None and began and began.record_kind:
        kind, key = records.known(began.record_kind), began.record_key
    return kind, kind and kind.find(key, user)


def _plain(name) -> str:
    return unicodedata.normalize("NFC", " ".join(name.split())).lower()
