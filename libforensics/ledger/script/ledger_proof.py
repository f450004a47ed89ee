"""What came out of a case: reports, and proof files (docs/ledger.md, section 9.1 step 9 and 9.4).

A part of verify_case.py.
"""
import os
import re

import ledger_format as form
import ledger_verdict

MAX_PROOF, MAX_MANIFEST, MANIFEST = 268_500_000, 1 << 28, "manifest-sha256.txt"
HASHES, COUNT = rb"((?:%s[^\n]{44}\n){0,64})", rb"(0|[1-9][0-9]{0,17})"
KEY = rb"key ([^\n]{44})\n"
PROOF = (rb"forensics-proof/1\n" + KEY +
         rb"(?:record " + COUNT + rb" (?!redacted:)([^\n]*)\n" + HASHES % b"path " + rb")?"
         rb"entry ([^\n]*)\nc2sp\.org/tlog-proof@v1\nindex " + COUNT + rb"\n" + HASHES % b"" +
         rb"\n((?s:.*))")
CONSISTENCY = (rb"forensics-consistency/1\n" + KEY + rb"old " + COUNT + rb" ([^\n]{44})\n" +
               HASHES % b"path " + rb"\n((?s:.*))")


def node(left, right):
    return form.sha256(b"\x01", left, right)


def hash_of(text):
    raw = form.unbase64(text.decode())
    form.require(len(raw) == 32, "no hash")
    return raw


def hashes_of(lines):
    return [hash_of(line.split(b" ")[-1]) for line in lines.splitlines()]


def check_inclusion(line, index, size, path, root):
    """RFC 9162 section 2.1.3.2."""
    form.require(index < size, "an index beyond the tree")
    last, leaf = size - 1, form.sha256(b"\0", line)
    for sibling in path:
        form.require(last, "too many hashes")
        if index & 1 or index == last:
            leaf = node(sibling, leaf)
            while index and not index & 1:
                index, last = index >> 1, last >> 1
        else:
            leaf = node(leaf, sibling)
        index, last = index >> 1, last >> 1
    form.require((leaf, last) == (root, 0), "these hashes do not lead to the root")


def check_growth(old_size, old_root, size, root, path):
    """RFC 9162 section 2.1.4.2."""
    form.require(0 < old_size <= size, "it cannot have grown from there")
    if old_size == size:
        return form.require(not path and old_root == root, "the roots are not equal")
    if old_size & (old_size - 1) == 0:
        path = [old_root, *path]
    form.require(path, "too few hashes")
    index, last, old, new = old_size - 1, size - 1, path[0], path[0]
    while index & 1:
        index, last = index >> 1, last >> 1
    for sibling in path[1:]:
        form.require(last, "too many hashes")
        if index & 1 or index == last:
            old, new = node(sibling, old), node(sibling, new)
            while index and not index & 1:
                index, last = index >> 1, last >> 1
        else:
            new = node(new, sibling)
        index, last = index >> 1, last >> 1
    form.require((old, new, last) == (old_root, root, 0), "these hashes do not lead there")


def check_report(path, manifests, findings):
    """`manifests`: SHA-256 of each manifest that an entry of the ledger names."""
    folder, listed, place = ledger_verdict.Folder(path), {MANIFEST}, f"report {MANIFEST}"
    with findings.caught("REPORT", place):
        manifest = folder.read(MAX_MANIFEST, MANIFEST)
        known = form.sha256(manifest).hex() in manifests
        findings.check(known, "REPORT", place, "no entry speaks of a report with this manifest")
        *lines, rest = manifest.decode().split("\n")
        for line in lines:
            match = re.fullmatch("([0-9a-f]{64})  (.+)", line)
            form.require(match, "a line that is none of a manifest")
            listed.add(match[2])
            with findings.caught("REPORT", f"report {match[2]}"):
                names = match[2].split("/")
                form.require(not {"", ".", ".."} & set(names), "the name leads out of the report")
                with folder.open(*names) as file:
                    form.require(form.digest_of(file)[0] == match[1], "it is not what was written")
        form.require(not rest, "the last line has no end")
        for place, folders, names in os.walk(path):
            links = [name for name in folders if os.path.islink(os.path.join(place, name))]
            for name in names + links:
                name = os.path.relpath(os.path.join(place, name), path)
                findings.check(name in listed, "EXTRA", f"report {name}", "the manifest has it not")


class Proof:
    WORDS = {0: "It holds", 4: "IT DOES NOT HOLD", 1: "It fits together, but nothing from outside "
             "confirms its key. Anybody could have made it"}

    def __init__(self, content, options):
        self.options, self.findings = options, ledger_verdict.Findings()
        self.check, self.anchors, self.shown = self.findings.check, 0, {}
        self.confirmed = options.key is not None
        with self.findings.caught("PROOF", ""):
            form.require(len(content) <= MAX_PROOF, "too long")
            entry, growth = re.fullmatch(PROOF, content), re.fullmatch(CONSISTENCY, content)
            form.require(entry or growth, "not in the form of a proof")
            if entry:
                self.check_entry(*entry.groups())
            else:
                self.check_growth(*growth.groups())
        self.check(self.findings.list or self.confirmed, "KEY-UNCONFIRMED", "key",
                   "nothing from outside confirms this key: anybody could have made this file")

    def checkpoint(self, key, content):
        """The checkpoint, if it can be read; what is wrong with it is reported."""
        named = form.fingerprint_of(key)
        self.check(self.options.key in (None, named), "KEY", "key", f"it is the key {named}")
        with self.findings.caught("SIG", "checkpoint"):
            note = form.parse_note(content)
            self.check(form.is_note_signed(note, key), "SIG", "checkpoint", "not signed by the key")
            self.compare_anchors(note.size, note.root)
            self.confirmed = self.confirmed or self.anchors > 0
            self.shown.update(origin=note.origin, size=note.size, root=note.root.hex())
            return note

    def compare_anchors(self, size, root):
        for expected in [root for at, root in self.options.anchor if at == size]:
            same = self.check(expected == root, "ANCHOR", f"size {size}", "the anchor differs")
            self.anchors += same

    def check_entry(self, key, number, record, record_path, line, index, path, checkpoint):
        key = form.sound_key(hash_of(key))
        path, record_path = hashes_of(path), hashes_of(record_path or b"")
        note, entry = self.checkpoint(key, checkpoint), {}
        with self.findings.caught("CANON", "entry"):
            value = form.parse_line(line)
            with self.findings.caught("ENTRY", "entry"):
                entry = form.entry_of(value)
                self.check(entry["seq"] == int(index), "SEQ", "entry", f"its number is not {index}")
                self.check_genesis(key, int(index), entry, note)
        with self.findings.caught("PROOF", "entry"):
            if note:
                check_inclusion(line, int(index), note.size, path, note.root)
        self.shown.update(key_fingerprint=form.fingerprint_of(key), entry=entry)
        if record is not None:
            with self.findings.caught("PROOF", "record"):
                tree = entry["body"]["records"]
                check_inclusion(record, int(number), tree["count"], record_path,
                                bytes.fromhex(tree["root"]))
            self.shown.update(record=record.decode(errors="replace"))

    def check_genesis(self, key, index, entry, note):
        if index > 0:
            return self.check(entry["type"] != "genesis", "ENTRY", "entry", "a second genesis")
        origin, first_key = form.identity_of(entry)
        self.check(first_key == key, "KEY", "entry", "it names another key than the one here")
        self.check(not note or note.origin == origin, "ORIGIN", "entry", f"it belongs to {origin}")

    def check_growth(self, key, old_size, old_root, path, checkpoint):
        key, path = form.sound_key(hash_of(key)), hashes_of(path)
        old_size, old_root = int(old_size), hash_of(old_root)
        note = self.checkpoint(key, checkpoint)
        if note:
            if old_size != note.size:
                self.compare_anchors(old_size, old_root)
            check_growth(old_size, old_root, note.size, note.root, path)

    def facts(self):
        return {"anchors": self.anchors, **self.shown}

    def limits(self):
        yield "It cannot show that the evidence was genuine before it was taken in."
        yield "It cannot show that what the program read, or is shown here, is all there was."
        if not self.confirmed:
            yield ("The key was taken from the file itself, and anybody can make such a file with "
                   "one of their own. Compare its fingerprint with one that came another way.")
        if not self.anchors:
            yield ("It proves nothing against whoever held the key of the case, unless the "
                   "checkpoint left their hands before.")
