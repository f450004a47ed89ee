"""Proof files as `forensics prove` writes them, whole and changed: both verifiers say the same.

MUTATIONS, MUTATION_SEED: as for mutation_test.py.
"""
import base64
import functools
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import unittest

import attack
import table_test
import verifiers

COUNT = int(os.environ.get("MUTATIONS", "150"))
FIRST_SEED = int(os.environ.get("MUTATION_SEED", "1"))


class Proofs(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="forensics-proof-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        path = table_test.make_case(cls.folder)
        cls.case = attack.Case(path, cls.folder)
        verify = verifiers.loaded_script(path / "verify_case.py")
        form = sys.modules["ledger_format"]
        form.openssl = functools.lru_cache(1000)(form.openssl)
        cls.script = staticmethod(functools.partial(verify, "proof"))
        cls.proofs = {name: cls.prove(name, *words) for name, words in {
            "entry": ("3",), "other": ("4",), "last": ("19",), "file": ("A000001",),
            "message": ("C0001-M000002",), "next": ("C0001-M000003",),
            "growth": ("--consistency", "11", "20"), "from-one": ("--consistency", "1", "17"),
            "none": ("--consistency", "11", "11")}.items()}

    @classmethod
    def prove(cls, name, *words):
        file = cls.folder / f"{name}.proof"
        subprocess.run([verifiers.PROGRAM, "prove", cls.case.path, *words, "-o", file], check=True,
                       capture_output=True)
        return file.read_bytes()

    def said(self, content, *options):
        """What both say, which must be the same."""
        file = self.folder / "changed.proof"
        file.write_bytes(content)
        program, script = verifiers.program_on_proof(file, *options), self.script(file, *options)
        self.assertEqual((program.code, program.findings), (script.code, script.findings),
                         f"{content}\n{program.err}{script.err}")
        return program

    def test_whole_proofs_hold(self):
        key, size, root = self.case.key.fingerprint, 20, self.case.root(20).hex()
        for name, content in self.proofs.items():
            with self.subTest(name):
                self.assertEqual(self.said(content, "--key", key).codes, [])
                self.assertEqual(self.said(content, "--key", "0" * 64).codes, ["KEY"])
                said = self.said(content)
                self.assertEqual((said.codes, said.code), (["KEY-UNCONFIRMED"], 1))
        said = self.said(self.proofs["message"], "--anchor", f"{size}:{root}")
        self.assertEqual((said.codes, said.code), ([], 0))
        said = self.said(self.proofs["message"], "--anchor", f"{size}:{'0' * 64}")
        self.assertEqual(said.codes, ["ANCHOR"])

    def forged(self, key, entry, record=None):
        """A proof of an entry of one's own making, as the only one of a ledger."""
        line, origin = attack.canonical(entry), self.case.origin
        root = base64.b64encode(attack.leaf(line)).decode()
        text = f"{origin}\n1\n{root}\n".encode()
        return b"\n".join([
            b"forensics-proof/1", b"key " + base64.b64encode(key.public),
            *([b"record 0 " + record] if record else []), b"entry " + line,
            b"c2sp.org/tlog-proof@v1", b"index 0", b"",
            text + b"\n" + key.signature_line(origin, text)])

    def test_proof_signed_by_anybody(self):
        own = attack.Key.made(self.folder / "own.pem")
        genesis, entry = self.case.entries()[0], self.case.entries()[3]
        record = attack.canonical({"kind": "message", "salt": "00", "text": "I did it"})
        entry.update(seq=0, prev="0" * 64)
        entry["body"]["records"] = {"count": 1, "root": attack.leaf(record).hex()}
        said = self.said(self.forged(own, entry, record))
        self.assertEqual((said.codes, said.code), (["ENTRY"], 4))
        self.assertEqual(self.said(self.forged(own, genesis)).codes, ["KEY"])
        genesis["body"]["log_key"]["public"] = base64.b64encode(own.public).decode()
        said = self.said(self.forged(own, genesis))
        self.assertEqual((said.codes, said.code), (["KEY-UNCONFIRMED"], 1))
        said = self.said(self.forged(own, genesis), "--key", self.case.key.fingerprint)
        self.assertEqual((said.codes, said.code), (["KEY"], 4))
        weak = attack.KeyOfSmallOrder()
        said = self.said(self.forged(weak, genesis), "--key", weak.fingerprint)
        self.assertEqual((said.codes, said.code), (["PROOF"], 4))

    def changed(self, name, change):
        lines = self.proofs[name].split(b"\n")
        change(lines)
        return self.said(b"\n".join(lines)).codes

    def at(self, lines, word):
        return next(number for number, line in enumerate(lines) if line.startswith(word))

    def test_proof_of_something_else_does_not_hold(self):
        def line_of(other, word):
            lines = self.proofs[other].split(b"\n")
            return lines[self.at(lines, word)]

        def put(word, line):
            return lambda lines: lines.__setitem__(self.at(lines, word), line)

        self.assertEqual(self.changed("entry", put(b"index", b"index 4")), ["PROOF", "SEQ"])
        self.assertEqual(self.changed("entry", put(b"entry", line_of("other", b"entry"))),
                         ["PROOF", "SEQ"])
        self.assertEqual(self.changed("message", put(b"record", line_of("next", b"record"))),
                         ["PROOF"])
        edited = line_of("message", b"record")[:-1] + b',"text":"never said"}'
        self.assertEqual(self.changed("message", put(b"record", edited)), ["PROOF"])
        self.assertEqual(self.changed("growth", put(b"old", line_of("none", b"old"))),
                         ["KEY-UNCONFIRMED"])
        old = base64.b64encode(bytes(32))
        self.assertEqual(self.changed("growth", put(b"old", b"old 11 " + old)), ["PROOF"])
        smaller = line_of("from-one", b"old")
        self.assertEqual(self.changed("growth", put(b"old", smaller)), ["PROOF"])

    def test_too_many_and_too_few_hashes(self):
        one_more = b"path " + base64.b64encode(bytes(32))

        def drop(lines):
            del lines[self.at(lines, b"path")]

        def add(lines):
            lines.insert(self.at(lines, b"path"), one_more)

        for name in ("message", "growth"):
            for change in (drop, add):
                self.assertEqual(self.changed(name, change), ["PROOF"])

        def flood(lines):
            lines[self.at(lines, b"path"):1] = [one_more] * 65

        self.assertEqual(self.changed("growth", flood), ["PROOF"])

    def test_inner_node_is_no_record(self):
        """A leaf that is two leaves: 0x01 || left || right cannot be said to be a line."""
        lines = self.proofs["message"].split(b"\n")
        entry = json.loads(lines[self.at(lines, b"entry")][6:])
        self.assertIn("salt", json.loads(lines[self.at(lines, b"record")].split(b" ", 2)[2]))
        self.assertGreater(entry["body"]["records"]["count"], 2)
        inner = b"record 0 " + attack.redacted(b"x")
        self.assertEqual(self.changed("message", lambda lines: lines.__setitem__(
            self.at(lines, b"record"), inner)), ["PROOF"])

    def test_on_every_mutation(self):
        seen = {}
        for seed in range(FIRST_SEED, FIRST_SEED + COUNT):
            chance = random.Random(seed)
            content = self.proofs[chance.choice(sorted(self.proofs))]
            at = chance.randrange(len(content))
            end = at + chance.choice((0, 1, 1, 2, 50))
            piece = chance.choice((b"", b"\n", b" ", b"0", b"\x00", b"\xff", content[at:end] * 2,
                                   bytes([content[at] ^ 1 << chance.randrange(8)])))
            with self.subTest(seed=seed):
                codes = self.said(content[:at] + piece + content[end:]).codes
                for code in codes or ["nothing"]:
                    seen[code] = seen.get(code, 0) + 1
        print(f"{COUNT} mutations; what was found, in how many of them: {seen}", file=sys.stderr)


if __name__ == "__main__":
    unittest.main()
