#!/usr/bin/env python3
"""kill -9 of agent and collector in the middle of 2,000 incidents loses none and duplicates none; and
neither side's disk gives a planted value away."""
import collections
import random
import subprocess

from policies import STORE_ANY
from stage import Stage, customers, need_root, wait_for

COUNT = 2000


def main() -> None:
    need_root()
    rng = random.Random(7)
    rows = customers(COUNT).splitlines()[1:]
    with Stage() as stage:
        stage.start_collector(STORE_ANY.format(folder=stage.branch))
        state = stage.enrol()
        agent = stage.start_agent(state)
        kills = sorted(rng.sample(range(100, COUNT - 100), 8))
        for i, row in enumerate(rows):
            (stage.branch / f"customer-{i:04}.txt").write_text(f"姓名 身份证号 手机号 卡号 地址\n{row.replace(',', ' ')}\n")
            if i in kills:
                victim = agent if kills.index(i) % 2 == 0 else stage.collector
                victim.kill()
                victim.start()
        stage.wait_ready(state)

        arrived = lambda: len(stage.incidents()) >= COUNT
        wait_for(f"{COUNT} incidents", arrived, seconds=180)
        paths = collections.Counter(incident["path"] for incident in stage.incidents())
        assert len(paths) == COUNT, f"{len(paths)} files told of, {COUNT} written"
        twice = [path for path, times in paths.items() if times > 1]
        assert not twice, f"told twice: {twice[:5]}"
        verified = stage.cli("verify")
        print(verified.stdout)

        agent.stop()
        stage.collector.stop()
        planted = [field for row in rows[::50] for field in row.split(",")[1:4]]
        for disk in (state, stage.folder / "collector"):
            for value in planted:
                found = subprocess.run(["grep", "-raqF", value, disk]).returncode == 0
                assert not found, f"{value} is readable below {disk}"
        print(f"{COUNT} incidents, {len(kills)} kills, {len(planted)} planted values not found on either disk")


if __name__ == "__main__":
    main()
