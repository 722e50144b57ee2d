"""Creates frames of events, and checks those of a client, with botocore's parser and signer.

`make` writes a stream to standard output. `check` reads a JSON object from standard input: the head
and the body of a request, and the service's information about its caller. It prints the events of
the body.
"""

import hashlib
import json
import re
import struct
import sys
import zlib
from datetime import datetime, timezone

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.eventstream import EventStreamBuffer

AUTHORIZATION = re.compile(r"authorization: aws4-hmac-sha256 .*signature=([0-9a-f]{64})")
SCOPE = re.compile(r"credential=[^/]+/([^,]+),")
DATE = re.compile(r"x-amz-date: (\S+)")


def header(name, value):
    """A header with the type that its value has in Python."""
    start = bytes([len(name)]) + name.encode()
    if isinstance(value, bool):
        return start + bytes([0 if value else 1])
    if isinstance(value, int):
        return start + struct.pack("!Bi", 4, value)
    kind, value = (7, value.encode()) if isinstance(value, str) else (6, value)
    return start + struct.pack("!BH", kind, len(value)) + value


def frame(headers, payload):
    """A frame."""
    headers = b"".join(header(name, value) for name, value in headers.items())
    prelude = struct.pack("!II", 16 + len(headers) + len(payload), len(headers))
    prelude += struct.pack("!I", zlib.crc32(prelude))
    message = prelude + headers + payload
    return message + struct.pack("!I", zlib.crc32(message))


def make():
    """A stream that botocore can parse."""
    said = {":message-type": "event", ":event-type": "said", "who": "grün", "loud": True, "count": -3}
    sound = {":message-type": "event", ":event-type": "sound", ":content-type": "application/octet-stream"}
    stream = frame(said, "hallö".encode()) + frame(sound, bytes(range(256)))
    assert len(list(parsed(stream))) == 2
    sys.stdout.buffer.write(stream)


def parsed(stream):
    """The messages of a stream, as botocore parses them."""
    buffer = EventStreamBuffer()
    buffer.add_data(stream)
    yield from buffer


def check(request):
    """The events of a request. Checks their signatures, each of which depends on the one before."""
    head, caller = request["head"].lower(), request["caller"]
    signature = AUTHORIZATION.search(head).group(1)
    scope = SCOPE.search(head).group(1)
    signer = SigV4Auth(Credentials(caller["key"], caller["secret"]), caller["service"], caller["region"])
    for message in parsed(bytes.fromhex(request["body"])):
        signed = {":date": message.headers[":date"], ":chunk-signature": message.headers[":chunk-signature"]}
        assert signed == message.headers, "there are other headers beside the signature"
        # The date in the frame: a name, a type, and milliseconds since 1970.
        milliseconds = message.headers[":date"]
        date = b"\x05:date" + struct.pack("!BQ", 8, milliseconds)
        time = timestamp(milliseconds)
        signature = signature_of(signer, scope, time, signature, date, message.payload)
        assert signature == message.headers[":chunk-signature"].hex(), "the signature is another"
        if message.payload:
            inner = list(parsed(message.payload))
            assert len(inner) == 1
            yield inner[0]


def timestamp(milliseconds):
    """A time in the format of signatures."""
    return datetime.fromtimestamp(milliseconds // 1000, timezone.utc).strftime("%Y%m%dT%H%M%SZ")


def signature_of(signer, scope, time, before, headers, payload):
    """The signature of a message after another one."""
    digests = (hashlib.sha256(part).hexdigest() for part in (headers, payload))
    text = "\n".join(["AWS4-HMAC-SHA256-PAYLOAD", time, scope, before, *digests])
    request = AWSRequest(method="POST", url="http://localhost")
    request.context["timestamp"] = time
    return signer.signature(text, request)


def main():
    """Runs the command in the argument."""
    if sys.argv[1] == "make":
        return make()
    request = json.load(sys.stdin)
    events = [
        {
            "type": message.headers.get(":event-type") or message.headers.get(":exception-type"),
            "payload": message.payload.hex(),
        }
        for message in check(request)
    ]
    # A change of any byte of any payload is noticed.
    body = bytearray.fromhex(request["body"])
    body[-20] ^= 1
    try:
        list(check({**request, "body": bytes(body).hex()}))
    except Exception:
        print(json.dumps(events))
        return None
    raise AssertionError("a changed byte was not noticed")


main()
