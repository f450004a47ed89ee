"""How far workers are confined: the level is what the denials show, less than L2 is refused unless it
is asked for, and then it stands in the ledger, in the status and on the cover of the report."""
import json
import unittest

from sandbox import Sandbox

import folders
import hostile

ATTEMPTS = 8  # of plugin::kAttempts
WITHOUT_SECCOMP = ("--simulate-no-seccomp",)
L3, L2, L1 = "L3", "L2", "L1"

# What Landlock alone lets a process do, by ABI: the system-call list is the layer that bears.
LANDLOCK_ALONE = {
    6: {"make a socket", "start a process", "map writable and executable memory"},
}
LANDLOCK_ALONE[4] = LANDLOCK_ALONE[6] | {"signal another process"}
LANDLOCK_ALONE[2] = LANDLOCK_ALONE[4] | {"connect to the network"}
LANDLOCK_ALONE[0] = LANDLOCK_ALONE[2] | {"open a file", "create a file", "execute a program"}


def landlock(abi):
    return ("--simulate-landlock", str(abi))


class Isolation(unittest.TestCase):
    def setUp(self):
        self.sandbox = Sandbox(self)
        folders.write(self.sandbox.evidence, folders.CHAT_NAME)
        (self.sandbox.evidence / "crc-mismatch.zip").write_bytes(
            hostile.CASES["crc-mismatch.zip"][1]())

    def doctor(self, *options):
        ran = self.sandbox.run("doctor", "--json", *options)
        told = ran.lines()[0]
        self.assertEqual(len(told["denials"]), ATTEMPTS)
        return ran, told

    def ingest(self, *options):
        return self.sandbox.run("ingest", self.sandbox.case, self.sandbox.evidence, *options)

    def derived(self):
        lines = (self.sandbox.case / "ledger/entries.jsonl").read_text().splitlines()
        return [entry["body"] for entry in map(json.loads, lines) if entry["type"] == "derive"]

    def levels(self):
        return {body["isolation"]["level"] for body in self.derived() if "isolation" in body}

    def allowed(self, told):
        return {each["attempt"] for each in told["denials"] if not each["denied"]}

    def test_this_machine_denies_what_its_level_says(self):
        ran, told = self.doctor()
        self.assertIn(told["isolation"], (L2, L3))
        self.assertEqual(self.allowed(told), set(), "not refused")
        self.assertEqual(ran.code, 0, ran.err)

    def test_older_landlock_is_level_two_and_denies_as_much(self):
        _, real = self.doctor()
        for abi in range(7):
            with self.subTest(abi):
                _, told = self.doctor(*landlock(abi))
                self.assertEqual(told["landlock_abi"], min(abi, real["landlock_abi"]))
                self.assertEqual(told["isolation"], L3 if told["landlock_abi"] >= 6 else L2)
                self.assertTrue(told["seccomp"])
                self.assertEqual(self.allowed(told), set())
                ran, _ = self.doctor(*landlock(abi), "--isolation", L3)
                self.assertEqual(ran.code, 0 if told["isolation"] == L3 else 1, ran.err)

    def test_without_seccomp_is_level_one_and_is_seen_to_deny_less(self):
        for abi, allowed in LANDLOCK_ALONE.items():
            with self.subTest(abi):
                ran, told = self.doctor(*WITHOUT_SECCOMP, *landlock(abi))
                self.assertEqual((told["isolation"], told["seccomp"]), (L1, False))
                if told["landlock_abi"] == abi:
                    self.assertEqual(self.allowed(told), allowed)
                self.assertEqual(ran.code, 1)
                self.assertIn("--isolation L1", ran.err)

    def test_level_one_is_refused_and_says_what_to_do(self):
        self.sandbox.init()
        for options in (WITHOUT_SECCOMP, (*WITHOUT_SECCOMP, *landlock(0))):
            ran = self.ingest(*options)
            self.assertEqual(ran.code, 5, ran.err)
            self.assertIn("--isolation L1", ran.err)
        self.assertEqual(self.ingest(*landlock(2), "--isolation", L3).code, 5)
        self.assertEqual(self.sandbox.artifacts(), [])
        self.assertEqual(self.derived(), [])

    def test_level_one_that_was_allowed_is_said_everywhere(self):
        self.sandbox.init()
        ran = self.ingest(*WITHOUT_SECCOMP, "--isolation", L1)
        self.assertEqual(ran.code, 1, ran.err)
        self.assertEqual(self.levels(), {L1})
        kinds = {body["status"] for body in self.derived() if "isolation" in body}
        self.assertEqual(kinds, {"parsed", "container"}, "unpacking is reading, too")

        status = self.sandbox.run("status", self.sandbox.case, "--json").lines()[0]
        self.assertEqual(status["isolation"], {L1: 2})
        self.assertIn("Isolation below L2", self.sandbox.run("status", self.sandbox.case).out)
        self.assertIn("Isolation below L2", self.cover())
        self.assertEqual(self.sandbox.run("verify", self.sandbox.case).code, 0)

    def test_the_weakest_level_is_the_one_that_is_shown(self):
        self.sandbox.init()
        self.ingest(*WITHOUT_SECCOMP, "--isolation", L1, "--exhibit", "ONE")
        self.ingest("--exhibit", "TWO")
        self.assertEqual(len(self.levels()), 2)
        self.assertIn("Isolation below L2", self.cover())

    def test_full_confinement_is_no_warning(self):
        self.sandbox.init()
        self.ingest()
        if self.levels() != {L3}:
            self.skipTest("this machine has no full Landlock")
        self.assertNotIn("Isolation below", self.cover())
        self.assertNotIn("Isolation below", self.sandbox.run("status", self.sandbox.case).out)

    def test_level_two_is_taken_and_said(self):
        self.sandbox.init()
        self.assertEqual(self.ingest(*landlock(2)).code, 1)
        self.assertEqual(self.levels(), {L2})
        self.assertEqual({body["isolation"]["landlock_abi"] for body in self.derived()
                          if "isolation" in body}, {2})
        self.assertIn("Isolation below L3", self.cover())

    def cover(self):
        report = self.sandbox.root / "report"
        ran = self.sandbox.run("report", self.sandbox.case, "-o", report)
        self.assertIn(ran.code, (0, 1), ran.err)
        return (report / "index.html").read_text()


if __name__ == "__main__":
    unittest.main()
