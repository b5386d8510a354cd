"""Load the sample campaigns of 2019, 2020 and 2026; ``load_sample_data`` goes before."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from campaigns.models import Campaign
from campaigns.sample import life, province
from units.models import User


class Command(BaseCommand):
    """Adds the campaigns that are missing, with what became of them; changes nothing that is there."""

    help = "Nạp phong trào thi đua minh họa của năm 2019, 2020 và 2026. Chạy lại không làm mất gì."

    @transaction.atomic
    def handle(self, *args, **options):
        """Load everything, or nothing at all; raises ``CommandError`` in real use or without the sample accounts."""
        if settings.REAL_USE:
            raise CommandError("Không nạp phong trào minh họa: đây là bản dùng thật. Chỉ nạp khi DEMO=True.")
        people = {user.username: user for user in User.objects.filter(invented=True)}
        if "chuyenvien" not in people:
            raise CommandError("Chưa có tài khoản minh họa. Hãy chạy load_sample_data trước.")
        before = Campaign.objects.count()
        campaigns = province.make(people)
        life.make(campaigns, people)
        self.stdout.write(f"Thêm {Campaign.objects.count() - before} phong trào minh họa.")
