"""The papers about the duties of a year: the guidance that tells them, and the letter that asks for what is late."""

from django.db import transaction

from documents.areas.papers import ISSUED, RECALLED, Papers
from documents.citations.rules import long_form
from documents.models import Addressee, Document
from documents.papers.tables import Lists, table
from documents.source.markdown import said
from documents.source.vietnamese import count_text, table_day
from documents.steps.refusing import Refused

from ..area import CLUSTERS
from ..divisions.actions import locked
from ..divisions.papers import ALL_MEMBERS
from .models import Milestone
from .progress import progress

GUIDANCE = Papers(CLUSTERS, "huong-dan-cum")
REMINDER = Papers(CLUSTERS, "don-doc-cum")


# --- The guidance


@transaction.atomic
def draft_guidance(division, *, by) -> Document:
    """A draft of the guidance with the table of duties, to all members of the year. Raises ``Refused``."""
    division = locked(division, by, draft=False)
    if division.is_draft:
        raise Refused("Bảng phân cụm năm này chưa thông báo nên chưa hướng dẫn được. Hãy thông báo trước.")
    milestones = list(division.milestones.all())
    if not milestones:
        raise Refused("Chưa có việc nào để hướng dẫn. Hãy thêm các việc phải làm trước.")
    GUIDANCE.refuse_second(division.year)
    for number, row in enumerate(milestones, start=1):
        row.clause = f"khoản 1, số thứ tự {number}"
        row.save()
    return GUIDANCE.draft(
        division.year,
        by=by,
        type="HD",
        issuer=by.unit,
        facts=_guidance(division, milestones, by.unit),
        addressees=[Addressee(key=ALL_MEMBERS.format(division.year), label="Các đơn vị trong cụm thi đua của tỉnh")],
    )


def _guidance(division, milestones, unit):
    """What the guidance says."""
    year = division.year
    return {
        "subject": f"hoạt động khối, cụm thi đua năm {year}",
        "recipients": "\n".join(["Các đơn vị trong cụm thi đua của tỉnh", "Hội đồng Thi đua - Khen thưởng tỉnh"]),
        "body": "\n\n".join(
            [
                f"Thực hiện {said(long_form(division.notice))}, {said(unit.name)} hướng dẫn hoạt động của các khối, cụm thi đua "
                f"năm {year} như sau:",
                "## 1. Việc phải làm và thời hạn",
                "Trưởng khối, trưởng cụm chủ trì, phối hợp với phó trưởng và các thành viên thực hiện các việc sau:",
                _table(milestones),
                "## 2. Ghi và báo cáo hoạt động",
                "a) Sau mỗi hoạt động, trưởng khối, trưởng cụm (hoặc phó trưởng khi được giao) ghi ngày, địa điểm, chủ trì, "
                "thành viên có mặt, vắng, nội dung đã thống nhất, kèm ảnh và giấy tờ, rồi báo cáo Sở Nội vụ trên phần mềm.",
                "b) Sở Nội vụ ghi nhận, hoặc trả lại kèm lý do để bổ sung. Việc phải làm được tính là xong từ khi có báo cáo.",
                "c) Trưởng khối, trưởng cụm gửi báo cáo 6 tháng và báo cáo năm về Sở Nội vụ.",
                "## 3. Tổ chức thực hiện",
                "Các thành viên dự đầy đủ hoạt động của khối, cụm; trường hợp vắng phải báo lý do với đơn vị chủ trì. "
                "Trong quá trình thực hiện có vướng mắc, các đơn vị phản ánh về Sở Nội vụ để được hướng dẫn.",
            ]
        ),
    }


def _table(milestones) -> str:
    rows = [(row.title, table_day(row.begins_on) if row.begins_on else "", table_day(row.due_on)) for row in milestones]
    return table(["Việc phải làm", "Từ ngày", "Chậm nhất"], rows)


@GUIDANCE.heard
def hear_guidance(document: Document, state: str) -> None:
    """The issued guidance is what its duties rest on, those that were changed since it was drafted left out."""
    rows = Milestone.objects.filter(division__year=int(document.area_key))
    if state == ISSUED:
        rows.exclude(clause="").update(guidance=document)
    elif state == RECALLED:
        rows.filter(guidance=document).update(guidance=None)


# --- Asking for what is late


@transaction.atomic
def draft_reminder(division, *, by) -> Document:
    """A draft of a letter to the leaders of the clusters that are late, with what is late. Raises ``Refused``."""
    division = locked(division, by, draft=False)
    late = [row for row in progress(division) if row.late and row.leader]
    if not late:
        raise Refused("Không có khối, cụm nào có việc quá hạn.")
    REMINDER.refuse_second(division.year)
    units = list({row.leader.unit.pk: row.leader.unit for row in late}.values())
    lists = Lists()
    facts = _reminder(division, late, units, by.unit, lists)
    return REMINDER.draft(
        division.year,
        by=by,
        type="CV",
        issuer=by.unit,
        facts=facts,
        addressees=[Addressee(key=f"don-vi:{unit.code}", label=unit.name) for unit in units],
        appendices=lists.appendices,
    )


def _reminder(division, late, units, unit, lists):
    """What the letter says: who is late with what."""
    rows = []
    for row in late:
        asked = "; ".join(f"{item.title} ({table_day(item.due_on)})" for item in row.late)
        rows.append((row.cluster.name, row.leader.unit.name, asked))
    heads = ["Khối, cụm", "Đơn vị trưởng", "Việc chưa có báo cáo, hạn"]
    listed = lists.table("Các khối, cụm thi đua có việc quá hạn", heads, rows)
    addressed = "\n".join(row.name for row in units)
    return {
        "subject": f"đôn đốc hoạt động khối, cụm thi đua năm {division.year}",
        "to": "Các đơn vị trưởng khối, trưởng cụm trong danh sách kèm theo" if lists.appendices else addressed,
        "body": lists.told(
            "\n\n".join(
                [
                    f"Qua theo dõi, đến nay {said(unit.name)} chưa nhận được báo cáo của {count_text(len(late))} khối, cụm "
                    "về các việc đã quá hạn sau đây:",
                    listed,
                    "Đề nghị các đơn vị trưởng khối, trưởng cụm khẩn trương thực hiện, ghi và báo cáo kết quả trên phần mềm; "
                    "trường hợp đã thực hiện thì báo cáo ngay, chưa thực hiện được thì nêu rõ lý do.",
                ]
            )
        ),
    }
