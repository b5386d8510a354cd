"""Dividing the units for a year: drafted, changed, announced by its notice. The room of changes tells what changes after that.

Every action locks the row of the division, so that two people who move units at once take turns.
"""

from datetime import date

from django.db import transaction
from django.db.models import Q

from documents.models import Document, history_of
from documents.steps.log import words_of
from documents.steps.refusing import Refused, refuse_stale, unless_taken
from documents.steps.stepping import Steps, Who
from units.models import Unit
from units.permissions import may_manage

from ..log import About
from .elected import elected_in
from .models import Cluster, Division, Leadership, Membership

Role = Membership.Role
# Kinds of units that provinces divide, where nobody chose others.
USUAL_KINDS = [
    Unit.Kind.DEPARTMENT,
    Unit.Kind.FRONT,
    Unit.Kind.PARTY,
    Unit.Kind.CENTRAL,
    Unit.Kind.DISTRICT,
    Unit.Kind.COMMUNE,
    Unit.Kind.ENTERPRISE,
]
_FACTS = ["begins_on", "ends_on", "note"]
_ANNOUNCED = ["name", "kind", "parent"]
_CLUSTER_FACTS = ["name", "kind", "parent", "category", "position"]
# The steps that change what the notice lists.
LISTED = ("add_cluster", "edit_cluster", "remove_cluster", "place", "name")


def _announced(division) -> dict:
    notice = division.notice
    return {"Thông báo": f"{notice.name}, {division.in_force_on:%d/%m/%Y}" if notice else ""}


DEPARTMENT = Who(lambda row, user: may_manage(user), "chuyên viên, lãnh đạo Sở Nội vụ và người quản trị")
STEPS = Steps(
    Division, "bảng phân cụm", about=About.DIVISION, words=_announced,
    not_now=lambda step, row: f"Năm {row.year} {'chưa' if row.is_draft else 'đã'} thông báo bảng phân cụm.",
)  # fmt: skip


def locked(division, by, *, draft=True) -> Division:
    """The division as it stands, locked until the transaction ends. Raises ``Refused`` for whoever may not change it now."""
    found = STEPS.locked(division)
    refuse_stranger(by)
    if draft and not found.is_draft:
        raise Refused(
            f"Bảng phân cụm năm {found.year} đã thông báo. Trong năm, hãy dùng «Thay đổi trong năm» với ngày và văn bản."
        )
    return found


def refuse_stranger(by):
    """Raise ``Refused`` for whoever does not run the year."""
    if not may_manage(by):
        raise Refused("Chỉ chuyên viên, lãnh đạo Sở Nội vụ và người quản trị làm được việc này.")


@transaction.atomic
def begin(division, *, by, like: Division | None = None) -> Division:
    """Store a new draft; ``like`` an earlier year: its clusters, its members that still exist, and who leads.

    Where the year-end meeting of a cluster elected who leads next, those do. A unit that ended is not carried over. Raises
    ``Refused``, also where the year has a division already.
    """
    refuse_stranger(by)
    division.kinds = division.kinds or (like.kinds if like else [kind.value for kind in USUAL_KINDS])
    with unless_taken(f"Đã có bảng phân cụm năm {division.year}: người khác vừa lập. Hãy mở bảng đó.", "year"):
        division.save()
    if like:
        _carry_over(like, division)
    STEPS.tell(division, "begin", f"Lập từ bảng năm {like.year}" if like else "Lập bảng mới", by=by)
    return division


def _carry_over(old, new):
    """The clusters of ``old`` with those of their members that exist on the day of ``new``."""
    clusters = {}
    for row in old.clusters.order_by("parent_id", "position", "pk"):
        parent = clusters.get(row.parent_id)
        clusters[row.pk] = Cluster.objects.create(
            division=new, parent=parent, kind=row.kind, name=row.name, category=row.category, position=row.position
        )
    alive = set(new.units_to_place().values_list("pk", flat=True))
    elections = elected_in(old)
    for row in Membership.objects.filter(division=old).staying():
        if row.unit_id in alive:
            election = elections.get(row.cluster_id)
            role = election.roles.get(row.unit_id, Role.MEMBER) if election else row.role
            Membership.objects.create(cluster=clusters[row.cluster_id], unit_id=row.unit_id, role=role)
    for row in old.milestones.all():
        years = new.year - old.year
        row.pk, row.division, row.guidance, row.clause = None, new, None, ""
        row.begins_on, row.due_on = _shifted(row.begins_on, years), _shifted(row.due_on, years)
        row.save()


def _shifted(day, years):
    """The same day ``years`` later; 29 February becomes the 28th."""
    if day is None:
        return None
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


@transaction.atomic
def change_facts(division, *, by, seen_version: int | None = None) -> Division:
    """Store changed dates, kinds or notes of a division, in whatever state; the year stays. Raises ``Refused``, ``Stale``."""
    stored = locked(division, by, draft=False)
    refuse_stale(About.DIVISION, stored, seen_version, log=history_of(About.DIVISION, stored.pk).filter(what="facts"))
    outside = Q(activities__held_on__lt=division.begins_on) | Q(activities__held_on__gt=division.ends_on)
    if stored.clusters.filter(outside).exists():
        raise Refused(
            "Có hoạt động đã ghi nằm ngoài những ngày này. Hãy chọn ngày bao gồm các hoạt động đó.", "ends_on"
        )
    before = words_of(stored, _FACTS)
    for name in [*_FACTS, "kinds"]:
        setattr(stored, name, getattr(division, name))
    stored.version += 1
    stored.save()
    STEPS.tell(stored, "facts", "Sửa thông tin chung", by=by, before=before, after=words_of(stored, _FACTS))
    return stored


@transaction.atomic
def save_cluster(cluster, *, by, seen_version: int | None = None) -> Cluster:
    """Store a new or changed cluster of a draft; of an announced one only what says how it is scored and listed changes.

    Raises ``Refused`` for a third level, a parent that has members, a name that is taken; ``Stale``.
    """
    division = locked(cluster.division, by, draft=False)
    parent = cluster.parent
    stored = _as_it_stands(cluster, division, seen_version) if cluster.pk else None
    if stored:
        cluster.version = stored.version + (words_of(stored, _CLUSTER_FACTS) != words_of(cluster, _CLUSTER_FACTS))
    if division.clusters.filter(name=cluster.name).exclude(pk=cluster.pk).exists():
        raise Refused(f"Năm {division.year} đã có {cluster.name}. Hãy đặt tên khác.", "name")
    if parent and (parent.division_id != division.pk or parent.parent_id):
        raise Refused("Chỉ có hai cấp: khối, và cụm thuộc khối đó, trong cùng một năm.", "parent")
    if parent and parent.memberships.exists():
        raise Refused(f"{parent} đang có thành viên. Hãy chuyển các đơn vị đó đi trước khi chia nhỏ.", "parent")
    if parent and cluster.pk and cluster.parts.exists():
        raise Refused(f"{cluster} đang có cụm bên trong nên không thể thuộc khối khác.", "parent")
    before = words_of(stored, _CLUSTER_FACTS) if stored else {}
    after = words_of(cluster, _CLUSTER_FACTS)
    if not division.is_draft and any(before.get(name) != after[name] for name in words_of(cluster, _ANNOUNCED)):
        raise Refused(f"Bảng phân cụm năm {division.year} đã thông báo: chỉ còn sửa được loại và thứ tự.", "name")
    if not cluster.pk:
        last = division.clusters.order_by("-position").first()
        cluster.position = cluster.position or (last.position + 1 if last else 1)
    cluster.save()
    what, act = ("edit_cluster", f"Sửa {cluster}") if stored else ("add_cluster", f"Thêm {cluster}")
    facts = {"before": before, "after": words_of(cluster, _CLUSTER_FACTS), "of": cluster.pk}
    STEPS.tell(division, what, act, by=by, **facts)
    return cluster


def _as_it_stands(cluster, division, seen_version) -> Cluster:
    """The stored cluster. Raises ``Refused`` where it is gone, ``Stale`` with what was changed in this very cluster."""
    stored = division.clusters.filter(pk=cluster.pk).first()
    if not stored:
        raise Refused(f"{cluster} vừa bị người khác xóa. Hãy quay lại bảng phân cụm.")
    log = history_of(About.DIVISION, division.pk).filter(of=stored.pk, what="edit_cluster")
    refuse_stale(About.DIVISION, stored, seen_version, log=log)
    return stored


@transaction.atomic
def remove_cluster(cluster, *, by, seen_version: int | None = None) -> Cluster:
    """Take an empty cluster out of a draft; gives what it was. Raises ``Refused``, ``Stale``."""
    division = locked(cluster.division, by)
    stored = _as_it_stands(cluster, division, seen_version)
    if stored.parts.exists() or stored.memberships.exists():
        raise Refused(f"{stored} còn thành viên hoặc cụm bên trong. Hãy chuyển hết đi rồi xóa.")
    STEPS.tell(division, "remove_cluster", f"Xóa {stored}", by=by, of=stored.pk)
    stored.delete()
    return stored


@transaction.atomic
def place(division, units, cluster: Cluster | None, *, by, seen: dict[int, int | None] | None = None) -> int:
    """Put ``units`` into ``cluster`` of a draft, or with None out of theirs; returns how many moved.

    ``seen``: {unit: cluster that the person saw it in}; a unit that somebody moved meanwhile is refused. Who moves leads
    no more. Raises ``Refused`` for a unit that does not exist on the division's day or is of no kind that it is about.
    """
    division = locked(division, by)
    if cluster and (cluster.division_id != division.pk or cluster.parts.exists()):
        raise Refused(f"{cluster} được chia thành các cụm nhỏ hơn. Hãy xếp đơn vị vào một cụm trong đó.")
    stand = {
        row.unit_id: row
        for row in Membership.objects.filter(division=division, unit__in=units).select_related("cluster")
    }
    moved = [unit for unit in units if _cluster_of(stand.get(unit.pk)) != (cluster.pk if cluster else None)]
    _refuse_moved(moved, stand, seen)
    if cluster:
        _refuse_ended(division, moved)
    for unit in moved:
        row = stand.get(unit.pk)
        before, known = {str(unit): str(row.cluster) if row else "chưa xếp"}, cluster or row.cluster
        if row and cluster is None:
            row.delete()
        else:
            row = row or Membership(unit=unit)
            row.cluster, row.role = cluster, Role.MEMBER
            row.save()
        after = {str(unit): str(cluster) if cluster else "chưa xếp"}
        STEPS.tell(division, "place", "Chuyển đơn vị", by=by, before=before, after=after, of=known.pk)
    return len(moved)


def _cluster_of(row):
    return row.cluster_id if row else None


def _refuse_moved(units, stand, seen):
    """A unit that somebody else moved since the page was opened."""
    for unit in units:
        if seen is not None and seen.get(unit.pk) != _cluster_of(stand.get(unit.pk)):
            where = stand[unit.pk].cluster if unit.pk in stand else "mục chưa xếp"
            raise Refused(f"{unit} vừa được người khác chuyển sang {where}. Hãy xem lại rồi chuyển tiếp nếu cần.")


def _refuse_ended(division, units):
    """A unit that did not exist on the day, or that this division is not about."""
    for unit in units:
        if not unit.is_alive_on(division.day):
            raise Refused(f"{unit.label} không hoạt động vào ngày {division.day:%d/%m/%Y}. Hãy chọn đơn vị kế thừa.")
        if unit.kind not in division.kinds:
            raise Refused(
                f"{unit} thuộc loại «{unit.get_kind_display()}», không nằm trong các loại đơn vị được phân cụm năm này."
            )


@transaction.atomic
def name(membership, role: Membership.Role, *, by) -> Membership:
    """Say in a draft who leads and who is deputy. A new leader takes the place of the old one."""
    division = locked(membership.division, by)
    row = Membership.objects.select_related("unit", "cluster").get(pk=membership.pk)
    before = {str(row.unit): row.get_role_display()}
    if role == Role.LEADER:
        for old in row.cluster.memberships.filter(role=Role.LEADER).exclude(pk=row.pk).select_related("unit"):
            before[str(old.unit)] = old.get_role_display()
            old.role = Role.MEMBER
            old.save()
    row.role = role
    row.save()
    after = dict.fromkeys(before, "Thành viên") | {str(row.unit): row.get_role_display()}
    facts = {"before": before, "after": after, "of": row.cluster_id}
    STEPS.tell(division, "name", f"{row.cluster}: trưởng, phó trưởng", by=by, **facts)
    return row


# --- The notice, and what holds from then on


def faults_of(division) -> list[str]:
    """What keeps a draft from being announced, in words."""
    clusters = list(division.clusters.prefetch_related("parts", "memberships"))
    faults = [] if clusters else ["Chưa có cụm, khối nào."]
    for cluster in clusters:
        members = cluster.memberships.all()
        if not members and not cluster.parts.all():
            faults.append(f"{cluster} chưa có đơn vị nào.")
        if members and not any(row.role == Role.LEADER for row in members):
            faults.append(f"{cluster} chưa có trưởng.")
    return faults


def doubts_on(division) -> list[str]:
    """What should be looked at again before a draft is announced, though it may stand."""
    count = division.unplaced().count()
    return [f"Còn {count} đơn vị chưa xếp vào cụm, khối nào."] if count else []


@STEPS.step(
    "announce", "Thông báo", [Division.State.DRAFT], to=Division.State.IN_FORCE, who=DEPARTMENT, form=None, renews=False,
    log=lambda division, part: "Có hiệu lực",
)  # fmt: skip
def put_in_force(division, *, by, notice, day: date):
    """The notice of ``day`` makes the draft hold: its leaders begin their terms."""
    _refuse_notice(division, notice, day)
    faults = faults_of(division)
    ended = [
        row.unit.label
        for row in Membership.objects.filter(division=division).select_related("unit__superior")
        if not row.unit.is_alive_on(day)
    ]
    if ended:
        faults.append(f"Không còn hoạt động vào ngày {day:%d/%m/%Y}: {'; '.join(ended)}.")
    if faults:
        raise Refused("Chưa thông báo được bảng phân cụm. " + " ".join(faults))
    division.notice, division.in_force_on = notice, day
    Leadership.objects.bulk_create(_first_terms(division, notice, day, by))


# A division is announced by a notice, in some provinces by a decision (docs: Thông báo 109/TB-UBND; QĐ of other provinces).
NOTICES = ("TB", "QĐ")


def _refuse_notice(division, notice, day):
    """A paper that cannot have announced ``division``."""
    if notice.type.code not in NOTICES:
        raise Refused(f"{notice.name} không phải thông báo hay quyết định. Hãy kiểm tra lại số, ký hiệu.", "paper")
    if notice.state != Document.State.ISSUED:
        raise Refused(
            f"{notice.name} {notice.get_state_display().lower()}. Hãy chọn văn bản đang có hiệu lực.", "paper"
        )
    if not division.year - 1 <= day.year <= division.year:
        raise Refused(f"{notice.name} đề ngày {day:%d/%m/%Y}, không phải thông báo của năm {division.year}.", "paper")
    other = Division.objects.filter(notice=notice).exclude(pk=division.pk).first()
    if other:
        raise Refused(f"{notice.name} là thông báo của năm {other.year}. Hãy kiểm tra lại số, ký hiệu.", "paper")


def _first_terms(division, notice, day, by):
    """The terms that begin with the notice; who was elected at the last year-end meeting leads by its minutes."""
    elections = elected_in(Division.objects.filter(year=division.year - 1).first())
    elected = {pair: election for election in elections.values() for pair in election.roles.items()}
    for row in Membership.objects.filter(division=division).exclude(role=Role.MEMBER):
        election = elected.get((row.unit_id, row.role))
        how = Leadership.How.ELECTED if election else Leadership.How.NAMED
        paper = (election and election.minutes) or notice
        yield Leadership(membership=row, role=row.role, how=how, since=day, paper=paper, by=by)


@STEPS.step(
    "replace", "Thông báo được thay thế", [Division.State.IN_FORCE], who=DEPARTMENT, form=None, renews=False,
)  # fmt: skip
def change_notice(division, *, by, notice):
    """Another notice took the place of the one that announced ``division``."""
    _refuse_notice(division, notice, notice.dated)
    division.notice = notice
