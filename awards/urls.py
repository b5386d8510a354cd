"""Addresses of awards."""

from django.urls import path

from .catalogue import views as catalogue
from .certificates import layout_views as layouts
from .certificates import public_views as codes
from .certificates import views as certificates
from .council import agenda_views as agenda
from .council import item_views as items
from .council import makeup_views as makeups
from .council import views as meetings
from .council import vote_views as votes
from .decisions import list_views as lists
from .decisions import return_views as returns
from .decisions import views as decisions
from .eligibility import views as eligibility
from .figures import structure_views as structures
from .figures import views as figures
from .fund import views as fund
from .handover import left_views as left
from .handover import public_views as sheets
from .handover import round_views as rounds
from .handover import views as handovers
from .issuing import name_views as names
from .issuing import public_views as given
from .issuing import undoing_views as undoing
from .issuing import views as issuing
from .items import views as dues
from .nominations import asking_views as asking
from .nominations import duration_views as durations
from .nominations import import_views as nomination_imports
from .nominations import line_views as nomination
from .nominations import list_views as nomination_lists
from .nominations import paper_views as nomination_papers
from .nominations import views as nominations
from .overview import views as overview
from .presentation import choose_views as to_present
from .presentation import views as presentation
from .recipients import double_views as doubles
from .recipients import views as recipients
from .records import views as records
from .registrations import import_views as registration_imports
from .registrations import views as registrations
from .returns import views as cases
from .stock import arrival_views as arrivals
from .stock import count_views as counts
from .stock import order_views as orders
from .stock import views as store
from .stock import voucher_views as vouchers

urlpatterns = [
    *records.urlpatterns,
    # The catalogue, and what it says
    path("khen-thuong/tra-quy-dinh/", eligibility.regulations, name="regulations"),
    path("khen-thuong/danh-muc/", catalogue.CatalogueList.as_view(), name="catalogue"),
    path("khen-thuong/danh-muc/cho-xac-nhan/", eligibility.WaitingProvisions.as_view(), name="waiting_provisions"),
    path("khen-thuong/danh-muc/xac-nhan/", catalogue.confirm, name="confirm_provisions"),
    path("khen-thuong/danh-muc/<str:code>/", eligibility.award_type, name="award_type"),
    # Who has what
    path("khen-thuong/", overview.AwardList.as_view(), name="awards"),
    path("khen-thuong/nguoi/<int:pk>/", overview.recipient, name="recipient"),
    path("khen-thuong/nguoi/<int:pk>/xet/", overview.judgement, name="judgement"),
    path("khen-thuong/nguoi/<int:pk>/ke-thua/", overview.inherit, name="inherit"),
    path("khen-thuong/kiem-tra/", overview.check, name="check_awards"),
    # Decisions: those that there are, one that was made elsewhere entered with its list, an award cancelled
    path("khen-thuong/quyet-dinh/", decisions.DecisionList.as_view(), name="decisions"),
    path("khen-thuong/quyet-dinh/nhap/", decisions.new_decision, name="new_decision"),
    path("khen-thuong/quyet-dinh/goi-y/", lists.offer_names, name="offer_names"),
    path("khen-thuong/quyet-dinh/<int:pk>/", decisions.DecisionPage.as_view(), name="decision"),
    path("khen-thuong/quyet-dinh/<int:pk>/sua/", decisions.edit_decision, name="edit_decision"),
    path("khen-thuong/quyet-dinh/<int:pk>/buoc/", decisions.step, name="decision_step"),
    path("khen-thuong/quyet-dinh/<int:pk>/ghi-dong/", lists.type_list, name="type_list"),
    path("khen-thuong/quyet-dinh/<int:pk>/tep/", lists.list_file, name="list_file"),
    path("khen-thuong/quyet-dinh/<int:pk>/cot/", lists.match_columns, name="match_columns"),
    path("khen-thuong/quyet-dinh/<int:pk>/kiem-tra/", lists.check_list, name="check_list"),
    path("khen-thuong/quyet-dinh/<int:pk>/chon/", lists.mend_list, name="mend_list"),
    path("khen-thuong/quyet-dinh/<int:pk>/luu/", lists.store_list, name="store_list"),
    path("khen-thuong/thu-hoi/", returns.CancellationList.as_view(), name="cancellations"),
    path("khen-thuong/dong/<int:pk>/", decisions.award, name="award"),
    path("khen-thuong/dong/<int:pk>/buoc/", decisions.award_step, name="award_step"),
    # What units strive for in a year
    path("khen-thuong/dang-ky/", registrations.RegistrationList.as_view(), name="registrations"),
    path("khen-thuong/dang-ky/lap/", registrations.new_registration, name="new_registration"),
    path("khen-thuong/dang-ky/<int:pk>/", registrations.RegistrationPage.as_view(), name="registration"),
    *registration_imports.urlpatterns,
    path("khen-thuong/dang-ky/<int:pk>/them/", registrations.register, name="register"),
    path("khen-thuong/dang-ky/<int:pk>/bo/", registrations.strike, name="strike_aims"),
    path("khen-thuong/dang-ky/<int:pk>/buoc/", registrations.step, name="registration_step"),
    # Files that units propose, with their nominations
    path("khen-thuong/ho-so/", nominations.DossierList.as_view(), name="dossiers"),
    path("khen-thuong/ho-so/lap/", nominations.new_dossier, name="new_dossier"),
    path("khen-thuong/ho-so/<int:pk>/", nominations.dossier, name="dossier"),
    path("khen-thuong/ho-so/<int:pk>/sua/", nominations.edit_dossier, name="edit_dossier"),
    path("khen-thuong/ho-so/<int:pk>/buoc/", nominations.step, name="dossier_step"),
    path("khen-thuong/ho-so/<int:pk>/them/", nomination.nominate, name="nominate"),
    path("khen-thuong/ho-so/<int:pk>/them-nguoi/", nomination.add_person, name="add_person"),
    *nomination_imports.urlpatterns,
    *nomination_papers.urlpatterns,
    path("khen-thuong/ho-so/<int:pk>/lay-tu/", nomination.gather, name="gather"),
    path("khen-thuong/ho-so/<int:pk>/kiem-tra/", nominations.check, name="check_dossier"),
    path("khen-thuong/de-nghi/", nomination_lists.NominationList.as_view(), name="nominations"),
    path("khen-thuong/de-nghi/lam/", nomination_lists.act_on_chosen, name="act_on_nominations"),
    path("khen-thuong/ho-so/thoi-gian/", durations.durations, name="durations"),
    path("khen-thuong/de-nghi/<int:pk>/", nomination.nomination, name="nomination"),
    path("khen-thuong/de-nghi/<int:pk>/sua/", nomination.edit_line, name="edit_line"),
    path("khen-thuong/de-nghi/<int:pk>/buoc/", nomination.step, name="nomination_step"),
    # Opinions on them
    path("khen-thuong/y-kien/", asking.OpinionList.as_view(), name="opinions"),
    path("khen-thuong/y-kien/cong-khai/", asking.listing, name="listing"),
    path("khen-thuong/y-kien/<int:pk>/", asking.opinion, name="opinion"),
    path("khen-thuong/y-kien/<int:pk>/buoc/", asking.opinion_step, name="opinion_step"),
    path("khen-thuong/y-kien/<int:pk>/soan/", asking.write_letter, name="write_opinion_letter"),
    path("khen-thuong/ho-so/<int:pk>/lay-y-kien/", asking.ask, name="ask_opinion"),
    # Decisions that are made here, the names in them confirmed by units
    path("khen-thuong/ra-quyet-dinh/", issuing.waiting, name="deciding"),
    path("khen-thuong/ra-quyet-dinh/lap/", issuing.compose, name="compose_decisions"),
    path("khen-thuong/ra-quyet-dinh/<int:pk>/", issuing.draft, name="draft_decision"),
    path("khen-thuong/ra-quyet-dinh/<int:pk>/buoc/", issuing.step, name="draft_decision_step"),
    path("khen-thuong/ra-quyet-dinh/<int:pk>/soan/<slug:paper>/", issuing.draft_paper, name="draft_decision_paper"),
    path("khen-thuong/ra-quyet-dinh/<int:pk>/ket-qua/", issuing.record_result, name="record_result"),
    path("khen-thuong/ra-quyet-dinh/dong/<int:pk>/", issuing.row, name="draft_row"),
    path("khen-thuong/ra-quyet-dinh/dong/<int:pk>/buoc/", issuing.row_step, name="draft_row_step"),
    path("cong-khai/khen-thuong/", given.public_awards, name="public_awards"),
    path("khen-thuong/quyet-dinh/<int:pk>/tai-bo/", given.decision_bundle, name="decision_bundle"),
    path("khen-thuong/quyet-dinh/<int:pk>/huy/", undoing.cancel_awards, name="cancel_awards"),
    path("khen-thuong/dong/<int:pk>/dinh-chinh/", undoing.correct_name, name="correct_name"),
    path("khen-thuong/dong/<int:pk>/phuc-hoi/", undoing.ask_restoring, name="ask_restoring"),
    path("khen-thuong/xac-nhan-ten/", names.names, name="names"),
    path("khen-thuong/xac-nhan-ten/dung-het/", names.confirm_all, name="confirm_all_names"),
    path("khen-thuong/xac-nhan-ten/<int:pk>/buoc/", names.step, name="own_name_step"),
    # The council: its makeup, its meetings, votes
    path("khen-thuong/hoi-dong/", meetings.MeetingList.as_view(), name="council_meetings"),
    path("khen-thuong/hoi-dong/lap/", meetings.new_meeting, name="new_council_meeting"),
    path("khen-thuong/hoi-dong/<int:pk>/", meetings.meeting, name="council_meeting"),
    path("khen-thuong/hoi-dong/<int:pk>/sua/", meetings.edit_meeting, name="edit_council_meeting"),
    path("khen-thuong/hoi-dong/<int:pk>/buoc/", meetings.step, name="council_meeting_step"),
    path("khen-thuong/hoi-dong/<int:pk>/huy/", meetings.cancel, name="cancel_council_meeting"),
    path("khen-thuong/hoi-dong/<int:pk>/huy-ket-qua/", meetings.annul, name="annul_council_meeting"),
    path("khen-thuong/hoi-dong/<int:pk>/chuong-trinh/", agenda.ItemList.as_view(), name="council_agenda"),
    path("khen-thuong/hoi-dong/<int:pk>/chuong-trinh/bo/", agenda.take_off, name="take_off_agenda"),
    path("khen-thuong/hoi-dong/<int:pk>/chon/", agenda.CandidateList.as_view(), name="council_candidates"),
    path("khen-thuong/hoi-dong/<int:pk>/diem-danh/", meetings.attend, name="council_attendance"),
    path("khen-thuong/hoi-dong/<int:pk>/bo-phieu/", votes.vote, name="council_vote"),
    path("khen-thuong/hoi-dong/<int:pk>/phieu-giay/", votes.enter_sums, name="council_paper_votes"),
    path("khen-thuong/hoi-dong/cho-ngoi/<int:pk>/phieu-giay/", votes.enter, name="council_paper_vote"),
    path("khen-thuong/hoi-dong/<int:pk>/kiem-phieu/", meetings.count, name="count_council_votes"),
    path("khen-thuong/hoi-dong/<int:pk>/soan/<slug:kind>/", meetings.draft_paper, name="draft_council_paper"),
    path("khen-thuong/hoi-dong/muc/<int:pk>/", items.item, name="council_item"),
    path("khen-thuong/hoi-dong/muc/<int:pk>/van-ban/<int:paper>/", items.item_paper, name="council_item_paper"),
    path("khen-thuong/hoi-dong/thanh-phan/", makeups.councils, name="councils"),
    path("khen-thuong/hoi-dong/thanh-phan/lap/", makeups.new_council, name="new_council"),
    path("khen-thuong/hoi-dong/thanh-phan/<int:pk>/", makeups.council, name="award_council"),
    path("khen-thuong/hoi-dong/thanh-phan/<int:pk>/sua/", makeups.edit_council, name="edit_council"),
    path("khen-thuong/hoi-dong/thanh-phan/<int:pk>/them/", makeups.new_member, name="new_member"),
    path("khen-thuong/hoi-dong/thanh-vien/<int:pk>/", makeups.edit_member, name="council_member"),
    path("khen-thuong/hoi-dong/thanh-vien/<int:pk>/xoa/", makeups.remove_member, name="remove_council_member"),
    # The fund
    path("khen-thuong/tien-thuong/", fund.PaymentList.as_view(), name="payments"),
    path("khen-thuong/tien-thuong/chi/", fund.pay, name="pay"),
    path("khen-thuong/tien-thuong/<int:pk>/", fund.payment, name="payment"),
    path("khen-thuong/tien-thuong/<int:pk>/buoc/", fund.payment_step, name="payment_step"),
    path("khen-thuong/quy/", fund.this_year_fund, name="fund"),
    path("khen-thuong/quy/so/", fund.ledger, name="ledger"),
    path("khen-thuong/quy/so/ghi/", fund.enter, name="enter_ledger"),
    path("khen-thuong/quy/so/<int:pk>/", fund.ledger_entry, name="ledger_entry"),
    path("khen-thuong/quy/<int:year>/", fund.fund_year, name="fund_year"),
    path("khen-thuong/quy/<int:year>/du-toan/", fund.fund_budget, name="fund_budget"),
    path("khen-thuong/quy/<int:year>/bieu-05/", fund.fund_table, name="fund_table"),
    # Items: what awards are owed; the store, its vouchers, counts, orders
    *dues.urlpatterns,
    *store.urlpatterns,
    *arrivals.urlpatterns,
    *vouchers.urlpatterns,
    *counts.urlpatterns,
    *orders.urlpatterns,
    # Units told what they collect, items handed over, what is left
    *rounds.urlpatterns,
    *handovers.urlpatterns,
    *left.urlpatterns,
    *sheets.urlpatterns,
    # Awards presented
    *to_present.urlpatterns,
    *presentation.urlpatterns,
    # Items exchanged, given out again
    *cases.urlpatterns,
    # Statistical forms, yearly tables
    path("khen-thuong/thong-ke/", figures.this_year_figures, name="this_year_award_figures"),
    path("khen-thuong/thong-ke/co-cau/", structures.award_structure, name="award_structure"),
    path("khen-thuong/thong-ke/<int:year>/<slug:about>/", figures.award_figures, name="award_figures"),
    path("khen-thuong/thong-ke/<int:year>/<slug:about>/ghi-bo-sung/", figures.award_lacks, name="award_lacks"),
    # Persons, collectives, households
    path("khen-thuong/nguoi/", recipients.RecipientList.as_view(), name="recipients"),
    path("khen-thuong/nguoi/them/", recipients.new_recipient, name="new_recipient"),
    path("khen-thuong/nguoi/<int:pk>/thong-tin/", recipients.facts, name="recipient_facts"),
    path("khen-thuong/nguoi/<int:pk>/sua/", recipients.edit_recipient, name="edit_recipient"),
    path("khen-thuong/nguoi/<int:pk>/buoc/", recipients.step, name="recipient_step"),
    path("khen-thuong/nguoi/<int:pk>/can-cuoc/", recipients.look_at_identity, name="look_at_identity"),
    path("khen-thuong/nguoi/<int:pk>/xoa-du-lieu/", recipients.erase, name="erase_recipient"),
    path("khen-thuong/nguoi/<int:pk>/gop/", doubles.merge, name="merge_recipient"),
    path("khen-thuong/tim-theo-can-cuoc/", recipients.find_identity, name="find_identity"),
    path("khen-thuong/co-the-trung/", doubles.DoubleList.as_view(), name="doubles"),
    path("khen-thuong/co-the-trung/tim-lai/", doubles.look_for_doubles, name="look_for_doubles"),
    path("khen-thuong/co-the-trung/<int:pk>/", doubles.double, name="double"),
    path("khen-thuong/co-the-trung/<int:pk>/buoc/", doubles.double_step, name="double_step"),
    # Certificates: printed, printed again, found by their code
    path("khen-thuong/hien-vat/bang/", certificates.to_print_list, name="certificates"),
    path("khen-thuong/hien-vat/bang/quyet-dinh/<int:pk>/", certificates.of_decision, name="certificates_of"),
    path("khen-thuong/hien-vat/bang/quyet-dinh/<int:pk>/in/", certificates.print_sheets, name="print_certificates"),
    path("khen-thuong/hien-vat/bang/quyet-dinh/<int:pk>/in-thu/", certificates.proof, name="proof_certificates"),
    path("khen-thuong/hien-vat/bang/quyet-dinh/<int:pk>/co/", certificates.flag_words, name="flag_words"),
    path("khen-thuong/hien-vat/bang/quyet-dinh/<int:pk>/ten/", certificates.own_names, name="own_names"),
    path("khen-thuong/hien-vat/bang/luot/<int:pk>/", certificates.run, name="run"),
    path("khen-thuong/hien-vat/bang/luot/<int:pk>/buoc/", certificates.run_step, name="run_step"),
    path("khen-thuong/hien-vat/bang/luot/<int:pk>/tap/<int:number>/", certificates.batch, name="run_batch"),
    path("khen-thuong/hien-vat/bang/to/", certificates.SheetList.as_view(), name="sheets"),
    path("khen-thuong/hien-vat/bang/to/<int:pk>/", certificates.certificate, name="certificate"),
    path("khen-thuong/hien-vat/bang/to/<int:pk>/buoc/", certificates.certificate_step, name="certificate_step"),
    path("khen-thuong/hien-vat/bang/to/<int:pk>/pdf/", certificates.sheet_pdf, name="certificate_pdf"),
    path("khen-thuong/hien-vat/bang/mau/", layouts.layouts, name="layouts"),
    path("khen-thuong/hien-vat/bang/mau/them/", layouts.new_layout, name="new_layout"),
    path("khen-thuong/hien-vat/bang/mau/<int:pk>/", layouts.layout, name="layout"),
    path("khen-thuong/hien-vat/bang/mau/<int:pk>/in-thu/", layouts.layout_try, name="layout_try"),
    path("khen-thuong/hien-vat/bang/mau/<int:pk>/nen.svg", layouts.layout_drawing, name="layout_drawing"),
    path("khen-thuong/hien-vat/bang/may-in/them/", layouts.new_printer, name="new_printer"),
    path("khen-thuong/hien-vat/bang/may-in/<int:pk>/", layouts.printer, name="printer"),
    path("khen-thuong/hien-vat/bang/may-in/<int:pk>/can/", layouts.calibrate, name="calibrate"),
    path("xac-thuc/bang/", codes.ask_code, name="ask_certificate"),
    path("xac-thuc/bang/<str:code>/", codes.verify, name="verify_certificate"),
]
