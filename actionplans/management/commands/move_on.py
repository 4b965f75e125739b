"""Do what happens by itself: run it every day, see docs/timers.md."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from actionplans.by_itself import move_on
from actionplans.consultations import forget_senders
from portal.terms import Action

SENTENCES = {
    Action.PUBLISH: "Published: {plan}",
    Action.DISCARD: "Discarded, because its district has ended: {plan}",
}


class Command(BaseCommand):
    help = (
        "Publishes adopted plans whose days of grace are over and that nobody holds, "
        "discards drafts of districts that have ended, and forgets who commented "
        "more than a day ago. Safe to repeat."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        done = failed = 0
        for what in move_on():
            if what.failed:
                failed += 1
                self.stderr.write(f"Failed ({what.action}): {what.plan}")
                continue
            done += 1
            self.stdout.write(SENTENCES[what.action].format(plan=what.plan))
        self.stdout.write(f"Plans moved on: {done}.")
        forgotten = forget_senders()
        self.stdout.write(f"Comments whose sender is forgotten: {forgotten}.")
        if failed:
            raise CommandError(f"Plans that failed: {failed}. The log says why.")
