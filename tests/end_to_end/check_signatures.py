"""Checks signatures the way AWS does, with botocore's signer.

Reads a JSON list of requests from standard input. Each is checked as it came, and then once for
each byte of its method, path, query, body and signed headers with that byte changed. For each
request a list is printed: what is wrong with it, how many changes were tried, and which were not
noticed.
"""

import json
import re
import sys
from urllib.parse import parse_qsl

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

AUTHORIZATION = re.compile(
    r"AWS4-HMAC-SHA256 Credential=([^/]+)/([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})"
)


def problem(request):
    """Says why the service would refuse a request, and nothing if it would not."""
    headers = request["headers"]
    found = AUTHORIZATION.fullmatch(headers["authorization"])
    if not found:
        return "the authorization has another form"
    key, scope, names, signature = found.groups()
    names = names.split(";")
    date = headers["x-amz-date"]
    expected = f"{date[:8]}/{request['region']}/{request['service']}/aws4_request"
    if (key, scope) != (request["key"], expected):
        return f"the credential is {key}/{scope}"
    # "You must include the host header and any x-amz-* headers in the request."
    required = {"host"} | {name for name in headers if name.startswith("x-amz-")}
    if not required.issubset(names):
        return f"the signature leaves out {required.difference(names)}"
    if headers.get("x-amz-security-token") != request["session"]:
        return "the session token is another"
    if signature != signature_of(request, {name: headers[name] for name in names}, date):
        return "the signature is another"
    return None


def signature_of(request, signed_headers, date):
    """The signature that botocore would have made, from what the query means."""
    path, _, query = request["target"].partition("?")
    aws_request = AWSRequest(
        method=request["method"],
        url=f"http://{signed_headers['host']}{path}",
        headers=signed_headers,
        data=request["body"].encode("utf-8", "surrogateescape"),
        params=parse_qsl(query, keep_blank_values=True),
    )
    aws_request.context["timestamp"] = date
    credentials = Credentials(request["key"], request["secret"], request["session"])
    signer = SigV4Auth(credentials, request["service"], request["region"])
    canonical = signer.canonical_request(aws_request)
    return signer.signature(signer.string_to_sign(aws_request, canonical), aws_request)


def changes(request):
    """All that differs from a request in one byte that is signed, each with its place."""
    for part in ("method", "target", "body"):
        for index, text in changed(request[part]):
            yield f"{part}[{index}]", {**request, part: text}
    headers = request["headers"]
    found = AUTHORIZATION.fullmatch(headers["authorization"])
    for name in found.group(3).split(";"):
        for index, text in changed(headers[name]):
            yield f"{name}[{index}]", {**request, "headers": {**headers, name: text}}


def changed(text):
    """The text with each of its bytes changed in turn."""
    whole = text.encode()
    for index, byte in enumerate(whole):
        other = whole[:index] + bytes([byte ^ 1]) + whole[index + 1 :]
        yield index, other.decode("utf-8", "surrogateescape")


def report(request):
    """Checks a request, as it is and changed."""
    tried, unnoticed = 0, []
    for place, other in changes(request):
        tried += 1
        if problem(other) is None:
            unnoticed.append(place)
    return [problem(request), tried, unnoticed]


json.dump([report(request) for request in json.load(sys.stdin)], sys.stdout)
