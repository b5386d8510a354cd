"""The notice of a restructure: an area that has its paper made by the register, and hears what became of it.

Source: the acts that changed units (``units.models.UnitChange``), each with its own citation.
"""

from datetime import date

from django.db import transaction

from ..area import PAPERS
from ..areas.papers import ISSUED, RECALLED, Papers
from ..papers.models import Addressee, Appendix, Document
from ..papers.tables import table
from ..source.markdown import said
from ..source.vietnamese import count_text, full_day
from ..steps.refusing import Refused
from .models import ChangeNotice

NOTICE = Papers(PAPERS, "thay-doi-to-chuc")
# Everybody whom the names of units concern.
EVERYBODY = [
    ("loai:department", "Các sở, ban, ngành tỉnh"),
    ("loai:front", "Ủy ban Mặt trận Tổ quốc và các đoàn thể tỉnh"),
    ("loai:commune", "Ủy ban nhân dân các xã, phường"),
]


SECOND = (
    "Thay đổi tổ chức này đã có {} ở trạng thái «{}», do {} soạn. Mỗi thay đổi chỉ có một thông báo: "
    "hãy trả lại rồi bỏ văn bản này; muốn dùng văn bản này thì bỏ hoặc thu hồi thông báo kia trước."
)


class AlreadyAnnounced(Exception):
    """A change that has its notice, or a draft of it."""


@transaction.atomic
def announce(change, *, by) -> Document:
    """A draft notice of ``change`` by the unit of ``by``, with the units before and after as its appendix.

    Raises ``AlreadyAnnounced`` where a draft or an issued notice is there already.
    """
    if notice := _notice_of(change.pk):
        raise AlreadyAnnounced(f"Thay đổi này đã có {notice.name} ({notice.get_state_display().lower()}).")
    draft = NOTICE.draft(
        change.pk,
        by=by,
        type="TB",
        issuer=by.unit,
        facts=_words(change, by.unit),
        addressees=[Addressee(key=key, label=label) for key, label in EVERYBODY],
        appendices=[Appendix(title="Các đơn vị trước và sau khi sắp xếp", body=_table(change))],
    )
    ChangeNotice.objects.update_or_create(change=change, defaults={"document": draft, "announced_on": None})
    return draft


def _notice_of(key) -> Document | None:
    """The notice of a change that holds, or a draft that may come to: not one that was discarded, recalled or replaced."""
    over = (Document.State.DISCARDED, Document.State.RECALLED, Document.State.REPLACED)
    row = ChangeNotice.objects.filter(change=key).exclude(document__state__in=over)
    row = row.select_related("document__type", "document__author").first()
    return row and row.document


def _words(change, unit):
    """What the notice says, in the office's words."""
    kind = change.get_kind_display().lower()
    count, day = count_text(change.successions.count()), full_day(change.date)
    return {
        "subject": f"{kind} đơn vị từ {day}",
        "recipients": "\n".join(label for _, label in EVERYBODY),
        "body": (
            f"{said(unit.name)} thông báo việc {kind} đơn vị theo {said(change.citation)} như sau:\n\n"
            f"1. Từ {day}, {count} trường hợp ghi tại Phụ lục được thực hiện theo văn bản nêu trên.\n\n"
            "2. Hồ sơ thi đua, khen thưởng, hiện vật và văn bản đang giải quyết của đơn vị trước khi sắp xếp do đơn vị mới "
            "tiếp nhận, theo dõi.\n\n"
            "3. Các cơ quan, đơn vị dùng tên mới trong văn bản, hồ sơ về thi đua, khen thưởng kể từ ngày nêu trên."
        ),
    }


def _table(change):
    """Before and after, one line each."""
    rows = [
        (
            row.predecessor or "–",
            row.successor or "kết thúc hoạt động",
            ", ".join(filter(None, ["một phần" if row.in_part else "", row.note])),
        )
        for row in change.successions.select_related("predecessor", "successor")
    ]
    return table(["Đơn vị trước", "Đơn vị sau", "Ghi chú"], rows)


@NOTICE.heard
def hear(document: Document, state: str) -> None:
    """Keep in step with the paper: announced from the day of the issued notice, no more once it is recalled.

    Raises ``Refused`` where a draft that was discarded and taken back would be the second notice of its change.
    """
    if state == ISSUED:
        other = _notice_of(document.area_key)
        if other and other != document:
            raise Refused(SECOND.format(other.name, other.get_state_display(), other.author))
        day = date(document.year, document.month, document.day)
        ChangeNotice.objects.filter(change=document.area_key).update(document=document, announced_on=day)
    elif state == RECALLED:
        ChangeNotice.objects.filter(change=document.area_key, document=document).update(announced_on=None)
