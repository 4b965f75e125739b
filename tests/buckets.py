"""A bucket of a server that speaks S3, in a process of its own."""

import contextlib

import boto3

from tests.processes import free_port, running

NAME, REGION = "uploads", "us-east-1"


@contextlib.contextmanager
def serving():
    """The address of a server with an empty bucket."""
    port = free_port()
    with running("moto.server", "-H", "127.0.0.1", "-p", port, address=port):
        address = f"http://127.0.0.1:{port}"
        keys = {"aws_access_key_id": "public", "aws_secret_access_key": "secret"}
        server = boto3.client("s3", endpoint_url=address, region_name=REGION, **keys)
        server.create_bucket(Bucket=NAME)
        yield address


def use(settings, address):
    """Lets the portal keep its files there."""
    options = {
        "bucket_name": NAME,
        "endpoint_url": address,
        "region_name": REGION,
        "access_key": "public",
        "secret_key": "secret",
    }
    place = {"BACKEND": "portal.storage.Bucket", "OPTIONS": options}
    settings.STORAGES = {**settings.STORAGES, "default": place}
