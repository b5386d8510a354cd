"""How the account behind a session is found: with its unit, which every page shows."""

from django.contrib.auth.backends import ModelBackend

from .models import User


class Accounts(ModelBackend):
    """Accounts of the database, by name and password."""

    def get_user(self, user_id):
        """The account of that key if it may be used, with its unit, in one question."""
        try:
            user = User.objects.select_related("unit").get(pk=user_id)
        except User.DoesNotExist:
            return None
        return user if self.user_can_authenticate(user) else None
