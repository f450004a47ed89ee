"""Changes a copy that was handed over at random; the two verifiers must say the same of each.

The copy has no case.db: what the program alone can say of a database is not compared. Compared are
the exit code and every finding's code, severity and place.

MUTATIONS: how many; MUTATION_SEED: the first seed. A seed stands for one mutation.
"""
import functools
import json
import os
import pathlib
import random
import shutil
import sys
import tempfile
import unittest

import attack
import table_test
import verifiers

COUNT = int(os.environ.get("MUTATIONS", "300"))
FIRST_SEED = int(os.environ.get("MUTATION_SEED", "1"))
VALUES = (None, True, False, -1, 0, 1, 3, 7, 2**53 - 1, "", "x", "0" * 64, "a" * 64, "A" * 64, [],
          {}, {"count": 0, "root": "0" * 64}, {"sha256": "0" * 64, "size": 0}, ["x"], "ed25519",
          "2026-02-30T00:00:00.000Z", "2024-02-29T23:59:59.999Z", "0000-01-01T00:00:00.000Z",
          "9999-12-31T23:59:60.000Z", "tokens/000000000001-1.tsr", "tail_unsigned", "tail_moved",
          "1-" + "0" * 64 + ".tail")
KEYS = ("object", "parent", "records", "clock", "v", "seq", "type", "body", "log_key", "new_key",
        "size", "policy", "sha256", "count", "file", "kind", "case_uuid", "first_seq", "more")
TYPES = ("genesis", "acquire", "derive", "recovery", "key_rotate", "anchor_in", "assert")


class Mutation:
    """One change of the files of a case; `random` decides which."""

    def __init__(self, case, key, stamped, chance):
        self.case, self.key, self.stamped, self.random = case, key, stamped, chance

    def files(self):
        return sorted(path for folder in ("ledger", "objects", "records", "keys")
                      for path in (self.case.path / folder).rglob("*") if path.is_file())

    def lines(self):
        """Those of the ledger; none where another mutation has made something else of it."""
        return self.case.lines() if self.case.ledger.is_file() else []

    def apply(self):
        kinds = [self.change_bytes] * 6 + [self.change_lines] * 3 + [self.change_file] * 4
        kinds += [self.change_value] * 7
        for _ in range(self.random.choice((1, 1, 1, 2))):
            self.random.choice(kinds)()

    def change_bytes(self):
        path = self.random.choice(self.files())
        content, chance = path.read_bytes(), self.random
        at = chance.randrange(len(content) + 1)
        end = min(len(content), at + chance.choice((0, 1, 1, 1, 2, 30, 1000)))
        piece = chance.choice((
            b"", bytes([chance.randrange(256)]), b"\n", b"\n\n", b"\r", b" ", b"0", b"\xff",
            b"\x00", content[at:end] * 2, content[at:end][::-1], bytes(c ^ 1 << chance.randrange(8)
                                                              for c in content[at:end])))
        if chance.random() < 0.1:
            piece, end = b"", len(content)
        self.case.overwrite(path, content[:at] + piece + content[end:])

    def change_lines(self):
        lines = self.lines()
        if not lines:
            return
        one, other = (self.random.randrange(len(lines)) for _ in "ab")
        how = self.random.choice(("swap", "double", "delete", "move", "cut"))
        if how == "swap":
            lines[one], lines[other] = lines[other], lines[one]
        elif how == "double":
            lines.insert(other, lines[one])
        elif how == "move":
            lines.insert(other, lines.pop(one))
        else:
            del lines[one:one + 1 if how == "delete" else None]
        self.case.write(lines)
        self.sign()

    def change_file(self):
        path, chance = self.random.choice(self.files()), self.random
        name = chance.choice((path.name.upper(), path.name + "~", "." + path.name, "0" * 64, "x",
                              "000000000001.note", "000000000002.note", "1.note",
                              "9999999999999999.note", "000000000000.note", "f" * 64, "a b",
                              f"{self.stamped:012}-2.tsr", "000000000001-1.tsr",
                              f"{self.stamped:012}-01.note", "1-" + "0" * 64 + ".tail",
                              chance.choice(self.files()).name))
        if name == path.name:
            name += "+"
        how = chance.choice(("delete", "rename", "copy", "link", "folder", "pipe", "empty", "into",
                             "folder of links"))
        if how == "rename":
            path.rename(path.parent / name)
        elif how == "copy":
            shutil.copy(path, path.parent / name)
        elif how == "folder of links":
            elsewhere = self.case.outside / f"elsewhere-{chance.randrange(10**9)}"
            path.parent.rename(elsewhere)
            path.parent.symlink_to(elsewhere)
        elif how == "into":
            folder = path.parent / chance.choice(("x", path.name[:2], path.name[:3], "ab"))
            if not folder.exists():
                folder.mkdir()
            if folder.is_dir():
                shutil.copy(path, folder / name)
        else:
            path.unlink()
            if how == "link":
                path.symlink_to(chance.choice(self.files() or [path]))
            elif how == "folder":
                path.mkdir()
            elif how == "pipe":
                os.mkfifo(path)
            elif how == "empty":
                path.write_bytes(b"")

    def change_value(self):
        """Of an entry, which is then written in canonical form, often linked and signed again."""
        lines, chance = self.lines(), self.random
        number = chance.randrange(len(lines) or 1)
        try:
            entry = json.loads(lines[number])
        except (ValueError, IndexError, RecursionError):
            return
        inner = entry
        while isinstance(inner, dict) and inner and chance.random() < 0.6:
            below = [value for value in inner.values() if isinstance(value, dict) and value]
            if not below:
                break
            inner = chance.choice(below)
        if not isinstance(inner, dict):
            return
        key = chance.choice([*inner, chance.choice(KEYS)])
        if chance.random() < 0.2:
            inner.pop(key, None)
        elif key == "type" and chance.random() < 0.7:
            inner[key] = chance.choice(TYPES)
        else:
            inner[key] = chance.choice((*VALUES, f"tokens/{self.stamped:012}-1.tsr"))
        lines[number] = attack.canonical(entry)
        self.case.write(lines)
        self.sign()

    def sign(self):
        how = self.random.random()
        if not all(path.is_file() for path in self.case.checkpoints.iterdir()):
            return
        try:
            if how < 0.7:
                self.case.chain()
            if how < 0.5:
                for size in self.case.sizes():
                    if size <= len(self.case.lines()):
                        self.case.sign(size, self.key)
        except (ValueError, LookupError, TypeError, AttributeError, OSError, RecursionError):
            pass  # what a mutation before this one has left is no ledger


class VerifiersAgree(unittest.TestCase):
    maxDiff = None

    def test_on_every_mutation(self):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="forensics-mutation-"))
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        made = attack.Case(table_test.make_case(folder), folder)
        script = shutil.copytree(made.path, folder / "script") / "verify_case.py"
        key = attack.Key(shutil.copy(made.path / "keys/log.key", folder / "log.key"))
        authority = attack.TimeAuthority(folder / "authority")
        # What a crash leaves: an entry that nobody signed, and half of another one.
        made.append("verify", {})
        made.overwrite(made.ledger, made.ledger.read_bytes() + b'{"actor":"A. Exa')
        made.honest("ingest")
        made.add_records(["one", "two", "three"])
        stamped = made.sizes()[-1]
        made.stamp(authority)
        witness = made.cosign(attack.Key.made(folder / "witness.pem"))
        outside = ((), ("--anchor", made.anchor()),
                   ("--tsa-ca", authority.certificate, "--witness-key", witness))
        made.hand_over()
        verify = verifiers.loaded_script(script)
        form = sys.modules["ledger_format"]
        form.openssl = functools.lru_cache(1000)(form.openssl)  # the same question is asked once
        seen = {}
        for seed in range(FIRST_SEED, FIRST_SEED + COUNT):
            copy = shutil.copytree(made.path, folder / "copy")
            Mutation(attack.Case(copy, folder), key, stamped, random.Random(seed)).apply()
            options = outside[seed % len(outside)]
            program, script = verifiers.program(copy, *options), verify(copy, *options)
            self.assertEqual((program.code, program.findings), (script.code, script.findings),
                             f"MUTATION_SEED={seed} MUTATIONS=1\n{program.err}\n{script.err}")
            self.assertIn(program.code, (0, 1, 3, 4), program.err)
            for code in program.codes or [f"exit {program.code}"]:
                seen[code] = seen.get(code, 0) + 1
            shutil.rmtree(copy)
        print(f"{COUNT} mutations; what was found, in how many of them: {seen}", file=sys.stderr)


if __name__ == "__main__":
    unittest.main()
