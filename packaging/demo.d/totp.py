#!/usr/bin/env python3
"""Prints the one-time code that an authenticator shows now (RFC 6238: SHA-1, six digits, 30 seconds).
usage: totp.py SECRET [STEPS_AHEAD]   SECRET: base 32, as `huxin-collector user add … --totp` prints it"""
import base64
import hashlib
import hmac
import struct
import sys
import time


def code(secret: str, step: int) -> str:
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    mac = hmac.new(key, struct.pack(">Q", step), hashlib.sha1).digest()
    value = struct.unpack_from(">I", mac, mac[19] & 15)[0] & 0x7FFFFFFF
    return f"{value % 1_000_000:06}"


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    ahead = int(sys.argv[2]) if len(sys.argv) == 3 else 0
    print(code(sys.argv[1], int(time.time()) // 30 + ahead))
