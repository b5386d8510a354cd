"""The parts that pages are made of: what each draws, and that words from people are escaped in all of them."""

from datetime import date, datetime
from types import SimpleNamespace

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import timezone

ROW = SimpleNamespace(get_absolute_url=lambda: "/phong/1/", name="<b>Phòng</b>")
FACTS = {
    "row": ROW,
    "none": None,
    "empty": "",
    "rude": "<b>&",
    "day": date(2020, 2, 5),
    "moment": timezone.make_aware(datetime(2020, 2, 5, 9, 30)),
}


def drawn(source, **facts):
    """What a template draws, without the white space between."""
    return "".join(line.strip() for line in Template(source).render(Context(FACTS | facts)).splitlines())


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("{{ day|day }}, {{ moment|minute }}", "05/02/2020, 09:30 05/02/2020"),
        ("{{ none|day }}{{ empty|minute }}", ""),
        ("{{ rude|dot:rude }}", "&lt;b&gt;&amp; · &lt;b&gt;&amp;"),
        ("{{ 'a'|dot:none }}{{ none|dot:'b' }}", "ab"),
        ("{{ day|day|after:'từ' }}{{ none|after:'từ' }}", "từ 05/02/2020"),
        ("{{ row|link:row.name }}", '<a href="/phong/1/">&lt;b&gt;Phòng&lt;/b&gt;</a>'),
        ("{{ none|link }}", ""),
        ("{{ row|main_link:'A' }}", '<a class="list-main" href="/phong/1/">A</a>'),
        ("{{ 'Đơn vị'|to:'units' }}", '<a href="/don-vi/">Đơn vị</a>'),
        ("{{ 'Dự thảo'|to:'documents?state=draft' }}", '<a href="/van-ban/?state=draft">Dự thảo</a>'),
        ("{{ 'Tất cả'|to:empty }}", ""),
        ("{% link_button 'Thôi' row %}", '<a class="btn" href="/phong/1/">Thôi</a>'),
        (
            "{% link_button rude 'unit' 'A' look='sm primary' mau=rude %}",
            '<a class="btn btn-sm btn-primary" href="/don-vi/A/?mau=%3Cb%3E%26">&lt;b&gt;&amp;</a>',
        ),
        (
            "{% save_buttons 'Ghi' 'form' icon='' %}",
            '<button class="btn btn-primary" type="submit" form="form">Ghi</button>',
        ),
        ("{% fact 'Tên' none %}{% fact 'Mã' empty %}", ""),
        ("{% fact 'Số' 0 %}", '<dt class="col-5">Số</dt><dd class="col-7">0</dd>'),
        ("{% fact rude rude %}", '<dt class="col-5">&lt;b&gt;&amp;</dt><dd class="col-7">&lt;b&gt;&amp;</dd>'),
        ("{% long_fact 'Tên' %} {% endlong_fact %}", ""),
        (
            "{% long_fact 'Tên' %}<i>A</i>{% endlong_fact %}",
            '<dt class="col-5">Tên</dt><dd class="col-7"><i>A</i></dd>',
        ),
        ("{% count 'Đọc' 2 of=3 %}", '<div><dt>Đọc</dt><dd>2<span class="muted">/3</span></dd></div>'),
        ("{% count 'Muộn' 2 late=2 %}", '<div class="counts-late"><dt>Muộn</dt><dd>2</dd></div>'),
        ("{% alert 'info' %}A{% endalert %}", '<div class="alert alert-info" role="note">A</div>'),
        (
            "{% alert 'danger' head=rude %}<i>A</i>{% endalert %}",
            '<div class="alert alert-danger" role="status"><strong>&lt;b&gt;&amp;</strong> <i>A</i></div>',
        ),
        ("{% card 'Tên' %} {% endcard %}", ""),
        ("{% card %}A{% endcard %}", '<section class="card mb-3"><div class="card-body">A</div></section>'),
        (
            "{% card rude 2 name_id='ten' note='hôm nay' look='' holds='rows' %}<li>A</li>{% endcard %}",
            '<section class="card" aria-labelledby="ten"><div class="card-header">'
            '<h2 class="card-title" id="ten">&lt;b&gt;&amp; 2</h2>'
            '<div class="card-actions muted small">hôm nay</div></div>'
            '<ul class="list-group list-group-flush"><li>A</li></ul></section>',
        ),
        (
            "{% list_link '/a/' rude 'ghi chú' %}",
            '<a class="list-group-item list-group-item-action" href="/a/"><div class="clip">&lt;b&gt;&amp;</div>'
            '<div class="muted small">ghi chú</div></a>',
        ),
        (
            "{% tab 'Đơn vị' 'a' 'units' %}{% tab rude 'b' '/b/' %}",
            '<li class="nav-item"><a class="nav-link active" href="/don-vi/">Đơn vị</a></li>'
            '<li class="nav-item"><a class="nav-link" href="/b/">&lt;b&gt;&amp;</a></li>',
        ),
    ],
)
def test_a_part_draws(source, told):
    assert drawn(source, tab="a") == told


def test_heads_sort_and_keep_the_filter(rf):
    heads = drawn("{% heads 'ten:Tên' 'Mã' '' %}", request=rf.get("/", {"q": "an", "page": 2, "sap": "ten"}))
    assert heads.startswith('<th><a href="?q=an&amp;sap=-ten">Tên <svg')
    assert heads.endswith('<th>Mã</th><th><span class="visually-hidden">Việc làm được</span></th>')


def test_a_table_stands_under_its_heads(rf):
    table = drawn("{% table 'Mã' look='one-line' %}<tr><td>A</td></tr>{% endtable %}", request=rf.get("/"))
    assert table == (
        '<table class="table card-table list-table one-line"><thead><tr><th>Mã</th></tr></thead>'
        "<tbody><tr><td>A</td></tr></tbody></table>"
    )


def test_a_button_that_posts_carries_the_token_and_the_version(rf):
    source = "{% post_button 'Nhắc' 'print_list' query='?q=an' version=0 name='nhac' value=rude %}"
    button = drawn(source, csrf_token="token")
    assert button.startswith('<form method="post" action="/van-ban/in-danh-sach/?q=an">')
    assert '<input type="hidden" name="csrfmiddlewaretoken" value="token">' in button
    assert '<input type="hidden" name="version" value="0">' in button
    assert 'name="nhac" value="&lt;b&gt;&amp;"' in button


BASE = "|".join(f"{{% block {name} %}}{{% endblock %}}" for name in ("title", "up", "heading", "sub"))
EXTENDS = "{% extends base %}"


@pytest.mark.parametrize(
    ("top", "told"),
    [
        ("{% titled 'Sửa' none rude %}", "Sửa &lt;b&gt;&amp;||Sửa &lt;b&gt;&amp;|"),
        (
            "{% titled 'Sửa' heading='Khác' up=row|link:rude sub=rude %}",
            'Sửa|<a href="/phong/1/">&lt;b&gt;&amp;</a>|Khác|&lt;b&gt;&amp;',
        ),
        ("{% titled 'Sửa' sub=empty %}{% block heading %}Viết ra{% endblock %}", "Sửa||Viết ra|"),
    ],
)
def test_the_top_of_a_page_is_told_in_one_tag(top, told):
    assert drawn(EXTENDS + top, base=Template(BASE)) == told


def test_the_top_of_a_page_knows_no_other_words():
    with pytest.raises(TemplateSyntaxError, match="unexpected keyword argument 'uo'"):
        Template(EXTENDS + "{% titled 'Sửa' uo='a' %}")
