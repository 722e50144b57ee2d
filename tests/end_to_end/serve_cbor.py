"""A proxy that adds rpcv2Cbor to moto, which does not support it. It ends when standard input does.

The argument is the URL of moto. botocore, which has its own CBOR, reads requests and writes
responses. The proxy calls moto with another protocol of the service.
"""

import functools
import gzip
import io
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import botocore.session
from botocore.exceptions import ClientError
from botocore.parsers import RpcV2CBORParser
from botocore.serialize import RpcV2CBORSerializer

# The services by their names in paths.
SERVICES = {"GraniteServiceVersion20100801": "cloudwatch"}


@functools.cache
def client(service):
    return botocore.session.get_session().create_client(
        service,
        region_name="us-east-1",
        endpoint_url=sys.argv[1],
        aws_access_key_id="AKIDEXAMPLE",
        aws_secret_access_key="secret",
    )


def decode(body):
    return RpcV2CBORParser().parse_data_item(io.BufferedReader(io.BytesIO(body)))


def encode(value, shape):
    body = bytearray()
    RpcV2CBORSerializer()._serialize_data_item(body, value, shape)
    return bytes(body)


def text(value):
    """A text as CBOR."""
    body = bytearray()
    RpcV2CBORSerializer()._serialize_type_string(body, value, None, None)
    return bytes(body)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        length = int(self.headers.get("content-length", 0))
        body = self.rfile.read(length)
        if self.headers["content-encoding"] == "gzip":
            body = gzip.decompress(body)
        _, _, service, _, operation = self.path.split("/")
        speaks = (self.headers["smithy-protocol"], self.headers["accept"])
        assert speaks == ("rpc-v2-cbor", "application/cbor"), speaks
        if body:
            assert self.headers["content-type"] == "application/cbor"
        called = client(SERVICES[service])
        model = called.meta.service_model.operation_model(operation)
        values = decode(body) if body else {}
        try:
            output = called._make_api_call(operation, values)
        except ClientError as error:
            self.refuse(called.meta.service_model, error.response)
            return
        metadata = output.pop("ResponseMetadata")
        body = encode(output, model.output_shape) if model.output_shape else b""
        self.answer(200, metadata["RequestId"], {}, body)

    def refuse(self, service, response):
        """An error: its shape's name in the body, and its code in the query protocol in a header."""
        code, message = response["Error"]["Code"], response["Error"]["Message"]
        names = [shape.name for shape in service.error_shapes if shape.error_code == code]
        name = f"com.amazonaws#{names[0] if names else code}"
        body = b"\xa2" + text("__type") + text(name) + text("message") + text(message)
        headers = {"x-amzn-query-error": f"{code};Sender"}
        metadata = response["ResponseMetadata"]
        self.answer(metadata["HTTPStatusCode"], metadata["RequestId"], headers, body)

    def answer(self, status, request_id, headers, body):
        self.send_response(status)
        self.send_header("smithy-protocol", "rpc-v2-cbor")
        self.send_header("content-type", "application/cbor")
        self.send_header("content-length", str(len(body)))
        self.send_header("x-amzn-requestid", request_id)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Errors print a traceback."""


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
Thread(target=server.serve_forever, daemon=True).start()
print(f"http://127.0.0.1:{server.server_port}", flush=True)
sys.stdin.read()
server.shutdown()
