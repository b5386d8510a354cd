"""Which papers a person may open, and how many of them are found quickly."""

from collections.abc import Callable

from django.db.models import Q

from units.models import Searched

# Beyond this many papers, walking the register by day finds a page of them sooner than fetching them by key.
FEW = 2000


# Ways to a paper beside being cited and being one's own; the rooms that know of them add them.
_WAYS: list[Callable] = []


def let_open(keys_of: Callable) -> None:
    """Let people of ``units`` open the papers whose keys ``keys_of(units)`` gives: a query. Called when the program starts."""
    _WAYS.append(keys_of)


def _sources(papers, units):
    """Keys of those of ``papers``, all of them, that people of ``units`` may open, a query for each way to them."""
    model = papers.model
    return (
        papers.filter(origin=model.Origin.CITED).order_by().values("pk"),
        papers.filter(unit__in=units).order_by().values("pk"),
        papers.filter(issuer_unit__in=units, origin=model.Origin.OURS, state__in=model.WITH_ITS_BODY)
        .exclude(unit__in=units)
        .order_by()
        .values("pk"),
        *(keys_of(units) for keys_of in _WAYS),
    )


class Frozen(Exception):
    """Something would change a paper that was issued, or take one out of the register."""


class DocumentQuerySet(Searched):
    """What a person may see, and what a search finds."""

    def open_to(self, user):
        """Papers that ``user`` may open: those cited, those that the own unit (or one that went into it) wrote or got, and
        those of the own unit that others drafted, from the day they are presented to it.

        For questions that something else narrows to a few; lists ask by ``visible_to``.
        """
        if user.is_administrator:
            return self
        sources = _sources(self.model.objects, user.inherited_units)
        seen = Q(origin=self.model.Origin.CITED) | Q(unit__in=user.inherited_units)
        for keys in sources[2:]:
            seen |= Q(pk__in=keys)
        return self.filter(seen)

    def visible_to(self, user):
        """As ``open_to``, for lists, which may hold very many."""
        if user.is_administrator:
            return self
        # Who sees few papers among very many gets them by key. The keys are read first: told how few they are, the
        # database leaves the index of words alone, which would bring thousands of papers that others see.
        if not getattr(user, "_sees_many", False):
            sources = _sources(self.model.objects, user.inherited_units)
            keys = list(sources[0].union(*sources[1:], all=True).values_list("pk", flat=True)[: FEW + 1])
            if len(keys) <= FEW:
                return self.filter(pk__in=keys)
            user._sees_many = True  # once a request: who sees most has the rows told apart one by one
        return self.open_to(user)

    def with_names(self):
        """Each paper with what a list shows of it, in one query."""
        return self.select_related("type", "unit", "author", "issuer_unit")

    def for_lists(self):
        """As ``with_names``, without the long texts that no list shows."""
        return self.with_names().defer("body", "bases", "search_text")

    def update(self, **changes):
        """Refused: papers are changed one by one through ``save``, which keeps what was issued as it was."""
        raise Frozen("Văn bản không sửa hàng loạt: mỗi thay đổi phải được ghi lại.")

    def delete(self):
        """Refused: a draft is discarded and can be taken back; what was issued stays."""
        raise Frozen("Văn bản không xóa khỏi sổ. Dự thảo không dùng nữa thì chuyển vào mục Đã bỏ.")
