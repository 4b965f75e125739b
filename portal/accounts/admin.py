"""Accounts: headquarters opens and closes them; posts are given on the people pages."""

from allauth.account.models import EmailAddress
from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest

from portal.accounts.models import User
from portal.models import DataVersion


class UserForm(ModelForm):
    def clean_email(self) -> str:
        """In small letters, as sign-in looks it up."""
        address: str = self.cleaned_data["email"]
        return address.lower()


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """A new official sets the first password by the reset mail."""

    form = UserForm
    list_display = ("name", "email", "is_active", "joined_at")
    list_filter = ("is_active",)
    search_fields = ("name", "email")
    fields = ("name", "email", "is_active", "last_login", "joined_at")
    readonly_fields = ("last_login", "joined_at")

    def has_delete_permission(
        self, request: HttpRequest, obj: User | None = None
    ) -> bool:
        """An account is closed, not removed: history names it."""
        return False

    def save_model(
        self, request: HttpRequest, obj: User, form: ModelForm, change: bool
    ) -> None:
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        # An office without an open account is said to have no officer.
        DataVersion.rise()
        # Sign-in remembers addresses by itself; a former one must open nothing.
        EmailAddress.objects.filter(user=obj).exclude(email=obj.email).delete()
