#!/usr/bin/env python3
"""A published policy reaches a running agent without a restart; a bundle that does not verify changes
nothing and is reported; a revoked terminal is refused and counted."""
import json

from policies import STORE_ANY
from stage import Stage, customers, need_root, wait_for


def terminal(stage: Stage) -> dict:
    return json.loads(stage.cli("terminal", "show", "T-000001", "--json").stdout)


def main() -> None:
    need_root()
    with Stage() as stage:
        stage.start_collector(STORE_ANY.format(folder=stage.branch))
        state = stage.enrol()
        agent = stage.start_agent(state)
        process = agent.process.pid
        wait_for("the first policy", lambda: terminal(stage)["policy_version"] == "1")

        stricter = STORE_ANY.replace('version: "1"', 'version: "2"').replace("action: audit", "action: quarantine")
        stage.publish(stricter.format(folder=stage.branch))
        wait_for("the second policy", lambda: terminal(stage)["policy_version"] == "2", 90)
        assert agent.process.poll() is None and agent.process.pid == process, "the agent was restarted"
        planted = stage.branch / "list.csv"
        planted.write_text(customers(3))
        wait_for("the list in quarantine", lambda: not planted.exists())
        outcome = lambda: [i["outcome"] for i in stage.incidents() if i["path"].endswith("list.csv")]
        wait_for("its outcome", lambda: outcome() == ["quarantined"])

        # What lies on the terminal is verified at every start: a changed bundle is not run.
        agent.stop()
        bundle = state / "policy.bundle"
        changed = bytearray(bundle.read_bytes())
        changed[-1] ^= 1
        bundle.write_bytes(changed)
        stage.collector.stop()
        agent.start()
        stage.wait_ready(state)
        status = json.loads((state / "status.json").read_text())
        assert status["policy"] not in ("1", "2"), f"a changed bundle is in force: {status}"
        stage.collector.start()
        wait_for("the true bundle again", lambda: json.loads((state / "status.json").read_text())["policy"] == "2", 90)

        # The key that signs policies and orders is the one of the enrolment, whatever the file says.
        agent.stop()
        enrolment = state / "enrolment.json"
        enrolled = json.loads(enrolment.read_text())
        key = bytearray.fromhex(enrolled["policy_key"])
        key[-1] ^= 1
        enrolment.write_text(json.dumps({**enrolled, "policy_key": key.hex()}))
        agent.start()
        stage.wait_ready(state)
        assert json.loads((state / "status.json").read_text())["policy"] == "2"
        assert json.loads(enrolment.read_text())["policy_key"] == enrolled["policy_key"]
        wait_for("the report of it", lambda: "trust_changed" in json.dumps(terminal(stage)), 90)

        stage.cli("terminal", "revoke", "T-000001")
        (stage.branch / "after.csv").write_text(customers(4))
        wait_for("the refusal", lambda: "revoked" in stage.cli("counters").stdout, 90)
        assert not [i for i in stage.incidents() if i["path"].endswith("after.csv")], "a revoked terminal was heard"
        stage.cli("verify")


if __name__ == "__main__":
    main()
