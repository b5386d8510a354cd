"""What can be true of a recipient: faults beside the fields that they are about. No database."""

import re
from datetime import date

from ..catalogue.models import Whom
from .names import name_key

# Somebody was born, some collective was founded after this; what lies before is a slip of the fingers.
FIRST_YEAR = 1850
_NOT_OF_A_NAME = re.compile(r"[^\w\s.'’-]|\d|_")
_NUMBER = re.compile(r"\d{12}")


def faults_of(row, today: date) -> dict[str, str]:
    """{field: what is wrong with it} of a recipient as typed, whatever it is."""
    found = _of_days(row, today)
    if fault := fault_of_name(row.name, row.kind):
        found["name"] = fault
    if row.kind == Whom.HOUSEHOLD:
        found |= _of_household(row)
    return found


def fault_of_name(name: str, kind: str) -> str:
    """Why that is no name of a person, of a collective or of a household; nothing where it can be."""
    if sum(mark.isalpha() for mark in name) < 2:
        return "Tên phải có ít nhất hai chữ cái. Hãy ghi đủ họ và tên."
    if kind == Whom.PERSON and (wrong := _NOT_OF_A_NAME.search(name)):
        return f"Họ tên không có dấu «{wrong[0]}». Hãy chỉ ghi họ và tên; chức vụ, đơn vị, năm sinh ghi ở ô riêng."
    return ""


def _of_days(row, today):
    found = {}
    born, year = row.began_on, row.began_year
    word = "Ngày sinh" if row.kind == Whom.PERSON else "Ngày thành lập"
    if born and born > today:
        found["began_on"] = f"{word} {born:%d/%m/%Y} chưa đến. Hãy kiểm tra lại năm."
    elif born and born.year < FIRST_YEAR:
        found["began_on"] = f"{word} {born:%d/%m/%Y} quá xa. Hãy kiểm tra lại năm."
    elif born and year and born.year != year:
        found["began_year"] = (
            f"Khác năm của {word.lower()} {born:%d/%m/%Y}. Hãy sửa một trong hai, hoặc để trống ô này."
        )
    if year and not FIRST_YEAR <= year <= today.year:
        found["began_year"] = f"Năm phải từ {FIRST_YEAR} đến {today.year}. Hãy kiểm tra lại."
    if ended := row.ended_on:
        found |= _of_end(row, ended, today)
    if row.known_from and not FIRST_YEAR <= row.known_from <= today.year:
        found["known_from"] = f"Năm phải từ {FIRST_YEAR} đến {today.year}. Hãy kiểm tra lại."
    return found


def _of_end(row, ended, today):
    word, first = ("Ngày mất", "ngày sinh") if row.kind == Whom.PERSON else ("Ngày giải thể", "ngày thành lập")
    if ended > today:
        return {"ended_on": f"{word} {ended:%d/%m/%Y} chưa đến. Hãy kiểm tra lại, hoặc để trống."}
    if (row.began_on and ended < row.began_on) or (row.began_year and ended.year < row.began_year):
        return {"ended_on": f"{word} sớm hơn {first}. Hãy sửa một trong hai."}
    return {}


def _of_household(row):
    """Its head, its members; a household that bears a name bears that of its head."""
    if fault := fault_of_name(row.head, Whom.PERSON):
        return {"head": fault}
    if row.members is not None and not 1 <= row.members <= 50:
        return {"members": "Một hộ có từ 1 đến 50 người. Hãy kiểm tra lại."}
    head, named = name_key(row.head, Whom.HOUSEHOLD), name_key(row.name, Whom.HOUSEHOLD)
    if not f" {named} ".count(f" {head} "):
        return {
            "head": f"Tên hộ là «{row.name}» nhưng chủ hộ là «{row.head}». Hãy sửa cho khớp, ví dụ: Hộ gia đình {row.head}."
        }
    return {}


def fault_of_number(number: str) -> str:
    """Why that is no number of an identity card: twelve digits (Luật Căn cước 26/2023/QH15, Điều 12)."""
    if _NUMBER.fullmatch(number):
        return ""
    digits = sum(mark.isdecimal() for mark in number)
    return f"Số căn cước có đúng 12 chữ số, ở đây có {digits}. Hãy xem lại trên thẻ; không ghi số chứng minh cũ 9 số."


def digits_of(number: str) -> str:
    """A number as it is typed from a card, without the spaces and dots between its digits."""
    return re.sub(r"[\s.-]", "", number)


def fault_of_posting(posting, born_on: date | None, today: date) -> dict[str, str]:
    """{field: what is wrong} with where somebody worked: days the wrong way round, before birth, no such unit then."""
    unit, since, until = posting.unit, posting.since, posting.until
    if since and until and until < since:
        return {"until": "Ngày kết thúc sớm hơn ngày bắt đầu. Hãy sửa lại một trong hai ngày."}
    if since and since > today:
        return {"since": f"Ngày {since:%d/%m/%Y} chưa đến. Hãy ghi khi đã chuyển."}
    if since and born_on and since < born_on:
        return {"since": "Sớm hơn ngày sinh. Hãy kiểm tra lại."}
    if since and unit.ended and since > unit.ended:
        return {"unit": f"{unit} đã kết thúc ngày {unit.ended:%d/%m/%Y}. Hãy chọn đơn vị kế thừa, hoặc sửa ngày."}
    if unit.ended and (until is None or until > unit.ended):
        return {
            "until": f"{unit} đã kết thúc ngày {unit.ended:%d/%m/%Y}. Hãy ghi đến ngày đó, rồi thêm dòng cho đơn vị kế thừa."
        }
    if unit.founded and since and since < unit.founded:
        return {"since": f"{unit} thành lập ngày {unit.founded:%d/%m/%Y}. Hãy chọn đơn vị trước đó, hoặc sửa ngày."}
    return {}
