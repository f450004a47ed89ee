#!/usr/bin/env python3
"""Measures `forensics ingest` of WhatsApp against its bare floor.

For each size: makes a text export or a msgstore.db (bench/gen), ingests it into a fresh case, then
hashes the same bytes, selects all columns where it is a database, and inserts the same rows with the
same indexes and full-text table (the program ingest_floor). Prints the ratio of the two, the first pages of timeline, messages and
search, and the peak memory of host and workers together (the sum of their private and shared
resident memory, sampled every 10 ms).

    bench/ingest.py --build build/release [--source text|msgstore] [--sizes 100000 1000000] [--rounds 3]
"""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent


def tree_memory(pid):
    """Proportional resident bytes of a process and its children, and how many there are."""
    pids, total = [pid], 0
    try:
        for task in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{task}/children") as children:
                pids += [int(child) for child in children.read().split()]
    except OSError:
        pass
    for each in pids:
        try:
            with open(f"/proc/{each}/smaps_rollup") as rollup:
                for line in rollup:
                    if line.startswith("Pss:"):
                        total += int(line.split()[1]) * 1024
        except OSError:
            # A worker is not dumpable: its details are closed, its resident size is not.
            try:
                with open(f"/proc/{each}/statm") as statm:
                    total += int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
            except OSError:
                pass
    return total


def timed(command):
    """Seconds and peak memory of a command with its children."""
    peak = 0
    started = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    output = []
    reader = threading.Thread(target=lambda: output.append(process.stdout.read()))
    reader.start()
    while process.poll() is None:
        peak = max(peak, tree_memory(process.pid))
        time.sleep(0.01)
    reader.join()
    seconds = time.monotonic() - started
    if process.returncode not in (0, 1):
        sys.exit(f"{command}: code {process.returncode}\n{output[0].decode(errors='replace')}")
    return seconds, peak


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--build", default=ROOT / "build/release", type=pathlib.Path)
    parser.add_argument("--sizes", nargs="+", type=int, default=[100_000, 1_000_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--source", choices=["text", "msgstore"], default="text")
    options = parser.parse_args()
    forensics = str(options.build.resolve() / "bin/forensics")
    floor = str(options.build.resolve() / "bin/ingest_floor")
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as folder:
            measure(options.source, size, options.rounds, forensics, floor, pathlib.Path(folder))


def make(source, size, folder):
    if source == "msgstore":
        path = folder / "msgstore.db"
        command = ["bench/gen/msgstore.py"]
    else:
        path = folder / "WhatsApp Chat with Bench.txt"
        command = ["bench/gen/whatsapp_text.py", "--dialect", "android"]
    subprocess.run([sys.executable, str(ROOT / command[0]), *command[1:], "--n", str(size), "--seed", "1",
                    "-o", str(path)], check=True)
    return path


def measure(source, size, rounds, forensics, floor, folder):
    export = make(source, size, folder)
    ratios, ingests, floors, peaks = [], [], [], []
    for turn in range(rounds):
        case = folder / f"case{turn}"
        subprocess.run([forensics, "init", str(case), "--number", "B", "--examiner", "Bench"],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        seconds, peak = timed([forensics, "ingest", str(case), str(export)])
        report = subprocess.run([floor, str(case / "case.db"), str(export),
                                 str(folder / f"floor{turn}.db")],
                                check=True, capture_output=True, text=True)
        bare = json.loads(report.stdout)
        bare_seconds = bare["hash_s"] + bare["select_s"] + bare["insert_s"]
        ingests.append(seconds)
        floors.append(bare_seconds)
        peaks.append(peak)
        ratios.append(seconds / bare_seconds)
    pages = {}
    for name, arguments in {"timeline": ["timeline", "--limit", "50"],
                            "messages": ["messages", "--limit", "50"],
                            "search": ["search", "passport", "--limit", "50"]}.items():
        command = [forensics, arguments[0], str(case), *arguments[1:]]
        pages[name] = statistics.median(timed(command)[0] for _ in range(rounds))
    print(json.dumps({
        "records": size, "bytes": export.stat().st_size,
        "ingest_s": round(statistics.median(ingests), 2),
        "floor_s": round(statistics.median(floors), 2),
        "ratio": round(statistics.median(ratios), 2),
        "peak_mb": round(max(peaks) / 1e6, 1),
        "first_page_ms": {name: round(value * 1000) for name, value in pages.items()},
    }))


if __name__ == "__main__":
    main()
