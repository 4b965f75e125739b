"""Every request that writes what the public reads raises the data version.

Else pages that are kept would be out of date. Asked of each request that any test
makes; what a request may write without raising it stands below, with the reason.
"""

import re

from django.db import connection
from django.test import Client

WRITES = re.compile(r'(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM) "(\w+)"')
OURS = ("accounts_", "actionplans_", "districts_")
VERSION = "portal_dataversion"
# Tables that no public page reads, or not until a step that raises the version.
UNSEEN = {
    # Of people only whether their account is open is seen, which the admin decides.
    "accounts_user",
    # Entered in a report, which is seen when it is filed.
    "actionplans_actionentry",
    "actionplans_evidence",
    "actionplans_readingentry",
    "actionplans_report",
    # Parts of a draft: frozen as soon as the plan is public.
    "actionplans_bottleneck",
    "actionplans_intervention",
    "actionplans_intervention_supporting",
    "actionplans_intervention_targets",
    "actionplans_line",
    "actionplans_milestone",
    "actionplans_plan",
    "actionplans_planproduct",
    "actionplans_plansection",
    "actionplans_target",
    # Shown when somebody has read it.
    "actionplans_consultationcomment",
    # Asked for; what holds is changed by whoever confirms it.
    "actionplans_correction",
    "actionplans_erratum",
    # Minutes are for officials until they are released.
    "actionplans_document",
    # Between offices.
    "actionplans_escalation",
    "actionplans_filledworkbook",
    "actionplans_intake",
    "actionplans_snooze",
}


class Watch:
    """Notes which tables the requests of one test wrote without saying so."""

    def __init__(self):
        self.silent = []
        self._written = None

    def __call__(self, execute, sql, params, many, context):
        if self._written is not None and (found := WRITES.match(sql)):
            self._written.add(found[1])
        return execute(sql, params, many, context)

    def request(self, send):
        """Around the test client's way of sending."""

        def watched(client, **environment):
            self._written = set()
            try:
                return send(client, **environment)
            finally:
                self._judge(environment)
                self._written = None

        return watched

    def _judge(self, environment):
        seen = {table for table in self._written - UNSEEN if table.startswith(OURS)}
        if seen and VERSION not in self._written:
            path = environment["PATH_INFO"]
            self.silent.append(f"{environment['REQUEST_METHOD']} {path}: {seen}")


def watching(monkeypatch):
    watch = Watch()
    monkeypatch.setattr(Client, "request", watch.request(Client.request))
    return watch, connection.execute_wrapper(watch)
