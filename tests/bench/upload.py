# SPDX-License-Identifier: Apache-2.0
"""upload.py UPLOAD_BENCH FILES ROUNDS: one line of JSON, see upload.sh."""
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

WORKERS = 6
FILE_BYTES = 4_000_000


def measured(command, environment):
    """Seconds, seconds of processor time and peak memory in MB of one program."""
    begin = time.monotonic()
    process = subprocess.Popen(command, env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - begin
    if status != 0:
        sys.exit(f"{command[0]} failed with {os.waitstatus_to_exitcode(status)}")
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000


def main():
    bench, files, rounds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    with tempfile.TemporaryDirectory() as folder:
        for number in range(files):
            with open(f"{folder}/{number:04}.webp", "wb") as file:
                file.write(os.urandom(FILE_BYTES))
        server = subprocess.Popen([bench, "serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        try:
            measure(bench, folder, files, rounds, server.stdout.readline().split())
        finally:
            server.stdin.close()
            server.wait()


def measure(bench, folder, files, rounds, server):
    endpoint, key, secret = server
    environment = {name: value for name, value in os.environ.items() if name != "AWS_CA_BUNDLE"}
    environment |= {"RCLONE_CONFIG": "/dev/null", "RCLONE_S3_PROVIDER": "Ceph", "RCLONE_S3_ENDPOINT": endpoint,
                    "RCLONE_S3_ACCESS_KEY_ID": key, "RCLONE_S3_SECRET_ACCESS_KEY": secret,
                    "RCLONE_S3_REGION": "us-east-1", "RCLONE_S3_ACL": "public-read"}

    def with_rclone(bucket):
        return ["rclone", "copy", folder, f":s3:{bucket}", "--transfers", str(WORKERS), "--s3-no-check-bucket",
                "--ignore-times", "--stats", "0"]

    def with_ours(bucket):
        return [bench, "send", endpoint, key, secret, bucket, folder, str(WORKERS)]

    found = {"ours": [], "rclone": []}
    for turn in range(rounds + 1):  # the first one warms up: pools are made with the first object
        order = [("ours", with_ours), ("rclone", with_rclone)]
        for name, command in order if turn % 2 else reversed(order):
            bucket = f"bench-{name}"
            subprocess.run(["rclone", "mkdir", f":s3:{bucket}"], env=environment, check=True)
            result = measured(command(bucket), environment)
            listed = subprocess.run(["rclone", "lsf", f":s3:{bucket}"], env=environment, check=True,
                                    capture_output=True, text=True)
            if len(listed.stdout.split()) != files:
                sys.exit(f"{name} stored {len(listed.stdout.split())} of {files} files")
            # The objects are in the memory of the server; below 4 MiB they go at once, without its collection of rests.
            subprocess.run(["rclone", "purge", f":s3:{bucket}"], env=environment, check=True)
            if turn:
                found[name].append(result)
    ratios = [theirs[0] / ours[0] for ours, theirs in zip(found["ours"], found["rclone"])]

    def median(name, place):
        return round(statistics.median(row[place] for row in found[name]), 2)

    print(json.dumps({
        "bench": "upload", "files": files, "bytes": FILE_BYTES, "at_once": WORKERS, "rounds": rounds,
        "throughput_ratio": round(statistics.median(ratios), 2),
        "ratio_from": round(min(ratios), 2), "ratio_to": round(max(ratios), 2),
        "seconds": median("ours", 0), "rclone_seconds": median("rclone", 0),
        "cpu_seconds": median("ours", 1), "rclone_cpu_seconds": median("rclone", 1),
        "peak_mb": median("ours", 2), "rclone_peak_mb": median("rclone", 2),
        "load": os.getloadavg()[0]}), flush=True)


main()
