"""What the web server calls: `granian --interface wsgi portal.wsgi:application`.

What is loaded before the first request stays for good. The garbage collector is told
so: walking through all of it again held up some answers by a tenth of a second.
"""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
application = get_wsgi_application()
import_module(settings.ROOT_URLCONF)  # and with it every page
gc.collect()
gc.freeze()
