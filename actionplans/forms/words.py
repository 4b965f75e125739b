"""What each step means, before it is taken and once it is."""

from django.utils.translation import gettext_lazy as _

from portal.terms import Action

MEANING = {
    Action.SUBMIT: _(
        "The Regional Authority then assesses the plan. Nobody can edit it meanwhile."
    ),
    Action.WITHDRAW: _("The plan becomes a draft again, to be edited and submitted."),
    Action.COMMENT: _(
        "Officials in charge of the district read the comment beside the plan; the"
        " public does not."
    ),
    Action.ENDORSE: _("The State says that the plan fits what it means to do itself."),
    Action.RETURN: _(
        "The plan goes one step back. The district reads what must be mended and why;"
        " the public does not."
    ),
    Action.ASSESS: _("The plan then waits for the committee, which may adopt it."),
    Action.ADOPT: _(
        "The plan gets its number and is sealed: from then on its text and figures"
        " cannot change. Another version of it would be another plan."
    ),
    Action.RECORD_ADOPTION: _(
        "The plan then waits until another person of another office confirms the"
        " adoption."
    ),
    Action.CONFIRM: _(
        "You vouch that the committee adopted the plan. It gets its number and is"
        " sealed: from then on its text and figures cannot change."
    ),
    Action.NOTIFY: _("The order by which the plan was notified stands beside it."),
    Action.PUBLISH: _(
        "Everybody can read the plan, and it is in force. The plan in force before it"
        " is superseded."
    ),
    Action.ANNUL: _(
        "The plan is no longer in force; the one before it is again. Its seal stays"
        " readable. If the plan was public, everybody can read why."
    ),
    Action.DISCARD: _("The draft is put aside for good. Nothing is erased."),
    Action.HOLD: _(
        "The plan is not published by itself for thirty days from now. Everybody can"
        " read why."
    ),
    Action.CONSULT: _(
        "The draft becomes public as it is now: every section, product, target and"
        " intervention, with its budget. Everybody can read it and comment on it"
        " section by section, from the first day to the last, and it stays readable"
        " afterwards. What you change in the draft later does not show there."
    ),
    Action.HAND_IN: _(
        "Another office then compares the structure with the document. Nobody can edit"
        " it meanwhile."
    ),
    Action.TRANSCRIBE: _(
        "You vouch that the structure says what the document says. It is sealed and"
        " published; the adoption stays what it was."
    ),
}
DONE = {
    Action.SUBMIT: _("The plan is submitted: the Regional Authority assesses it now."),
    Action.WITHDRAW: _("The plan is withdrawn: it is a draft again."),
    Action.COMMENT: _("The comment is recorded."),
    Action.ENDORSE: _("The endorsement is recorded."),
    Action.RETURN: _("The plan is returned."),
    Action.ASSESS: _("The assessment is recorded: the plan waits for the committee."),
    Action.ADOPT: _("The plan is adopted and sealed."),
    Action.RECORD_ADOPTION: _("The adoption is recorded and waits to be confirmed."),
    Action.CONFIRM: _("The adoption is confirmed and the plan is sealed."),
    Action.NOTIFY: _("The notification is recorded."),
    Action.PUBLISH: _("The plan is published and in force."),
    Action.ANNUL: _("The plan is annulled."),
    Action.DISCARD: _("The draft is discarded."),
    Action.HOLD: _("The publication is held."),
    Action.CONSULT: _(
        "The consultation is recorded: everybody finds it on the page of the district."
    ),
    Action.HAND_IN: _("The transcription is handed in, to be checked."),
    Action.TRANSCRIBE: _("The transcription is confirmed and the plan is sealed."),
}
