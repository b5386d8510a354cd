"""One row for every paper: cited, received or ours."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from units.models import Term, Unit
from units.permissions import may_write
from units.text import clean, clean_words, searchable
from units.tones import Badged

from ...source.paper import Appendix as PaperAppendix
from ...source.paper import Paper, PartialDate, Signature
from ...source.references import reference_key
from ...steps.models import EDIT, PAPER, history_of
from ...uploads.models import let_fetch
from .sight import DocumentQuerySet, Frozen
from .type import DocumentType


def lines(text: str) -> tuple[str, ...]:
    """The filled lines of a text field that holds one item a line."""
    return tuple(line.strip() for line in text.split("\n") if line.strip())


# The fields of a draft that a person types: what the form shows, an edit compares and a copy takes over.
TYPED = [
    "type",
    "issuer_unit",
    "issuer",
    "superior",
    "symbol",
    "place",
    "subject",
    "urgency",
    "circulation",
    "authority_line",
    "bases",
    "to",
    "recipients",
    "archive",
    "signer",
    "signer_reason",
    "capacity",
    "signer_name",
    "second_capacity",
    "second_signer_name",
    "contact",
    "body",
]


class Document(models.Model):
    """One paper in the words and facts of ``docs/document-source``; its looks come from the rules of its date.

    Our drafts are changed through ``documents.papers.actions`` alone, which keeps who changed what.
    """

    class Origin(models.TextChoices):
        """Where a paper comes from."""

        OURS = "ours", "Văn bản đi, dự thảo"
        RECEIVED = "received", "Văn bản đến"
        CITED = "cited", "Văn bản làm căn cứ"
        SENT = "sent", "Văn bản đi ngoài chương trình"

    class State(Badged):
        """Where a paper is in its life, in order. Papers of other bodies come into the register as issued.

        One that is drafted for another body is agreed to by those who drafted it and presented to that body, which approves
        it in the program or signs it on paper.
        """

        DRAFT = "draft", "azure", "Dự thảo"
        SUBMITTED = "submitted", "yellow", "Chờ duyệt"
        AGREED = "agreed", "orange", "Đã đồng ý, chờ trình ký"
        PRESENTED = "presented", "orange", "Đã trình, chờ ký"
        APPROVED = "approved", "lime", "Đã duyệt, chờ số"
        ISSUED = "issued", "green", "Đã ban hành"
        REPLACED = "replaced", "red", "Đã bị thay thế"
        RECALLED = "recalled", "red", "Đã thu hồi"
        DISCARDED = "discarded", "secondary", "Đã bỏ"

    class Kept(Badged):
        """What the register says of papers of others in place of their state, while they hold."""

        RECEIVED = "received", "green", "Văn bản đến"
        CITED = "cited", "secondary", "Làm căn cứ"

    # States in which a paper has its number and its bytes, and nothing about it changes any more.
    FROZEN = (State.ISSUED, State.REPLACED, State.RECALLED)
    # States in which a paper of ours may still be issued, and in which it stands for nothing any more.
    PENDING = (State.DRAFT, State.SUBMITTED, State.AGREED, State.PRESENTED, State.APPROVED)
    # States in which the body whose paper it is has it in its hands, whoever drafted it.
    WITH_ITS_BODY = (State.PRESENTED, State.APPROVED, *FROZEN)
    OVER = (State.DISCARDED, State.RECALLED, State.REPLACED)

    class Urgency(models.TextChoices):
        """Degrees of urgency (NĐ 30/2020, Phụ lục I, mục III)."""

        FLASH = "HỎA TỐC", "Hỏa tốc"
        VERY = "THƯỢNG KHẨN", "Thượng khẩn"
        URGENT = "KHẨN", "Khẩn"

    class Circulation(models.TextChoices):
        """Limits of circulation (NĐ 30/2020, Phụ lục I, mục III)."""

        INTERNAL = "LƯU HÀNH NỘI BỘ", "Lưu hành nội bộ"
        RETURN = "XEM XONG TRẢ LẠI", "Xem xong trả lại"

    origin = models.CharField("nguồn", max_length=10, choices=Origin, default=Origin.OURS)
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.DRAFT, editable=False)
    unit = models.ForeignKey(
        Unit, models.PROTECT, verbose_name="đơn vị soạn thảo", null=True, blank=True, related_name="drafts"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="người soạn",
        null=True,
        blank=True,
        related_name="drafts",
    )
    type = models.ForeignKey(DocumentType, models.PROTECT, verbose_name="loại văn bản")
    issuer_unit = models.ForeignKey(
        Unit, models.PROTECT, verbose_name="cơ quan ban hành", null=True, blank=True, related_name="papers"
    )
    issuer_name = models.CharField("tên cơ quan ban hành", max_length=200, blank=True)
    issuer = models.TextField("tên cơ quan ở đầu văn bản", blank=True)
    superior = models.TextField("cơ quan chủ quản ở đầu văn bản", blank=True)
    number = models.PositiveIntegerField("số", null=True, blank=True, editable=False)
    symbol = models.CharField("ký hiệu", max_length=40, blank=True)
    reference = models.CharField("số, ký hiệu", max_length=60, blank=True, db_index=True)
    # By which the same paper is found however its number is written: documents.source.references.
    reference_key = models.CharField(max_length=60, blank=True, editable=False, db_index=True)
    series = models.ForeignKey(
        "documents.NumberSeries",
        models.PROTECT,
        verbose_name="sổ",
        null=True,
        blank=True,
        editable=False,
        related_name="papers",
    )
    issued_at = models.DateTimeField("phát hành lúc", null=True, blank=True, editable=False)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="người phát hành",
        null=True,
        blank=True,
        editable=False,
        related_name="issued_papers",
    )
    # For directions given by word of mouth: where it was said. The person stands in issuer_name.
    occasion = models.CharField("dịp nói (chỉ đạo không bằng văn bản)", max_length=200, blank=True)
    effective_from = models.DateField("có hiệu lực từ ngày", null=True, blank=True)
    effective_to = models.DateField("hết hiệu lực từ ngày", null=True, blank=True)
    note = models.CharField("ghi chú", max_length=500, blank=True)
    # Which area of the program asked for this paper, and for which of its records; see documents.areas.papers.
    area = models.CharField(max_length=40, blank=True, editable=False)
    area_key = models.CharField(max_length=40, blank=True, editable=False)
    place = models.CharField("địa danh", max_length=60, blank=True)
    year = models.PositiveSmallIntegerField("năm", null=True, blank=True)
    month = models.PositiveSmallIntegerField("tháng", null=True, blank=True)
    day = models.PositiveSmallIntegerField("ngày", null=True, blank=True)
    subject = models.TextField("trích yếu", max_length=500)
    urgency = models.CharField("mức độ khẩn", max_length=20, choices=Urgency, blank=True)
    circulation = models.CharField("phạm vi lưu hành", max_length=20, choices=Circulation, blank=True)
    authority_line = models.CharField("thẩm quyền ban hành", max_length=200, blank=True)
    bases = models.TextField("căn cứ", blank=True)
    to = models.TextField("kính gửi", blank=True)
    recipients = models.TextField("nơi nhận", blank=True)
    archive = models.CharField("lưu", max_length=120, blank=True)
    signer = models.ForeignKey(
        Term, models.PROTECT, verbose_name="người ký", null=True, blank=True, related_name="papers"
    )
    signer_reason = models.CharField("lý do chọn người ký ngoài nhiệm kỳ", max_length=300, blank=True)
    capacity = models.TextField("quyền hạn, chức vụ người ký", blank=True)
    signer_name = models.CharField("họ tên người ký", max_length=100, blank=True)
    second_capacity = models.TextField("chức danh người ký thứ hai", blank=True)
    second_signer_name = models.CharField("họ tên người ký thứ hai", max_length=100, blank=True)
    contact = models.CharField("địa chỉ, điện thoại ở chân trang", max_length=300, blank=True)
    body = models.TextField("nội dung", blank=True)
    sample = models.BooleanField("dữ liệu minh họa", default=False, editable=False)

    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField("ngày tạo", auto_now_add=True)
    updated_at = models.DateTimeField("sửa lần cuối", auto_now=True)
    dated = models.DateField("ngày xếp", editable=False, db_index=True)
    search_text = models.TextField(editable=False)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "văn bản"
        verbose_name_plural = "văn bản"
        ordering = ["-dated", "-id"]
        # The register by day, narrow enough to be walked whole: who may see a row is told from the index alone.
        indexes = [
            models.Index(fields=["-dated", "-id", "unit", "origin", "state"], name="register_by_day"),
            models.Index(fields=["origin"], condition=~Q(origin="ours"), name="papers_of_others"),
            # What waits in a unit is counted on every page.
            models.Index(fields=["unit", "state"], name="papers_of_a_unit"),
            models.Index(fields=["area", "area_key"], name="papers_of_a_subject"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(origin="ours") | (Q(unit__isnull=False) & Q(author__isnull=False)),
                name="our_document_has_unit_and_author",
                violation_error_message="Văn bản do cơ quan soạn phải có đơn vị và người soạn.",
            ),
            models.CheckConstraint(
                condition=Q(origin="ours") | ~Q(reference=""),
                name="paper_of_others_has_a_reference",
                violation_error_message="Văn bản vào sổ phải có số, ký hiệu.",
            ),
            models.CheckConstraint(
                condition=Q(origin="ours") | Q(state__in=["issued", "replaced", "recalled"]),
                name="paper_of_others_is_issued",
                violation_error_message="Văn bản của cơ quan khác vào sổ khi đã ban hành.",
            ),
            models.CheckConstraint(
                condition=~Q(origin="ours")
                | Q(
                    state__in=["issued", "replaced", "recalled"],
                    number__isnull=False,
                    issued_at__isnull=False,
                    issued_by__isnull=False,
                )
                | Q(
                    ~Q(state__in=["issued", "replaced", "recalled"]),
                    number__isnull=True,
                    issued_at__isnull=True,
                    issued_by__isnull=True,
                ),
                name="our_paper_has_a_number_when_issued",
                violation_error_message="Văn bản có số khi và chỉ khi đã phát hành.",
            ),
            models.UniqueConstraint(
                fields=["issuer_unit", "year", "number", "symbol"],
                condition=Q(number__isnull=False),
                name="number_and_symbol_once_a_year",
                violation_error_message="Số này đã được dùng cho một văn bản khác cùng ký hiệu trong năm.",
            ),
        ]

    def __str__(self):
        return f"{self.type} {self.reference or '(chưa có số)'}: {self.subject}"

    def save(self, *args, **kwargs):
        """Store the day to sort by and the words for searching; text is kept clean, but for words that were issued."""
        frozen = self._refuse_if_frozen()
        for field in () if frozen else self._meta.concrete_fields:
            if isinstance(field, models.CharField | models.TextField) and field.attname != "search_text":
                tidy = clean if field.attname in ("symbol", "reference", "issuer_name") else clean_words
                setattr(self, field.attname, tidy(getattr(self, field.attname)))
        self.reference_key = reference_key(self.reference)[:60]
        self.dated = self.date.for_rules(timezone.localdate())
        author = str(self.author) if self.author else ""
        words = [
            self.type.name,
            self.reference or self.symbol,
            self.issuer_name,
            self.subject,
            self.signer_name,
            author,
        ]
        self.search_text = searchable(*words)
        if not self.is_ours and self.state == self.State.DRAFT:
            self.state = self.State.ISSUED
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("document", args=[self.pk])

    def delete(self, *args, **kwargs):
        """Refused, whatever its state."""
        return Document.objects.filter(pk=self.pk).delete()

    def _refuse_if_frozen(self) -> bool:
        """Whether it is one of ours that was issued. Raises ``Frozen`` for other words or numbers, and an earlier state."""
        if self.pk is None:
            return False
        issued = Document.objects.filter(origin=Document.Origin.OURS, state__in=self.FROZEN)
        stored = issued.in_bulk([self.pk]).get(self.pk)
        if not stored:
            return False
        fixed = [
            field
            for field in self._meta.concrete_fields
            if field.name not in ("state", "updated_at", "search_text", "reference_key")
        ]
        changed = [field.name for field in fixed if getattr(stored, field.attname) != getattr(self, field.attname)]
        if changed or self.state not in self.FROZEN:
            raise Frozen(
                f"{stored} đã phát hành nên không sửa được nữa. Sai sót thì thay thế hoặc thu hồi bằng văn bản mới."
            )
        return True

    @property
    def date(self) -> PartialDate:
        """The date as far as it is known."""
        return PartialDate(self.year, self.month, self.day)

    @property
    def date_text(self) -> str:
        """The date as lists show it and forms take it: ``25/02/2020``, ``02/2020`` or nothing."""
        parts = [f"{self.day:02d}" if self.day else "", f"{self.month:02d}" if self.month else "", str(self.year or "")]
        return "/".join(part for part in parts if part)

    @property
    def date_cell(self):
        """The date for a spreadsheet: the day where it is known whole, else what is known of it."""
        return self.dated if self.day else self.date_text

    @property
    def is_draft(self) -> bool:
        """Whether its words can still be changed."""
        return self.origin == self.Origin.OURS and self.state == self.State.DRAFT

    @property
    def is_ours(self) -> bool:
        """Whether the program sets its pages."""
        return self.origin == self.Origin.OURS

    @property
    def is_frozen(self) -> bool:
        """Whether it was issued, whatever became of it since."""
        return self.state in self.FROZEN

    @property
    def standing(self) -> Badged:
        """What its badge says: its state, or that it is one of others that holds."""
        is_kept = self.state == self.State.ISSUED and self.origin in self.Kept.values
        return self.Kept(self.origin) if is_kept else self.State(self.state)

    @property
    def name(self) -> str:
        """Type and number, as a sentence names it: ``Báo cáo số 50/BC-UBND``, ``Công văn (chưa có số)``."""
        return f"{self.type} số {self.reference}" if self.reference else f"{self.type} (chưa có số)"

    @property
    def dated_name(self) -> str:
        """The name with the day: ``Báo cáo số 50/BC-UBND, ngày 25/02/2020``."""
        return f"{self.name}, ngày {self.date_text}"

    @property
    def edits(self):
        """Each saved change of its words, the latest first, each with who saved it."""
        return history_of(PAPER, self.pk).filter(what=EDIT)

    @property
    def moves(self):
        """Each step of its life, the latest first, each with who took it."""
        return history_of(PAPER, self.pk).exclude(what=EDIT)

    def is_of(self, user) -> bool:
        """Whether ``user`` belongs to the unit that writes it (or one that went into it), or administers everything."""
        return user.is_administrator or self.unit_id in user.inherited_units

    def may_be_edited_by(self, user) -> bool:
        """Whether ``user`` may change the words: a draft, of the own unit, by someone who writes papers."""
        return self.is_draft and may_write(user) and self.is_of(user)

    def as_paper(self, appendices=None) -> Paper:
        """The facts and words for typesetting. ``appendices``: rows to use instead of the stored ones."""
        rows = self.appendices.all() if appendices is None else appendices
        second = Signature(lines(self.second_capacity), self.second_signer_name) if self.second_signer_name else None
        return Paper(
            type=self.type.code,
            issuer=lines(self.issuer),
            superior=lines(self.superior),
            number=self.number,
            symbol=self.symbol,
            place=self.place,
            date=self.date,
            subject=self.subject.strip(),
            urgency=self.urgency,
            circulation=self.circulation,
            authority_line=self.authority_line,
            bases=lines(self.bases),
            to=lines(self.to),
            recipients=lines(self.recipients),
            archive=self.archive,
            signature=Signature(lines(self.capacity), self.signer_name),
            second_signature=second,
            contact=self.contact,
            body=self.body,
            appendices=tuple(PaperAppendix(row.title, row.body, row.orientation, row.type_id or "") for row in rows),
        )


let_fetch(lambda user: Q(document__in=Document.objects.open_to(user).order_by().values("pk")))
