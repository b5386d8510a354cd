"""Load the sample clusters of 2020 and 2026, with what they did; ``load_sample_data`` goes before."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from clusters.models import Division
from clusters.sample import activities, ballots, divisions, pacts, scores
from units.models import User


class Command(BaseCommand):
    """Adds the years that are missing, and to each what it did; changes nothing that is there."""

    help = "Nạp cụm, khối thi đua minh họa của năm 2020 và 2026. Chạy lại không làm mất gì."

    @transaction.atomic
    def handle(self, *args, **options):
        """Load everything, or nothing at all; raises ``CommandError`` in real use or without the sample accounts."""
        if settings.REAL_USE:
            raise CommandError("Không nạp cụm, khối minh họa: đây là bản dùng thật. Chỉ nạp khi DEMO=True.")
        people = {user.username: user for user in User.objects.filter(invented=True)}
        if "chuyenvien" not in people:
            raise CommandError("Chưa có tài khoản minh họa. Hãy chạy load_sample_data trước.")
        made = divisions.make(people)
        for division in Division.objects.filter(sample=True).order_by("year"):
            for part in (activities, pacts, scores, ballots):
                part.make(division, people=people)
        self.stdout.write(f"Thêm {len(made)} bảng phân cụm minh họa.")
