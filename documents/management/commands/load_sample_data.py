"""Load what a demonstration needs: units, invented accounts and officials, cited papers, a year of drafts."""

from datetime import date
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from documents.models import Document, DocumentType, NumberSeries
from documents.sample.axis import add_packages
from documents.sample.cited import CITED, DIRECTIONS
from documents.sample.life import ISSUED_MARK, SEED_DAY, addressees_of, began, day_of, issue_seed_letter, live, moment
from documents.sample.people import ACCOUNTS, BEGAN, COUNCIL, OFFICIALS, STANDING, STANDING_OFFICE
from documents.sample.year import MARK, ROOMS, Draft, drafts
from units.models import Official, Term, Unit, User
from units.passwords import DEMO_PASSWORD

from ...papers.actions import fill_from_paper, save_draft
from ...register.numbers import SHARED, begin_after
from ...source.paper import Signature
from ...source.source import parse
from ...source.types import SPOKEN

SEED_LETTER = Path(__file__).resolve().parents[2] / "sample" / "seed_letter.md"
REFUSED = (
    "Không nạp dữ liệu minh họa: đây là bản dùng thật, mà tài khoản minh họa có mật khẩu đã công bố. "
    "Chỉ nạp khi DEMO=True. Danh mục đơn vị nạp bằng lệnh: python manage.py load_units"
)


class Command(BaseCommand):
    """Adds what is missing and changes nothing that is there."""

    help = "Nạp dữ liệu minh họa: đơn vị, tài khoản, người ký, văn bản. Chạy lại không làm mất gì."

    @transaction.atomic
    def handle(self, *args, **options):
        """Load everything, or nothing at all; raises ``CommandError`` in real use."""
        if settings.REAL_USE:
            raise CommandError(REFUSED)
        call_command("load_units", stdout=self.stdout)
        call_command("load_laws", stdout=self.stdout)
        call_command("load_texts", stdout=self.stdout)
        self.units = {unit.code: unit for unit in Unit.objects.all()}
        accounts, officials, cited = self.add_accounts(), self.add_officials(), self.add_cited()
        self.add_books()
        drafts = self.add_drafts()
        packages = add_packages(self.sent_letter(), User.objects.get(username="vanthu")) if drafts else 0
        self.stdout.write(
            f"Thêm {accounts} tài khoản, {officials} người ký, {cited} văn bản trích dẫn, {drafts} văn bản minh họa, "
            f"{packages} gói liên thông."
        )

    def add_accounts(self) -> int:
        """The accounts that are missing; their number. One hash serves all, for the password is published."""
        known = set(User.objects.values_list("username", flat=True))
        missing = [row for row in ACCOUNTS if row[0] not in known]
        password = make_password(DEMO_PASSWORD) if missing else ""
        for username, name, code, role in missing:
            User.objects.create(
                username=username, full_name=name, unit=self.units[code], role=role, password=password, invented=True
            )
        return len(missing)

    def add_books(self):
        """The council's book, which its standing office keeps, and where the province's own goes on, unless they are there."""
        council, office = self.units[COUNCIL], self.units[STANDING_OFFICE]
        kept = {"kept_by": office, "kept_paper": STANDING, "kept_since": date(2020, 1, 2)}
        NumberSeries.objects.get_or_create(issuer=council, name=SHARED, defaults=kept)
        code, year, number, paper = BEGAN
        series, is_new = NumberSeries.objects.get_or_create(issuer=self.units[code], name=SHARED)
        if is_new:
            begin_after(series, year=year, number=number, paper=paper, by=User.objects.get(username=ACCOUNTS[0][0]))

    def add_officials(self) -> int:
        """The officials that are missing, with their terms; their number."""
        known = set(Official.objects.values_list("name", flat=True))
        missing = [row for row in OFFICIALS if row[1] not in known]
        for _, name, invented, terms in missing:
            official = Official.objects.create(name=name, invented=invented)
            for code, post, capacity, behalf, (begins, ends), authority in terms:
                Term.objects.create(
                    official=official,
                    unit=self.units[code],
                    post=post,
                    capacity=capacity,
                    on_behalf_of=behalf,
                    since=begins,
                    until=ends,
                    authority=authority,
                )
        return len(missing)

    def add_cited(self) -> int:
        """The cited papers that are missing; their number."""
        known = set(Document.objects.filter(origin=Document.Origin.CITED).values_list("reference", flat=True))
        types = {row.code: row for row in DocumentType.objects.all()}
        missing = [row for row in CITED if row[1] not in known]
        for code, reference, day, issuer, unit, subject in missing:
            Document.objects.create(
                origin=Document.Origin.CITED,
                type=types[code],
                reference=reference,
                year=day.year,
                month=day.month,
                day=day.day,
                issuer_name=issuer,
                issuer_unit=self.units.get(unit),
                subject=subject,
            )
        return len(missing) + self.add_directions(types[SPOKEN], known)

    def add_directions(self, spoken, known) -> int:
        """The directions by word of mouth that are missing; their number."""
        missing = [row for row in DIRECTIONS if row[0] not in known]
        for reference, day, person, occasion, subject in missing:
            Document.objects.create(
                origin=Document.Origin.CITED,
                type=spoken,
                reference=reference,
                year=day.year,
                month=day.month,
                day=day.day,
                issuer_name=person,
                occasion=occasion,
                subject=subject,
            )
        return len(missing)

    def add_drafts(self) -> int:
        """The seed letter and the year of drafts, unless sample drafts are there already; their number."""
        if Document.objects.filter(sample=True).exists():
            return 0
        for code, room in ROOMS.items():
            # Their own drafts begin as the sample's papers do.
            Unit.objects.filter(code=code, letter_section="").update(letter_section=room, archive=f"VT, {room}")
        self.authors = {user.username: user for user in User.objects.all()}
        seed = parse(SEED_LETTER.read_text(encoding="utf-8"), DocumentType.objects.catalogue())
        papers = sorted(drafts(self.units, self.signature), key=lambda row: began(row.paper))
        letter = Draft(seed, "so-noi-vu", "ubnd-tinh", "chuyenvien", "pct-ubnd", "")
        for draft in papers:
            if not self.seed_issued and began(draft.paper) > SEED_DAY:
                self.issue_seed(letter)
            self.add_draft(draft)
        # The seed letter as a draft comes last, so that its author finds it at the head of the latest drafts.
        self.store(letter)
        return len(papers) + 2

    def sent_letter(self) -> Document:
        """The office's letter of today's units, which goes onto the axis."""
        sent = Document.objects.filter(sample=True, state=Document.State.ISSUED, issuer_unit__code="so-noi-vu-2025")
        return sent.filter(type__code="CV").order_by("pk").first()

    seed_issued = False

    def issue_seed(self, letter):
        """The seed letter among the papers of its time, so that numbers run with the days."""
        self.seed_issued = True
        with moment(began(letter.paper)):
            document = self.store(letter)
        issue_seed_letter(document, self.authors)

    def term(self, key: str, issuer: str, capacity: str):
        """The term in which the official ``key`` signs for ``issuer``; None where somebody took it out."""
        (name,) = (row[1] for row in OFFICIALS if row[0] == key)
        terms = Term.objects.filter(official__name=name, unit=self.units[issuer])
        return (terms.filter(capacity=capacity) if capacity else terms).order_by("id").first()

    def signature(self, key: str, issuer: str, capacity: str) -> Signature:
        """The signature block of that term."""
        term = self.term(key, issuer, capacity)
        return Signature(tuple(term.lines), term.official.name)

    def add_draft(self, draft: Draft):
        """Store one draft on the day that it was begun, and let it live."""
        with moment(began(draft.paper)):
            document = self.store(draft)
        if day := day_of(draft.paper):
            live(document, day, self.authors)

    def store(self, draft: Draft) -> Document:
        """One draft in the name of its author."""
        issuer = self.units[draft.issuer]
        document = Document(
            unit=self.units[draft.unit],
            issuer_unit=issuer,
            issuer_name=issuer.name,
            signer=self.term(draft.signer, draft.issuer, draft.capacity),
            # The letter that the project began with is true but for what the program gave it.
            note=ISSUED_MARK if draft.signer == "pct-ubnd" else MARK,
            sample=True,
        )
        appendices = fill_from_paper(document, draft.paper)
        rows = addressees_of(document)
        return save_draft(document, by=self.authors[draft.author], appendices=appendices, addressees=rows)
