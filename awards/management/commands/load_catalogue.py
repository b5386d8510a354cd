"""Load the catalogue of titles and forms of commendation by law and date."""

from django.core.management import call_command
from django.core.management.base import BaseCommand

from awards.catalogue.loading import read
from awards.catalogue.storing import store
from awards.certificates.layouts import load as load_layouts
from awards.fund.heads import load as load_heads
from awards.items.kinds import load as load_kinds

_SHOWN = 40


class Command(BaseCommand):
    """Adds what is missing, changes what nobody of the office touched, leaves what it confirmed or changed, and says what."""

    help = (
        "Nạp danh mục danh hiệu, hình thức khen thưởng theo luật và ngày. Chạy lại thì thêm dòng thiếu, sửa dòng cũ chưa ai sửa "
        "theo tệp của phần mềm; dòng Sở đã sửa, đã xác nhận để nguyên và nêu tên."
    )

    def handle(self, *args, **options):
        """Load the laws that the rows stand in, then the rows."""
        call_command("load_laws", stdout=self.stdout)
        loaded = store(read())
        told = (
            f"Danh mục khen thưởng: thêm {loaded.added} dòng, cập nhật {loaded.changed}, để nguyên {len(loaded.left)}."
        )
        self.stdout.write(told)
        for words in loaded.left[: None if options["verbosity"] > 1 else _SHOWN]:
            self.stdout.write(f"  để nguyên: {words}")
        if len(loaded.left) > _SHOWN and options["verbosity"] < 2:
            self.stdout.write(f"  … và {len(loaded.left) - _SHOWN} dòng khác (thêm «-v 2» để xem hết).")
        self.stdout.write(f"Nguồn thu, nội dung chi của quỹ: thêm {load_heads()} dòng.")
        self.stdout.write(f"Loại hiện vật: thêm {load_kinds()} dòng.")
        self.stdout.write(f"Mẫu in bằng: thêm {load_layouts()} mẫu.")
