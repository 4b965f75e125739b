"""What browsers are told that no page here may load or run."""

from typing import Any

from csp.constants import NONE, SELF


def content_policy(*, secure: bool) -> dict[str, Any]:
    """The setting CONTENT_SECURITY_POLICY: our own files only, and nothing inline."""
    return {
        "DIRECTIVES": {
            "default-src": [SELF],
            # Bootstrap draws its arrows and ticks as data.
            "img-src": [SELF, "data:"],
            "object-src": [NONE],
            "base-uri": [SELF],
            "form-action": [SELF],
            "frame-ancestors": [NONE],
            "upgrade-insecure-requests": secure,
        }
    }
