from typing import Any

from django.core.management.base import BaseCommand

from portal.diagram import life_of_a_plan


class Command(BaseCommand):
    help = "Prints the diagram of a plan's life, as the rules table has it."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(life_of_a_plan())
