"""The words that go in and out: options, findings, and what a verification does not show.

A part of verify_case.py; docs/ledger.md, sections 9.2 and 11.
"""
import argparse
import collections
import contextlib
import json
import re

import ledger_format as form

KEPT_PER_CODE = 50
SEVERITY = {"RECOVERY": "note", "TAIL": "warning", "TORN": "warning", "EXTRA": "warning",
            "CLOCK": "warning", "TS-MISSING": "warning", "WITNESS-MISSING": "warning"}


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
    return name, raw[1:]


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
    yield ("It cannot show that what was handed over was genuine, complete or unaltered before it "
           "was taken in: the ledger begins there.")
    yield ("It cannot show that the recorded times are right: they are those of the clock of the "
           "machine that was used.")
    if checked.anchors:
        yield ("Entries after the last anchor or cosignature could have been rewritten by whoever "
               "holds the key of the case.")
    else:
        yield ("No anchor was checked. Whoever holds the key of the case could have rewritten all "
               "of it, or gone back to an earlier state, and this verification would not notice. "
               "Compare a checkpoint that left their control before: from the custody form, a "
               "report or a witness.")
    if not options.key:
        yield ("The key was taken from the ledger itself. Compare its fingerprint with one that "
               "came another way.")
    yield from checked.more_limits()


def show(checked, options):
    """Prints the verdict and returns the exit code."""
    findings, limits = checked.findings, list(limits_of(checked, options))
    code = findings.exit_code()
    if options.json:
        print(json.dumps(dict(checked.facts(), findings=findings.list, limits=limits)))
        return code
    # Nothing that a case holds reaches a terminal but as plain ASCII.
    for finding in findings.list:
        print(ascii("{severity} {code}  {where}: {message}".format(**finding))[1:-1])
    print({0: "Intact", 1: "Intact, with warnings"}.get(code, "NOT INTACT"))
    for name, value in checked.facts().items():
        print(f"  {name}: {ascii(value)}")
    print("What this cannot show:", *limits, sep="\n  - ")
    return code
