#!/usr/bin/env python3
"""Reads incidents as `huxin-collector incidents --json` prints them; exits 0 when one matches.

usage: seen.py CHANNEL ACTION [TEXT]     TEXT: part of the path, destination or process
"""
import json
import sys

channel, action = sys.argv[1:3]
text = sys.argv[3] if len(sys.argv) > 3 else ""
for line in sys.stdin:
    incident = json.loads(line)
    places = (incident.get(key, "") for key in ("path", "destination", "process"))
    if incident["channel"] == channel and incident["action"] == action and any(text in place for place in places):
        sys.exit(0)
sys.exit(1)
