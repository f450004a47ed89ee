#!/usr/bin/env python3
"""Checks that every include and every link line points down.

usage: check_layers.py ROOT           exit 1 and one line per violation
       check_layers.py --self-check   plants violations and expects each to be found

The rules are the tables below: what each part of the tree may include of this project, and which
other headers are kept out of which parts. libforensics/CMakeLists.txt has the same order in its
link lines; they are checked too.
"""
import pathlib
import re
import sys
import tempfile

# Top to bottom; a folder may include only what stands below it.
ORDER = ["api", "report", "analysis", "ingest", "timeline", "plugin", "search", "casefile", "ledger",
         "evidence", "model", "base"]
LAYERS = {name: ORDER[at:] for at, name in enumerate(ORDER)}
# Narrower than the order: the verifier stands alone, and readers of evidence know no record.
LAYERS["ledger"] = ["ledger", "base"]
LAYERS["evidence"] = ["evidence", "base"]
LAYERS["worker"] = ["worker", "plugin", "evidence", "model", "base"]

# Headers that no code includes, and why.
FORBIDDEN = {
    "regex": "std::regex is slow and overflows the stack on hostile input",
    "format": "g++ 12 has no std::format; use fmt",
}
# Third-party headers that only the named parts may include.
PRIVATE_TO = {
    "archive.h": {"evidence"},
    "archive_entry.h": {"evidence"},
    "openssl/": {"base", "ledger", "casefile", "plugins/whatsapp_backup"},
    "zlib.h": {"plugins/whatsapp_backup"},
    "sqlite3.h": {"casefile"},
    "seccomp.h": {"worker"},
    "CLI/": {"cli"},
    # Names of evidence are bytes; a path type belongs where the user's own paths are.
    "filesystem": {"cli", "report"},
}

# `forensics doctor` names the versions of the libraries that are loaded.
EXCEPTIONS = {("cli", "openssl/crypto.h"), ("cli", "sqlite3.h")}

# Folders of plugins/ that are no plugin but a reader which families share.
SHARED = {"html", "json", "protobuf", "sqlite", "text", "xml"}

INCLUDE = re.compile(r'^\s*#\s*include\s*(["<])([^">]+)[">]')
LINK = re.compile(r"forensics_layer\((\w+)([^)]*)\)")
SOURCES = {".c", ".cc", ".cpp", ".h", ".hpp", ".inc"}


def includes(path):
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
        found = INCLUDE.match(line)
        if found:
            yield number, found[1] == '"', found[2]


def sources(folder):
    return sorted(path for path in folder.rglob("*") if path.suffix in SOURCES) if folder.is_dir() else []


def in_part(part, header, layers):
    """Why `part` (a layer, "worker", "cli") may not include the project header, or None."""
    folder = header.split("/")[0] if "/" in header else None
    if folder in LAYERS and folder not in layers:
        return f"{part} may not include {folder}"
    return None


def in_plugin(root, family, source, quoted, header):
    if not quoted:
        return "plugins know <forensics/...> only" if header.split("/")[0] in LAYERS else None
    beside = (source.parent / header).resolve()
    own = (root / "plugins" / family).resolve()
    if beside.is_file() and own in beside.parents:
        return None
    if (own.parent / header).resolve().is_file() and header.split("/")[0] in SHARED | {family}:
        return None
    return "a plugin includes <forensics/...>, the standard library and its own headers"


def violations(root):
    yield from links_upward(root)
    parts = [(name, root / "libforensics" / name, allowed) for name, allowed in LAYERS.items()]
    # The command may use the whole library, but not the confined side of it.
    parts.append(("cli", root / "cli", ORDER))
    for folder in sorted((root / "libforensics").iterdir()):
        if folder.is_dir() and folder.name not in LAYERS and folder.name != "include":
            yield f"libforensics/{folder.name}: a folder without a place in the order"
    for part, folder, allowed in parts:
        for source in sources(folder):
            for number, _, header in includes(source):
                why = in_part(part, header, allowed) or forbidden(part, header)
                if why:
                    yield f"{source.relative_to(root)}:{number}: {header}: {why}"
    for source in sources(root / "plugins"):
        family = source.relative_to(root / "plugins").parts[0]
        for number, quoted, header in includes(source):
            why = (in_plugin(root, family, source, quoted, header)
                   or forbidden(f"plugins/{family}", header))
            if why:
                yield f"{source.relative_to(root)}:{number}: {header}: {why}"
    for source in sources(root / "libforensics" / "include"):
        for number, quoted, header in includes(source):
            if quoted or header.split("/")[0] in LAYERS:
                yield f"{source.relative_to(root)}:{number}: {header}: public headers know nothing of the inside"


def links_upward(root):
    lists = root / "libforensics" / "CMakeLists.txt"
    for name, rest in LINK.findall(lists.read_text() if lists.is_file() else ""):
        for below in re.findall(r"forensics_(\w+)", rest):
            if below not in LAYERS.get(name, []):
                yield f"libforensics/CMakeLists.txt: {name} may not link {below}"


def forbidden(part, header):
    if header in FORBIDDEN:
        return FORBIDDEN[header]
    if (part, header) in EXCEPTIONS:
        return None
    for prefix, allowed in PRIVATE_TO.items():
        if (header == prefix or (prefix.endswith("/") and header.startswith(prefix))) and part not in allowed:
            return f"only {', '.join(sorted(allowed))} may include it"
    return None


PLANTED = {  # file: (line, is it a violation)
    "libforensics/base/up.hpp": ('#include "model/record.hpp"', True),
    "libforensics/evidence/up.cpp": ('#include "model/record.hpp"', True),
    "libforensics/ledger/side.cpp": ('#include "model/record.hpp"', True),
    "libforensics/casefile/up.cpp": ('  #  include "search/fold.hpp"', True),
    "libforensics/search/up.cpp": ('#include <plugin/host.hpp>', True),
    "libforensics/worker/up.cpp": ('#include "casefile/case.hpp"', True),
    "libforensics/report/down.cpp": ('#include "timeline/moment.hpp"', False),
    "libforensics/base/regex.cpp": ("#include <regex>", True),
    "libforensics/evidence/path.cpp": ("#include <filesystem>", True),
    "libforensics/report/format.cpp": ("#include <format>", True),
    "libforensics/ingest/sql.cpp": ("#include <sqlite3.h>", True),
    "libforensics/ledger/keys.cpp": ("#include <openssl/evp.h>", False),
    "libforensics/include/forensics/leak.h": ('#include "base/error.hpp"', True),
    "cli/worker.cpp": ('#include "worker/session.hpp"', True),
    "cli/fine.cpp": ('#include "report/report.hpp"', False),
    "plugins/toy/core.cpp": ('#include "base/error.hpp"', True),
    "plugins/toy/other.cpp": ('#include "../noise/noise.hpp"', True),
    "plugins/toy/own.cpp": ('#include "toy.hpp"', False),
    "plugins/toy/shared.cpp": ('#include "sqlite/database.hpp"', False),
    "plugins/sqlite/family.cpp": ('#include "toy/toy.hpp"', True),
    "plugins/toy/public.cpp": ("#include <forensics/plugin.h>", False),
    "libforensics/CMakeLists.txt": ("forensics_layer(evidence BELOW forensics_base forensics_model)", True),
    "libforensics/stray/file.cpp": ("// a new folder", True),
}


def self_check():
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for name in ("plugins/toy/toy.hpp", "plugins/noise/noise.hpp", "plugins/sqlite/database.hpp"):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text("#pragma once\n")
        for name, (line, _) in PLANTED.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(line + "\n")
        said = list(violations(root))
        wrong = []
        for name, (line, expected) in PLANTED.items():
            place = "libforensics/stray" if "stray" in name else name
            if any(one.startswith(place + ":") for one in said) != expected:
                wrong.append(f"{name}: {line}: {'missed' if expected else 'wrongly refused'}")
        return wrong


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    said = self_check() if sys.argv[1] == "--self-check" else list(violations(pathlib.Path(sys.argv[1])))
    print("\n".join(said) if said else "every include points down")
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main())
