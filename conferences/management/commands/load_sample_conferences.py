"""Load the sample plans and conferences; ``load_sample_awards`` goes before."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from conferences.models import Event, Plan
from conferences.sample import STORIES
from units.models import User


class Command(BaseCommand):
    """Adds them once; where sample plans are there, nothing is changed."""

    help = "Nạp kế hoạch, hội nghị, đại hội minh họa 2019–2025. Chạy lại không làm mất gì."

    @transaction.atomic
    def handle(self, *args, **options):
        """Load everything, or nothing at all; raises ``CommandError`` in real use or without the sample accounts."""
        if settings.REAL_USE:
            raise CommandError("Không nạp hội nghị minh họa: đây là bản dùng thật. Chỉ nạp khi DEMO=True.")
        by = User.objects.filter(invented=True, username="chuyenvien").first()
        if not by:
            raise CommandError("Chưa có tài khoản minh họa. Hãy chạy load_sample_data trước.")
        if not Plan.objects.filter(sample=True).exists():
            for play in STORIES:
                play(by)
        self.stdout.write(f"Kế hoạch minh họa: {Plan.objects.count()}; hội nghị, đại hội: {Event.objects.count()}.")
