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


QUERY = [
    "X-Amz-Algorithm",
    "X-Amz-Credential",
    "X-Amz-Date",
    "X-Amz-Expires",
    "X-Amz-SignedHeaders",
    "X-Amz-Signature",
]


class Unsigned(SigV4Auth):
    """Leaves the body out of the signature."""

    def payload(self, request):
        return "UNSIGNED-PAYLOAD"


def is_presigned(request):
    return "authorization" not in request["headers"]


def in_query(request):
    """What the query of a presigned request says, and the request without its signature."""
    path, _, query = request["target"].partition("?")
    pairs = parse_qsl(query, keep_blank_values=True)
    said = dict(pairs)
    if any(name not in said for name in QUERY) or said[QUERY[0]] != "AWS4-HMAC-SHA256":
        return None
    signature = f"&X-Amz-Signature={said['X-Amz-Signature']}"
    if signature not in query:
        return None
    rest = {**request, "target": f"{path}?{query.replace(signature, '', 1)}"}
    return said, rest


def problem_in_query(request):
    """The same of a request whose signature is in the query."""
    found = in_query(request)
    if not found:
        return "the query has no signature"
    said, rest = found
    date = said["X-Amz-Date"]
    scope = f"{date[:8]}/{request['region']}/{request['service']}/aws4_request"
    if said["X-Amz-Credential"] != f"{request['key']}/{scope}":
        return f"the credential is {said['X-Amz-Credential']}"
    names = said["X-Amz-SignedHeaders"].split(";")
    headers = request["headers"]
    if set(names) != set(headers):
        return f"the signature leaves out {set(headers).difference(names)}"
    if said.get("X-Amz-Security-Token") != request["session"]:
        return "the session token is another"
    if said["X-Amz-Signature"] != signature_of(rest, headers, date):
        return "the signature is another"
    return None


def problem(request):
    """Says why the service would refuse a request, and nothing if it would not."""
    headers = request["headers"]
    if is_presigned(request):
        return problem_in_query(request)
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
    scheme = Unsigned if request.get("unsigned") else SigV4Auth
    signer = scheme(credentials, request["service"], request["region"])
    canonical = signer.canonical_request(aws_request)
    return signer.signature(signer.string_to_sign(aws_request, canonical), aws_request)


def changes(request):
    """All that differs from a request in one byte that is signed, each with its place."""
    parts = ("method", "target") if request.get("unsigned") else ("method", "target", "body")
    for part in parts:
        for index, text in changed(request[part]):
            yield f"{part}[{index}]", {**request, part: text}
    headers = request["headers"]
    if is_presigned(request):
        names = list(headers)
    else:
        names = AUTHORIZATION.fullmatch(headers["authorization"]).group(3).split(";")
    for name in names:
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
