"""The headers of the pages, as `infra/resources/pages.yaml` has CloudFront send them: the front door of `make run` sends the same."""

from __future__ import annotations

from infra.template import PARTS
from infra.yamls import load


def headers(files: str) -> dict[str, str]:
    """Return the headers of every page; `files` is the address of the bucket where materials lie."""
    policy = load(PARTS / "pages.yaml")["Resources"]["PagesHeaders"]["Properties"]["ResponseHeadersPolicyConfig"]
    secure = policy["SecurityHeadersConfig"]
    content, _ = secure["ContentSecurityPolicy"]["ContentSecurityPolicy"]["Fn::Sub"]
    return {
        "Content-Security-Policy": content.replace("${Files}", files),
        "Strict-Transport-Security": f"max-age={secure['StrictTransportSecurity']['AccessControlMaxAgeSec']}",
        "X-Content-Type-Options": "nosniff",
    }
