"""The slip that goes with a paper that was drafted for another body, to be signed there."""

from django.utils import timezone

from .. import typesetting
from ..papers.models import DocumentType
from ..papers.rules import begin
from ..papers.tables import table
from ..source.vietnamese import without_mark
from .actions import agree, presented

# No type of Nghị định 30/2020/NĐ-CP, Điều 7, but set as its named papers are: a sheet of the office's own.
SLIP = DocumentType(code="PTr", name="Phiếu trình", form=DocumentType.Form.NAMED)
# Room to write by hand.
DOTS = "." * 200


def slip_of(document, *, user) -> bytes:
    """The slip (phiếu trình) that goes with the draft, as PDF. Raises ``PaperRefused``, and as ``to_pdf`` does.

    Its head is that of the office that drafted, as it is called today.
    """
    writer = user if document.is_of(user) and user.unit_id else document.author
    slip = begin(by=writer, type=SLIP, issuer=writer.unit or document.unit)
    sent = presented(document)
    agreed = document.moves.filter(what=agree.what).first()
    if not slip.signer_name:
        slip.capacity, slip.signer_name = "LÃNH ĐẠO ĐƠN VỊ TRÌNH", str(agreed.by if agreed else writer)
    slip.subject = f"ký ban hành {document.type.name[:1].lower()}{document.type.name[1:]} {document.subject}"
    slip.to = sent.to_whom if sent else document.issuer_name
    slip.recipients = f"Như trên\n{document.unit}" if document.unit else "Như trên"
    if sent:
        slip.year, slip.month, slip.day = sent.day.year, sent.day.month, sent.day.day
    facts = table(["Nội dung", "Cụ thể"], _facts(document, agreed))
    slip.body = f"{slip.issuer_name} trình dự thảo văn bản kèm theo:\n\n{facts}\n\nKính trình xem xét, ký ban hành."
    html = typesetting.typeset(slip.as_paper([]), {SLIP.code: SLIP.facts}, today=timezone.localdate())
    return typesetting.to_pdf(html)


def _facts(document, agreed):
    """What whoever signs looks at first: rows of (what, how it is)."""
    rows = [
        ("Văn bản", f"{document.type}: {document.subject}"),
        ("Cơ quan ban hành", document.issuer_name),
        ("Người ký theo dự thảo", ", ".join(filter(None, [*document.capacity.split("\n"), document.signer_name]))),
        ("Căn cứ", "; ".join(without_mark(line) for line in document.bases.split("\n") if line.strip())),
        ("Kính gửi, nơi nhận", "; ".join(_named(document))),
        ("Phụ lục kèm theo", "; ".join(row.title for row in document.appendices.all())),
        ("Người soạn", f"{document.author}, {document.unit}"),
        ("Lãnh đạo đồng ý trình", f"{agreed.by}, {timezone.localtime(agreed.at):%d/%m/%Y}" if agreed else ""),
    ]
    return [*(row for row in rows if row[1]), ("Ý kiến của người ký", DOTS)]


def _named(document) -> list[str]:
    """Everybody whom the draft names, each once."""
    names = [without_mark(line).strip() for line in [*document.to.split("\n"), *document.recipients.split("\n")]]
    return list(dict.fromkeys(name for name in names if name and not name.startswith("Như ")))
