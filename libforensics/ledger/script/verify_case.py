#!/usr/bin/env python3
"""Verify a case of libforensics, or a copy of one, with Python and the `openssl` command alone.

docs/ledger.md says what is checked and what each code means. Nothing outside the case is opened, no
symbolic link is followed, nothing is written but temporary files. Exit codes: 0 intact, 1 intact
with warnings, 2 usage, 3 the check could not be done, 4 not intact.
"""
import os
import sys

HERE = os.path.dirname(os.path.realpath(__file__))
# This may stand in the case that it is to judge: no module is taken from there unseen.
sys.path = [place for place in sys.path if os.path.realpath(place) != HERE]

import collections  # noqa: E402
import hashlib  # noqa: E402
import types  # noqa: E402


def part(name, digest):
    """One of the four files that belong to this one."""
    with open(os.path.join(HERE, name + ".py"), "rb") as file:
        code = file.read()
    if hashlib.sha256(code).hexdigest() != digest:
        print(f"verify_case.py: {name}.py is not the one that belongs to it", file=sys.stderr)
        sys.exit(3)
    sys.modules[name] = types.ModuleType(name)
    exec(compile(code, name + ".py", "exec"), vars(sys.modules[name]))
    return sys.modules[name]


form = part("ledger_format", "8d37fffd1953c4d50e23e7121ac59459fe9f013857c0e0d5d1ec77a422a6d530")
verdict = part("ledger_verdict", "0e2661db52fbf4122738541b5aeef8c09921026a2528c5710ea6cd14d07f4a79")
files = part("ledger_files", "becb88a014fadb6ae893b3413d07c3f1035514e201e49c17a126effaf11e63c7")
proofs = part("ledger_proof", "69c52427b9b6bba420e4543dc36fae7aca99b95f6a6bccdace6ecbf8e47d9da9")

# A statement about the root at one size; `note` is absent where it needs no signature of the case.
Claim = collections.namedtuple("Claim", "root code where note")


class Verification:
    """Section 9.1, step by step."""
    WORDS = {0: "Intact", 1: "Intact, with warnings", 4: "NOT INTACT"}

    def __init__(self, folder, options):
        self.folder, self.options = verdict.Folder(folder), options
        self.findings = verdict.Findings()
        self.check = self.findings.check
        self.stored = files.StoredFiles(self.folder, self.findings)
        self.outside = files.OutsideEvidence(
            self.folder, self.findings, verdict.read(options.tsa_ca), options.witness_key)
        self.takes = dict(anchor_in=self.outside.record, recovery=self.stored.take_recovery)
        self.origin, self.key, self.first_key, self.tokens_wanted = None, None, "", False
        self.claims, self.tree = collections.defaultdict(list), []
        self.acquired, self.manifests, self.prev, self.time = [], set(), bytes(32), ""
        self.signed = self.checkpoints = self.anchors = 0

    def run(self):
        with self.folder.open("ledger", "entries.jsonl") as file:
            with self.findings.caught("KEY", "ledger entry 0"):
                self.read_genesis(file.readline(form.MAX_LINE + 1))
            for name in sorted(os.listdir(self.folder.path("ledger", "checkpoints"))):
                with self.findings.caught("SIG", f"checkpoint {name}"):
                    self.read_checkpoint(name, f"checkpoint {name}")
            for size, root in self.options.anchor:
                self.claims[size].append(Claim(root, "ANCHOR", f"anchor at size {size}", None))
            for size, root, where in self.outside.statements(self.origin):
                self.claims[size].append(Claim(root, "WITNESS", where, None))
            self.covered = max((size for size, claims in self.claims.items()
                                if any(claim.note for claim in claims)), default=0)
            self.check_claims(None)
            file.seek(0)
            self.read_entries(file)
        self.finish()
        self.outside.finish(self.tokens_wanted)
        self.stored.find_extra()
        for report in self.options.report:
            proofs.check_report(report, self.manifests, self.findings)

    def read_genesis(self, line):
        form.require(line.endswith(b"\n"), "there is no whole first line")
        entry = form.entry_of(form.parse_line(line[:-1]))
        self.origin, self.key = form.identity_of(entry)
        policy = entry["body"].get("policy")
        self.tokens_wanted = isinstance(policy, dict) and policy.get("tokens") is True
        self.first_key = form.fingerprint_of(self.key)
        form.require(self.options.key in (None, self.first_key), f"it is {self.first_key}")

    def read_checkpoint(self, name, where):
        named = form.matches(form.NUMBER + r"\.note", name)
        if not self.check(named, "EXTRA", where, "not the name of a checkpoint"):
            return
        note = form.parse_note(self.folder.read(form.MAX_NOTE, "ledger", "checkpoints", name))
        if self.key and self.check(note.origin == self.origin, "ORIGIN", where, note.origin):
            self.check(int(name[:-5]) == note.size, "NAME", where, f"it states {note.size}")
            self.claims[note.size].append(Claim(note.root, "ROOT", where, note))

    def check_claims(self, entry):
        """At the size that the tree has now, behind `entry`."""
        size, agreed = len(self.acquired), []
        for root, code, where, note in self.claims.pop(size, ()):
            signed = note is None or self.check_signature(note, where)
            right = size > 0 and root == form.root_of(self.tree)
            if self.check(right, code, where, f"the first {size} entries have another root"):
                self.anchors += note is None
                self.checkpoints += note is not None and signed
                self.signed = size if note and signed else self.signed
                agreed += [note] if note else []
        if entry and entry["type"] == "key_rotate":
            self.rotate(f"ledger entry {size - 1}", entry["body"], agreed)

    def check_signature(self, note, where):
        return self.check(form.is_note_signed(note, self.key), "SIG", where,
                          "it has no valid signature by the key of this case at this size")

    def rotate(self, where, body, notes):
        with self.findings.caught("KEY", where):
            new = form.public_key(body["new_key"])
            if any(new != self.key and form.is_note_signed(note, self.key) and
                   form.is_note_signed(note, new) for note in notes):
                self.key = new
            else:
                self.check(self.covered < len(self.acquired), "KEY", where, "not by both keys")

    def read_entries(self, file):
        for line in iter(lambda: file.readline(form.MAX_LINE + 1), b""):
            seq, entry = len(self.acquired), None
            where = f"ledger entry {seq}"
            if not line.endswith(b"\n"):
                code = "TORN" if len(line) <= form.MAX_LINE else "CANON"
                self.findings.add(code, where, "the line does not end, or not within 1 MiB")
                return
            self.acquired.append(False)
            with self.findings.caught("CANON", where):
                value = form.parse_line(line[:-1])
                with self.findings.caught("ENTRY", where):
                    entry = form.entry_of(value)
                    self.read_entry(seq, where, entry)
            self.prev = form.sha256(b"\0", line[:-1])
            form.append_leaf(self.tree, self.prev)
            self.check_claims(entry)

    def read_entry(self, seq, where, entry):
        self.check(entry["seq"] == seq, "SEQ", where, f"it has the number {entry['seq']}")
        self.check(entry["prev"] == self.prev.hex(), "CHAIN", where, "another entry came before it")
        self.check(entry["time"] >= self.time, "CLOCK", where, f"{self.time} came before it")
        self.time, kind, body = entry["time"], entry["type"], entry["body"]
        self.check(kind != "genesis" or seq == 0, "ENTRY", where, "a second genesis")
        parent = body.get("parent")
        right = form.is_count(parent) and parent < seq and self.acquired[parent]
        self.check(right or "parent" not in body, "PARENT", where, "its parent is no artifact")
        self.acquired[seq] = kind == "acquire"
        for member, check in (("object", self.stored.check_object),
                              ("records", self.stored.check_records)):
            if member in body:
                with self.findings.caught("ENTRY", where):
                    check(seq, where, body[member])
        if kind == "report":
            self.manifests.add(str(body.get("manifest_sha256")))
        if kind in self.takes:
            with self.findings.caught("ENTRY", where):
                self.takes[kind](seq, body)

    def finish(self):
        entries = len(self.acquired)
        for size, claims in sorted(self.claims.items()):
            for _, code, where, note in claims:
                self.check(False, "TRUNC" if note else code, where, f"{entries} are not {size}")
                if note:
                    self.check_signature(note, where)
        self.check(self.checkpoints, "SIG", "checkpoints", "no valid checkpoint")
        self.check(self.signed == entries, "TAIL", f"ledger entry {self.signed}",
                   f"{entries - self.signed} entries are covered by no valid checkpoint")

    def facts(self):
        return {"entries": len(self.acquired), "signed_entries": self.signed,
                "anchors": self.anchors, "checkpoints": self.checkpoints,
                "root": form.root_of(self.tree).hex(), "key_fingerprint": self.first_key}

    def limits(self):
        return verdict.limits_of(self, self.options)


def main(words=None):
    options = verdict.parse_options(words)
    try:
        form.require_openssl()
        if options.proof:
            checked = proofs.Proof(verdict.read(options.proof), options)
        else:
            checked = Verification(options.case, options)
            checked.run()
    except (form.CannotCheck, OSError) as error:
        print(f"verify_case.py: it cannot be checked: {error}", file=sys.stderr)
        return 3
    return verdict.show(checked, options)


if __name__ == "__main__":
    sys.exit(main())
