#!/usr/bin/env python3
"""Breaks the code once for each promise of docs/ASSURANCE.md and sees the named test fail.

Works on a copy of the source tree, in a build folder of its own: the tree itself is not touched.
Every test must pass before the first breakage, and fail, not merely be absent, behind its own.

    tests/assurance/break_code.py --build build/assurance [P03 P07 ...]
"""
import argparse
import pathlib
import shutil
import subprocess
import sys

from promises import PROMISES

ROOT = pathlib.Path(__file__).resolve().parents[2]


def run(*command, **options):
    return subprocess.run([str(word) for word in command], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, **options)


class Copy:
    """A copy of the tracked files, built."""

    def __init__(self, folder):
        # The build folder stands in the copy as it does in a clone: a compiler cache knows it then.
        self.source, self.build = folder, folder / "build/release"
        shutil.rmtree(self.source, ignore_errors=True)
        listed = run("git", "-C", ROOT, "ls-files", "-z").stdout
        for name in filter(None, listed.split("\0")):
            (self.source / name).parent.mkdir(parents=True, exist_ok=True)
            if (ROOT / name).is_file():
                shutil.copy2(ROOT / name, self.source / name)
        made = run("cmake", "-S", self.source, "-B", self.build, "-G", "Ninja",
                   "-DCMAKE_BUILD_TYPE=RelWithDebInfo", "-DFORENSICS_DEVELOPER=ON")
        if made.returncode:
            sys.exit(made.stdout)

    def compile(self, targets=()):
        return run("cmake", "--build", self.build, *(["--target", *targets] if targets else []))

    def fails(self, test):
        """True: it fails. False: it passes. An error where there is no such test, or it skips."""
        ran = run("ctest", "--test-dir", self.build, "-R", f"^{test}$", "--timeout", "900")
        if "No tests were found" in ran.stdout or "***Skipped" in ran.stdout:
            sys.exit(f"{test}: there is no such test, or it was skipped\n{ran.stdout}")
        return ran.returncode != 0


def break_once(copy, promise):
    """What is wrong with the promise's test; None: it notices the breakage."""
    path = copy.source / promise.file
    sound = path.read_text(encoding="utf-8")
    path.write_text(sound.replace(promise.sound, promise.broken), encoding="utf-8")
    try:
        compiled = copy.compile(promise.targets)
        if compiled.returncode:
            return "the broken code does not compile:\n" + compiled.stdout[-2000:]
        return None if copy.fails(promise.test) else f"{promise.test} passes on broken code"
    finally:
        path.write_text(sound, encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build/assurance")
    parser.add_argument("promises", nargs="*", help="P01 ...; none: all")
    options = parser.parse_args()
    wanted = [each for each in PROMISES if not options.promises or each.id in options.promises]
    copy = Copy(options.build.resolve())
    compiled = copy.compile()
    if compiled.returncode:
        sys.exit(compiled.stdout)
    for test in sorted({promise.test for promise in wanted}):
        if copy.fails(test):
            sys.exit(f"{test} fails on sound code")
    unnoticed = 0
    for promise in wanted:
        wrong = break_once(copy, promise)
        unnoticed += wrong is not None
        print(f"{promise.id} {promise.test}: {wrong or 'notices'}", flush=True)
    print(f"{len(wanted) - unnoticed} of {len(wanted)} breakages are noticed")
    sys.exit(1 if unnoticed else 0)


if __name__ == "__main__":
    main()
