#!/usr/bin/env python3
"""Builds the shipped programs from two copies of the source in two folders, without a compiler
cache, and compares them byte for byte."""
import argparse
import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

PROGRAMS = ("forensics", "forensics-worker")
SHIPPED = ("CMakeLists.txt", "CMakePresets.json", "cmake", "libforensics", "plugins", "cli", "LICENSE")


def build(options, source):
    """Digests of the programs built from `source`, by name."""
    folder = source / "build/release"
    subprocess.run([options.cmake, "-S", source, "-B", folder, "-G", "Ninja",
                    "-DCMAKE_BUILD_TYPE=RelWithDebInfo", "-DFORENSICS_DEVELOPER=OFF",
                    f"-DCMAKE_CXX_COMPILER={options.compiler}"], check=True,
                   stdout=subprocess.DEVNULL)
    subprocess.run([options.cmake, "--build", folder, "--target", "forensics_cli", "forensics-worker"],
                   check=True, stdout=subprocess.DEVNULL)
    return {name: hashlib.sha256((folder / "bin" / name).read_bytes()).hexdigest()
            for name in PROGRAMS}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("cmake", "compiler", "source"):
        parser.add_argument(f"--{name}", required=True)
    options = parser.parse_args()
    os.environ["CCACHE_DISABLE"] = "1"
    for name in ("CMAKE_C_COMPILER_LAUNCHER", "CMAKE_CXX_COMPILER_LAUNCHER"):
        os.environ.pop(name, None)

    with tempfile.TemporaryDirectory(prefix="forensics-builds-") as temporary:
        digests = []
        for place in ("one", "another/and much deeper/folder"):
            copy = pathlib.Path(temporary) / place
            copy.mkdir(parents=True)
            for name in SHIPPED:
                path = pathlib.Path(options.source) / name
                shutil.copytree(path, copy / name) if path.is_dir() else shutil.copy(path, copy / name)
            digests.append(build(options, copy))
    for name in PROGRAMS:
        print(name, *(digest[name] for digest in digests))
    sys.exit(digests[0] != digests[1])


if __name__ == "__main__":
    main()
