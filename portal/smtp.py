"""Handing mails to the mail server, so that nobody gets one twice."""

import smtplib
from typing import Any

from django.core.mail.backends import smtp


class Unanswered(smtplib.SMTPException):
    """The server had the whole mail and the connection ended before it said a word.

    It may have taken the mail: sent again, it could arrive twice.
    """


class Connection(smtplib.SMTP):
    def data(self, msg: Any) -> tuple[int, bytes]:
        try:
            return super().data(msg)
        except smtplib.SMTPDataError:
            raise
        except OSError as lost:
            raise Unanswered(str(lost)) from lost


class EmailBackend(smtp.EmailBackend):
    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return Connection
