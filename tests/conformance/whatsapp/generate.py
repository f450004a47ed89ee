#!/usr/bin/env python3
"""Writes the conformance variants to variants/<name>/, or with --check compares them to the
committed bytes. Deterministic: no clock, no locale, every random choice seeded by the name.

    generate.py [--check]
"""

import pathlib
import shutil
import sys

import date_order
import encodings_and_lines
import locales
import markers
import peers
import traps

FOLDER = pathlib.Path(__file__).resolve().parent / "variants"
MODULES = (peers, locales, date_order, encodings_and_lines, traps, markers)


def all_files():
    files = {}
    for module in MODULES:
        for chat in module.variants():
            assert 3 <= chat.count <= 14, f"{chat.name}: {chat.count} messages"
            assert "\n" not in chat.about and chat.about, chat.name
            for name, data in chat.files().items():
                path = f"{chat.name}/{name}"
                assert path not in files, f"two variants named {chat.name}"
                files[path] = data
    return files


def committed():
    return {path.relative_to(FOLDER).as_posix(): path.read_bytes()
            for path in FOLDER.rglob("*") if path.is_file()}


def main():
    files = all_files()
    if "--check" in sys.argv[1:]:
        old = committed()
        wrong = sorted(p for p in files.keys() | old.keys() if files.get(p) != old.get(p))
        for path in wrong:
            print(f"differs: {path}")
        return 1 if wrong else 0
    shutil.rmtree(FOLDER, ignore_errors=True)
    for path, data in files.items():
        target = FOLDER / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    print(f"{len({p.split('/')[0] for p in files})} variants")
    return 0


if __name__ == "__main__":
    sys.exit(main())
