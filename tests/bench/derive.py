# SPDX-License-Identifier: Apache-2.0
"""derive.py PROGRAM FOLDER FILES ROUNDS: makes FILES photos of 24 megapixels in FOLDER, then lets PROGRAM and ImageMagick
make the same WebP and JPEG files of them in turn, two photos at a time."""
import json
import os
import statistics
import subprocess
import sys
import time

WIDTHS = (320, 640, 960, 1280, 1920, 2560)
WALL_GOAL, CPU_GOAL, MEMORY_GOAL_MB = 2.0, 2.0, 300


def make_photos(folder, count):
    """Clouds with grain: as hard to encode as a photo, and different each time."""
    photos = []
    for i in range(count):
        photo = os.path.join(folder, f"photo-{i}.jpg")
        subprocess.run(["convert-im6.q16", "-seed", str(i), "-size", "1500x1000", "plasma:fractal", "-resize", "6000x4000!",
                        "-attenuate", "0.15", "+noise", "Gaussian", "-quality", "92", photo], check=True)
        photos.append(photo)
    return photos


def imagemagick(folder, hint):
    """The command (Debian's name of ImageMagick 6) for one photo, whose name is "$0". With `hint`, its JPEG decoder may leave pixels out as ours does."""
    parts = ["convert-im6.q16"] + (["-define", "jpeg:size=2560x2560"] if hint else [])
    parts += ['"$0"', "-auto-orient", "-strip"]
    for width in WIDTHS:
        parts += ["\\(", "+clone", "-resize", f"{width}x", "-quality", "80", "-define", "webp:method=4", "-write",
                  f'"{folder}/$(basename "$0")-{width}.webp"', "+delete", "\\)"]
    parts += ["-resize", "1920x", "-interlace", "Plane", "-quality", "82", f'"{folder}/$(basename "$0")-1920.jpg"']
    return " ".join(parts)


def measured(command, stdin=None):
    """Wall and processor time in seconds and the peak of the largest process in MB, of a command with its children."""
    began = time.monotonic()
    process = subprocess.Popen(command, stdin=subprocess.PIPE if stdin else None, stdout=subprocess.PIPE, text=True)
    if stdin:
        process.stdin.write(stdin)
        process.stdin.close()
    process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{command[0]} ended with {process.returncode}")
    return {"wall": time.monotonic() - began, "cpu": usage.ru_utime + usage.ru_stime, "mb": usage.ru_maxrss / 1024}


def median(runs, field):
    return statistics.median(run[field] for run in runs)


def main():
    program, folder, count, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    photos = make_photos(folder, count)
    listed = "".join(photo + "\n" for photo in photos)
    contestants = {
        "ours": lambda: measured([program, "pages", *photos]),
        "imagemagick": lambda: measured(["xargs", "-P", "2", "-n", "1", "sh", "-c", imagemagick(folder, False)], listed),
        "imagemagick_with_hint":
            lambda: measured(["xargs", "-P", "2", "-n", "1", "sh", "-c", imagemagick(folder, True)], listed),
    }
    measured([program, "pages", photos[0]])  # the file cache
    runs = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, run in contestants.items():
            runs[name].append(run())
    avif = [measured([program, "avif", *photos]) for _ in range(rounds)]
    ours = runs["ours"]

    def ratio(name, field):
        return round(statistics.median(theirs[field] / mine[field] for theirs, mine in zip(runs[name], ours)), 2)

    peak = max(run["mb"] for run in ours)
    passed = (ratio("imagemagick", "wall") >= WALL_GOAL and ratio("imagemagick", "cpu") >= CPU_GOAL
              and peak < MEMORY_GOAL_MB)
    print(json.dumps({
        "bench": "derive", "photos": count, "megapixels": 24, "rounds": rounds,
        "seconds_per_photo": round(median(ours, "wall") / count, 2), "cpu_per_photo": round(median(ours, "cpu") / count, 2),
        "imagemagick_wall_ratio": ratio("imagemagick", "wall"), "imagemagick_cpu_ratio": ratio("imagemagick", "cpu"),
        "with_hint_wall_ratio": ratio("imagemagick_with_hint", "wall"),
        "with_hint_cpu_ratio": ratio("imagemagick_with_hint", "cpu"),
        "peak_mb": round(peak), "imagemagick_peak_mb": round(max(run["mb"] for run in runs["imagemagick"])),
        "goal_ratio": WALL_GOAL, "goal_mb": MEMORY_GOAL_MB, "passed": passed,
        "load_1min": round(os.getloadavg()[0], 2)}))
    print(json.dumps({
        "bench": "derive", "what": "avif", "seconds_per_photo": round(median(avif, "wall") / count, 2),
        "cpu_per_photo": round(median(avif, "cpu") / count, 2), "peak_mb": round(max(run["mb"] for run in avif)),
        "cpu_of_jpeg_and_webp": round(median(avif, "cpu") / median(ours, "cpu"), 2)}))
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
