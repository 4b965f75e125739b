"""What tests of the registers share."""

from tests.register import register, register_rows

__all__ = ["register", "register_rows"]
