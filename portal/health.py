"""Whether the process is alive and the site can answer, for whoever watches."""

import time
from functools import lru_cache

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.db import missing_triggers

# Looking takes a third of a second; a stranger who keeps asking gets the same answer.
SECONDS_KEPT = 5


@never_cache
@login_not_required
@require_safe
def alive(request: HttpRequest) -> JsonResponse:
    """The process answers. Asks nothing of the database."""
    return JsonResponse({"alive": True})


@never_cache
@login_not_required
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """The site can serve: 200, or 503 with what is in its way."""
    problems = find_problems(int(time.monotonic() / SECONDS_KEPT))
    return JsonResponse(
        {"ready": not problems, "problems": problems}, status=503 if problems else 200
    )


@lru_cache(maxsize=1)
def find_problems(moment: int) -> list[str]:
    """What is in the way at this moment, which is looked for once."""
    try:
        unapplied = unapplied_migrations()
        missing = missing_triggers(connection)
    except DatabaseError:
        return ["The database does not answer."]
    return [
        *(f"The migration {name} is not applied." for name in unapplied),
        *(f"The trigger {name} is missing." for name in missing),
    ]


def unapplied_migrations() -> list[str]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]
