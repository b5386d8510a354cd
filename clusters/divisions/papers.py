"""What the papers about the division of a year say, and what becomes of the division when one is issued."""

from datetime import date

from documents.areas.papers import ISSUED, Papers
from documents.models import Addressee, Appendix, Document, history_of
from documents.papers.tables import table
from documents.source.markdown import said
from documents.source.vietnamese import count_text
from documents.steps.refusing import Refused

from ..area import CLUSTERS
from ..log import About
from . import actions as dividing
from .models import Division, Membership

NOTICE = Papers(CLUSTERS, "phan-cum")
# Whom the letters of the province address as "the units in the clusters".
ALL_MEMBERS = "cum:nam-{}"


def notices_of(division):
    """The papers that the register made to announce ``division`` and that stand or are on their way, the latest first."""
    return NOTICE.standing(division.year)


def needs_notice(division) -> bool:
    """Whether it has none that holds: a draft, or one whose notice was recalled or replaced."""
    return division.is_draft or division.notice.state != Document.State.ISSUED


def draft_notice(division, *, by) -> Document:
    """A draft of the notice that announces ``division``, its lists as the appendix. Raises ``Refused``."""
    if not needs_notice(division):
        raise Refused(f"Năm {division.year} đã có {division.notice.name}. Thay đổi trong năm ghi ở từng cụm, khối.")
    faults = dividing.faults_of(division)
    if faults:
        raise Refused("Chưa soạn được thông báo. " + " ".join(faults))
    NOTICE.refuse_second(division.year)
    clusters = list(division.clusters.select_related("parent"))
    return NOTICE.draft(
        division.year,
        by=by,
        type="TB",
        issuer=by.unit.superior or by.unit,
        facts=_words(division, clusters),
        addressees=[Addressee(key=ALL_MEMBERS.format(division.year), label="Các đơn vị trong cụm thi đua của tỉnh")],
        appendices=[
            Appendix(title=f"Danh sách khối, cụm thi đua năm {division.year}", body=_lists(division, clusters))
        ],
    )


def _words(division, clusters):
    """The notice in the office's words."""
    parents = {row.parent_id for row in clusters}
    count = sum(row.pk not in parents for row in clusters)
    members = Membership.objects.filter(division=division).count()
    year = division.year
    return {
        "subject": f"phân khối, cụm thi đua năm {year}",
        "recipients": "\n".join(["Các đơn vị trong cụm thi đua của tỉnh", "Sở Nội vụ"]),
        "body": (
            "Căn cứ Luật Thi đua, khen thưởng và các văn bản hướng dẫn thi hành, để tổ chức phong trào thi đua và làm căn cứ "
            f"bình xét, suy tôn danh hiệu thi đua năm {year}, các cơ quan, đơn vị, địa phương trong tỉnh được chia thành "
            f"{count_text(count)} khối, cụm thi đua với {count_text(members)} đơn vị thành viên theo Phụ lục.\n\n"
            "1. Đơn vị là trưởng khối, cụm thi đua có trách nhiệm tổ chức hoạt động của khối, cụm trong năm; phó trưởng khối, "
            "cụm phối hợp và thay trưởng khối, cụm khi được giao.\n\n"
            f"2. Sở Nội vụ hướng dẫn, theo dõi, đôn đốc hoạt động của các khối, cụm thi đua năm {year}.\n\n"
            "3. Các đơn vị thành viên tham gia đầy đủ hoạt động của khối, cụm và thực hiện chế độ báo cáo theo hướng dẫn của "
            "Sở Nội vụ."
        ),
    }


def _lists(division, clusters) -> str:
    """Every cluster with its members, as headings and tables."""
    members = {}
    for row in Membership.objects.filter(division=division).with_units():
        members.setdefault(row.cluster_id, []).append(row)
    parts, blocs = [], set()
    for number, cluster in enumerate((row for row in clusters if row.pk in members), start=1):
        if cluster.parent and cluster.parent_id not in blocs:
            blocs.add(cluster.parent_id)
            parts.append(f"# {said(cluster.parent.name.upper())}")
        parts.append(f"## {number}. {said(cluster.name)}: {count_text(len(members[cluster.pk]))} đơn vị")
        kind = cluster.get_kind_display().lower()
        rows = [
            (row.unit.name, f"{row.get_role_display()} {kind}" if row.role != "member" else "")
            for row in members[cluster.pk]
        ]
        parts.append(table(["Đơn vị", "Nhiệm vụ"], rows))
    return "\n\n".join(parts)


@NOTICE.heard
def hear(document: Document, state: str) -> None:
    """The issued notice makes the draft hold; one that takes its place is the notice from then on."""
    division = Division.objects.get(year=int(document.area_key))
    if state != ISSUED:
        return
    if division.is_draft:
        _refuse_outdated(division, document)
        day = date(document.year, document.month, document.day)
        dividing.put_in_force(division, notice=document, day=day, by=document.author)
    else:
        dividing.change_notice(division, notice=document, by=document.author)


def _refuse_outdated(division, document):
    """What is issued must be what was decided: the lists were written when the words were last saved."""
    written = document.edits.values_list("at", flat=True).first()
    if written and history_of(About.DIVISION, division.pk).filter(at__gt=written, what__in=dividing.LISTED).exists():
        raise Refused(
            "Bảng phân cụm đã được sửa sau lần lưu cuối của thông báo này. Hãy trả lại dự thảo, sửa phụ lục cho khớp "
            "với bảng rồi trình lại."
        )
