"""Every paper of the office: its parts, its life, its number, whom it goes to and what it asks; and long jobs."""

from .area import PAPERS  # noqa: F401  areas stand in the order of the apps
from .changes.models import ChangeNotice
from .deliveries.models import Answer, Delivery, Mail, Reminder
from .duties.models import Assignment, Report
from .jobs.models import Job, JobPart, Worker
from .papers.models.addressee import Addressee, AddresseeGroup
from .papers.models.copy import IssuedCopy
from .papers.models.document import TYPED, Document, Frozen
from .papers.models.duty import Duty
from .papers.models.office_text import OfficeText
from .papers.models.parts import Appendix, Effect
from .papers.models.type import DocumentType
from .register.models import Arrival, NumberSeries, SeriesYear
from .steps.models import Change, Sending, differences, history_of
from .uploads.models import Upload

__all__ = [
    "TYPED",
    "Addressee",
    "AddresseeGroup",
    "Answer",
    "Appendix",
    "Arrival",
    "Assignment",
    "Change",
    "ChangeNotice",
    "Delivery",
    "Document",
    "DocumentType",
    "Duty",
    "Effect",
    "Frozen",
    "IssuedCopy",
    "Job",
    "JobPart",
    "Mail",
    "NumberSeries",
    "OfficeText",
    "Reminder",
    "Report",
    "Sending",
    "SeriesYear",
    "Upload",
    "Worker",
    "differences",
    "history_of",
]
