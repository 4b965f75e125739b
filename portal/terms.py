"""The words of the rights table: roles, statuses, actions, and what a step asks for."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    HQ_ADMIN = "hq_admin", _("Headquarters administrator")
    HQ_OFFICER = "hq_officer", _("Headquarters officer")
    RA_OFFICER = "ra_officer", _("Regional Authority officer")
    STATE_OFFICER = "state_officer", _("State officer")
    CONVENER = "depc_convener", _("Convener of the DEPC")
    STAFF = "district_staff", _("District staff")
    CHAIR = "depc_chair", _("Chair of the DEPC")
    MEMBER = "depc_member", _("Member of the DEPC")
    AUDITOR = "auditor", _("Auditor")


NATIONAL = frozenset({Role.HQ_ADMIN, Role.HQ_OFFICER, Role.AUDITOR})
DISTRICT_ROLES = frozenset({Role.CONVENER, Role.STAFF, Role.CHAIR, Role.MEMBER})
# What each role may do, in the words shown to the administrator who appoints.
ROLE_HELP = {
    Role.HQ_ADMIN: _("Keeps users, appointments and registers; takes no plan action."),
    Role.HQ_OFFICER: _(
        "Reads everything, publishes, and acts for an RA or convener while that post is"
        " vacant."
    ),
    Role.RA_OFFICER: _(
        "Keeps the districts of a Regional Authority current: products, drafting,"
        " assessing, quarterly reports, publishing."
    ),
    Role.STATE_OFFICER: _("Follows the districts of a State and confirms adoptions."),
    Role.CONVENER: _(
        "Drafts and submits the plan, calls meetings, keeps minutes, prepares reports."
    ),
    Role.STAFF: _("Types and prepares; never submits, records or adopts."),
    Role.CHAIR: _("Adopts the plan, returns it, directs."),
    Role.MEMBER: _("Reads and comments on the plan in committee."),
    Role.AUDITOR: _("Reads everything with its history, changes nothing."),
}


class Status(models.TextChoices):
    DRAFT = "draft", _("Draft")
    UNDER_ASSESSMENT = "under_assessment", _("Under assessment")
    ASSESSED = "assessed", _("Assessed")
    RECORDED = "recorded", _("Adoption recorded, to be confirmed")
    ADOPTED = "adopted", _("Adopted")
    PUBLISHED = "published", _("Published, in force")
    UNSTRUCTURED = "unstructured", _("Adopted, not structured")
    TRANSCRIBED = "transcribed", _("Structured, to be checked")
    SUPERSEDED = "superseded", _("Superseded")
    ANNULLED = "annulled", _("Annulled")
    DISCARDED = "discarded", _("Discarded")


IN_PREPARATION = (
    Status.DRAFT,
    Status.UNDER_ASSESSMENT,
    Status.ASSESSED,
    Status.RECORDED,
    Status.ADOPTED,
)
# An old plan that was recorded as a document, until its structure is checked.
RECORDED_AS_DOCUMENT = (Status.UNSTRUCTURED, Status.TRANSCRIBED)
IN_FORCE = (Status.PUBLISHED, *RECORDED_AS_DOCUMENT)
# The newest that the committee has adopted, whether in force yet or not.
ADOPTED_NOW = (Status.ADOPTED, *IN_FORCE)
PUBLIC = (*IN_FORCE, Status.SUPERSEDED)
ADOPTED_ONCE = (Status.ADOPTED, *PUBLIC, Status.ANNULLED)
# The office in whose hands a plan lies while it has this status.
HOLDERS = {
    Status.DRAFT: Role.CONVENER,
    Status.UNDER_ASSESSMENT: Role.RA_OFFICER,
    Status.ASSESSED: Role.CHAIR,
    Status.RECORDED: Role.STATE_OFFICER,
    Status.ADOPTED: Role.RA_OFFICER,
}


class Confirmation(models.TextChoices):
    """Where something stands that another office has to confirm."""

    WAITING = "waiting", _("Waits for another office")
    CONFIRMED = "confirmed", _("Confirmed")
    REFUSED = "refused", _("Refused")


class Rung(models.IntegerChoices):
    """Who is asked to move what stands in the way, from the nearest upwards."""

    DEPC = 1, _("District committee (DEPC)")
    SEPC = 2, _("State committee (SEPC)")
    HEADQUARTERS = 3, _("Headquarters")


class Asked(models.TextChoices):
    """Where an escalation stands: with whom it waits, or that it does not."""

    OF_DEPC = "depc", _("Waits for the district committee")
    OF_SEPC = "sepc", _("Waits for the State committee")
    OF_HEADQUARTERS = "hq", _("Waits for headquarters")
    ANSWERED = "answered", _("Answered")
    SETTLED = "settled", _("Closed")


OPEN_ESCALATION = (
    Asked.OF_DEPC,
    Asked.OF_SEPC,
    Asked.OF_HEADQUARTERS,
    Asked.ANSWERED,
)


class Action(models.TextChoices):
    START = "start", _("Start a plan")
    EDIT = "edit", _("Edit")
    SUBMIT = "submit", _("Submit for assessment")
    WITHDRAW = "withdraw", _("Withdraw")
    COMMENT = "comment", _("Comment")
    ENDORSE = "endorse", _("Endorse")
    RETURN = "return", _("Return to the district")
    ASSESS = "assess", _("Record the assessment")
    ADOPT = "adopt", _("Adopt")
    RECORD_ADOPTION = "record-adoption", _("Record the adoption")
    CONFIRM = "confirm", _("Confirm the adoption")
    NOTIFY = "notify", _("Record the notification")
    PUBLISH = "publish", _("Publish")
    SUPERSEDE = "supersede", _("Supersede")
    ANNUL = "annul", _("Annul")
    REINSTATE = "reinstate", _("Put in force again")
    DISCARD = "discard", _("Discard")
    CONSULT = "consult", _("Open a consultation")
    HOLD = "hold", _("Hold the publication")
    HAND_IN = "hand-in", _("Hand in the transcription")
    TRANSCRIBE = "transcribe", _("Confirm the transcription")
    # What happened is put right, beside what was recorded.
    CORRECT = "correct", _("Correct what was recorded")
    CONFIRM_CORRECTION = "confirm-correction", _("Decide on a correction")
    # What an office does in its districts at any time.
    SEE = "see", _("See what is not public")
    CONVENE = "convene", _("Keep the committee, its meetings and decisions")
    PRODUCTS = "products", _("Keep the products of a district")
    RECORD = "record", _("Record an adopted plan")
    RECORD_DRAFT = "record-draft", _("Record a draft")
    RECORD_IN_BULK = "record-in-bulk", _("Record the plans of many districts")
    RELEASE = "release", _("Release a document")
    MODERATE = "moderate", _("Answer a consultation")
    PREPARE_REPORT = "prepare-report", _("Prepare the quarterly report")
    FILE_REPORT = "file-report", _("File the quarterly report")
    CORRECT_FIGURE = "correct-figure", _("Correct a filed figure")
    VERIFY = "verify", _("Verify a corrected figure")
    # What stands in the way goes up the rungs until somebody can move it.
    ESCALATE = "escalate", _("Escalate a bottleneck")
    ESCALATE_TO_HQ = "escalate-to-hq", _("Put a bottleneck to headquarters")
    ANSWER_AS_DEPC = "answer-as-depc", _("Answer for the committee")
    ANSWER_AS_SEPC = "answer-as-sepc", _("Answer for the State committee")
    ANSWER_AS_HQ = "answer-as-hq", _("Answer for headquarters")
    SETTLE = "settle", _("Close an escalation")
    APPOINT = "appoint", _("Appoint")


class Need(models.TextChoices):
    """What a step asks for besides the button."""

    GATE = "gate", _("nothing missing")
    REASON = "reason", _("a reason")
    REASON_CODES = "reason_codes", _("what must be mended")
    CHECKLIST = "checklist", _("the checklist")
    DECISION = "decision", _("a decision of a meeting with quorum")
    MINUTES = "minutes", _("the signed minutes")
    ORDER = "order", _("order number and date")
    SPAN = "span", _("from when to when")
    SECOND_FACTOR = "second_factor", _("the second factor again")
