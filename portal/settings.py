"""The settings of every deployment; what varies comes from the environment.

Variables start with PORTAL_ and may also stand in `.env` beside manage.py, where the
environment wins. All mistakes are reported at once, in sentences, at the end.
"""

from pathlib import Path

import bootstrap_wrapper
from environs import validate

from portal.environment import Environment, fernet_keys, scanner_address, small_picture
from portal.logs import logging_to_stderr
from portal.policies import content_policy

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment(BASE_DIR / ".env")

# --- What kind of site this is

# Error pages with source code, for developers only.
DEBUG = env.bool("DEBUG", False)
# A demonstration: pages carry a band, mails a prefix, search engines keep away, and the
# invented officials sign in without a second factor.
DEMO = env.bool("DEMO", False)
env.is_real_site = not (DEBUG or DEMO)
# A picture that the owner has the authority to show, above all pages: the path of an
# SVG, PNG or WebP file. None is shipped; the State Emblem of India is reserved by law.
EMBLEM = env.str("EMBLEM", "", validate=small_picture)
# The office that answers for the site, in the footer, and what the emblem reads as.
# Empty: none is named.
OWNER = env.needed_with(EMBLEM, "OWNER", "the office whose emblem is shown")
# The post that looks after what the site says, never a person's name. Empty: none.
WEB_MANAGER = env.str("WEB_MANAGER", "")
# Where the public writes to.
CONTACT_EMAIL = env.needed_by_real_sites(
    "CONTACT_EMAIL", "the address the public writes to", "contact@portal.example"
)
# The path of Django's admin, which only headquarters' administrators may enter.
ADMIN_PATH = env.str("ADMIN_PATH", "admin").strip("/") + "/"

# --- Secrets

# Signs sessions and links. `make setup` writes a random one.
SECRET_KEY = env.needed(
    env.str,
    "SECRET_KEY",
    "a random text of at least 50 characters that signs sessions and links",
    validate.Length(min=50, error="It is shorter than 50 characters."),
)
# Encrypt the second-factor secrets in the database, separated by commas: the first
# encrypts, the others still decrypt, so that keys can be changed.
SECOND_FACTOR_KEYS = env.needed(
    env.list,
    "SECOND_FACTOR_KEYS",
    "one or more keys that encrypt second-factor secrets, separated by commas",
    fernet_keys,
)

# --- The way in

# Host names that the site answers to, separated by commas.
ALLOWED_HOSTS = env.needed_by_real_sites(
    "ALLOWED_HOSTS",
    "the host names that the site answers to, separated by commas",
    ["localhost", "127.0.0.1", "[::1]"],
    env.list,
)
# Where the site is, as links in mails begin.
SITE_URL = env.needed_by_real_sites(
    "SITE_URL",
    "the address of the site, as in https://portal.example",
    "http://127.0.0.1:8000",
)
# How many proxies stand in front and add to X-Forwarded-For; the limits on sign-in
# attempts count by the address that the outermost of them saw.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0, validate=validate.Range(min=0))
# Whether visitors come by https.
SECURE = env.bool("SECURE", env.is_real_site)

ROOT_URLCONF = "portal.urls"
SECURE_SSL_REDIRECT = SECURE
# Whoever watches the process asks it directly.
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
if SECURE and TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
CONTENT_SECURITY_POLICY = content_policy(secure=SECURE)

# --- The database

# PostgreSQL (postgresql://user:password@host/name) or another SQLite file
# (sqlite:////path/to/file).
SQLITE_FILE = BASE_DIR / "db.sqlite3"
DATABASES = {"default": env.database("DATABASE_URL", f"sqlite:///{SQLITE_FILE}")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Limits on sign-in attempts are counted in the cache, so all processes share it.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "portal_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# How many megabytes of public pages each process keeps in memory; 0 keeps none.
PAGE_CACHE_MB = env.int("PAGE_CACHE_MB", 64, validate=validate.Range(min=0))

# --- The code

INSTALLED_APPS = [
    "portal",
    "portal.accounts",
    "districts",
    "actionplans",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_filters",
    "django_htmx",
    "template_partials",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "portal.static.StaticFiles",
]
MIDDLEWARE = [
    "portal.logs.access_log",
    # Around the pages that are kept, which are compressed already.
    "django.middleware.gzip.GZipMiddleware",
    "portal.cache.keeps_public_pages",
    "portal.middleware.permissions_policy",
    "portal.middleware.keeps_search_engines_away",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.middleware.language_of_address",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.parking.parks_lost_posts",
    "portal.accounts.middleware.LoginRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portal.accounts.middleware.second_factor_required",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        # The app template_partials replaces this by its own loader around the same.
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context.frame",
            ],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- People

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in {
        "UserAttributeSimilarityValidator": {"user_attributes": ["email", "name"]},
        "MinimumLengthValidator": {"min_length": 12},
        "CommonPasswordValidator": {},
    }.items()
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:worklist"
LOGOUT_REDIRECT_URL = "home"

# A working day. Cookies of a secure site are bound to its host by their names.
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "portal.parking.csrf_failure"
# Not in a cookie of their own: whoever has no session has no message, and so may be
# given a page out of the cache.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
if SECURE:
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"

ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
ACCOUNT_ADAPTER = "portal.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {"login": "portal.accounts.forms.LoginForm"}
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SECURE else "http"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "portal.accounts.adapter.display_name"
# Headquarters types the address of a new official, who proves it by the first
# password reset; it is then changed by headquarters only.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_MAX_EMAIL_ADDRESSES = 1
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = False
MFA_ADAPTER = "portal.accounts.adapter.MFAAdapter"
MFA_FORMS = {
    "authenticate": "portal.accounts.forms.AuthenticateForm",
    "reauthenticate": "portal.accounts.forms.ReauthenticateForm",
    "activate_totp": "portal.accounts.forms.ActivateTOTPForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Districts as Export Hubs"
# Telephones' clocks may be half a minute off.
MFA_TOTP_TOLERANCE = 1

# --- Mail

# The server that takes our mail. A demonstration without one prints mail to its log.
EMAIL_HOST = env.needed_by_real_sites(
    "EMAIL_HOST", "the server that takes the site's mail", ""
)
CONSOLE = "django.core.mail.backends.console.EmailBackend"
EMAIL_BACKEND = "portal.smtp.EmailBackend" if EMAIL_HOST else CONSOLE
EMAIL_PORT = env.int("EMAIL_PORT", 587)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", "")
# Whether the connection starts plain and is then encrypted (STARTTLS).
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", True)
EMAIL_TIMEOUT = 20
# The sender of all mail.
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.needed_by_real_sites(
    "EMAIL_FROM", "the sender of the site's mail", "portal@portal.example"
)
EMAIL_SUBJECT_PREFIX = "[Demonstration] " if DEMO else ""
ACCOUNT_EMAIL_SUBJECT_PREFIX = EMAIL_SUBJECT_PREFIX

# --- Languages and time

# The address alone says the language: English without prefix, Hindi under /hi/.
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("hi", "हिन्दी")]
LOCALE_PATHS = [BASE_DIR / "portal" / "locale"]
TIME_ZONE = "Asia/Kolkata"

# --- Files

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("bootstrap", bootstrap_wrapper.get_bootstrap_css_dir()),
]
# Uploaded files lie on disk, or in the bucket that the PORTAL_S3_ variables describe
# (docs/storage.md). They have no address; views hand them out.
STORAGES = {
    "default": env.storage(),
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# Pages name files by their contents only, so that browsers may keep them for ever.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
MEDIA_ROOT = env.path("MEDIA_ROOT", BASE_DIR / "media")
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
# ClamAV, which looks through uploads: its socket or tcp://host:port. Empty: none does.
CLAMD = env.str("CLAMD", "", validate=scanner_address)

# --- The log

# The least that is written: DEBUG, INFO, WARNING or ERROR.
LEVELS = ["DEBUG", "INFO", "WARNING", "ERROR"]
LOG_LEVEL = env.str("LOG_LEVEL", "INFO", validate=validate.OneOf(LEVELS))
LOGGING = logging_to_stderr(LOG_LEVEL or "INFO")

env.finish()
