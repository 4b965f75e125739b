"""What is measured at full size. Django is set up before any module of it is read."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
os.environ.setdefault("PORTAL_LOG_LEVEL", "ERROR")
django.setup()
