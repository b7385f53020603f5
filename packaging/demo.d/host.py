#!/usr/bin/env python3
"""An HTTPS host that takes uploads and writes down what reached it: the other end of the demo's network.

usage: host.py ADDRESS PORT CERTIFICATE KEY LOG
LOG gets a line a request: method, path, bytes of body that arrived.
"""
import http.server
import ssl
import sys


class Host(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        with open(log, "a", encoding="utf-8") as out:
            print(self.command, self.path, len(body), file=out)
        reply = f"received {len(body)} bytes\n".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(reply)))
        self.end_headers()
        self.wfile.write(reply)

    do_GET = do_POST = do_PUT = answer

    def log_message(self, *_: object) -> None:
        pass


address, port, certificate, key, log = sys.argv[1:]
server = http.server.ThreadingHTTPServer((address, int(port)), Host)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(certificate, key)
server.socket = context.wrap_socket(server.socket, server_side=True)
open(log, "a", encoding="utf-8").close()
print("listening", flush=True)
server.serve_forever()
