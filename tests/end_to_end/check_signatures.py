"""Checks signatures the way AWS does, with botocore's signer.

Signatures of version 4A are different each time: they are verified with the public key that belongs
to the caller's secret key. botocore creates the string to sign, except its first line and scope.

Reads a JSON list of requests from standard input. Checks each request unchanged, and then once for
each byte of its method, path, query, body and signed headers with that byte changed. Prints a list
for each request: its errors, the number of changes, and the changes that were not noticed.
"""

import hashlib
import hmac
import json
import re
import sys
from urllib.parse import parse_qsl

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

AUTHORIZATION = re.compile(
    r"(AWS4-HMAC-SHA256|AWS4-ECDSA-P256-SHA256) Credential=([^/]+)/([^,]+), SignedHeaders=([^,]+), "
    r"Signature=([0-9a-f]+)"
)

ASYMMETRIC = "AWS4-ECDSA-P256-SHA256"

# The order of the group of P-256; see FIPS 186.
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


QUERY = [
    "X-Amz-Algorithm",
    "X-Amz-Credential",
    "X-Amz-Date",
    "X-Amz-Expires",
    "X-Amz-SignedHeaders",
    "X-Amz-Signature",
]


class Signer(SigV4Auth):
    """Excludes the body from the signature, or does not encode the path again, if requested."""

    def __init__(self, request):
        credentials = Credentials(request["key"], request["secret"], request["session"])
        super().__init__(credentials, request["service"], request["region"])
        self.is_unsigned = request.get("unsigned")
        self.encodes_once = request.get("once")

    def payload(self, request):
        return "UNSIGNED-PAYLOAD" if self.is_unsigned else super().payload(request)

    def _normalize_url_path(self, path):
        return path if self.encodes_once else super()._normalize_url_path(path)


def scope(request, algorithm, date):
    """The scope of a key."""
    region = "" if algorithm == ASYMMETRIC else f"{request['region']}/"
    return f"{date[:8]}/{region}{request['service']}/aws4_request"


def private_key(request):
    """The key that belongs to a secret key, by the key derivation of SP 800-108 with a counter."""
    for counter in range(1, 255):
        context = request["key"].encode() + bytes([counter])
        label = (1).to_bytes(4, "big") + ASYMMETRIC.encode() + b"\0"
        text = label + context + (256).to_bytes(4, "big")
        candidate = hmac.digest(b"AWS4A" + request["secret"].encode(), text, "sha256")
        candidate = int.from_bytes(candidate, "big")
        if candidate <= ORDER - 2:
            return candidate + 1
    raise ValueError("no counter gives a key")


def is_right(request, headers, algorithm, date, signature):
    """Whether the service would accept a signature."""
    signer = Signer(request)
    aws_request = as_botocore_has_it(request, headers, date)
    canonical = signer.canonical_request(aws_request)
    if algorithm != ASYMMETRIC:
        text = signer.string_to_sign(aws_request, canonical)
        return signature == signer.signature(text, aws_request)
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    text = "\n".join([ASYMMETRIC, date, scope(request, algorithm, date), digest])
    key = ec.derive_private_key(private_key(request), ec.SECP256R1()).public_key()
    try:
        key.verify(bytes.fromhex(signature), text.encode(), ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, ValueError):
        return False
    return True


def token_header(request):
    """The header with the session token."""
    return request.get("token") or "x-amz-security-token"


def in_capitals(header):
    """The name of a header in the query of a presigned request."""
    return "-".join(word.capitalize() for word in header.split("-"))


def is_presigned(request):
    return "authorization" not in request["headers"]


def in_query(request):
    """The parameters in the query of a presigned request, and the request without its signature."""
    path, _, query = request["target"].partition("?")
    pairs = parse_qsl(query, keep_blank_values=True)
    said = dict(pairs)
    if any(name not in said for name in QUERY):
        return None
    if said[QUERY[0]] not in ("AWS4-HMAC-SHA256", ASYMMETRIC):
        return None
    signature = f"&X-Amz-Signature={said['X-Amz-Signature']}"
    if signature not in query:
        return None
    rest = {**request, "target": f"{path}?{query.replace(signature, '', 1)}"}
    return said, rest


def problem_in_query(request):
    """The same for a request whose signature is in the query."""
    found = in_query(request)
    if not found:
        return "the query has no signature"
    said, rest = found
    date = said["X-Amz-Date"]
    algorithm = said["X-Amz-Algorithm"]
    if said["X-Amz-Credential"] != f"{request['key']}/{scope(request, algorithm, date)}":
        return f"the credential is {said['X-Amz-Credential']}"
    if algorithm == ASYMMETRIC and said.get("X-Amz-Region-Set") != request["region"]:
        return f"the regions are {said.get('X-Amz-Region-Set')}"
    names = said["X-Amz-SignedHeaders"].split(";")
    headers = request["headers"]
    if set(names) != set(headers):
        return f"the signature leaves out {set(headers).difference(names)}"
    if said.get(in_capitals(token_header(request))) != request["session"]:
        return "the session token is another"
    if not is_right(rest, headers, algorithm, date, said["X-Amz-Signature"]):
        return "the signature is another"
    return None


def problem(request):
    """Returns why the service would refuse a request, or nothing if it would accept it."""
    headers = request["headers"]
    if is_presigned(request):
        return problem_in_query(request)
    found = AUTHORIZATION.fullmatch(headers["authorization"])
    if not found:
        return "the authorization has another form"
    algorithm, key, found_scope, names, signature = found.groups()
    names = names.split(";")
    date = headers["x-amz-date"]
    if (key, found_scope) != (request["key"], scope(request, algorithm, date)):
        return f"the credential is {key}/{found_scope}"
    if algorithm == ASYMMETRIC and headers.get("x-amz-region-set") != request["region"]:
        return f"the regions are {headers.get('x-amz-region-set')}"
    # "You must include the host header and any x-amz-* headers in the request."
    required = {"host"} | {name for name in headers if name.startswith("x-amz-")}
    required |= {token_header(request)} & set(headers)
    if not required.issubset(names):
        return f"the signature leaves out {required.difference(names)}"
    if headers.get(token_header(request)) != request["session"]:
        return "the session token is another"
    signed = {name: headers[name] for name in names}
    if not is_right(request, signed, algorithm, date, signature):
        return "the signature is another"
    return None


def as_botocore_has_it(request, signed_headers, date):
    """The request for botocore's signer, from the parameters of its query."""
    path, _, query = request["target"].partition("?")
    aws_request = AWSRequest(
        method=request["method"],
        url=f"http://{signed_headers['host']}{path}",
        headers=signed_headers,
        data=request["body"].encode("utf-8", "surrogateescape"),
        params=parse_qsl(query, keep_blank_values=True),
    )
    aws_request.context["timestamp"] = date
    return aws_request


def changes(request):
    """All requests that differ from this one in a single signed byte, each with its place."""
    parts = ("method", "target") if request.get("unsigned") else ("method", "target", "body")
    for part in parts:
        for index, text in changed(request[part]):
            yield f"{part}[{index}]", {**request, part: text}
    headers = request["headers"]
    if is_presigned(request):
        names = list(headers)
    else:
        names = AUTHORIZATION.fullmatch(headers["authorization"]).group(4).split(";")
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
    """Checks a request, unchanged and changed."""
    tried, unnoticed = 0, []
    for place, other in changes(request):
        tried += 1
        if problem(other) is None:
            unnoticed.append(place)
    return [problem(request), tried, unnoticed]


json.dump([report(request) for request in json.load(sys.stdin)], sys.stdout)
