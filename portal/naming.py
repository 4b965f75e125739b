"""What a thing with a name in two languages is called."""

from typing import Any

from django.utils.translation import get_language


def local_name(thing: Any) -> str:
    """The name in the page's language, as far as there is one."""
    hindi = thing.name_hi if get_language() == "hi" else ""
    return str(hindi or thing.name)
