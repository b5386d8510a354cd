"""Addresses of papers and jobs."""

from django.urls import path

from .books import views as books
from .changes import views as changes
from .deliveries import outbox_views as outbox
from .deliveries import views as deliveries
from .desk import views as papers
from .drafts import copy_views
from .drafts import keeping_views as keeping
from .drafts import phrase_views as putting
from .drafts import preview_views as previewing
from .drafts import proof_views as proofs
from .drafts import usual_views as usual
from .drafts import views as drafting
from .duties import on_paper_views as on_paper
from .duties import views as duties
from .envelopes import views as envelopes
from .exchange import arrival_views as axis_arrivals
from .exchange import views as exchange
from .jobs import views as jobs
from .life import marking_views as marking
from .life import presenting_views as presenting
from .life import signing_many_views as signing_many
from .life import signing_views as signing
from .life import views as life
from .proofing import views as proofing
from .register import views as register
from .scans import views as uploads
from .texts import phrase_views as phrases
from .texts import views as texts
from .word import views as word
from .writing import views as writing

urlpatterns = [
    path("", papers.home, name="home"),
    path("van-ban/", papers.DocumentList.as_view(), name="documents"),
    path("van-ban/in-danh-sach/", papers.print_list, name="print_list"),
    path("van-ban/moi/", drafting.choose_type, name="choose_type"),
    path("van-ban/ghi-san/<slug:code>/", usual.usual, name="usual"),
    path("van-ban/soan/", drafting.new, name="new_document"),
    path("van-ban/tu-word/", word.upload, name="word_upload"),
    path("van-ban/tu-word/<int:pk>/", word.word_file, name="word_file"),
    path("van-ban/tu-word/<int:pk>/cho-sua/", word.word_changes, name="word_changes"),
    path("van-ban/tu-word/<int:pk>/trang/", word.word_pages, name="word_pages"),
    path("van-ban/tu-word/<int:pk>/bo/", word.word_drop, name="word_drop"),
    path("van-ban/xem-truoc/", previewing.preview, name="preview"),
    path("van-ban/dang-go/", keeping.keep, name="keep_typed"),
    path("van-ban/dang-go/bo/", keeping.forget, name="forget_typed"),
    path("van-ban/soan/mo/", writing.open_source, name="open_source"),
    path("van-ban/soan/chuyen-ma/", writing.convert, name="convert_words"),
    path("van-ban/soat/", proofs.proof, name="proof"),
    path("van-ban/quy-tac/", proofing.rule_list, name="proofing_rules"),
    path("van-ban/quy-tac/<slug:code>/", proofing.choose_rule, name="choose_rule"),
    path("van-ban/<int:pk>/", papers.document, name="document"),
    path("van-ban/<int:pk>/trang/", papers.sheets, name="sheets"),
    path("van-ban/<int:pk>/pdf/", papers.pdf, name="document_pdf"),
    path("van-ban/<int:pk>/word/", papers.word, name="document_word"),
    path("van-ban/<int:pk>/hai-mat/", envelopes.duplex, name="document_duplex"),
    path("van-ban/<int:pk>/bi-phieu-gui/", envelopes.page, name="envelopes"),
    path("van-ban/<int:pk>/bi-phieu-gui/<int:key>/", envelopes.pages, name="envelope_pages"),
    path("van-ban/<int:pk>/nguon/", papers.source_file, name="document_source"),
    path("van-ban/<int:pk>/lich-su/", papers.history, name="document_history"),
    path("van-ban/<int:pk>/buoc/", life.step, name="step"),
    path("van-ban/<int:pk>/phat-hanh/", life.issue_page, name="issue"),
    path("van-ban/<int:pk>/phieu-trinh/", presenting.slip, name="slip"),
    path("van-ban/<int:pk>/trinh-ky/", presenting.present_page, name="present"),
    path("van-ban/<int:pk>/ghi-so/", presenting.record_page, name="record"),
    path("van-ban/<int:pk>/ky-so/", signing.sign_page, name="sign"),
    path("van-ban/<int:pk>/ky-so/trang/", signing.pages_to_sign, name="pages_to_sign"),
    path("van-ban/ky-so/", signing_many.page, {"what": "sign_many"}, name="sign_many"),
    path("van-ban/dong-dau/", signing_many.page, {"what": "stamp_many"}, name="stamp_many"),
    path("van-ban/<int:pk>/tep-kem-theo/", marking.attach_page, name="attach_apart"),
    path("van-ban/<int:pk>/ban-sao/", marking.copy_page, name="sign_copy"),
    path("van-ban/<int:pk>/lien-thong/", exchange.send, name="axis"),
    path("lien-thong/", exchange.PackageList.as_view(), name="packages"),
    path("lien-thong/nhan/", exchange.take_package, name="take_package"),
    path("lien-thong/thu-muc/", exchange.collect_packages, name="collect_packages"),
    path("lien-thong/<int:pk>/", axis_arrivals.enter_package, name="enter_package"),
    path("lien-thong/<int:pk>/tra-lai/", axis_arrivals.give_back_package, name="give_back_package"),
    path("lien-thong/<int:pk>/go/", axis_arrivals.reopen_package, name="reopen_package"),
    path("lien-thong/<int:pk>/bao-lai/", axis_arrivals.answer_package, name="answer_package"),
    path("lien-thong/<int:pk>/goi/", exchange.package, name="package"),
    path("lien-thong/<int:pk>/dat-lai/", exchange.drop_again, name="drop_package"),
    path("van-ban/<int:pk>/ban-ky/", life.add_signed, name="add_signed"),
    path("van-ban/<int:pk>/sao/", copy_views.copy, name="copy"),
    path("van-ban/<int:pk>/thay-the/", copy_views.correct, {"how": "thay-the"}, name="replace"),
    path("van-ban/<int:pk>/thu-hoi/", copy_views.correct, {"how": "thu-hoi"}, name="recall"),
    path("van-ban/kiem-tra/", uploads.verify, name="verify"),
    path("tep/<int:pk>/", uploads.upload, name="upload"),
    path("tep/<int:pk>/gan-nham/", uploads.withdraw_upload, name="withdraw_upload"),
    path("tep/<int:pk>/xoa-noi-dung/", uploads.erase_upload, name="erase_upload"),
    path("van-ban/nhan/", deliveries.ReceivedList.as_view(), name="received"),
    path("van-ban/nhan/<int:pk>/doc/", deliveries.confirm_read, name="confirm_read"),
    path("van-ban/nhan/<int:pk>/tra-loi/", deliveries.answer_paper, name="answer"),
    path("van-ban/nhan/<int:pk>/tren-giay/", on_paper.answer, name="answer_on_paper"),
    path("nhiem-vu/<int:pk>/tren-giay/", on_paper.report, name="report_on_paper"),
    path("loi-nhac/<int:pk>/da-xem/", deliveries.reminder_seen, name="reminder_seen"),
    path("van-ban/<int:pk>/theo-doi/", deliveries.FollowList.as_view(), name="follow"),
    path("van-ban/<int:pk>/nhiem-vu/", duties.duty_matrix, name="duty_matrix"),
    path("van-ban/<int:pk>/nhiem-vu/in/", duties.print_matrix, name="print_duty_matrix"),
    path("nhiem-vu/", duties.DutyList.as_view(), name="duties"),
    path("nhiem-vu/<int:pk>/", duties.duty, name="duty"),
    path("nhiem-vu/<int:pk>/bao-cao/", duties.report, name="report_duty"),
    path("nhiem-vu/<int:pk>/xong-theo-tra-loi/", duties.report_by_answer, name="report_by_answer"),
    path("nhiem-vu/<int:pk>/lam-lai/", duties.reopen_duty, name="reopen_duty"),
    path("hop-thu/", outbox.Outbox.as_view(), name="outbox"),
    path("hop-thu/<int:pk>/", outbox.mail, name="mail"),
    path("hop-thu/gui/", outbox.decide, {"verb": "gui"}, name="send_mails"),
    path("hop-thu/bo/", outbox.decide, {"verb": "bo"}, name="drop_mails"),
    path("van-ban/<int:pk>/luu-mau/", texts.keep, name="keep_text"),
    path("mau/", texts.TextList.as_view(), name="texts"),
    path("mau/cho/<slug:kind>/<int:key>/", texts.TextsForRecord.as_view(), name="texts_for"),
    path("mau/moi/", texts.new, name="new_text"),
    path("mau/dien-thu/", texts.try_gaps, name="try_gaps"),
    path("mau/<int:pk>/", texts.text, name="text"),
    path("mau/<int:pk>/buoc/", texts.text_step, name="text_step"),
    path("mau/<int:pk>/cac-ban/", texts.text_history, name="text_history"),
    path("mau/<int:pk>/cac-ban/<int:number>/lay-lai/", texts.put_text_back, name="put_text_back"),
    path("cum-tu/", phrases.PhraseList.as_view(), name="phrases"),
    path("cum-tu/moi/", phrases.new, name="new_phrase"),
    path("cum-tu/tim/", phrases.search, name="phrase_search"),
    path("cum-tu/giu/", phrases.keep_selected, name="keep_selected"),
    path("cum-tu/<int:pk>/", phrases.phrase, name="phrase"),
    path("cum-tu/<int:pk>/chen/", putting.put, name="put_phrase"),
    path("cum-tu/<int:pk>/buoc/", phrases.phrase_step, name="phrase_step"),
    path("cum-tu/<int:pk>/cac-ban/", phrases.phrase_history, name="phrase_history"),
    path("cum-tu/<int:pk>/cac-ban/<int:number>/lay-lai/", phrases.put_phrase_back, name="put_phrase_back"),
    path("thay-doi-to-chuc/", changes.ChangeList.as_view(), name="changes"),
    path("thay-doi-to-chuc/<int:pk>/thong-bao/", changes.announce_change, name="announce_change"),
    path("van-ban/ghi-can-cu/", register.new_cited, name="new_cited"),
    path("van-ban/ghi-chi-dao/", register.new_spoken, name="new_spoken"),
    path("van-ban/di/ghi/", register.new_sent, name="new_sent"),
    path("van-ban/den/moi/", register.new_received, name="new_received"),
    path("van-ban/<int:pk>/vao-so-den/", register.enter_paper, name="enter_paper"),
    path("van-ban/<int:pk>/sua-so/", register.correct_entry, name="correct_entry"),
    path("van-ban/<int:pk>/bi-thay-the/", register.relate, name="relate"),
    path("van-ban/<int:pk>/ban-chup/<int:id>/", register.scan, name="scan"),
    path("quan-he/<int:pk>/go/", register.unrelate, name="unrelate"),
    path("van-ban/tra-cuu/", register.cite_search, name="cite_search"),
    path("van-ban/tra-cuu/ten/", register.cite_names, name="cite_names"),
    path("so/di/", books.OutgoingBook.as_view(), name="book_out"),
    path("so/den/", books.IncomingBook.as_view(), name="book_in"),
    path("so/di/in/", books.print_page, {"way": "out"}, name="print_book_out"),
    path("so/den/in/", books.print_page, {"way": "in"}, name="print_book_in"),
    path("viec/", jobs.jobs, name="jobs"),
    path("viec/<int:pk>/", jobs.job, name="job"),
    path("viec/<int:pk>/chay-lai/", jobs.job_again, name="job_again"),
    path("viec/<int:pk>/ket-qua/", jobs.job_result, name="job_result"),
]
