"""What is measured at full size. Django is set up before any module of it is read."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
os.environ.setdefault("PORTAL_LOG_LEVEL", "ERROR")
# Pages are made anew, unless a benchmark asks for those that are kept.
os.environ["PORTAL_PAGE_CACHE_MB"] = "0"
django.setup()
