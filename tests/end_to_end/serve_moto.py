"""Runs moto's server on a free port, prints its URL, and ends when standard input does.

A test that dies closes its end of the pipe, however it dies: no server outlives its test.
"""

import sys

from moto.server import ThreadedMotoServer

server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
host, port = server.get_host_and_port()
print(f"http://{host}:{port}", flush=True)
sys.stdin.read()
server.stop()
