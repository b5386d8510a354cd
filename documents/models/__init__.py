"""Every paper of the office: its parts, its life, its number, whom it goes to and what it asks; and long jobs."""

from .change import Change, differences, history_of
from .delivery import Addressee, AddresseeGroup, Answer, Delivery, Mail, Reminder
from .document import TYPED, Document, Frozen
from .duty import Assignment, Duty, Report
from .job import Job, JobPart, Worker
from .notice import ChangeNotice
from .office_text import OfficeText
from .parts import Appendix, Edit, Effect, Move
from .sending import Sending
from .series import Arrival, ArrivalEdit, IssuedCopy, NumberSeries, SeriesYear
from .type import DocumentType
from .upload import Upload, register_files

__all__ = [
    "TYPED",
    "Addressee",
    "AddresseeGroup",
    "Answer",
    "Appendix",
    "Arrival",
    "ArrivalEdit",
    "Assignment",
    "Change",
    "ChangeNotice",
    "Delivery",
    "Document",
    "DocumentType",
    "Duty",
    "Edit",
    "Effect",
    "Frozen",
    "IssuedCopy",
    "Job",
    "JobPart",
    "Mail",
    "Move",
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
    "register_files",
]
