"""Good examples are erased for good, as the person told of asked.

Source: Nghị định 13/2023/NĐ-CP, Điều 16; since 2026 Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15, Điều 14 (article to be checked).
"""

from django.db import transaction
from django.db.models import TextChoices

from documents.models import Change
from documents.steps.log import forget, record
from documents.steps.refusing import Refused, delete
from documents.uploads import drop

from ..log import About
from .actions import held, may_publish
from .mentions import drafts_naming

ERASED = "Xóa theo yêu cầu"


class Ground(TextChoices):
    """Why somebody asks that what is kept of them be erased. Only this is kept: words of one's own could hold a name."""

    WITHDRAWN = "withdrawn", "Người được nêu gương không đồng ý nữa"
    UNNEEDED = "unneeded", "Không còn cần cho mục đích đã đồng ý"
    WRONG = "wrong", "Nội dung không đúng hoặc ghi nhầm người"
    LAW = "law", "Phải xóa theo quy định của pháp luật"


def fault_of_erasing(example, by) -> str:
    """Why ``by`` cannot erase one that it keeps, in words that say whom to ask; nothing where it can."""
    if example.published_on and not may_publish(by):
        return (
            "Gương đã công bố thì do Sở Nội vụ xóa: hãy gửi yêu cầu xóa đến Sở Nội vụ. Người được nêu gương không đồng ý nữa "
            "thì bấm «Rút lại đồng ý» ngay, để gương thôi công bố."
        )
    if drafts := drafts_naming(example):
        names = "; ".join(f"{paper.name} ({paper.author}, {paper.unit} soạn)" for paper in drafts)
        return f"Dự thảo còn nêu họ tên này: {names}. Hãy bỏ họ tên khỏi dự thảo trước, rồi xóa."
    return ""


def erased():
    """The rows of the log that tell which examples were erased: who, when, on which ground. No name is kept."""
    return Change.objects.filter(about=About.EXAMPLE, act=ERASED).select_related("by__unit")


@transaction.atomic
def erase(example, *, by, reason: str, seen_version: int | None = None) -> None:
    """Erase all that is kept of one, as the person told of asked: the row, its files, and the words of its log.

    ``reason`` is one of ``Ground``. What is published is erased by the department alone; what a draft of a report names, once
    it names it no more, for nobody could tell the clerk afterwards. One row of the log tells who erased it when and on which
    ground. Raises ``Refused``, ``Stale``.
    """
    found = held(example, by, seen_version, "xóa")
    if fault := fault_of_erasing(found, by):
        raise Refused(fault)
    if reason not in Ground:
        raise Refused("Hãy chọn lý do xóa.", "reason")
    files = [upload for upload in (found.picture, found.consent_file) if upload]
    forget(About.EXAMPLE, found.pk)
    record(About.EXAMPLE, found, ERASED, by=by, reason=Ground(reason).label)
    delete(found, "Gương này")
    # Last: bytes that are gone do not come back with a transaction that fails.
    for upload in files:
        drop(upload)
