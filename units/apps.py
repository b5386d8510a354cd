"""Who: agencies with their years of life, officials who sign, accounts."""

from django.apps import AppConfig
from django.db.models.expressions import Col


class UnitsConfig(AppConfig):
    """Units, officials and accounts. The lowest app: it imports none of the others."""

    name = "units"
    verbose_name = "Đơn vị và tài khoản"

    def ready(self):
        """Register the system check that keeps the demonstration's password out of real use, and how units are found."""
        from . import checks, heirs  # noqa: F401

        # A sorted query compares all columns that it fetches. Stock, each is compared by the arguments it was made with, bound
        # anew to their names: a fifth of the time of asking for a row, a third where rows of other tables come along.
        Col.identity = property(lambda column: (type(column), column.alias, column.target, column.output_field))
