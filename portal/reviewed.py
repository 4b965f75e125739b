"""The day on which somebody last held each page's words against what the site does.

Written by hand when that was done: it says nothing about when the code was built.
"""

from __future__ import annotations

import datetime as dt

REVIEWED = {
    "about": dt.date(2026, 11, 29),
    "accessibility": dt.date(2026, 11, 29),
    "contact": dt.date(2026, 11, 29),
    "copyright": dt.date(2026, 11, 29),
    "help": dt.date(2026, 11, 29),
    "method": dt.date(2026, 11, 29),
    "privacy": dt.date(2026, 11, 29),
    "sources": dt.date(2026, 11, 29),
}
