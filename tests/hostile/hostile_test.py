"""Every trap through the real command: what is said of it, and what must hold after any of them.

outcomes.py states the outcome of each. Run one class, or one trap:

    HOSTILE=nested-bomb.zip python3 -m unittest hostile_test.Archives
"""
import os
import pathlib
import unittest
from random import Random

from sandbox import NOBODY, PROGRAM, SOURCE, Sandbox, path_of

import folders
import hostile
from outcomes import ARCHIVES, FOLDERS, FORBIDDEN, TEXTS

ONLY = os.environ.get("HOSTILE")
WITH_SLOW = "HOSTILE_SLOW" in os.environ


def shown(path):
    """A path as the table writes it: readable, and short where it is long."""
    text = path.decode("utf-8", "backslashreplace")
    return text if len(text) <= 120 else f"{text[:50]}...({len(path)})"


def seen(artifacts):
    """What the case says of every artifact, as the table writes it."""
    found = {}
    for each in artifacts:
        said = each["status"] + (":" + each["error"]["code"] if each["error"] else "")
        found.setdefault(shown(path_of(each)), []).append(said)
    return {path: " ".join(said) for path, said in found.items()}


class TrapTest(unittest.TestCase):
    maxDiff = None

    def check(self, name, outcome, sandbox, ran):
        artifacts = sandbox.artifacts()
        print(f"{name}: exit {ran.code}, {len(artifacts)} artifacts, "
              f"peak {sandbox.peak >> 20} MiB", flush=True)
        self.assertEqual(ran.code, outcome.exit, ran.err)
        found = seen(artifacts)
        if outcome.artifacts is not None:
            self.assertEqual(found, outcome.artifacts)
        if outcome.count is not None:
            self.assertEqual(len(artifacts), outcome.count)
        for path, said in outcome.among.items():
            self.assertEqual(found.get(path), said, path)
        messages = sandbox.run("messages", sandbox.case, "--json").lines()
        self.assertEqual(len(messages), outcome.messages)
        for words in outcome.says:
            self.assertIn(words, ran.err)
        for path in FORBIDDEN:
            self.assertFalse(os.path.lexists(path), path)
        sandbox.check_whole(outcome.memory, outcome.disk)

    def spring(self, table, fill):
        for name, outcome in table.items():
            if name != ONLY and (ONLY is not None or outcome.slow and not WITH_SLOW):
                continue
            with self.subTest(name):
                sandbox = Sandbox(self, NOBODY if outcome.as_nobody and os.geteuid() == 0 else None)
                if not fill(name, sandbox):
                    print(f"{name}: left out: it cannot be made here")
                    continue
                self.check(name, outcome, sandbox, sandbox.ingest(*outcome.options))
                sandbox.remove()


def write_one(name, sandbox):
    data = hostile.CASES[name][1]()
    if data is None:
        return False
    (sandbox.evidence / name).write_bytes(data)
    return True


def others_may_run(program):
    """Whether an ordinary user reaches the command: not where it was built below /root."""
    path = pathlib.Path(program).resolve()
    return all(each.stat().st_mode & 0o001 for each in (path, *path.parents))


def fill_folder(name, sandbox):
    if FOLDERS[name].as_root and os.geteuid() != 0:
        return False
    if sandbox.user is not None and not others_may_run(PROGRAM):
        return False
    folders.fill(name, sandbox)
    return True


class Tables(unittest.TestCase):
    def test_every_trap_has_an_outcome(self):
        self.assertEqual(set(hostile.CASES), set(ARCHIVES) | set(TEXTS))
        self.assertEqual(set(folders.TRAPS), set(FOLDERS) | {"sparse", "many-files"})


class Texts(TrapTest):
    def test_texts(self):
        self.spring(TEXTS, write_one)


class Archives(TrapTest):
    def test_archives(self):
        self.spring(ARCHIVES, write_one)


class Folders(TrapTest):
    def test_folders(self):
        self.spring(FOLDERS, fill_folder)


class Resumed(unittest.TestCase):
    """What is left for a bomb does not depend on how often the run was killed."""

    def outcome(self, sandbox):
        return [(each["path"], each["status"], each["sha256"], each["error"])
                for each in sandbox.artifacts()]

    def test_killed_while_a_bomb_is_unpacked(self):
        whole, killed = Sandbox(self), Sandbox(self)
        for sandbox in (whole, killed):
            write_one("high-ratio-nested.zip", sandbox)
        whole.ingest()
        killed.init()
        for milliseconds in (100, 200, 400, 600, 800, 1000, 1500, 2000):
            killed.kill_after(milliseconds, "ingest", killed.case, killed.evidence)
        ran = killed.run("ingest", killed.case, killed.evidence)
        self.assertEqual(ran.code, 5, ran.err)
        self.assertEqual(self.outcome(killed), self.outcome(whole))
        killed.check_whole(memory=96, disk=80)


class Flips(unittest.TestCase):
    """Good evidence with a few bits turned over, by seed, through the whole of the command; the
    readers by themselves meet thousands in flips_test.cpp."""

    COUNT = 100

    def flipped(self, number):
        random = Random(number)
        texts = sorted(path for path in (SOURCE / "tests/conformance/whatsapp/variants").glob("*/*")
                       if path.name not in ("about.txt", "title.txt", "expected.jsonl"))
        archives = sorted((SOURCE / "tests/fuzz/seeds/fuzz_archive").iterdir())
        original = random.choice(random.choice((texts, archives)))
        data = bytearray(original.read_bytes() or b"\0")
        for _ in range(random.choice((1, 1, 2, 4, 8))):
            data[random.randrange(len(data))] ^= 1 << random.randrange(8)
        return f"{number:03}-{original.name}", bytes(data)

    def test_every_byte_is_accounted_for(self):
        sandbox = Sandbox(self)
        for number in range(self.COUNT):
            folders.write(sandbox.evidence, *self.flipped(number))
        ran = sandbox.ingest()
        self.assertIn("stopped=0", ran.err)
        parsed = 0
        for each in sandbox.artifacts():
            if each["status"] in ("parsed", "partial"):
                parsed += 1
                self.assertEqual(each["covered_bytes"] + each["skipped_bytes"]
                                 + each["unexplained_bytes"], each["size"], each["path"])
        self.assertGreater(parsed, self.COUNT // 4)
        sandbox.check_whole(memory=96, disk=64)
        deep = sandbox.run("verify", sandbox.case, "--deep")
        self.assertEqual(deep.code, 0, deep.err)


if __name__ == "__main__":
    unittest.main()
