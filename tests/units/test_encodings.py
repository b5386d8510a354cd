"""Old encodings are told, and nothing else is taken for one."""

import pytest

from units.encodings import converted, old_lines
from units.syllables import is_syllable


@pytest.mark.parametrize(
    ("name", "typed", "meant"),
    [
        ("TCVN3 (ABC)", "Céng hßa x· héi chñ nghÜa ViÖt Nam.", "Cộng hòa xã hội chủ nghĩa Việt Nam."),
        ("TCVN3 (ABC)", "tæng kÕt phong trµo thi ®ua, khen th\u00adëng", "tổng kết phong trào thi đua, khen thưởng"),
        ("TCVN3 (ABC)", "CéNG HßA X· HéI CHñ NGHÜA VIÖT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("TCVN3 (ABC)", "NguyÔn V¨n An, §ång §¨ng", "Nguyễn Văn An, Đồng Đăng"),
        ("TCVN3 (ABC)", "HuÕ", "Huế"),
        ("TCVN3 (ABC)", "NghÞ ®Þnh 98/2023/N§-CP ®· cã «n héi", "Nghị định 98/2023/NĐ-CP đã có ôn hội"),
        ("TCVN3 (ABC)", "Theo Quyết định này, phong trµo thi ®ua", "Theo Quyết định này, phong trào thi đua"),
        ("VNI", "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("VNI", "COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("VNI", "thò traán Ñoàng Ñaêng, khen thöôûng", "thị trấn Đồng Đăng, khen thưởng"),
        ("VNI", "Thi ñua", "Thi đua"),
        ("VISCII", "Cµng hòa xã hµi chü nghîa Vi®t Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        (
            "VISCII",
            "Theo ð« ngh¸ cüa Giám ð¯c S· Nµi vø tÕi T¶ trình s¯ 15/TTr-SNV.",
            "Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 15/TTr-SNV.",
        ),
        ("VISCII", "Kính gØi: œy ban nhân dân các huy®n, thành ph¯", "Kính gửi: Ủy ban nhân dân các huyện, thành phố"),
        ("VISCII", "h² trþ kinh phí t± chÑc hµi ngh¸ 200 m²", "hỗ trợ kinh phí tổ chức hội nghị 200 m²"),
        ("Windows-1258", "Côòng hoÌa xaÞ hôòi chuÒ nghiÞa Viêòt Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("Windows-1258", "Cãn cýì Luâòt Thi ðua, khen thýõÒng", "Căn cứ Luật Thi đua, khen thưởng"),
        ("Windows-1258", "Các ðõn viò, ðiòa phýõng báo cáo kêìt quaÒ", "Các đơn vị, địa phương báo cáo kết quả"),
        ("VNI", "Chaùnh Vaên phoøng, Giaùm ñoác caùc sôû, ban, ngaønh", "Chánh Văn phòng, Giám đốc các sở, ban, ngành"),
        ("TCVN3 (ABC)", "C¸c ®¬n vÞ, ®Þa ph\u00ad¬ng b¸o c¸o kÕt qu¶", "Các đơn vị, địa phương báo cáo kết quả"),
        ("UTF-8 đọc sai", "Cá»™ng hÃ²a xÃ£ há»™i", "Cộng hòa xã hội"),
    ],
)
def test_old_text_is_told_and_converted(name, typed, meant):
    (found,) = old_lines(typed)
    assert (found.name, found.line, found.meant) == (name, 1, meant)
    assert converted(f"Dòng đúng.\n{typed}\nDòng đúng.") == f"Dòng đúng.\n{meant}\nDòng đúng."
    assert [row.line for row in old_lines(f"Đúng.\n{typed}\n\n{typed}")] == [2, 4]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("- Nhö treân;\n- Löu: VT, TÑKT.", "- Như trên;\n- Lưu: VT, TĐKT."),
        ("Löu: VT.\nBaùo caùo veà thi ñua", "Lưu: VT.\nBáo cáo về thi đua"),
        ("Giám ð¯c S· Nµi vø\nKính gØi: œy ban nhân dân", "Giám đốc Sở Nội vụ\nKính gửi: Ủy ban nhân dân"),
        ("Phßng GD&§T\nKÝnh göi: Së Néi vô", "Phòng GD&ĐT\nKính gửi: Sở Nội vụ"),
    ],
)
def test_a_line_that_could_be_either_is_read_as_those_beside_it(typed, meant):
    assert converted(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "Cộng hòa xã hội chủ nghĩa Việt Nam; hoà bình, thuỷ lợi, quý, quí, là và bà cá thò bé",
        "UBND huyện Đắk Mil, Krông Pắc, Buôn Mê Thuột, Bắc Kạn, Gia-rai, Hrê, Xơ Đăng",
        "HỘI NGHỊ «TỔNG KẾT» và «Đoàn kết»; © 2026 Vinamilk® µTorrent",
        "Le café près de l'hôtel, déjà fermé l'été; Noël à Hanoï, laïc, maïs",
        "Grüße aus München, schöne Straße für Mädchen über Köln",
        "El niño comió piñas en España; São Paulo não é a capital; coração",
        "Ông Müller làm việc tại Böhm & Söhne, bà Zoë Brontë",
        "5 µm, 3 µg/l, 10 °C ± 2, m², m³, ½ ha, 5×3, m×n, N·m, kW·h, 12¹, chú¹",
        "§ 5 Điều 2; £5 ¥10; ·Mục thứ nhất ·Mục thứ hai; a*b",
        "The quick brown fox; résumé, naïve, à la carte, café",
        "Ðặng Văn A, Ðồng chí",
        "x = a·b; 1.234.567 × 2 = 2.469.134",
        "| HC Sao vàng | 46.0 | ×2 = 92 |",
        "á à ả ã ạ é è í ì ó ò ú ù ý",
        "diện tích (m²), thể tích (m³), km², (°C), ±0,5; n° 5; xe goòng, cái xoong",
        "Sở Nội vụ đề nghị các đơn vị báo cáo trước ngày 20/11; hỗ trợ 1.200 m² đất ± 5 %",
        "Dear Sir, the façade of the Phở café costs 5 £; piñata, jalapeño, smörgåsbord, Ærø, Þingvellir",
    ],
)
def test_what_is_as_it_should_be_stays(text):
    assert old_lines(text) == []
    assert converted(text) == text


@pytest.mark.parametrize(
    "word",
    [
        "nghiêng",
        "Giết",
        "giếng",
        "quốc",
        "QUỲNH",
        "khuỷu",
        "ưỡn",
        "oằn",
        "xoong",
        "Ỷ",
        "Đặng",
        "uyên",
        "hoà",
        "hòa",
        "giặt",
        "gì",
        "gìn",
        "yểng",
    ],
)
def test_syllables(word):
    assert is_syllable(word)


@pytest.mark.parametrize(
    "word",
    [
        "héi",
        "Céng",
        "x·",
        "hßa",
        "ViÖt",
        "kÕt",
        "UBND",
        "Covid",
        "nghóa",
        "hoc",
        "căte",
        "zalo",
        "đắkk",
        "bât",
        "ñua",
        "ñang",
    ],
)
def test_no_syllables(word):
    assert not is_syllable(word)
