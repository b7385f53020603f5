"""An account at the console, as a browser uses it: JSON over HTTPS with a cookie."""
import http.cookiejar
import json
import re
import ssl
import time
import urllib.error
import urllib.request

import totp


class Refused(Exception):
    def __init__(self, status: int, body: dict):
        super().__init__(f"{status}: {body}")
        self.status, self.body = status, body
        self.code = body.get("error", {}).get("code", "")


class Account:
    """Signs in, with a one-time code where the console asks for one."""

    def __init__(self, address: str, root: str, name: str, password: str, secret: str = "", clock=time.time):
        context = ssl.create_default_context(cafile=root)
        self.base = f"https://{address}/api"
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPSHandler(context=context), urllib.request.HTTPCookieProcessor(self.cookies))
        self.name, self.password, self.secret, self.used, self.clock = name, password, secret, 0, clock
        session = self.sign_in()
        if session.get("must_enrol_totp"):
            begun = self.call("POST", "/session/totp", {"password": password})
            self.secret = re.search(r"secret=([A-Z2-7]+)", begun["uri"])[1]
            self.call("PUT", "/session/totp", {"code": self.code()})

    def sign_in(self) -> dict:
        try:
            return self.call("POST", "/session", {"user": self.name} | self.proof())
        except Refused as refused:
            if refused.code != "wrong_code":
                raise
            self.used = int(self.clock()) // 30  # used elsewhere already: the next one serves
            return self.call("POST", "/session", {"user": self.name} | self.proof())

    def raw(self, method: str, path: str, body: dict | str | None = None) -> bytes:
        """`body`: JSON, or a CSV table as text."""
        table = isinstance(body, str)
        data = None if body is None else (body if table else json.dumps(body)).encode()
        request = urllib.request.Request(
            self.base + path, method=method, data=data,
            headers={"Content-Type": "text/csv" if table else "application/json", "X-Huxin": "1"})
        try:
            with self.opener.open(request, timeout=30) as reply:
                return reply.read()
        except urllib.error.HTTPError as error:
            text = error.read()
            raise Refused(error.code, json.loads(text) if text else {}) from None

    def call(self, method: str, path: str, body: dict | str | None = None) -> dict:
        text = self.raw(method, path, body)
        return json.loads(text) if text else {}

    def refused(self, method: str, path: str, body: dict | None = None) -> str:
        """The code of a refusal that must come."""
        try:
            self.call(method, path, body)
        except Refused as refusal:
            return refusal.code
        raise AssertionError(f"{method} {path} was not refused to {self.name}")

    def code(self) -> str:
        """A code not used before: each counts once."""
        while int(self.clock()) // 30 <= self.used:
            time.sleep(0.2)
        self.used = int(self.clock()) // 30
        return totp.code(self.secret, self.used)

    def proof(self) -> dict:
        return {"password": self.password} | ({"code": self.code()} if self.secret else {})
