"""Clients of AWS: signed the same way wherever they run."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from chalicelib.kernel import config


@pytest.mark.parametrize("region", ["cn-north-1", "cn-northwest-1", "us-east-1", "eu-west-1", "ap-southeast-1"])
def test_addresses_are_signed_by_the_fourth_version(monkeypatch: pytest.MonkeyPatch, region: str) -> None:
    for name, value in {"REGION": region, "ACCESS_KEY_ID": "AKID", "SECRET_ACCESS_KEY": "secret"}.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    client = config.client.__wrapped__("s3")
    address = urlsplit(client.generate_presigned_url("get_object", Params={"Bucket": "b", "Key": "k"}))
    assert parse_qs(address.query)["X-Amz-Algorithm"] == ["AWS4-HMAC-SHA256"]
    assert client.generate_presigned_post("b", "k")["fields"]["x-amz-algorithm"] == "AWS4-HMAC-SHA256"
