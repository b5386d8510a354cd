"""Load the catalogue of titles and forms of commendation by law and date."""

from django.core.management import call_command
from django.core.management.base import BaseCommand

from awards.catalogue.loading import read
from awards.catalogue.storing import store
from awards.fund.heads import load as load_heads
from awards.items.kinds import load as load_kinds


class Command(BaseCommand):
    """Adds what is missing and leaves alone what is there, so that what the office confirmed or changed stays."""

    help = "Nạp danh mục danh hiệu, hình thức khen thưởng theo luật và ngày. Chạy lại không thay đổi gì."

    def handle(self, *args, **options):
        """Load the laws that the rows stand in, then the rows."""
        call_command("load_laws", stdout=self.stdout)
        self.stdout.write(f"Danh mục khen thưởng: thêm {store(read())} dòng.")
        self.stdout.write(f"Nguồn thu, nội dung chi của quỹ: thêm {load_heads()} dòng.")
        self.stdout.write(f"Loại hiện vật: thêm {load_kinds()} dòng.")
