# SPDX-License-Identifier: Apache-2.0
"""run.py ROOT WORKSPACE ROUNDS: alternates `./dev run` on a stopped workspace with the studio alone on a running one, and
measures from spawn to the window and to the first page with its rows."""
import json
import os
import subprocess
import sys

from start import percentile, start_once

LIMIT_MS = 2000


def studio_alone(root, workspace):
    companionctl = [f"{root}/build/bin/companionctl", "workspace"]
    subprocess.run([*companionctl, "start", "--workspace", workspace], check=True, stdout=subprocess.DEVNULL)
    try:
        return start_once([f"{root}/build/bin/companion-studio", "--workspace", workspace])
    finally:
        subprocess.run([*companionctl, "stop", "--workspace", workspace], check=True, stdout=subprocess.DEVNULL)


def median(runs, event):
    return round(percentile([run[event] for run in runs], 0.5))


def main():
    root, workspace, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])
    everything = [f"{root}/dev", "run", "--workspace", workspace, "--port", "0"]
    start_once(everything)
    whole, alone = [], []
    for _ in range(rounds):
        whole.append(start_once(everything))
        alone.append(studio_alone(root, workspace))
    more = {event: median(whole, event) - median(alone, event) for event in ("window", "usable")}
    print(json.dumps({"bench": "run", "rounds": rounds,
                      "window_ms": median(whole, "window"), "window_alone_ms": median(alone, "window"),
                      "window_more_ms": more["window"], "window_max_ms": round(max(run["window"] for run in whole)),
                      "usable_ms": median(whole, "usable"), "usable_alone_ms": median(alone, "usable"),
                      "usable_more_ms": more["usable"], "limit_more_ms": LIMIT_MS,
                      "passed": more["window"] < LIMIT_MS, "load_1min": round(os.getloadavg()[0], 2)}))
    return 0 if more["window"] < LIMIT_MS else 1


sys.exit(main())
