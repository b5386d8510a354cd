"""``manage.py bare_pictures``: what cameras wrote is taken out of the files that were kept before the program did so."""

from django.core.management.base import BaseCommand

from documents.models import Upload
from documents.uploads import bare_kept


class Command(BaseCommand):
    """Looks into every file once; may be run again, and stopped, at any time."""

    help = "Bỏ nơi chụp, số máy ảnh khỏi các ảnh đã lưu trước đây."

    def handle(self, **options):
        """Do it, and tell how many files changed."""
        changed = looked = 0
        for upload in Upload.objects.with_content().order_by("pk").iterator():
            looked += 1
            changed += bare_kept(upload)
        self.stdout.write(f"Đã xem {looked} tệp, bỏ nơi chụp và số máy ảnh ở {changed} tệp.")
