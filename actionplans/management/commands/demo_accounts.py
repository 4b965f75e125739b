"""Show the accounts with which a visitor can try the demonstration."""

from typing import Any

from django.core.management.base import BaseCommand

from actionplans.demo.accounts import PASSWORD, SHOWN, email
from portal.accounts.models import User


class Command(BaseCommand):
    help = "Prints address, password, role and place of the accounts that matter."

    def handle(self, *args: Any, **options: Any) -> None:
        addresses = [email(local) for local in SHOWN]
        found = User.objects.filter(is_demonstration=True, email__in=addresses)
        by_address = {user.email: user for user in found}
        if not by_address:
            self.stdout.write("There are no demonstration accounts: run load_demo.")
            return
        self.stdout.write(f"{'E-mail address':<38}{'Role':<30}Place")
        for address in addresses:
            if user := by_address.get(address):
                for post in user.current_appointments:
                    role = post.get_role_display()
                    self.stdout.write(f"{address:<38}{role:<30}{post.place}")
        self.stdout.write(f"The password of all of them: {PASSWORD}")
