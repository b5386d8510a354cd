"""Load a text for each type of paper, from which every unit may begin, and the first phrases."""

from django.core.management.base import BaseCommand
from django.db import transaction

from documents import data
from documents.models import DocumentType, OfficeText, Phrase
from documents.texts.actions import keep


class Command(BaseCommand):
    """Adds the texts of types that have none for everybody, and phrases where there are none; what is there stays."""

    help = "Nạp một mẫu cho mỗi loại văn bản, dùng chung cho mọi đơn vị. Chạy lại không thay đổi gì."

    @transaction.atomic
    def handle(self, *args, **options):
        """Store the texts, and say how many were new."""
        types = DocumentType.objects.in_bulk(field_name="code")
        known = set(OfficeText.objects.filter(unit=None, owner=None).values_list("type__code", flat=True))
        missing = [row for row in data.texts() if row["type"] in types and row["type"] not in known]
        for row in missing:
            words = {name: row.get(name, "") for name in ("name", "subject", "bases", "to", "recipients")}
            keep(OfficeText(type=types[row["type"]], body=row["body"].strip(), **words))
        self.stdout.write(f"Mẫu văn bản dùng chung: thêm {len(missing)} mẫu.")
        phrases = [] if Phrase.objects.filter(unit=None, owner=None).exists() else data.phrases()
        for row in phrases:
            keep(Phrase(name=row["name"], body=row["body"].strip()))
        self.stdout.write(f"Cụm từ dùng chung: thêm {len(phrases)} cụm từ.")
