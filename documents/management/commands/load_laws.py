"""Load the laws, decrees and circulars that papers about emulation and commendation rest on."""

from django.core.management.base import BaseCommand
from django.db import transaction

from documents import data
from documents.models import Document, DocumentType, Effect


class Command(BaseCommand):
    """Adds what is missing and leaves alone what is there, so that the office's own corrections stay.

    What replaced what is loaded for papers that this run added.
    """

    help = (
        "Nạp luật, nghị định, thông tư về thi đua, khen thưởng vào sổ văn bản làm căn cứ. Chạy lại không thay đổi gì."
    )

    @transaction.atomic
    def handle(self, *args, **options):
        """Store the papers, then what each did to others, and say how many were new."""
        rows = data.laws()
        added = self.add_papers(rows)
        pairs = sum(self.add_effect(row) for row in rows if row["reference"] in added)
        self.stdout.write(f"Luật, nghị định, thông tư: thêm {len(added)} văn bản, {pairs} quan hệ thay thế.")

    def add_papers(self, rows) -> set[str]:
        """The numbers that the register did not hold."""
        types = {row.code: row for row in DocumentType.objects.all()}
        known = set(Document.objects.filter(origin=Document.Origin.CITED).values_list("reference", flat=True))
        missing = [row for row in rows if row["reference"] not in known]
        for row in missing:
            day = row["day"]
            Document.objects.create(
                origin=Document.Origin.CITED,
                type=types[row["type"]],
                reference=row["reference"],
                year=day.year,
                month=day.month,
                day=day.day,
                issuer_name=row["issuer"],
                subject=row["subject"],
                effective_from=row.get("begins"),
                effective_to=row.get("ends"),
                note=row.get("note", ""),
            )
        return {row["reference"] for row in missing}

    def add_effect(self, row) -> bool:
        """Whether ``row`` was replaced by another, which is stored now."""
        if "replaced_by" not in row:
            return False
        cited = Document.objects.filter(origin=Document.Origin.CITED)
        paper = cited.filter(reference=row["replaced_by"]).first()
        if not paper:
            return False
        target = cited.get(reference=row["reference"], type__code=row["type"])
        target.state = Document.State.REPLACED
        target.save()
        Effect.objects.create(paper=paper, target=target, kind=Effect.Kind.REPLACES)
        return True
