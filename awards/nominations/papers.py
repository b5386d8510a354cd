"""The papers of a file: the unit's submission with its list, its minutes, the report of one nomination; the department's answer.

Source: Luật Thi đua, khen thưởng 2022, Điều 84; Nghị định 30/2020/NĐ-CP, Phụ lục III (tờ trình, báo cáo, biên bản, công văn).
"""

from django.db import transaction
from django.utils import timezone

from documents.models import Addressee, Document
from documents.papers.tables import Lists, table
from documents.source.bases import bases_on
from documents.source.markdown import said, said_in_head
from documents.source.vietnamese import count_text
from documents.steps.refusing import Refused
from units.models import Unit
from units.permissions import department, may_manage

from ..catalogue.book import called
from ..catalogue.models import Route, Whom
from ..eligibility.facts import LEVEL_WORDS
from ..records.facts import facts_of
from . import checking
from .actions import STEPS
from .models import OF_DOSSIER, OF_NOMINATION, Dossier, Nomination, Paper

State, Stage = Dossier.State, Nomination.State
# In lists and papers collectives come before persons, persons before households.
_ORDER = {Whom.COLLECTIVE: 0, Whom.PERSON: 1, Whom.HOUSEHOLD: 2}
_HEADS = {Whom.COLLECTIVE: "TẬP THỂ", Whom.PERSON: "CÁ NHÂN", Whom.HOUSEHOLD: "HỘ GIA ĐÌNH"}


@transaction.atomic
def draft_for(dossier: Dossier, paper: Paper, *, by) -> Document:
    """A draft of ``paper`` for the file: the unit's own by its people, the answer by the department. Raises ``Refused``."""
    dossier = STEPS.locked(dossier)
    OF_DOSSIER.refuse_standing(dossier.pk, paper)
    if paper == Paper.RESULT:
        return _answer(dossier, by)
    if not dossier.is_kept_by(by):
        raise Refused(f"Văn bản này do {dossier.unit} soạn.")
    rows = in_order(dossier)
    if not rows:
        raise Refused("Hồ sơ chưa có đề nghị nào. Hãy thêm người được đề nghị trước khi soạn văn bản.")
    make = _submission if paper == Paper.SUBMISSION else _minutes
    return OF_DOSSIER.draft(dossier.pk, paper, by=by, issuer=by.unit, **make(dossier, rows, by))


def in_order(dossier: Dossier) -> list[Nomination]:
    """The nominations that were not withdrawn, in the order of lists: by rank, collectives first, names in Vietnamese order."""
    rows = checking.rows_of(dossier).exclude(state=Stage.WITHDRAWN)
    return sorted(rows, key=lambda row: (row.type.rank, _ORDER[row.recipient.kind], row.recipient.sort_text, row.pk))


def _span(dossier) -> str:
    return f"{dossier.first_year}–{dossier.year}" if dossier.first_year else str(dossier.year)


def _about(dossier) -> str:
    """For what, as the subject of a paper has it."""
    subject = dossier.subject or f"khen thưởng {dossier.get_route_display().lower()} năm {_span(dossier)}"
    return subject[:1].lower() + subject[1:]


def counted(rows) -> str:
    """``02 tập thể, 15 cá nhân``."""
    names = {Whom.COLLECTIVE: "tập thể", Whom.PERSON: "cá nhân", Whom.HOUSEHOLD: "hộ gia đình"}
    counts = {whom: sum(row.recipient.kind == whom for row in rows) for whom in names}
    return ", ".join(f"{count_text(number)} {names[whom]}" for whom, number in counts.items() if number)


def _lists(rows, lists: Lists) -> list[str]:
    """One list for each award, in its order; collectives before persons."""
    found = []
    for award in dict.fromkeys(row.type for row in rows):
        of_it = [row for row in rows if row.type_id == award.pk]
        name = called(award)
        found.append(f"**{said(name)}**: {counted(of_it)}.")
        has_deed = any(row.deed for row in of_it)
        heads = ["Họ và tên, tên tập thể", "Chức vụ, đơn vị", *(["Thành tích"] if has_deed else [])]
        cells = [(row.name, row.post, *([row.deed] if has_deed else [])) for row in of_it]
        found.append(lists.table(f"Danh sách đề nghị tặng {name}", heads, cells))
    return found


def _submission(dossier, rows, by):
    """Why, whom, with what (tờ trình)."""
    lists = Lists()
    unit, target = by.unit, department(timezone.localdate())
    to = target.name if target else "Sở Nội vụ"
    merits = _grounds(dossier)
    body = [
        *(f"{basis};" for basis in bases_on(timezone.localdate(), unit)),
        f"{merits}, Hội đồng Thi đua - Khen thưởng {said(unit.name)} đã xét và thống nhất đề nghị.",
        f"{said(unit.name)} trình {said(to)} xem xét, trình cấp có thẩm quyền khen thưởng {counted(rows)}:",
        *_lists(rows, lists),
        "(Kèm theo hồ sơ đề nghị khen thưởng.)",
        f"Kính trình {said(to)} xem xét, quyết định.",
    ]
    return {
        "type": "TTr",
        "facts": {
            "subject": said_in_head(f"đề nghị {_about(dossier)}"),
            "to": to,
            "body": lists.told("\n\n".join(body)),
        },
        "addressees": [Addressee(key=f"don-vi:{target.code}", label=target.name)] if target else [],
        "appendices": lists.appendices,
    }


def _grounds(dossier) -> str:
    if dossier.campaign_id:
        return f"Trên cơ sở kết quả phong trào thi đua «{said(dossier.campaign.name)}»"
    if dossier.route == Route.DEED:
        return f"Xét thành tích xuất sắc đột xuất ngày {dossier.deed_on:%d/%m/%Y}"
    return f"Trên cơ sở thành tích năm {_span(dossier)}"


def _minutes(dossier, rows, by):
    """Who considered, who was voted on and how (biên bản bình xét)."""
    lists = Lists()
    voted = any(row.votes_of for row in rows)
    heads = ["Họ và tên, tên tập thể", "Danh hiệu, hình thức", *(["Phiếu đồng ý"] if voted else [])]
    cells = [(row.name, called(row.type), *([row.own_votes] if voted else [])) for row in rows]
    body = [
        "Thời gian bắt đầu: … giờ …, ngày … tháng … năm …",
        f"Địa điểm: {said(by.unit.name)}.",
        f"Thành phần: Hội đồng Thi đua - Khen thưởng {said(by.unit.name)}; có mặt … / … thành viên.",
        "Chủ trì: [họ tên, chức vụ].",
        f"Thư ký (người ghi biên bản): {said(by.full_name)}, [chức vụ].",
        f"Nội dung: bình xét {said(_about(dossier))}.",
        f"Kết quả: thống nhất đề nghị {counted(rows)}.",
        lists.table("Kết quả bình xét", heads, cells),
        "Cuộc họp kết thúc vào … giờ … cùng ngày.",
    ]
    return {
        "type": "BB",
        "facts": {
            "subject": said_in_head(f"bình xét {_about(dossier)}"),
            "signer": None,
            "capacity": "CHỦ TỌA",
            "second_signer_name": by.full_name,
            "body": lists.told("\n\n".join(body)),
        },
        "appendices": lists.appendices,
    }


# --- The report of one nomination


@transaction.atomic
def draft_report(row: Nomination, *, by) -> Document:
    """A report on the merits of one nomination, its headings filled from the record. Raises ``Refused``."""
    if not row.dossier.is_kept_by(by):
        raise Refused(f"Báo cáo thành tích do {row.dossier.unit} soạn.")
    OF_NOMINATION.refuse_standing(row.pk)
    main = checking.main_of(row.recipient)
    facts = facts_of([main])[main.pk]
    body = [
        "# I. SƠ LƯỢC LÝ LỊCH, ĐẶC ĐIỂM, TÌNH HÌNH",
        *_who(row, main),
        "# II. THÀNH TÍCH ĐẠT ĐƯỢC",
        said(row.deed) or "[Nêu kết quả thực hiện nhiệm vụ, số liệu so sánh, sáng kiến và hiệu quả]",
        *_results(facts, row),
        "# III. CÁC HÌNH THỨC ĐÃ ĐƯỢC KHEN THƯỞNG",
        *_held(facts),
    ]
    subject = f"thành tích đề nghị tặng {called(row.type)} của {row.name}"
    facts = {"subject": said_in_head(subject), "body": "\n\n".join(body)}
    return OF_NOMINATION.draft(row.pk, by=by, type="BC", issuer=by.unit, facts=facts)


def _who(row, main) -> list[str]:
    if main.kind != Whom.PERSON:
        told = [("Tên", row.name), ("Đơn vị", row.unit and row.unit.name), ("Thành lập", main.birth_text)]
    else:
        told = [
            ("Họ và tên", row.name), ("Sinh ngày, tháng, năm", main.birth_text), ("Giới tính", main.get_gender_display()),
            ("Dân tộc", main.get_ethnicity_display()), ("Chức vụ, đơn vị", row.post),
        ]  # fmt: skip
    return [f"{name}: {said(str(words))}." for name, words in told if words]


def _results(facts, row) -> list[str]:
    """What the records know of the years that the file is about: how the work was done, places of clusters, initiatives."""
    span = range(row.dossier.first_year or row.dossier.year, row.dossier.year + 1)
    told = {
        "Mức độ hoàn thành nhiệm vụ": [
            f"năm {one.year} {LEVEL_WORDS[one.level]}" for one in facts.ratings if one.year in span
        ],
        "Kết quả thi đua": [one.words for one in facts.places if one.year in span],
        "Sáng kiến, đề tài": [one.words for one in facts.initiatives if one.year in span],
    }
    return [f"{name}: {said('; '.join(words))}." for name, words in told.items() if words]


def _held(facts) -> list[str]:
    """Titles, then forms, each with year, decision, day and body."""
    titles = [held.key for held in facts.held if held.key.type.is_title and not held.cancelled_on]
    forms = [held.key for held in facts.held if not held.key.type.is_title and not held.cancelled_on]
    found = []
    for number, (name, head, rows) in enumerate(
        [("Danh hiệu thi đua", "Danh hiệu", titles), ("Hình thức khen thưởng", "Hình thức", forms)], start=1
    ):
        if not rows:
            continue
        cells = [(row.year, row.title, f"Số {row.decision.number} ngày {row.decided_on:%d/%m/%Y}") for row in rows]
        found += [f"{number}. {name}", table(["Năm", head, "Quyết định"], cells, numbered=False)]
    return found or ["Chưa được khen thưởng."]


# --- What the department answers


def _answer(dossier, by):
    """What became of each nomination, with the reason of each refusal (công văn)."""
    if not may_manage(by):
        raise Refused("Văn bản báo kết quả do Sở Nội vụ soạn.")
    rows = in_order(dossier)
    left = [row for row in rows if row.state not in Nomination.OVER]
    if left:
        raise Refused(f"Còn {len(left)} đề nghị chưa có kết quả nên chưa báo được.")
    lists = Lists()
    given = [row for row in rows if row.state == Stage.AWARDED]
    refused = [row for row in rows if row.state != Stage.AWARDED]
    body = [
        f"Về hồ sơ {said(_about(dossier))} của {said(dossier.unit.name)}, {said(by.unit.name)} báo kết quả như sau:"
    ]
    if given:
        cells = [(row.name, called(row.type), row.given.decision.number) for row in given]
        body += [
            f"Được khen thưởng: {counted(given)}.",
            lists.table(
                "Danh sách được khen thưởng", ["Họ và tên, tên tập thể", "Danh hiệu, hình thức", "Quyết định"], cells
            ),
        ]
    if refused:
        cells = [(row.name, called(row.type), row.refusal or row.get_state_display()) for row in refused]
        body += [
            f"Không được khen thưởng: {counted(refused)}.",
            lists.table(
                "Danh sách không được khen thưởng", ["Họ và tên, tên tập thể", "Danh hiệu, hình thức", "Lý do"], cells
            ),
        ]
    body.append(f"{said(by.unit.name)} thông báo để {said(dossier.unit.name)} biết.")
    unit: Unit = dossier.unit
    return OF_DOSSIER.draft(
        dossier.pk, Paper.RESULT, by=by, type="CV", issuer=by.unit,
        facts={"subject": said_in_head(f"kết quả {_about(dossier)}"), "to": unit.name, "body": lists.told("\n\n".join(body))},
        addressees=[Addressee(key=f"don-vi:{unit.code}", label=unit.name)], appendices=lists.appendices,
    )  # fmt: skip
