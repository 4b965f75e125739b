"""Which static files are collected."""

from django.contrib.staticfiles.apps import StaticFilesConfig


class StaticFiles(StaticFilesConfig):
    """Of Bootstrap's many builds only the one that pages use: bootstrap.min.css."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "bootstrap.css*",
        "bootstrap-*.css*",
        "bootstrap.rtl*",
    ]
