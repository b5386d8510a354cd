"""Addresses of clusters and what they do."""

from django.urls import path

from .activities import views as activities
from .ballots import views as ballots
from .changes import views as changes
from .council import views as council
from .criteria import views as criteria
from .divisions import views as division
from .pacts import result_views as pact_results
from .pacts import views as pacts
from .reports import views as reports
from .scores import chart_views as charts
from .scores import views as scores
from .year import views as progress

urlpatterns = [
    path("cum/", division.home, name="clusters"),
    path("cum/lap/", division.begin, name="begin_division"),
    path("cum/<int:year>/", division.division, name="division"),
    path("cum/<int:year>/thong-tin/", division.facts, name="division_facts"),
    path("cum/<int:year>/xep/", division.arrange, name="arrange"),
    path("cum/<int:year>/xep/chuyen/", division.place, name="place"),
    path("cum/<int:year>/cum-moi/", division.edit_cluster, name="new_cluster"),
    path("cum/<int:year>/cum/<int:pk>/", division.edit_cluster, name="edit_cluster"),
    path("cum/<int:year>/cum/<int:pk>/xoa/", division.remove_cluster, name="remove_cluster"),
    path("cum/<int:year>/thong-bao/", division.announce, name="announce"),
    path("cum/<int:year>/nhat-ky/", division.history, name="division_history"),
    path("cum/cua/<int:pk>/", division.cluster, name="cluster"),
    path("cum/cua/<int:pk>/thay-doi/", changes.change, name="change_cluster"),
    # Ballots
    path("cum/<int:year>/bo-phieu/", ballots.BallotList.as_view(), name="ballots"),
    path("cum/cua/<int:pk>/bo-phieu/", ballots.of_cluster, name="cluster_ballots"),
    path("cum/cua/<int:pk>/bo-phieu/moi/", ballots.new, name="new_ballot"),
    path("cum/bo-phieu/<int:pk>/", ballots.ballot, name="ballot"),
    path("cum/bo-phieu/<int:pk>/sua/", ballots.edit, name="edit_ballot"),
    path("cum/bo-phieu/<int:pk>/buoc/", ballots.step, name="ballot_step"),
    path("cum/bo-phieu/<int:pk>/phieu/", ballots.vote, name="vote"),
    path("cum/bo-phieu/<int:pk>/kiem-phieu/", ballots.count, name="count_ballot"),
    path("cum/bo-phieu/<int:pk>/huy/", ballots.cancel, name="cancel_ballot"),
    path("cum/bo-phieu/<int:pk>/huy-ket-qua/", ballots.annul, name="annul_ballot"),
    path("cum/bo-phieu/<int:pk>/vong-sau/", ballots.next_round, name="next_round"),
    path("cum/bo-phieu/<int:pk>/soan/<str:kind>/", ballots.draft_paper, name="draft_ballot_paper"),
    # Duties of the year, activities
    path("cum/<int:year>/viec/", progress.milestone_list, name="milestones"),
    path("cum/<int:year>/viec/them/", progress.edit_milestone, name="new_milestone"),
    path("cum/<int:year>/viec/mau/", progress.fill_milestones, name="fill_milestones"),
    path("cum/<int:year>/viec/huong-dan/", progress.guide, name="guide_clusters"),
    path("cum/<int:year>/viec/<int:pk>/", progress.edit_milestone, name="edit_milestone"),
    path("cum/<int:year>/viec/<int:pk>/xoa/", progress.remove_milestone, name="remove_milestone"),
    path("cum/<int:year>/tien-do/", progress.progress, name="progress"),
    path("cum/<int:year>/tien-do/don-doc/", progress.remind_late, name="remind_late"),
    path("cum/<int:year>/lich/", progress.division_calendar, name="division_calendar"),
    path("cum/<int:year>/hoat-dong/", activities.DivisionActivities.as_view(), name="division_activities"),
    path("cum/cua/<int:pk>/viec/", progress.cluster_progress, name="cluster_progress"),
    path("cum/cua/<int:pk>/lich/", progress.cluster_calendar, name="cluster_calendar"),
    path("cum/cua/<int:pk>/hoat-dong/", activities.ClusterActivities.as_view(), name="cluster_activities"),
    path("cum/cua/<int:pk>/hoat-dong/ghi/", activities.new_activity, name="new_activity"),
    path("cum/cua/<int:pk>/bao-cao/", reports.write_report, name="write_cluster_report"),
    path("cum/hoat-dong/<int:pk>/", activities.activity, name="activity"),
    path("cum/hoat-dong/<int:pk>/sua/", activities.edit_activity, name="edit_activity"),
    path("cum/hoat-dong/<int:pk>/buoc/", activities.step, name="activity_step"),
    path("cum/hoat-dong/<int:pk>/<slug:name>/", activities.write_paper, name="write_activity_paper"),
    # Pacts
    path("hoi-dong/", council.council, name="council"),
    path("cum/<int:year>/giao-uoc/", pacts.PactList.as_view(), name="pacts"),
    path("cum/<int:year>/giao-uoc/lap/", pacts.begin_leaders, name="begin_leaders_pact"),
    path("cum/<int:year>/giao-uoc/to-trinh/", pacts.draft_submission, name="draft_pact_submission"),
    path("cum/<int:year>/giao-uoc/xac-nhan/", pacts.confirm_chosen, name="confirm_pacts"),
    path("cum/cua/<int:pk>/giao-uoc/", pacts.of_cluster, name="cluster_pact"),
    path("cum/giao-uoc/<int:pk>/", pacts.pact, name="pact"),
    path("cum/giao-uoc/<int:pk>/sua/", pacts.edit, name="edit_pact"),
    path("cum/giao-uoc/<int:pk>/buoc/", pacts.step, name="pact_step"),
    path("cum/giao-uoc/<int:pk>/ben/<int:party>/", pacts.register, name="register_pact"),
    path("cum/giao-uoc/<int:pk>/in/", pacts.sheet, name="pact_sheet"),
    path("cum/giao-uoc/<int:pk>/ket-qua/", pact_results.results, name="pact_results"),
    path("cum/giao-uoc/<int:pk>/ket-qua/<int:party>/", pact_results.report, name="report_pact"),
    # Criteria, scores, pictures
    path("cum/tieu-chi/", criteria.criteria_sets, name="criteria_sets"),
    path("cum/tieu-chi/lap/", criteria.new, name="new_criteria"),
    path("cum/tieu-chi/<int:pk>/", criteria.criteria, name="criteria"),
    path("cum/tieu-chi/<int:pk>/sua/", criteria.edit, name="edit_criteria"),
    path("cum/tieu-chi/<int:pk>/nhap/", criteria.import_tree, name="import_criteria"),
    path("cum/tieu-chi/<int:pk>/phien-ban-moi/", criteria.copy, name="copy_criteria"),
    path("cum/tieu-chi/<int:pk>/buoc/", criteria.step, name="criteria_step"),
    path("cum/<int:year>/cham-diem/", scores.ScoreList.as_view(), name="scores"),
    path("cum/<int:year>/cham-diem/mo/", scores.open_scoring, name="open_scoring"),
    path("cum/<int:year>/so-sanh/", charts.comparison, name="comparison"),
    path("cum/cua/<int:pk>/cham-diem/", scores.cluster_scores, name="cluster_scores"),
    path("cum/cua/<int:pk>/cham-diem/nhap/", scores.import_scores, name="import_scores"),
    path("cum/cua/<int:pk>/bieu-do/", charts.cluster_charts, name="cluster_charts"),
    path("cum/diem/<int:pk>/", scores.sheet, name="sheet"),
    path("cum/diem/<int:pk>/buoc/", scores.step, name="sheet_step"),
]
