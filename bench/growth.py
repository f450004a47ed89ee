#!/usr/bin/env python3
"""Measures how memory and time grow with the evidence, from ten thousand to ten million messages.

For each size: makes an export (bench/gen/whatsapp_text.py), ingests it into a fresh case, verifies
the case and writes its report; prints the seconds and the peak memory of each, host and workers
together, and beside them what `openssl dgst -sha256` takes over all bytes of the case.

    bench/growth.py --build build/release [--sizes 10000 100000 1000000 10000000]

Ten million messages take about half an hour and 25 GB of disk.
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
import time

from ingest import ROOT, timed


def hashed(folder):
    """Bytes of all files of a folder, and the seconds that OpenSSL takes over them."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    started = time.monotonic()
    subprocess.run(["openssl", "dgst", "-sha256", *files], check=True, stdout=subprocess.DEVNULL)
    return sum(path.stat().st_size for path in files), time.monotonic() - started


def measure(size, forensics, folder):
    export, case, report = folder / "_chat.txt", folder / "case", folder / "report"
    subprocess.run([sys.executable, str(ROOT / "bench/gen/whatsapp_text.py"), "--n", str(size),
                    "--seed", "1", "--dialect", "android", "-o", str(export)], check=True)
    subprocess.run([forensics, "init", str(case), "--number", "B", "--examiner", "Bench"],
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    line = {"messages": size, "export_mb": round(export.stat().st_size / 1e6, 1)}
    for name, command in {"ingest": ["ingest", case, export], "verify": ["verify", case],
                          "report": ["report", case, "-o", report]}.items():
        seconds, peak = timed([forensics, *map(str, command)])
        line[name] = {"s": round(seconds, 2), "peak_mb": round(peak / 1e6, 1)}
    size_of_case, seconds = hashed(case)
    line["case_mb"] = round(size_of_case / 1e6, 1)
    line["openssl_s"] = round(seconds, 2)
    print(json.dumps(line), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--build", default=ROOT / "build/release", type=pathlib.Path)
    parser.add_argument("--sizes", nargs="+", type=int,
                        default=[10_000, 100_000, 1_000_000, 10_000_000])
    options = parser.parse_args()
    forensics = str(options.build.resolve() / "bin/forensics")
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as folder:
            measure(size, forensics, pathlib.Path(folder))


if __name__ == "__main__":
    main()
