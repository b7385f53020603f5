#!/usr/bin/env python3
"""An HTTPS host beyond the terminal. It keeps what of each request's body arrived, also of one that broke off.

usage: upload_host.py ADDRESS PORT CERTIFICATE KEY FOLDER
FOLDER/arrived.jsonl gets a line a request once it is over: its method and path, the file in FOLDER with its body,
whether the body ended as its head had said. GET / answers with a page whose form uploads a file to /form.
"""
import http.server
import itertools
import json
import pathlib
import socket
import ssl
import sys
import threading

PAGE = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>网盘</title>
<form method="post" action="/form" enctype="multipart/form-data">
<input type="file" name="file"><button>上传</button></form></html>
""".encode()
PIECE = 1 << 16
numbers, log = itertools.count(), threading.Lock()


class Host(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 120

    def pieces(self):
        """The body as it comes; ValueError or EOFError: it ends before its end."""
        if self.headers.get("Transfer-Encoding") == "chunked":
            while size := int(self.rfile.readline(), 16):
                yield from self.counted(size)
                self.rfile.readline()
            self.rfile.readline()
        else:
            yield from self.counted(int(self.headers.get("Content-Length") or 0))

    def counted(self, size: int):
        while size:
            piece = self.rfile.read1(min(size, PIECE))
            if not piece:
                raise EOFError
            size -= len(piece)
            yield piece

    def keep(self) -> bool:
        """Writes the body down as far as it comes, then the line; was it whole?"""
        body, whole = f"{next(numbers)}.body", True
        with open(folder / body, "wb") as out:
            try:
                for piece in self.pieces():
                    out.write(piece)
            except (EOFError, ValueError, OSError):
                whole = False
        self.note(method=self.command, path=self.path, body=body, whole=whole)
        return whole

    def answer(self) -> None:
        self.close_connection = not self.keep() or self.close_connection
        content = PAGE if self.command == "GET" and self.path == "/" else b"received\n"
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8" if content is PAGE else "text/plain")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PUT = answer

    def log_error(self, *_: object) -> None:
        """Bytes came that are no request, or none for long."""
        self.note(method="", path=self.raw_requestline.decode(errors="replace"), body="", whole=False)

    def log_message(self, *_: object) -> None:
        pass

    @staticmethod
    def note(**line) -> None:
        with log, open(folder / "arrived.jsonl", "a", encoding="utf-8") as out:
            print(json.dumps(line), file=out)


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def finish_request(self, request: socket.socket, client_address) -> None:
        """The handshake in the connection's own thread; a client that goes away is nobody's fault."""
        try:
            with tls.wrap_socket(request, server_side=True) as connection:
                super().finish_request(connection, client_address)
        except OSError:
            pass


address, port, certificate, key, folder = sys.argv[1:]
folder = pathlib.Path(folder)
tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
tls.set_alpn_protocols(["h2", "http/1.1"])  # as the hosts of the world do; whoever agrees on h2 is not understood
tls.load_cert_chain(certificate, key)
server = Server((address, int(port)), Host)
(folder / "arrived.jsonl").touch()
print("listening", flush=True)
server.serve_forever()
