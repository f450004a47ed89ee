"""What goes in and out: options, files, findings, and what a verification does not show.

A part of verify_case.py; docs/ledger.md, sections 9.2 and 11.
"""
import argparse
import collections
import contextlib
import json
import os
import re

import ledger_format as form

KEPT_PER_CODE = 50
WARNINGS = "TAIL TORN UNSIGNED EXTRA CLOCK TS-MISSING WITNESS-MISSING KEY-UNCONFIRMED".split()
SEVERITY = {"RECOVERY": "note", **dict.fromkeys(WARNINGS, "warning")}


def read(path):
    """A file that the user named; None where they named none."""
    if path is None:
        return None
    with open(path, "rb") as file:
        return file.read()


def parse_anchor(text):
    """Size and root, section 6.5."""
    match = re.fullmatch("([0-9]{1,15}):([0-9a-f]{64})", text.replace(" ", "").lower())
    form.require(match, "an anchor is SIZE:ROOT")
    return int(match[1]), bytes.fromhex(match[2])


def parse_witness(text):
    """Name and public key, section 6.4."""
    name, key_id, key = text.split("+", 2)
    raw = form.unbase64(key)
    form.require(raw[:1] == b"\x04" and len(raw) == 33 and
            form.sha256(name.encode(), b"\n", raw)[:4].hex() == key_id, "no witness's key")
    return name, form.sound_key(raw[1:])


def parse_options(words):
    parser = argparse.ArgumentParser(description="Verify a case, or one proof that came out of it")
    parser.add_argument("what", nargs="+", metavar="CASE | proof FILE")
    parser.add_argument("--key", "--fingerprint", metavar="FINGERPRINT",
                        type=lambda text: re.sub("[ :]", "", text).lower(),
                        help="of the case's key, from paper")
    parser.add_argument("--anchor", type=parse_anchor, action="append", default=[],
                        metavar="SIZE:ROOT", help="that left the case earlier; may be given again")
    parser.add_argument("--tsa-ca", metavar="FILE", help="time-stamp authorities, PEM")
    parser.add_argument("--witness-key", type=parse_witness, action="append", default=[],
                        metavar="KEY", help="a witness's NAME+ID+KEY; may be given again")
    parser.add_argument("--report", action="append", default=[], metavar="FOLDER",
                        help="a report of this case; may be given again")
    parser.add_argument("--json", action="store_true", help="one line of JSON")
    options = parser.parse_args(words)
    options.case, *rest = options.what
    options.proof = rest[0] if options.case == "proof" and len(rest) == 1 else None
    if rest and not options.proof:
        parser.error("one case, or the word proof and one file")
    return options


class Folder:
    """Regular files below one folder; no symbolic link on the way there is followed."""

    def __init__(self, path):
        self.root = path

    def path(self, *names):
        path = self.root
        for name in names:
            path = os.path.join(path, name)
            if os.path.islink(path):
                raise OSError("a symbolic link")
        return path

    def open(self, *names):
        if os.path.exists(self.path(*names)) and not os.path.isfile(self.path(*names)):
            raise OSError("no regular file")
        return open(self.path(*names), "rb")

    def read(self, limit, *names):
        with self.open(*names) as file:
            content = file.read(limit + 1)
        form.require(len(content) <= limit, "too long")
        return content

    def list(self, *names):
        """Names in order; none where the folder is absent."""
        if not os.path.lexists(os.path.join(self.root, *names)):
            return []
        return sorted(os.listdir(self.path(*names)), key=os.fsencode)


class Findings:
    def __init__(self):
        self.list, self.counts = [], collections.Counter()

    def add(self, code, where, message):
        self.counts[code] += 1
        if self.counts[code] <= KEPT_PER_CODE:
            severity = SEVERITY.get(code, "failure")
            self.list.append(dict(code=code, severity=severity, where=where, message=str(message)))

    def check(self, holds, code, where, message):
        if not holds:
            self.add(code, where, message)
        return holds

    @contextlib.contextmanager
    def caught(self, code, where):
        """What goes wrong inside is a finding."""
        try:
            yield
        except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
            self.add(code, where, error)

    def exit_code(self):
        found = {finding["severity"] for finding in self.list}
        return 4 if "failure" in found else 1 if "warning" in found else 0


def limits_of(checked, options):
    """Of a case."""
    yield ("It cannot show that what was handed over was genuine, complete or unaltered before it "
           "was taken in: the ledger begins there.")
    yield ("It cannot show that the recorded times are right: they are those of the clock of the "
           "machine that was used.")
    if checked.anchors:
        yield ("What came after the last anchor or cosignature could have been taken away by "
               "whoever can write this folder, and rewritten by whoever holds the key of the case.")
    else:
        yield ("No anchor was checked. Whoever can write this folder can go back to any earlier "
               "checkpoint without a key; whoever holds the key can rewrite all of it: this "
               "verification would notice neither. Compare a checkpoint that left their hands "
               "before: from the custody form, a report or a witness.")
    if not options.key:
        yield ("The key was taken from the ledger itself. Compare its fingerprint with one that "
               "came another way.")
    if checked.signed < len(checked.acquired):
        yield "Unsigned entries at the end prove nothing yet."


def show(checked, options):
    """Prints the verdict and returns the exit code."""
    findings, limits = checked.findings, list(checked.limits())
    code = findings.exit_code()
    if options.json:
        print(json.dumps(dict(checked.facts(), findings=findings.list, limits=limits)))
        return code
    # Nothing that a case holds reaches a terminal but as plain ASCII.
    for finding in findings.list:
        print(ascii("{severity} {code}  {where}: {message}".format(**finding))[1:-1])
    print(checked.WORDS[code])
    for name, value in checked.facts().items():
        print(f"  {name}: {ascii(value)}")
    print("What this cannot show:", *limits, sep="\n  - ")
    return code
