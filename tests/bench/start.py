# SPDX-License-Identifier: Apache-2.0
"""start.py STUDIO WORKSPACE PUBLIC_URL ROUNDS: starts the studio again and again and measures from spawn to the line
{"event":"usable"} that it writes when the first page shows its rows."""
import json
import os
import subprocess
import sys
import time

LIMIT_MS = 1500


def start_once(command):
    """Milliseconds from spawn to each event of the studio's trace, until it is usable; the program is then ended."""
    environment = dict(os.environ, COMPANION_STUDIO_START_TRACE="1")
    began = time.monotonic()
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, env=environment)
    events = {}
    try:
        for line in process.stderr:
            if not line.startswith("{"):
                continue
            event = json.loads(line)["event"]
            events[event] = (time.monotonic() - began) * 1000
            if event == "usable":
                return events
        raise SystemExit(f"{command[0]} ended with {process.wait()} before the studio was usable")
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stderr.close()


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]


def main():
    studio, workspace, public_url, rounds = sys.argv[1:4] + [int(sys.argv[4])]
    command = [studio, "--workspace", workspace, "--public-url", public_url]
    start_once(command)
    runs = [start_once(command) for _ in range(rounds)]
    usable = [run["usable"] for run in runs]
    p95 = percentile(usable, 0.95)
    print(json.dumps({"bench": "start", "rounds": rounds, "median_ms": round(percentile(usable, 0.5)),
                      "p95_ms": round(p95), "max_ms": round(max(usable)),
                      "window_median_ms": round(percentile([run["window"] for run in runs], 0.5)),
                      "limit_p95_ms": LIMIT_MS, "passed": p95 < LIMIT_MS,
                      "load_1min": round(os.getloadavg()[0], 2)}))
    return 0 if p95 < LIMIT_MS else 1


if __name__ == "__main__":
    sys.exit(main())
