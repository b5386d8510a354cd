"""How one document names another: in full the first time, by type and number afterwards.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.6.b.
"""

import re

from .models import Document

# Every place that may be a citation; more than there are does no harm.
CITE = re.compile(r"\{\{cite:[ ]*([^{}\n]+?)[ ]*\}\}")


def long_form(document) -> str:
    """``Báo cáo số 50/BC-UBND ngày 17/02/2020 của UBND tỉnh Lạng Sơn về tổng kết …``."""
    words = [short_form(document)]
    if document.date_text:
        words.append(f"ngày {document.date_text}")
    if document.issuer_name:
        words.append(f"của {document.issuer_name}")
    subject = document.subject.strip()
    if not subject.lower().startswith(("về ", "phát động ")):
        subject = f"về {subject}"
    return " ".join([*words, subject])


def short_form(document) -> str:
    """``Báo cáo số 50/BC-UBND``."""
    return f"{document.type.name} số {document.reference}"


def resolver(user=None, paper=None):
    """A function (reference, first mention?) → citation, or None where the register does not hold the reference.

    ``user`` limits it to papers that this person may see; without one (the command line) only cited papers are found.
    The references of ``paper`` are fetched together, others one by one.
    """
    visible = (
        Document.objects.filter(origin=Document.Origin.CITED) if user is None else Document.objects.visible_to(user)
    )
    known = _all_cited(visible, paper) if paper else {}

    def cite(reference, first):
        if reference not in known:
            known[reference] = visible.select_related("type").filter(reference=reference).order_by("-dated").first()
        document = known[reference]
        if document is None:
            return None
        return long_form(document) if first else short_form(document)

    return cite


def _all_cited(visible, paper):
    """{reference: the newest paper that has it, or None} for all references in the text of ``paper``, in one query."""
    texts = [paper.body, *(appendix.body for appendix in paper.appendices)]
    references = {found for text in texts for found in CITE.findall(text)}
    known = dict.fromkeys(references)
    for document in visible.select_related("type").filter(reference__in=references).order_by("dated", "pk"):
        known[document.reference] = document
    return known
