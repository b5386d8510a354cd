"""Pacts of a sample year: that of the leaders of all clusters, and those of some clusters at different steps. All invented."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from clusters.models import Aim, Cluster, Pact, Party, Reached, Target
from documents.models import Document, DocumentType
from documents.sample.names import head_on

from ..pacts.papers import blank
from ..pacts.rules import SIGNED_STATES
from ..pacts.signing import members_due

State = Pact.State
NOTE = "Văn bản minh họa: số, ngày và nội dung do người làm chương trình đặt ra."
TARGETS = [
    ("Nhiệm vụ chính trị được giao hoàn thành đúng hạn", "%", "98"),
    ("Hồ sơ thủ tục hành chính giải quyết đúng và trước hạn", "%", "99.5"),
    ("Sáng kiến, giải pháp được công nhận", "sáng kiến", "5"),
    ("Mô hình, điển hình tiên tiến được xây dựng, nhân rộng", "mô hình", "2"),
    ("Đóng góp các quỹ vì người nghèo, an sinh xã hội", "triệu đồng", "12.5"),
    ("Vụ việc khiếu nại, tố cáo vượt cấp", "vụ", "0"),
]
AIMS = [
    [("Cờ thi đua của Ủy ban nhân dân tỉnh", 1), ("Tập thể lao động xuất sắc", 3)],
    [("Tập thể lao động xuất sắc", 4), ("Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh", 2)],
    [("Tập thể lao động xuất sắc", 2), ("Chiến sĩ thi đua cơ sở", 6)],
]
# The steps that clusters of the running year stand at, one cluster each.
STANDING = [State.OPEN, State.SIGNED, State.RETURNED, State.DRAFT]


def make(division, *, people) -> list[Pact]:
    """The pacts of ``division``, unless it has some: a past year's are confirmed, with results; this year's are under way."""
    if division.pacts.exists():
        return []
    by = people["chuyenvien"]
    over = division.ends_on < timezone.localdate()
    clusters = Cluster.objects.filter(division=division, parts=None).order_by("position")
    # The cluster of the demonstration's accounts comes first.
    first = clusters.filter(memberships__unit=people["truongcum"].unit)[:1]
    chosen = [*first, *clusters.exclude(pk__in=first.values("pk"))][: 2 if over else len(STANDING)]
    states = [State.CONFIRMED] * len(chosen) if over else STANDING
    leaders = State.CONFIRMED if over else State.SIGNED
    return [
        _make(division, cluster, state, by)
        for cluster, state in [(None, leaders), *zip(chosen, states, strict=False)]
        if len(members_due(division, cluster)) > 1
    ]


def _make(division, cluster, state, by):
    """One pact at a step, with everything that came before it."""
    day = date(division.year, 3, 16)
    pact = blank(division, cluster)
    pact.state, pact.sample = state, True
    if state in SIGNED_STATES:
        pact.signed_on = day
    if state == State.CONFIRMED:
        pact.submission = _paper("TTr", "38/TTr-SNV", day + timedelta(days=4), "xác nhận giao ước thi đua")
        pact.confirmation = _paper("TB", "05/TB-HĐTĐKT", day + timedelta(days=11), "xác nhận giao ước thi đua")
        pact.submitted_on, pact.confirmed_on = pact.submission.dated, pact.confirmation.dated
        pact.confirmed_by = "Thường trực Hội đồng"
    pact.save()
    targets = [
        Target.objects.create(pact=pact, position=place, content=words, measure=measure, planned=Decimal(planned))
        for place, (words, measure, planned) in enumerate(TARGETS, start=1)
    ]
    for place, membership in enumerate(members_due(division, cluster).order_by("pk")):
        party = Party(pact=pact, membership=membership)
        if state in SIGNED_STATES or (state == State.OPEN and place % 3 == 0):
            party.signer_name, party.signer_title = head_on(membership.unit, day)
            party.signed_on, party.signed_by = day - timedelta(days=place % 3), by
        party.save()
        Aim.objects.bulk_create(
            Aim(party=party, title=title, quantity=quantity) for title, quantity in AIMS[place % len(AIMS)]
        )
        if state == State.CONFIRMED:
            Reached.objects.bulk_create(_reached(party, targets, place))
    if pact.signed_on:
        pact.signed_on = max(pact.parties.values_list("signed_on", flat=True))
        pact.save()
    return pact


def _paper(code, reference, day, about):
    """A paper of the register that is invented and says so."""
    known = Document.objects.filter(reference=reference, year=day.year).first()
    return known or Document.objects.create(
        origin=Document.Origin.CITED,
        type=DocumentType.objects.get(code=code),
        reference=reference,
        issuer_name="Sở Nội vụ" if code == "TTr" else "Hội đồng Thi đua - Khen thưởng tỉnh",
        subject=f"{about} năm {day.year}",
        year=day.year,
        month=day.month,
        day=day.day,
        note=NOTE,
        sample=True,
    )


def _reached(party, targets, place):
    """What a party reached: somewhat above or below what was promised."""
    shares = [Decimal(1), Decimal("1.2"), Decimal("0.9")]
    for number, target in enumerate(targets):
        figure = target.planned * shares[(place + number) % 3]
        if target.is_share:
            figure = min(figure, Decimal(100))
        exact = Decimal("0.1") if target.is_share else Decimal(1)
        yield Reached(target=target, party=party, reached=figure.quantize(exact))
