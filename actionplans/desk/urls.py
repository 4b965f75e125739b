from django.urls import include, path, register_converter

from actionplans.desk import (
    action_grid,
    borrow,
    changes,
    committees,
    consultation,
    converters,
    corrections,
    districts,
    documents,
    errata,
    escalations,
    events,
    evidence,
    figure_grid,
    filing,
    intakes,
    interventions,
    mail,
    meetings,
    paper,
    paste,
    people,
    plans,
    products,
    quarters,
    recording,
    report_list,
    reports,
    rows,
    sections,
    snoozes,
    steps,
    verifying,
    workbooks,
    worklist,
)

app_name = "desk"
register_converter(converters.StepConverter, "step")
register_converter(converters.PartConverter, "part")
register_converter(converters.SHA256Converter, "sha256")
register_converter(converters.QuarterConverter, "quarter")

plan_urls = [
    path("", plans.plan_detail, name="plan"),
    path("edit/", plans.plan_edit, name="plan-edit"),
    path("sections/<int:number>/", sections.section, name="plan-section"),
    path("sections/<int:number>/state/", sections.section_state, name="plan-state"),
    path("<part:part>/new/", rows.part_new, name="part-new"),
    path("<part:part>/paste/", paste.part_paste, name="part-paste"),
    path("<part:part>/copy/", borrow.part_copy, name="part-copy"),
    path("<part:part>/<int:row>/edit/", rows.part_edit, name="part-edit"),
    path("<part:part>/<int:row>/remove/", rows.part_remove, name="part-remove"),
    path("changes/", changes.plan_changes, name="plan-changes"),
    path("events/<int:event>/correct/", events.event_correct, name="event-correct"),
    path("errata/", errata.errata, name="errata"),
    path("errata/new/", errata.erratum_new, name="erratum-new"),
    path("document/", documents.plan_document, name="plan-document"),
    path("plan.pdf", paper.plan_pdf, name="plan-pdf"),
    path("consultation/", consultation.consultation, name="plan-consultation"),
    path("consultation/<int:comment>/", consultation.comment, name="plan-comment"),
    path(
        "consultation/comments.csv",
        consultation.consultation_csv,
        name="consultation-csv",
    ),
    path("<step:action>/", steps.plan_step, name="plan-step"),
]
district_urls = [
    path("", districts.district_page, name="district"),
    path("start/", plans.district_start, name="district-start"),
    path("record/", recording.record, name="district-record"),
    path("products/", products.products, name="products"),
    path("products/new/", products.product_new, name="product-new"),
    path("committee/", committees.committee, name="committee"),
    path("committee/edit/", committees.committee_edit, name="committee-edit"),
    path("meetings/new/", meetings.meeting_new, name="meeting-new"),
    path("reports/<quarter:quarter>/", reports.report, name="report"),
    path("reports/<quarter:quarter>/file/", reports.report_file, name="report-file"),
    path(
        "reports/<quarter:quarter>/evidence/<uuid:line>/",
        evidence.line_evidence,
        name="line-evidence",
    ),
    path(
        "readings/<int:pk>/correct/",
        corrections.reading_correct,
        name="reading-correct",
    ),
    path("readings/<int:pk>/verify/", verifying.reading_verify, name="reading-verify"),
    path("bottlenecks/<uuid:line>/", escalations.bottleneck, name="bottleneck"),
    path("people/", people.people, name="people"),
    path("people/appoint/", people.appoint, name="appoint"),
    path("people/<int:pk>/end/", people.appointment_end, name="appointment-end"),
]
meeting_urls = [
    path("", meetings.meeting, name="meeting"),
    path("edit/", meetings.meeting_edit, name="meeting-edit"),
    path("minutes/", meetings.meeting_minutes, name="meeting-minutes"),
    path("decisions/new/", meetings.decision_new, name="decision-new"),
    path("decisions/<int:number>/edit/", meetings.decision_edit, name="decision-edit"),
]
quarter_urls = [
    path("", quarters.quarter, name="quarter"),
    path("figures/<slug:indicator>/", figure_grid.figure_grid, name="figure-grid"),
    path("interventions/", action_grid.action_grid, name="action-grid"),
    path("file/", filing.file_many, name="file-many"),
    path("workbook.xlsx", workbooks.workbook, name="workbook"),
    path("workbooks/", workbooks.workbooks, name="workbooks"),
]
urlpatterns = [
    path("", worklist.worklist_page, name="worklist"),
    path("snooze/<slug:kind>/<int:place>/<int:thing>/", snoozes.snooze, name="snooze"),
    path("mail/", mail.mail, name="mail"),
    path("districts/", districts.district_list, name="districts"),
    path("reports/", report_list.report_list, name="reports"),
    path("reports/<quarter:quarter>/", include(quarter_urls)),
    path("workbooks/<int:pk>/", workbooks.trial, name="workbook-trial"),
    path("workbooks/<int:pk>/marked.xlsx", workbooks.marked, name="workbook-marked"),
    path("interventions/", interventions.interventions, name="interventions"),
    path(
        "interventions.csv", interventions.interventions_csv, name="interventions-csv"
    ),
    path("bottlenecks/", escalations.escalations, name="escalations"),
    path("evidence/<uuid:pk>/", evidence.evidence, name="evidence"),
    path(
        "evidence/<uuid:pk>/remove/", evidence.evidence_remove, name="evidence-remove"
    ),
    path("plans/", plans.plan_list, name="plans"),
    path("plans/<int:pk>/", include(plan_urls)),
    path("districts/<slug:state>/<slug:district>/", include(district_urls)),
    path("meetings/<int:pk>/", include(meeting_urls)),
    path("corrections/<int:pk>/", events.correction, name="correction"),
    path("errata/<int:pk>/", errata.erratum, name="erratum"),
    path("documents/<sha256:sha256>/", documents.document, name="document"),
    path("intake/", intakes.intakes, name="intakes"),
    path("intake/sheet/", intakes.empty_sheet, name="intake-sheet"),
    path("intake/<int:pk>/", intakes.intake, name="intake"),
]
