"""An account at the console, as a browser uses it: JSON over HTTPS with a cookie."""
import base64
import hashlib
import hmac
import http.cookiejar
import json
import re
import ssl
import struct
import time
import urllib.error
import urllib.request


def totp(secret: str, at: float) -> str:
    """RFC 6238 with SHA-1, 6 digits, 30 s, which is what authenticator apps do."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    mac = hmac.digest(key, struct.pack(">Q", int(at) // 30), hashlib.sha1)
    return f"{(struct.unpack_from('>I', mac, mac[-1] & 15)[0] & 0x7FFFFFFF) % 1_000_000:06}"


class Refused(Exception):
    def __init__(self, status: int, body: dict):
        super().__init__(f"{status}: {body}")
        self.status, self.body = status, body
        self.code = body.get("error", {}).get("code", "")


class Account:
    """Signs in, with a one-time code where the console asks for one."""

    def __init__(self, address: str, root: str, name: str, password: str):
        context = ssl.create_default_context(cafile=root)
        self.base = f"https://{address}/api"
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPSHandler(context=context), urllib.request.HTTPCookieProcessor(self.cookies))
        self.name, self.password, self.secret, self.used = name, password, "", 0
        session = self.call("POST", "/session", {"user": name, "password": password})
        if session.get("must_enrol_totp"):
            begun = self.call("POST", "/session/totp", {"password": password})
            self.secret = re.search(r"secret=([A-Z2-7]+)", begun["uri"])[1]
            self.call("PUT", "/session/totp", {"code": self.code()})

    def raw(self, method: str, path: str, body: dict | None = None) -> bytes:
        request = urllib.request.Request(
            self.base + path, method=method, data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json", "X-Huxin": "1"})
        try:
            with self.opener.open(request, timeout=30) as reply:
                return reply.read()
        except urllib.error.HTTPError as error:
            text = error.read()
            raise Refused(error.code, json.loads(text) if text else {}) from None

    def call(self, method: str, path: str, body: dict | None = None) -> dict:
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
        while int(time.time()) // 30 <= self.used:
            time.sleep(0.2)
        self.used = int(time.time()) // 30
        return totp(self.secret, time.time())

    def proof(self) -> dict:
        return {"password": self.password} | ({"code": self.code()} if self.secret else {})


def hire(stage, name: str, *roles: str) -> Account:
    """Makes an account on the command line and signs it in."""
    password = f"a good password of {name[::-1]}"
    stage.cli("user", "add", name, "--password-stdin", *[part for role in roles for part in ("--role", role)],
              text=password + "\n")
    return Account(stage.console_address, str(stage.folder / "collector/authority/root.crt"), name, password)
