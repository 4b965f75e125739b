"""Files in a bucket of a server that speaks S3, in a process of its own."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from tests import buckets
from tests.portal.test_settings import REAL_SITE, start

BUCKET = {
    "PORTAL_S3_BUCKET": "uploads",
    "PORTAL_S3_KEY": "public",
    "PORTAL_S3_SECRET": "secret",
}


@pytest.fixture(scope="module")
def address():
    with buckets.serving() as address:
        yield address


@pytest.fixture
def bucket(address, settings):
    """What the portal keeps there."""
    buckets.use(settings, address)
    return default_storage.bucket


def keys(bucket):
    return [item.key for item in bucket.objects.all()]


def test_a_file_goes_in_and_comes_out_and_is_gone(bucket):
    name = default_storage.save("evidence/one", ContentFile(b"A page."))

    assert default_storage.exists(name)
    with default_storage.open(name) as file:
        assert file.read() == b"A page."
    default_storage.delete(name)
    assert not default_storage.exists(name)
    assert keys(bucket) == []


def test_nothing_that_is_kept_is_ever_written_over(bucket):
    first = default_storage.save("evidence/two", ContentFile(b"First."))
    second = default_storage.save("evidence/two", ContentFile(b"Second."))

    assert first != second
    with default_storage.open(first) as file:
        assert file.read() == b"First."


def test_a_file_belongs_to_its_owner_alone_and_has_no_signed_address(bucket):
    name = default_storage.save("evidence/three", ContentFile(b"A page."))

    grants = bucket.Object(name).Acl().grants
    assert [grant["Permission"] for grant in grants] == ["FULL_CONTROL"]
    assert "Signature" not in default_storage.url(name)


def test_a_large_file_passes_through_the_disk(bucket):
    name = default_storage.save("evidence/four", ContentFile(bytes(3_000_000)))

    with default_storage.open(name) as file:
        assert file.file._rolled
        assert len(file.read()) == 3_000_000


def test_a_file_that_is_not_there_is_an_error_as_on_a_disk(bucket):
    with pytest.raises(FileNotFoundError):
        default_storage.open("evidence/none")


@pytest.mark.parametrize(
    "act",
    [
        lambda: default_storage.save("evidence/five", ContentFile(b"x")),
        lambda: default_storage.open("evidence/five"),
        lambda: default_storage.exists("evidence/five"),
        lambda: default_storage.delete("evidence/five"),
    ],
    ids=["save", "open", "exists", "delete"],
)
def test_a_server_that_does_not_answer_is_an_error_as_of_a_disk(settings, act):
    buckets.use(settings, "http://127.0.0.1:1")

    with pytest.raises(OSError, match=r"127\.0\.0\.1:1"):
        act()


def test_the_settings_describe_a_bucket():
    said = {**REAL_SITE, **BUCKET, "PORTAL_S3_ENDPOINT": "https://s3.portal.example"}

    done = start("settings.STORAGES['default']", **said)

    assert "portal.storage.Bucket" in done.stdout
    assert "'endpoint_url': 'https://s3.portal.example'" in done.stdout


def test_without_any_of_them_files_lie_on_disk():
    done = start("settings.STORAGES['default']", **REAL_SITE)

    assert "FileSystemStorage" in done.stdout


@pytest.mark.parametrize("name", sorted(BUCKET))
def test_half_a_bucket_is_a_sentence_at_the_start(name):
    said = {**REAL_SITE, **BUCKET, "PORTAL_S3_REGION": "ap-south-1"}

    done = start(**{key: value for key, value in said.items() if key != name})

    assert done.returncode == 1
    assert f"{name} is missing: it is the" in done.stderr


def test_a_bucket_of_nowhere_is_a_sentence_at_the_start():
    done = start(**REAL_SITE, **BUCKET)

    assert "PORTAL_S3_REGION is missing" in done.stderr
    assert "PORTAL_S3_ENDPOINT elsewhere" in done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORTAL_S3_ENDPOINT", "s3.portal.example"),
        ("PORTAL_S3_ENDPOINT", "https://s3.portal.example/uploads"),
        ("PORTAL_CLAMD", "127.0.0.1:3310"),
        ("PORTAL_CLAMD", "tcp://scanner"),
    ],
)
def test_an_address_that_is_none_is_a_sentence_at_the_start(name, value):
    done = start(**{**REAL_SITE, **BUCKET, "PORTAL_S3_REGION": "x", name: value})

    assert f"{name} cannot be used." in done.stderr
