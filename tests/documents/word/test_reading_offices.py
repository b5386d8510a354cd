"""Letters as offices really send them: what the decree does not foresee is read all the same, and nothing is lost."""

import unicodedata

import pytest

from documents.checks.refusing import UploadRefused
from documents.source.paper import PartialDate, all_text
from documents.word.reading import package
from documents.word.reading.reading import read

from .incoming import COUNTRY, HEAD, W, bold, box, cell, docx, letter, note, notes, p, row, run, table


def head(*left, place="Lạng Sơn, ngày 25 tháng 02 năm 2020"):
    """A letterhead with these lines at the left below the names."""
    names = p("UBND TỈNH LẠNG SƠN") + bold("SỞ NỘI VỤ")
    return table(row(cell(names, *map(p, left)), cell(COUNTRY, p(place, italic=True))), ruled=False)


def closing(*columns):
    """A table without rules, a cell for each list of lines."""
    return table(row(*(cell(*(p(line, align="center") for line in lines)) for lines in columns)), ruled=False)


RECEIVERS = ["Nơi nhận:", "- Như trên;", "- Lưu: VT."]
SIGNED = ["GIÁM ĐỐC", "", "Nguyễn Thị Bình"]


def paper(*blocks, **more):
    return read(letter(*blocks, **more)).paper


def test_a_letter_without_any_accent_is_read_and_told():
    country = bold("CONG HOA XA HOI CHU NGHIA VIET NAM") + bold("Doc lap - Tu do - Hanh phuc")
    left = [bold("SO NOI VU"), p("So:     /SNV-TDKT"), p("V/v tong ket phong trao")]
    top = table(row(cell(*left), cell(country, p("Lang Son, ngay 5 thang 3 nam 2026"))), ruled=False)
    words = [
        p("Kinh gui: Bo Noi vu.", align="center"),
        p("Thuc hien ke hoach nam 2026, So Noi vu bao cao. " * 4, align="both"),
    ]
    end = closing(
        ["Noi nhan:", "- Nhu tren;", "- Luu: VT, TDKT."], ["KT. GIAM DOC", "PHO GIAM DOC", "", "Nguyen Van An"]
    )
    reading = read(docx(top, *words, end))
    found = reading.paper
    assert (found.issuer, found.symbol, found.subject) == (("SO NOI VU",), "SNV-TDKT", "tong ket phong trao")
    assert (found.place, found.date) == ("Lang Son", PartialDate(2026, 3, 5))
    assert (found.to, found.recipients, found.archive) == (("Bo Noi vu",), ("Nhu tren",), "VT, TDKT")
    assert (found.signature.capacity, found.signature.name) == (("KT. GIAM DOC", "PHO GIAM DOC"), "Nguyen Van An")
    assert "không dấu" in reading.notes[0]
    assert reading.left == []


def test_a_decision_without_accents_has_its_type():
    found = read(
        docx(bold("QUYET DINH"), bold("Ve viec tang Bang khen"), p("Can cu Luat Thi dua;"), bold("QUYET DINH:"), p("x"))
    ).paper
    assert (found.type, found.bases) == ("QĐ", ("Can cu Luat Thi dua",))


def test_letters_whose_accents_stand_apart_are_the_same_letters():
    apart = closing(*([unicodedata.normalize("NFD", line) for line in lines] for lines in (RECEIVERS, SIGNED)))
    found = paper(closing=apart)
    assert (found.recipients, found.archive, found.signature.name) == (("Như trên",), "VT", "Nguyễn Thị Bình")


def test_an_accent_that_begins_another_run_belongs_to_the_letter_before():
    base, accent = unicodedata.normalize("NFD", "ế")[:2], "\u0301"
    found = paper(p(run(f"Kính đề nghị k{base}") + run(f"{accent}t quả", bold=True), align="both"))
    assert "kết" in found.body.replace("*", "")


@pytest.mark.parametrize(
    "name", [p("\t\t\t\t\t      Nguyễn Minh"), p("Nguyễn Minh", align="right"), bold("Nguyễn Minh")]
)
def test_a_name_below_the_table_of_its_post_signs(name):
    found = read(letter(closing=closing(RECEIVERS, ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]), behind=[p(), name])).paper
    assert (found.signature.name, found.appendices) == ("Nguyễn Minh", ())


def test_what_stands_below_a_signature_and_is_no_name_is_an_appendix():
    reading = read(
        letter(closing=closing(RECEIVERS, ["CHỦ TỊCH"]), behind=[p(), p("1. Danh sách kèm theo gồm 5 đơn vị.")])
    )
    assert reading.paper.signature.name == ""
    assert "Danh sách" in reading.paper.appendices[0].body


def test_of_three_who_sign_two_are_kept_and_the_third_is_told():
    three = closing(["GIÁM ĐỐC SỞ A", "", "Lê An"], ["GIÁM ĐỐC SỞ B", "", "Lê Bình"], ["GIÁM ĐỐC SỞ C", "", "Lê Chi"])
    reading = read(letter(closing=three))
    found = reading.paper
    assert (found.signature.name, found.second_signature.name) == ("Lê Chi", "Lê An")
    assert any("GIÁM ĐỐC SỞ B, Lê Bình" in note for note in reading.notes)


def test_joint_signers_beside_their_receivers():
    found = read(
        letter(closing=closing(RECEIVERS, ["GIÁM ĐỐC SỞ A", "", "Lê An"], ["GIÁM ĐỐC SỞ B", "", "Lê Bình"]))
    ).paper
    assert (found.signature.capacity, found.signature.name) == (("GIÁM ĐỐC SỞ B",), "Lê Bình")
    assert (found.second_signature.capacity, found.recipients) == (("GIÁM ĐỐC SỞ A",), ("Như trên",))


def test_signers_beside_each_other_with_tabs():
    lines = [p(run("THƯ KÝ\tCHỦ TỌA")), p(run("(Ký)\t(Ký)")), p(run("Lê An\tLê Bình"))]
    found = read(docx(HEAD, p("Cuộc họp kết thúc lúc 10 giờ.", align="both"), *lines)).paper
    assert (found.signature.capacity, found.signature.name) == (("CHỦ TỌA",), "Lê Bình")
    assert (found.second_signature.capacity, found.second_signature.name) == (("THƯ KÝ",), "Lê An")


def test_a_second_one_without_a_name_is_told():
    reading = read(letter(closing=closing(["NGƯỜI LÀM ĐƠN"], SIGNED)))
    assert reading.paper.second_signature is None
    assert any("NGƯỜI LÀM ĐƠN" in note for note in reading.notes)


@pytest.mark.parametrize("line", ["Nguyễn Thị Bình – Đã ký", "Nguyễn Thị Bình (đã ký)"])
def test_a_name_beside_which_it_is_said_that_he_signed(line):
    assert paper(closing=closing(RECEIVERS, ["GIÁM ĐỐC", line])).signature.name == "Nguyễn Thị Bình"


def test_a_number_by_month_is_told_and_its_symbol_kept():
    reading = read(letter(head=head("Số: 08-01/26/PT-NC")))
    assert (reading.paper.number, reading.paper.symbol) == (None, "PT-NC")
    assert reading.left == ["Số: 08-01/26/PT-NC"]


def test_a_symbol_may_name_a_part_of_a_body():
    found = paper(head=head("Số: 409 /TTr-CAT(PC04)"))
    assert (found.number, found.symbol) == (409, "TTr-CAT(PC04)")


@pytest.mark.parametrize("line", ["Số:", "Số: {{so_ky_hieu}}"])
def test_a_number_that_is_not_there_is_no_name_of_a_body(line):
    assert paper(head=head(line)).issuer == ("SỞ NỘI VỤ",)


def test_the_subject_of_a_letter_without_its_mark():
    assert (
        paper(head=head("Số: 7/SNV-NC", "Về kết quả Đại hội", "Hội Golf tỉnh")).subject
        == "kết quả Đại hội Hội Golf tỉnh"
    )


def test_urgency_in_a_box_below_the_head():
    found = paper(p(box("HỎA TỐC")), p("Kính gửi: Sở Y tế", align="center"), p("Đề nghị báo cáo.", align="both"))
    assert (found.urgency, found.to, found.body) == ("HỎA TỐC", ("Sở Y tế",), "Đề nghị báo cáo.")


def test_a_line_of_a_subject_may_begin_as_a_chapter_or_a_basis_does():
    lines = ("Tổng kết kế hoạch", "thực hiện Chiến lược quốc gia", "Chương trình phòng, chống ma túy")
    found = read(
        docx(head("Số: 7/KH-SNV"), bold("KẾ HOẠCH"), *map(bold, lines), p("Nội dung thực hiện.", align="both"))
    ).paper
    assert found.subject == "Tổng kết kế hoạch thực hiện Chiến lược quốc gia Chương trình phòng, chống ma túy"


def test_a_subject_in_a_table_of_one_cell():
    found = read(
        docx(
            head("Số: 7/BC-SNV"),
            bold("BÁO CÁO"),
            table(row(cell(bold("Hoạt động năm 2025"))), ruled=False),
            p("x y", align="both"),
        )
    ).paper
    assert found.subject == "Hoạt động năm 2025"


def test_what_is_kept_where_ends_before_other_words():
    reading = read(letter(closing=closing([*RECEIVERS, "Các đơn vị tải tài liệu cuộc họp tại:"], SIGNED)))
    assert reading.paper.archive == "VT"
    assert reading.left == ["Các đơn vị tải tài liệu cuộc họp tại:"]


def test_receivers_without_dashes_are_one_a_line():
    assert paper(closing=closing(["Nơi nhận:", "Như trên", "Sở Y tế", "Lưu: VT"], SIGNED)).recipients == (
        "Như trên",
        "Sở Y tế",
    )


def test_forms_within_an_appendix_are_its_words():
    behind = [
        bold("PHỤ LỤC"),
        bold("SỐ LIỆU NĂM 2025"),
        bold("Biểu mẫu 1"),
        table(row("a", "b")),
        bold("Biểu mẫu 2"),
        p("x y z"),
    ]
    found = read(letter(behind=behind)).paper
    assert [part.title for part in found.appendices] == ["SỐ LIỆU NĂM 2025"]
    assert "Biểu mẫu 2" in found.appendices[0].body


def test_what_stands_below_the_brackets_of_an_appendix_is_none_of_its_title():
    lines = [bold("Phụ lục I"), bold("KẾT QUẢ NĂM 2025"), p("(Kèm theo Quyết định số    /QĐ-UBND)", align="center")]
    found = read(letter(behind=[*lines, bold("Nhóm thứ nhất"), table(row("a", "b"))])).paper
    assert found.appendices[0].title == "KẾT QUẢ NĂM 2025"
    above = [
        bold("Phụ lục I"),
        p("(Kèm theo Quyết định số    /QĐ-UBND)", align="center"),
        bold("KẾT QUẢ"),
        bold("1. Nhóm"),
    ]
    found = read(letter(behind=[*above, table(row("a", "b"))])).paper
    assert found.appendices[0].title == "KẾT QUẢ"


def test_forms_that_stand_alone_keep_what_they_are_called():
    found = read(letter(behind=[bold("MẪU SỐ 01A"), bold("Bản kê khai"), p("x y z")])).paper
    assert found.appendices[0].title == "MẪU SỐ 01A Bản kê khai"


def test_the_letterhead_of_an_enclosed_paper_is_not_lost():
    enclosed = table(
        row(cell("Số:      /QĐ-UBND"), cell(COUNTRY, p("Lạng Sơn, ngày    tháng 4 năm 2026"))), ruled=False
    )
    reading = read(letter(behind=[enclosed, bold("QUYẾT ĐỊNH"), bold("Về việc khen thưởng"), p("Điều 1. Tặng.")]))
    assert "Số: /QĐ-UBND" in reading.left


def test_lines_that_old_fonts_write_as_vietnamese_follow_their_neighbours():
    old = [
        "Céng hßa x· héi chñ nghÜa ViÖt Nam",
        "Thùc hiÖn kÕ ho¹ch ®· ban hµnh",
        "§Ò nghÞ c¸c ®¬n vÞ b¸o c¸o",
        "KÕt qu¶ göi vÒ Së Néi vô",
    ]
    found = read(docx(*map(p, [*old, *old, "Chi bé Thanh tra"]))).paper
    assert "Chi bộ Thanh tra" in all_text(found)


def test_tables_that_only_lay_a_page_out_are_read_through():
    whole = table(
        row(cell(head("Số: 7/SNV-NC", "V/v báo cáo"), p("Kính gửi: Sở Y tế"), p("Đề nghị báo cáo.", align="both"))),
        ruled=False,
    )
    end = table(row(cell(closing(RECEIVERS, SIGNED), p())), ruled=False)
    reading = read(docx(whole, end))
    assert (reading.paper.symbol, reading.paper.to, reading.paper.archive) == ("SNV-NC", ("Sở Y tế",), "VT")
    assert (reading.paper.signature.name, reading.paper.body) == ("Nguyễn Thị Bình", "Đề nghị báo cáo.")
    assert reading.told == []


def test_a_table_in_a_cell_of_a_list_gives_its_words_to_the_cell_and_is_told():
    reading = read(letter(table(row("a", cell(table(row("b", "c")), p("d"))))))
    assert [each.what for each in reading.told] == ["bảng trong ô của bảng khác (chữ đưa vào ô)"]
    assert "| a | b c d |" in reading.paper.body


def test_a_stamp_above_a_decision_is_none_of_its_bases():
    bases = [p("Căn cứ Luật Thi đua;", italic=True), bold("QUYẾT ĐỊNH:")]
    found = read(
        docx(head("Số: 7/QĐ-SNV"), p(box("KHẨN")), bold("QUYẾT ĐỊNH"), bold("Về việc khen"), *bases, p("x"))
    ).paper
    assert (found.urgency, found.bases) == ("KHẨN", ("Căn cứ Luật Thi đua",))


def test_a_subject_without_accents_is_without_its_mark_too():
    found = read(docx(bold("BAO CAO"), bold("Ve viec khen thuong"), p("Noi dung bao cao."))).paper
    assert (found.type, found.subject) == ("BC", "khen thuong")


def test_small_letters_that_a_font_draws_large_are_capitals():
    font = '<w:rFonts w:ascii=".VnTimeH"/>'
    title = p(run("quyÕt ®Þnh", bold=True, more=font), align="center")
    found = read(
        docx(title, p(run("VÒ viÖc khen th\u00adëng c¸c tËp thÓ", bold=True), align="center"), p("Thùc hiÖn kÕ ho¹ch"))
    ).paper
    assert (found.type, found.subject) == ("QĐ", "khen thưởng các tập thể")


@pytest.mark.parametrize(
    ("line", "symbol"),
    [
        ("Số: 409/TTr-CAT (PC04)", "TTr-CAT(PC04)"),
        ("Số:      /SYT-NVY+TCCB", "SYT-NVY+TCCB"),
        ("Số: 12/SNV-CCVC,ĐTBD", "SNV-CCVC,ĐTBD"),
        ("Số: 567/BNV-TĐKT (V2 )", "BNV-TĐKT(V2)"),
        ("Số: 12/Q\u00d0-UBND", "QĐ-UBND"),
    ],
)
def test_a_symbol_ends_with_who_wrote_the_words(line, symbol):
    found = paper(p("x"), head=head(line, "V/v khen thưởng"))
    assert (found.symbol, found.subject, found.body) == (symbol, "khen thưởng", "x")


def test_words_in_brackets_behind_a_symbol_are_no_part_of_it():
    assert paper(p("x"), head=head("Số: 12/TTr-SNV (dự thảo)")).symbol == "TTr-SNV"


def test_a_number_without_a_symbol_is_no_text():
    found = paper(p("x"), head=head("Số: 05", "V/v khen thưởng"))
    assert (found.number, found.symbol, found.body) == (5, "", "x")


@pytest.mark.parametrize(
    ("line", "place"),
    [("Phường 12, ngày 05 tháng 6 năm 2025", "Phường 12"), ("Lạng Sơn, 5 tháng 6 năm 2025", "Lạng Sơn")],
)
def test_places_with_a_number_and_days_without_their_word(line, place):
    found = paper(p("x"), head=head("Số: 12/SNV-TĐKT", place=line))
    assert (found.place, found.date, found.body) == (place, PartialDate(2025, 6, 5), "x")


@pytest.mark.parametrize("line", ["(Địa chỉ: Số 5, phố Mới)", "Địa chỉ: Số 5, phố Mới"])
def test_an_address_below_an_addressee_is_part_of_it(line):
    found = paper(p("Kính gửi: Công ty Hoa Mai", align="center"), p(line, align="center"), p("x"))
    assert (found.to, found.body) == (("Công ty Hoa Mai (Địa chỉ: Số 5, phố Mới)",), "x")


def test_a_line_in_brackets_does_not_end_a_list_of_addressees():
    found = paper(p("Kính gửi:"), p("- Ủy ban nhân dân tỉnh;"), p("(qua Sở Nội vụ)"), p("- Sở Tài chính."), p("x"))
    assert (found.to, found.body) == (("Ủy ban nhân dân tỉnh (qua Sở Nội vụ)", "Sở Tài chính"), "x")


def test_small_letters_behind_a_semicolon_name_no_addressee_of_their_own():
    found = paper(
        p("Kính gửi:"), p("- Các bệnh viện; các trạm y tế;"), p("- Sở Y tế; Sở Tài chính; - phòng Nội vụ."), p("x")
    )
    assert found.to == ("Các bệnh viện; các trạm y tế", "Sở Y tế", "Sở Tài chính", "phòng Nội vụ")


def test_a_post_that_tabs_put_above_the_receivers_signs():
    post, name = p(run("\t\t\t\t\t\tCHỦ TỊCH", bold=True)), p(run(" " * 60 + "Trần Văn Thắng", bold=True))
    receivers = [p("Nơi nhận:", bold=True), p("- Như trên;"), p("- Lưu: VT."), p()]
    found = read(docx(HEAD, p("Nội dung.", align="both"), post, *receivers, name)).paper
    assert (found.signature.capacity, found.signature.name) == (("CHỦ TỊCH",), "Trần Văn Thắng")
    assert (found.body, found.recipients, found.archive) == ("Nội dung.", ("Như trên",), "VT")


def test_the_country_in_a_form_is_no_part_of_its_name():
    form = [bold("Mẫu số 08"), COUNTRY, bold("BÁO CÁO THÀNH TÍCH"), p("Họ và tên:")]
    [appendix] = paper(p("x"), behind=form).appendices
    assert appendix.title == "Mẫu số 08"
    assert "CỘNG HÒA" in appendix.body


def test_notes_of_lines_that_become_fields_are_told():
    told = p(run("Kính gửi: Sở Tài chính") + note(2), align="center")
    reading = read(letter(told, p(run("x") + note(3)), footnotes=notes(n2="Ghi tên cơ quan.", n3="Theo kế hoạch.")))
    assert (reading.paper.to, reading.left) == (("Sở Tài chính",), ["Ghi tên cơ quan."])
    assert reading.paper.body == "x[^1]\n\n[^1]: Theo kế hoạch."


def test_every_line_without_a_place_is_told_however_many_and_long_they_are():
    lines = [f"dòng {number}" for number in range(70)] + ["rất dài " * 60]
    letterhead = table(row(cell(*lines), cell(COUNTRY)), ruled=False)
    assert read(letter(p("x"), behind=[letterhead])).left == [line.strip() for line in lines]


def test_a_closing_in_a_ruled_grid_with_empty_columns_is_a_closing():
    end = table(
        row("Nơi nhận:\n- Như trên;\n- Lưu: VT.", "", "", cell(bold("GIÁM ĐỐC"), p(), bold("Nguyễn Thị Bình")), "")
    )
    found = paper(p("x"), closing=end)
    assert (found.recipients, found.archive, found.body) == (("Như trên",), "VT", "x")
    assert (found.signature.capacity, found.signature.name) == (("GIÁM ĐỐC",), "Nguyễn Thị Bình")


def test_a_form_under_its_own_letterhead_is_no_part_of_a_signature_made_with_tabs():
    lines = ["Nơi nhận:\t\tTL. HIỆU TRƯỞNG", "- Như trên;\t\tTRƯỞNG KHOA", "- Lưu: VT.\t\t(đã ký) Mai Văn Nam"]
    form = [p("TRƯỜNG ĐẠI HỌC\t\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), bold("GIẤY ĐĂNG KÝ"), p("Tôi tên:")]
    found = read(docx(HEAD, p("x", align="both"), *map(p, lines), *form)).paper
    assert (found.recipients, found.archive) == (("Như trên",), "VT")
    assert (found.signature.capacity, found.signature.name) == (("TL. HIỆU TRƯỞNG", "TRƯỞNG KHOA"), "Mai Văn Nam")
    assert "GIẤY ĐĂNG KÝ" in found.appendices[0].body


def test_a_post_in_small_letters_that_says_for_whom_signs():
    lines = [bold(words, align="right") for words in ("TL. Hiệu trưởng", "Phó Hiệu trưởng", "Võ Văn Hải")]
    found = read(docx(HEAD, p("Nội dung.", align="both"), *lines)).paper
    assert (found.signature.capacity, found.signature.name) == (("TL. Hiệu trưởng", "Phó Hiệu trưởng"), "Võ Văn Hải")
    assert found.body == "Nội dung."


def test_a_title_that_the_symbol_names_too_is_the_type_of_a_paper_with_its_subject_below_the_number():
    found = paper(bold("THÔNG BÁO"), p("Nội dung.", align="both"), head=head("Số: 5/TB-SNV", "(V/v nghỉ lễ)"))
    assert (found.type, found.subject, found.body) == ("TB", "nghỉ lễ", "Nội dung.")


def test_who_is_addressed_too_is_one_more_addressee():
    found = paper(p("Kính gửi:"), p("- Bộ Công an;"), p("Đồng kính gửi:"), p("- Ban Tuyên giáo."), p("x"))
    assert (found.to, found.body) == (("Bộ Công an", "Ban Tuyên giáo"), "x")


def test_signs_that_nobody_sees_are_in_no_field():
    flat = [
        p("SỞ NỘI V\u200bỤ\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        p("Số: 12/SNV-TĐKT\t\tLạng S\u00adơn, ngày 5/3/2026"),
    ]
    found = read(docx(*flat, p("Kính gửi: Sở Tài chính"), p("x"))).paper
    assert (found.issuer, found.place) == (("SỞ NỘI VỤ",), "Lạng Sơn")


def test_a_hyphen_at_the_end_of_a_line_is_a_letter_of_old_fonts():
    soft = "<w:r><w:t>Thùc hiÖn phong trµo thi ®ua, khen th</w:t><w:softHyphen/><w:t>ëng cña tØnh</w:t></w:r>"
    assert paper(p(soft)).body == "Thực hiện phong trào thi đua, khen thưởng của tỉnh"


# --- What no paper can hold


def told(reading):
    return {each.what.split(" (")[0]: each.words for each in reading.told}


def field(instruction, words):
    """A field of Word with what it shows."""
    kinds = {kind: f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")}
    said = f'<w:r><w:instrText xml:space="preserve">{instruction}</w:instrText></w:r>'
    return f"{kinds['begin']}{said}{kinds['separate']}{run(words)}{kinds['end']}"


def test_fields_that_change_by_themselves_keep_what_they_show_and_are_told():
    simple = f'<w:fldSimple w:instr=" MERGEFIELD Ten ">{run("«Ten»")}</w:fldSimple>'
    reading = read(letter(p(run("Ngày ") + field(" DATE ", "29/11/2026") + field(" PAGE ", "1")), p(simple)))
    assert reading.paper.body == "Ngày 29/11/20261\n\n«Ten»"
    assert told(reading) == {"trường tự cập nhật": ["DATE", "MERGEFIELD Ten"]}


def test_a_blank_that_nobody_filled_in_is_told():
    blank = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('Bấm để nhập')}</w:sdtContent></w:sdt>"
    assert told(read(letter(p(run("Đơn vị: ") + blank)))) == {"ô điền chưa có chữ": ["Bấm để nhập"]}


DRAWN = "http://schemas.openxmlformats.org/drawingml/2006/"


def test_words_that_are_drawn_are_told():
    art = f'<w:r><w:drawing><a:t xmlns:a="{DRAWN}main">Chữ vẽ</a:t></w:drawing></w:r>'
    smart = f'<w:r><w:drawing><d:relIds xmlns:d="{DRAWN}diagram"/></w:drawing></w:r>'
    data = f'<d:dataModel xmlns:d="{DRAWN}diagram" xmlns:a="{DRAWN}main"><a:t>Bước 1</a:t></d:dataModel>'
    reading = read(letter(p(art), p(smart), p("Nội dung"), diagramData=data))
    assert told(reading) == {"chữ nghệ thuật": ["Chữ vẽ"], "sơ đồ": ["Bước 1"]}


def test_marks_that_turn_the_direction_of_reading_are_taken_out():
    reading = read(letter(p("Giao \u202eabc\u202c cho Sở")))
    assert (reading.paper.body, list(told(reading))) == ("Giao abc cho Sở", ["dấu đổi chiều đọc"])


def test_a_level_of_a_list_that_is_none_breaks_nothing():
    levels = '<w:lvl w:ilvl="abc"><w:start w:val="1"/><w:lvlText w:val="%1."/></w:lvl>'
    kinds = f'<w:abstractNum w:abstractNumId="1">{levels}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    listed = p("x", more='<w:numPr><w:ilvl w:val="-1"/><w:numId w:val="1"/></w:numPr>')
    assert "x" in read(letter(listed, numbering=f'<w:numbering xmlns:w="{W}">{kinds}</w:numbering>')).paper.body


def test_a_file_of_nothing_but_empty_paragraphs_is_bounded(monkeypatch):
    monkeypatch.setattr(package, "MOST_PARAGRAPHS", 50)
    with pytest.raises(UploadRefused, match="dài quá mức"):
        read(docx(*[p()] * 51))
    monkeypatch.setattr(package, "MOST_TAGS", 8)
    with pytest.raises(UploadRefused, match="dài quá mức"):
        read(docx(p("x")))
