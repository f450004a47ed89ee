"""What stands beside the entries: objects, record lines, what a crash left, outside evidence.

A part of verify_case.py, which names the sections of docs/ledger.md that it follows.
"""
import calendar
import collections
import os
import re

import ledger_format as form

MAX_TOKEN, MAX_RECORD = 1 << 16, 1 << 28
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
TAIL = r"(0|[1-9][0-9]{0,17})-[0-9a-f]{64}\.tail"
# What belongs into these folders; the entries name the rest.
KNOWN = {("keys",): {"log.key", "log.pub", "salt.key"}, ("ledger",): {
    "entries.jsonl", "checkpoints", "tokens", "cosignatures", "recovery"}}
Kind = collections.namedtuple("Kind", "folder name code")
KINDS = {"rfc3161": Kind("tokens", form.NUMBER + r"-[1-9][0-9]{0,5}\.tsr", "TS"),
         "cosignature": Kind("cosignatures", form.NUMBER + r"-[1-9][0-9]{0,5}\.note", "WITNESS")}


class StoredFiles:
    """Section 9.1, the objects and records of step 3, and step 6."""

    def __init__(self, folder, findings):
        self.folder, self.findings, self.check = folder, findings, findings.check
        self.sizes, self.record_names, self.records_of_entries, self.moved = {}, [], set(), []
        with findings.caught("EXTRA", "records"):
            self.record_names = folder.list("records")

    def check_object(self, seq, where, stated):
        digest, size = stated["sha256"], stated["size"]
        form.require(form.matches(form.HEX64, digest) and form.is_count(size), "malformed object")
        if digest not in self.sizes:
            self.sizes[digest] = None
            with self.findings.caught("OBJ-MISSING", where):
                self.sizes[digest] = self.read_object(where, digest)
        self.check(self.sizes[digest] in (None, size), "OBJ-HASH", where, "it has another size")

    def read_object(self, where, digest):
        """The size of a sound object; None for another."""
        with self.folder.open("objects", digest[:2], digest) as file:
            found, size = form.digest_of(file)
        sound = self.check(found == digest, "OBJ-HASH", where, f"{digest} is altered")
        return size if sound else None

    def check_records(self, seq, where, stated):
        count, root, name = stated["count"], stated["root"], f"{seq:012}.jsonl"
        form.require(form.is_count(count) and form.matches(form.HEX64, root), "malformed records")
        if name not in self.record_names:
            return
        self.records_of_entries.add(name)
        with self.findings.caught("RECORDS", where), self.folder.open("records", name) as file:
            tree, lines = [], 0
            for lines, line in enumerate(iter(lambda: file.readline(MAX_RECORD + 1), b""), 1):
                form.append_leaf(tree, form.disclosed_leaf(line))
            form.require((lines, form.root_of(tree).hex()) == (count, root), f"{name} is altered")

    def take_recovery(self, seq, body):
        kind, where = body.get("kind"), f"ledger entry {seq}"
        if kind == "tail_unsigned":
            first, count = body["first_seq"], body["count"]
            form.require(form.is_count(first) and form.is_count(count) and first >= 1 <= count and
                         first + count == seq, "not the entries before it")
            self.findings.add("UNSIGNED", where, f"entries {first} to {seq - 1} ({count} of them) "
                              "were not signed when they were found here: whoever could write "
                              "this folder then could have written them")
            return
        if kind == "tail_moved":
            name, digest, size = body["file"], body["sha256"], body["size"]
            form.require(form.matches(TAIL, name) and form.is_count(size) and
                         name.split("-")[1] == f"{digest}.tail", "bytes moved aside, named wrongly")
            self.moved.append((name, digest, size))
        self.findings.add("RECOVERY", where, "an interrupted append was cleared up here")

    def check_recovered(self):
        for name, digest, size in self.moved:
            with self.findings.caught("RECOVERY-LOST", f"recovery/{name}"):
                with self.folder.open("ledger", "recovery", name) as file:
                    form.require(form.digest_of(file) == (digest, size), "it holds other bytes")
        known = {**KNOWN, ("ledger", "recovery"): {name for name, _, _ in self.moved}}
        for place, names in known.items():
            with self.findings.caught("EXTRA", place[-1]):
                for name in self.folder.list(*place):
                    self.check(name in names, "EXTRA", f"{place[-1]}/{name}", "of no entry")

    def find_extra(self):
        self.check_recovered()
        with self.findings.caught("EXTRA", "objects"):
            for shard in self.folder.list("objects"):
                try:
                    names = self.folder.list("objects", shard)
                except OSError:
                    names = [shard]
                for name in names:
                    self.check(name[:2] == shard and name in self.sizes, "EXTRA", "objects",
                               f"no entry speaks of {shard}/{name}")
        for name in self.record_names:
            self.check(name in self.records_of_entries, "EXTRA", f"records/{name}", "of no entry")


class OutsideEvidence:
    """Section 9.1, steps 7 and 8. `authorities` is PEM, `witnesses` are (name, public key)."""

    def __init__(self, folder, findings, authorities, witnesses):
        self.folder, self.findings, self.check = folder, findings, findings.check
        self.authorities, self.witnesses, self.heard = authorities, witnesses, set()
        self.recorded = {kind: collections.defaultdict(list) for kind in KINDS.values()}
        self.there = {kind: list(self.files(kind)) for kind in KINDS.values()}

    def files(self, kind):
        """(place, name, size in the name) of each file that is named as it should be."""
        with self.findings.caught("EXTRA", kind.folder):
            for name in self.folder.list("ledger", kind.folder):
                match = re.fullmatch(kind.name, name)
                if self.check(match, "EXTRA", f"{kind.folder}/{name}", "another name"):
                    yield f"{kind.folder}/{name}", name, int(match[1])

    def record(self, seq, body):
        """An `anchor_in` entry."""
        kind, size, file = KINDS.get(str(body.get("kind"))), body.get("size"), body.get("file")
        if kind:
            folder, _, name = str(file).partition("/")
            match = re.fullmatch(kind.name, name)
            form.require(match and folder == kind.folder and form.is_count(size) and
                         1 <= size <= seq and int(match[1]) == size and
                         form.matches(form.HEX64, body.get("sha256")), "malformed outside evidence")
            self.recorded[kind][name].append(body["sha256"])

    def statements(self, origin):
        """(size, root, place) of the cosignatures by known witnesses."""
        kind = KINDS["cosignature"]
        for place, name, size in self.there[kind] if self.witnesses else ():
            with self.findings.caught("WITNESS", place):
                note = form.parse_note(self.folder.read(form.MAX_NOTE, "ledger", kind.folder, name))
                form.require((note.origin, note.size) == (origin, size), "of another checkpoint")
                good = {witness for witness in self.witnesses if cosigned(note, *witness)}
                self.heard |= good
                if good:
                    yield size, note.root, place

    def finish(self, tokens_wanted):
        for kind in KINDS.values():
            is_token, there = kind.folder == "tokens", {name for _, name, _ in self.there[kind]}
            for place, name, size in self.there[kind]:
                self.check(name in self.recorded[kind], "EXTRA", place, "no entry speaks of it")
                with self.findings.caught(kind.code, place):
                    self.check_file(kind, place, name, f"{size:012}.note" if is_token else None)
            for name in self.recorded[kind]:
                self.check(name in there, kind.code + "-MISSING", f"{kind.folder}/{name}", "gone")
            if is_token:
                self.check(there or not (tokens_wanted or self.authorities), "TS-MISSING", "tokens",
                           "there is no time-stamp token")
        for witness in self.witnesses:
            self.check(witness in self.heard, "WITNESS-MISSING", "cosignatures", witness[0])

    def check_file(self, kind, place, name, checkpoint):
        there = checkpoint and os.path.lexists(
            os.path.join(self.folder.root, "ledger", "checkpoints", checkpoint))
        self.check(there or not checkpoint, "TS", place, "there is no checkpoint of this size")
        is_checked = there and self.authorities
        if name not in self.recorded[kind] and not is_checked:
            return
        content = self.folder.read(MAX_TOKEN, "ledger", kind.folder, name)
        for digest in self.recorded[kind][name] if name in self.recorded[kind] else ():
            same = form.sha256(content).hex() == digest
            self.check(same, kind.code, place, "it is not the one that was recorded")
        if is_checked:
            note = self.folder.read(form.MAX_NOTE, "ledger", "checkpoints", checkpoint)
            check_token(content, note, self.authorities)


def cosigned(note, name, public):
    key_id = form.sha256(name.encode(), b"\n\x04", public)[:4]
    own = [value for *key, value in note.signatures if key == [name, key_id]]
    for value in own:
        time = int.from_bytes(value[:8], "big")
        text = f"cosignature/v1\ntime {time}\n".encode() + note.text
        form.require(len(value) > 8 and form.is_signed(public, text, value[8:]),
                     f"the cosignature of {name} does not verify")
    return bool(own)


def check_token(token, note, authorities):
    shown = form.openssl("ts -reply -in token -token_out -text", token=token).stdout
    match = re.search(r"^Time stamp: (\w{3}) +(\d+) (\d\d):(\d\d):(\d\d)(?:\.\d*)? (\d{4}) GMT$",
                      shown.decode("latin-1"), re.MULTILINE | re.ASCII)
    form.require(match and match[1] in MONTHS, "no time-stamp token")
    day, hour, minute, second, year = map(int, match.groups()[1:])
    time = calendar.timegm((year, MONTHS.index(match[1]) + 1, day, hour, minute, second))
    ran = form.openssl(f"ts -verify -data note -in token -CAfile ca -attime {time}",
                       note=note, token=token, ca=authorities)
    form.require(ran.returncode == 0, "it is not of this checkpoint, or of no known authority")
