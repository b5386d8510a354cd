"""Addresses of campaigns, of who joined them, and of good examples."""

from django.urls import path

from .adjustments import views as adjusting
from .endings import views as closing
from .examples import views as examples
from .figures import calendar_views as calendars
from .figures import views as figures
from .joinings import views as joining
from .launches import views as launching
from .overview import joining_views
from .overview import views as campaigns
from .reviews import result_views as results
from .reviews import views as reviewing

urlpatterns = [
    path("phong-trao/", campaigns.CampaignList.as_view(), name="campaigns"),
    path("phong-trao/lap/", campaigns.edit, name="new_campaign"),
    path("phong-trao/<int:pk>/", campaigns.campaign, name="campaign"),
    path("phong-trao/<int:pk>/sua/", campaigns.edit, name="edit_campaign"),
    path("phong-trao/<int:pk>/xoa/", campaigns.remove, name="remove_campaign"),
    # Its last steps
    path("phong-trao/<int:pk>/khen-thuong/", closing.commend, name="commend_campaign"),
    path("phong-trao/<int:pk>/ket-thuc/", closing.close, name="close_campaign"),
    path("phong-trao/<int:pk>/lui-buoc/", closing.go_back, name="step_campaign_back"),
    path("phong-trao/<int:pk>/van-ban-phat-dong/", launching.correct_paper, name="correct_launch_paper"),
    # Launching, and who launched on the basis of it
    path("phong-trao/<int:pk>/phat-dong/", launching.launch, name="launch_campaign"),
    path("phong-trao/<int:pk>/huong-ung-bang-phat-dong/", launching.take_up, name="take_up_campaign"),
    path("phong-trao/<int:pk>/don-vi-phat-dong/", launching.launches, name="campaign_launches"),
    path("phong-trao/<int:pk>/don-doc/", launching.remind, name="remind_launches"),
    path("phong-trao/bang/", launching.year_matrix, name="this_year_launches"),
    path("phong-trao/bang/<int:year>/", launching.year_matrix, name="year_launches"),
    path("phong-trao/<int:pk>/nhiem-vu/", launching.tie_duty, name="tie_launch_duty"),
    path("phong-trao/<int:pk>/nhiem-vu/<int:duty>/go/", launching.untie_duty, name="untie_launch_duty"),
    # Adjusting
    path("phong-trao/<int:pk>/dieu-chinh/", adjusting.adjust, name="adjust_campaign"),
    path("phong-trao/dieu-chinh/<int:pk>/rut-lai/", adjusting.undo, name="take_back_adjustment"),
    # Joining, reviews, results
    path("phong-trao/<int:pk>/huong-ung/", joining.join, name="join_campaign"),
    path("phong-trao/<int:pk>/don-vi-huong-ung/", joining.JoiningList.as_view(), name="campaign_joinings"),
    path("phong-trao/huong-ung/<int:pk>/", joining_views.joining, name="joining"),
    path("phong-trao/huong-ung/<int:pk>/sua/", joining.edit, name="edit_joining"),
    path("phong-trao/huong-ung/<int:pk>/rut/", joining.withdraw, name="withdraw_joining"),
    path("phong-trao/<int:pk>/so-ket-tong-ket/", reviewing.campaign_reviews, name="campaign_reviews"),
    path("phong-trao/<int:pk>/so-ket-tong-ket/mo/", reviewing.new_review, name="new_review"),
    path("phong-trao/so-ket-tong-ket/<int:pk>/", reviewing.ReviewPage.as_view(), name="review"),
    path("phong-trao/so-ket-tong-ket/<int:pk>/sua/", reviewing.edit_review, name="edit_review"),
    path("phong-trao/so-ket-tong-ket/<int:pk>/dung/", reviewing.stop_review, name="stop_review"),
    path("phong-trao/so-ket-tong-ket/<int:pk>/thuc-hien/", reviewing.hold_review, name="hold_review"),
    path("phong-trao/so-ket-tong-ket/<int:pk>/mo-lai/", reviewing.reopen_review, name="reopen_review"),
    path("phong-trao/so-ket-tong-ket/<int:pk>/bao-cao/", reviewing.draft_review_report, name="draft_review_report"),
    path("phong-trao/so-ket-tong-ket/<int:pk>/don-doc/", reviewing.remind_reports, name="remind_reports"),
    path("phong-trao/so-ket-tong-ket/<int:pk>/ket-qua/<int:joining>/", results.edit_result, name="edit_result"),
    path("phong-trao/ket-qua/<int:pk>/", results.result, name="result"),
    path("phong-trao/ket-qua/<int:pk>/buoc/", results.result_step, name="result_step"),
    # Good examples
    path("phong-trao/guong-dien-hinh/", examples.ExampleList.as_view(), name="examples"),
    path("phong-trao/guong-dien-hinh/ghi/", examples.new_example, name="new_example"),
    path("phong-trao/guong-dien-hinh/da-xoa/", examples.ErasedExamples.as_view(), name="erased_examples"),
    path("phong-trao/guong-dien-hinh/<int:pk>/", examples.example, name="example"),
    path("phong-trao/guong-dien-hinh/<int:pk>/sua/", examples.edit_example, name="edit_example"),
    path("phong-trao/guong-dien-hinh/<int:pk>/buoc/", examples.step, name="example_step"),
    path("phong-trao/guong-dien-hinh/<int:pk>/xoa/", examples.erase, name="erase_example"),
    path("phong-trao/<int:pk>/guong-dien-hinh/", examples.CampaignExamples.as_view(), name="campaign_examples"),
    # Calendar and figures
    path("phong-trao/lich/", calendars.campaign_calendar, name="campaign_calendar"),
    path("phong-trao/lich/<int:year>/<int:month>/", calendars.campaign_calendar, name="campaign_calendar"),
    path("phong-trao/so-lieu/", figures.campaign_figures, name="campaign_figures"),
    path("phong-trao/so-lieu/<int:year>/", figures.campaign_figures, name="campaign_figures"),
]
