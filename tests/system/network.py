"""A network of the test's own: the test and what it starts are the terminal, and a host lies beyond it.

    curl ─TLS, terminal's authority─ network worker ─TLS, bank's and test's authorities─ upload.example
                                          │ body
                                       guardian ─ inspector ─ scan workers
"""
import base64
import dataclasses
import json
import os
import pathlib
import shutil
import subprocess
import sys

from stage import Program, Stage, skip, wait_for

NAME = "upload.example"
HERE, THERE, SCOPE = "10.99.8.1", "10.99.8.2", "10.99.8.0/24"
POLICY = f"""
policy: {{id: upload, version: "1", mode: enforce}}
inspection: {{deadline: 60s}}  # a machine that is busy with other tests
watch: {{clipboard: false, network: true, ports: [443], networks: [{SCOPE}]}}
rules:
  - id: customers-leave
    zh: 客户信息外发
    en: customer data sent out
    when: {{channel: network, level: C2, customers: 10}}
    action: block
    domains: [it]
    clauses: [K17]
"""


def run(*command, **more) -> subprocess.CompletedProcess:
    return subprocess.run(list(map(str, command)), check=True, capture_output=True, **more)


def enter_own_network() -> None:
    """Goes on in namespaces of its own, for networks and mounts: no rule of the test meets the machine's traffic."""
    missing = [tool for tool in ("unshare", "nsenter", "ip", "nft", "curl", "openssl") if not shutil.which(tool)]
    if missing:
        skip(f"needs {', '.join(missing)}")
    if "HUXIN_OWN_NETWORK" not in os.environ:
        if subprocess.run(["unshare", "--net", "--mount", "true"], capture_output=True).returncode:
            skip("this machine does not let a test have namespaces")
        os.execvpe("unshare", ["unshare", "--net", "--mount", sys.executable, *sys.argv],
                   {**os.environ, "HUXIN_OWN_NETWORK": "1"})
    run("ip", "link", "set", "lo", "up")
    if subprocess.run(["nft", "list", "ruleset"], capture_output=True).returncode:
        skip("needs nf_tables in the kernel")


@dataclasses.dataclass
class Arrived:
    """What the host got of one request."""
    method: str
    path: str
    body: bytes
    whole: bool


class Outside:
    """The host: a network namespace joined to the test's, a certificate of an authority of the test, a server."""

    def __init__(self, stage: Stage):
        self.folder = stage.folder / "outside"
        self.folder.mkdir()
        self.authority = self.folder / "authority.crt"
        self._join(stage.program("outside", ["unshare", "--net", "sleep", "infinity"]))
        self._certify()
        server = stage.program("host", [*self.inside, sys.executable, pathlib.Path(__file__).with_name("upload_host.py"),
                                        THERE, 443, self.folder / "host.crt", self.folder / "host.key", self.folder])
        wait_for("the host", lambda: "listening" in server.said())

    def _join(self, keeper: Program) -> None:
        """Ends with the process that keeps the namespace."""
        theirs = f"/proc/{keeper.process.pid}/ns/net"
        self.inside = ["nsenter", f"--net={theirs}"]
        wait_for("a network", lambda: os.readlink(theirs) != os.readlink("/proc/self/ns/net"))
        run("ip", "link", "add", "outside", "type", "veth", "peer", "name", "terminal", "netns", keeper.process.pid)
        for side, device, address in (([], "outside", HERE), (self.inside, "terminal", THERE)):
            run(*side, "ip", "address", "add", f"{address}/24", "dev", device)
            run(*side, "ip", "link", "set", device, "up")

    def _certify(self) -> None:
        new = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
        run(*new, "-subj", "/CN=Authority of the test", "-keyout", self.folder / "authority.key", "-out", self.authority)
        run(*new, "-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}", "-addext", "basicConstraints=CA:FALSE",
            "-CA", self.authority, "-CAkey", self.folder / "authority.key", "-keyout", self.folder / "host.key",
            "-out", self.folder / "host.crt")

    def arrived(self, path: str | None = None) -> list[Arrived]:
        """Every request that is over, or those to a path, in order."""
        lines = map(json.loads, (self.folder / "arrived.jsonl").read_text().splitlines())
        return [Arrived(line["method"], line["path"], (self.folder / line["body"]).read_bytes() if line["body"] else b"",
                        line["whole"]) for line in lines if path in (None, line["path"])]

    def wait_for(self, path: str) -> Arrived:
        return wait_for(f"the end of {path} at the host", lambda: self.arrived(path))[-1]


@dataclasses.dataclass
class Answer:
    """What curl got: its own exit code, HTTP's status and version, the page."""
    exit: int
    status: int
    version: str
    page: str


class Terminal:
    """A guarded terminal: a collector, the agent of one branch with the network channel on, and curl."""

    def __init__(self, stage: Stage, outside: Outside):
        self.stage = stage
        stage.start_collector(POLICY)
        self.state = stage.enrol()
        stage.start_agent(self.state, "--extra-ca", outside.authority)
        self.authority = self.state / "device-authority.pem"
        # The agent begins under a policy of its own, whose guard of the network ends when this one's begins.
        wait_for("a guarded network", lambda: SCOPE in run("nft", "list", "ruleset", text=True).stdout)

    def curl(self, path: str, *arguments) -> Answer:
        page = self.stage.folder / "page.html"
        page.unlink(missing_ok=True)
        done = subprocess.run(
            ["curl", "-sS", "--max-time", "120", "--cacert", self.authority, "--resolve", f"{NAME}:443:{THERE}",
             "-o", page, "-w", "%{http_code} %{http_version}", *map(str, arguments), f"https://{NAME}{path}"],
            capture_output=True, text=True)
        status, version = done.stdout.split()
        return Answer(done.returncode, int(status), version, page.read_text() if page.exists() else "")

    def incidents(self, path: str) -> list[dict]:
        return [one for one in self.stage.incidents() if one["destination"] == NAME + path]

    def incident(self, path: str) -> dict:
        """The one incident of an upload, as the collector has it."""
        found = wait_for(f"the incident of {path}", lambda: self.incidents(path))
        assert len(found) == 1, found
        return found[0]

    def unseen(self) -> dict[str, int]:
        """What the collector was told of that the network channel did not see, by reason. (Of folders the policy
        that the agent begins with guards some that are not there.)"""
        shown = json.loads(self.stage.cli("terminal", "show", "T-000001", "--json").stdout)
        return {one["reason"]: one["count"] for one in shown["coverage"] if not one["reason"].startswith("unguardable")}

    def trust_in_chromium(self) -> None:
        """The terminal's authority by Chromium's managed policy, as a bank's administrators install it."""
        der = subprocess.run(["openssl", "x509", "-in", self.authority, "-outform", "DER"], check=True, capture_output=True)
        managed = self.stage.folder / "chromium/policies/managed"
        managed.mkdir(parents=True)
        (managed / "huxin.json").write_text(json.dumps({"CACertificates": [base64.b64encode(der.stdout).decode()]}))
        run("mount", "--bind", self.stage.folder / "chromium", "/etc/chromium")
