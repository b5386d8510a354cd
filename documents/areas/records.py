"""What of a record fills the gaps of a text that a paper about it begins from: ``{đơn vị}``, ``{số người}``.

A room declares its kind of record once, at its roof::

    OF_CAMPAIGN = Records(CAMPAIGNS, "phong-trao", "Phong trào", Campaign.objects.visible_to, {"phong trào": lambda row, user: …})

and with it which kinds of papers are about such a record, so that words put into one of their drafts are filled as well.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from units.areas import Area, areas
from units.text import key_or_none

from .papers import Papers, key_of

# Every gap that a record may answer, and what it stands for; the list under the editor of a text, in this order.
OF_RECORDS = {
    "đơn vị": "đơn vị của hồ sơ: tổ chức hội nghị, đề nghị khen thưởng, phát động phong trào, làm trưởng cụm",
    "số người": "số cá nhân của hồ sơ: được đề nghị, được khen, dự hội nghị, hưởng ứng phong trào",
    "số tập thể": "số tập thể được đề nghị, được khen, hưởng ứng",
    "số đơn vị": "số đơn vị thành viên của cụm, dự hoạt động, hưởng ứng phong trào",
    "phong trào": "tên phong trào thi đua",
    "cụm": "tên cụm, khối thi đua",
    "hội nghị": "tên hội nghị, cuộc họp",
    "quyết định": "quyết định khen thưởng: số, ngày, cơ quan",
    "nội dung": "nội dung đề nghị hoặc trích yếu của quyết định",
    "ngày": "ngày của hồ sơ: họp, quyết định, bắt đầu phong trào",
    "đến ngày": "ngày cuối, nếu nhiều ngày",
    "giờ": "giờ bắt đầu",
    "địa điểm": "nơi họp",
}


@dataclass(frozen=True, eq=False)
class Records:
    """One kind of record of ``area``, by which gaps are filled. ``kind`` stands in addresses and at drafts for good, ``called``
    is what a page calls it; ``visible(user)`` gives those that a person may see, the latest first.

    ``gaps``: {name of a gap: function (row, user) → words, nothing where the record does not know or ``user`` may not}; ``năm``
    and the names of ``OF_RECORDS``.
    """

    area: Area
    kind: str
    called: str
    visible: Callable
    gaps: dict[str, Callable]

    def __post_init__(self):
        if unknown := self.gaps.keys() - OF_RECORDS.keys() - {"năm"}:
            raise ValueError(f"{self.kind}: {unknown}")
        self.area.records[self.kind] = self

    def are_told_by(self, papers: Papers, record: Callable = lambda key: key) -> None:
        """Papers of the kind ``papers`` are about such a record: that of ``record(key of their subject)``, as text."""
        papers.area.paper_records[papers.kind] = (self, record)

    def find(self, key, user):
        """The record of ``key`` where ``user`` may see it, else None."""
        pk = key_or_none(str(key or ""))
        return self.visible(user).filter(pk=pk).first() if pk else None

    def latest(self, user):
        """The record that a text is tried with: the newest that ``user`` sees; None where there is none."""
        return self.visible(user).first()

    def facts(self, row, user) -> dict[str, str]:
        """{name of a gap: words} of everything that ``row`` answers."""
        found = {name: tell(row, user) for name, tell in self.gaps.items()}
        return {name: str(words) for name, words in found.items() if words}


def kinds() -> Iterator[Records]:
    """Every kind of record, in the order of the apps."""
    return (one for area in areas() for one in area.records.values())


def known(kind: str) -> Records | None:
    """The kind of record that is called ``kind`` in addresses."""
    return next((one for one in kinds() if one.kind == kind), None)


def told_by(document) -> tuple[Records | None, object]:
    """(kind, key) of the record that a paper of an area is about; nothing of any other paper."""
    for area in areas():
        if document.area in area.paper_records:
            records, record = area.paper_records[document.area]
            return records, record(key_of(document))
    return None, None
