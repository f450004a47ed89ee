"""Hostile plugins through the real command. Whatever one does, the case stays whole, the ledger
says what became of it, and what the built-in plugins read in the same run is read.

FORENSICS_ROGUES is the folder of the shared objects that tests/plugin/rogue makes.
"""
import json
import os
import pathlib
import unittest

from sandbox import Sandbox

import folders

ROGUES = pathlib.Path(os.environ["FORENSICS_ROGUES"])
WITH_SLOW = "HOSTILE_SLOW" in os.environ
VICTIM = "victim.two"  # no built-in plugin claims it, so the rogue is asked
EVIDENCE = b"#two-columns\nAda\tgood morning\nBob\thello\n"

# What a rogue's run ends as: exit code, status of the artifact, verdict in the ledger, words of the
# reason, records that were rejected.
FORBIDDEN = (5, "failed", "violation", "forbidden system call", 0)
CRASHED = (5, "failed", "crashed", "SIGABRT", 0)  # with what had not been sent yet
UNASKED = (5, "failed", "unclaimed", "", 0)  # it failed while it was asked whether it could read
RUNS = {
    "reads_a_path": (1, "parsed", "complete", "", 0),  # told "no permission", and went on
    "opens_a_socket": FORBIDDEN,
    "forks": FORBIDDEN,
    "executes": FORBIDDEN,
    "maps_writable_code": FORBIDDEN,
    "crashes_in_parse": CRASHED,
    "crashes_after_length": CRASHED,
    "crashes_after_read": CRASHED,
    "crashes_after_emit": CRASHED,
    "crashes_after_skip": CRASHED,
    "crashes_after_note": CRASHED,
    "crashes_after_cancelled": CRASHED,
    "crashes_after_extension": CRASHED,
    "crashes_in_destructor": (1, "parsed", "complete", "", 0),  # when all was said
    "crashes_in_probe": UNASKED,
    "throws_in_probe": UNASKED,
    "garbage_in_probe": UNASKED,
    "follows_a_null_pointer": (5, "failed", "crashed", "SIGSEGV", 0),
    "leaves_early": (5, "failed", "crashed", "left before the run was over", 0),
    "writes_garbage": (5, "failed", "protocol", "no frame", 0),
    "half_a_frame": (5, "failed", "limit", "took longer than allowed", 0),
    "frame_without_end": (5, "failed", "limit", "longer than allowed", 0),
    "closes_its_channel": (5, "failed", "protocol", "closed its channel", 0),
    "never_answers": (5, "failed", "limit", "took longer than allowed", 0),
    "says_cancelled": (5, "partial", "bug", "without being asked", 0),
    "uses_up_memory": (5, "partial", "limit", "", 0),
    "hands_over_too_much": (5, "partial", "limit", "longer than one may be", 0),
    "claims_4_gb": (5, "partial", "limit", "longer than one may be", 0),
    "lies_about_span": (1, "parsed", "complete", "", 1),
    "reaches_outside": (1, "parsed", "complete", "", 1),
    "zero_length_confession": (1, "parsed", "complete", "", 1),
    "uses_unknown_words": (1, "parsed", "complete", "", 2),
    "refers_to_nothing": (1, "parsed", "complete", "", 2),
    "overlaps_spans": (0, "parsed", "complete", "", 0),  # each byte is counted once
    "floods_stderr": (1, "parsed", "complete", "", 0),
}
SLOW_RUNS = {
    "floods_records": (5, "partial", "limit", "bytes of records, skips and notes", 0),
    "floods_bytes": (5, "partial", "limit", "bytes of records, skips and notes", 0),
    "floods_skips": (5, "failed", "limit", "bytes of records, skips and notes", 0),
    "floods_notes": (5, "failed", "limit", "bytes of records, skips and notes", 0),
}
STALLING = {"half_a_frame", "never_answers"}
# Those that misbehave while they are loaded: nothing is taken in with them.
REFUSED = ("crashes_in_constructor", "crashes_in_entry", "lies_about_manifest",
           "garbage_in_constructor", "connects_while_loading", "creates_in_constructor",
           "forges_hello", "needs_a_stranger")


def entries(case):
    return [json.loads(line) for line in
            (case / "ledger/entries.jsonl").read_text().splitlines()]


class Rogues(unittest.TestCase):
    maxDiff = None

    def prepare(self):
        sandbox = Sandbox(self)
        folders.write(sandbox.evidence, folders.CHAT_NAME)
        folders.write(sandbox.evidence, VICTIM, EVIDENCE)
        return sandbox

    def plugin(self, name):
        return ("--plugin", ROGUES / f"{name}.so")

    def check_run(self, name, outcome):
        code, status, verdict, reason, rejected = outcome
        sandbox = self.prepare()
        patience = ("--timeout", "5") if name in STALLING else ()
        ran = sandbox.ingest(*self.plugin(name), *patience)
        found = {each["path"]: each for each in sandbox.artifacts()}
        print(f"{name}: exit {ran.code}, {found[VICTIM]['status']}", flush=True)
        self.assertEqual(found[VICTIM]["status"], status)
        derived = next(entry["body"] for entry in entries(sandbox.case)
                       if entry["type"] == "derive"
                       and entry["body"]["artifact"] == found[VICTIM]["id"])
        self.assertEqual(derived["verdict"]["status"], verdict)
        self.assertIn(reason, derived["verdict"].get("detail", ""))
        self.assertEqual(derived.get("rejected", 0), rejected)
        if verdict == "unclaimed":
            self.assertIn(f"org.example.{name.replace('_', '-')}", derived["trouble"][0])
            self.assertIn("org.example", found[VICTIM]["error"]["message"])
        else:
            self.assertEqual(len(derived["plugin"]["sha256"]), 64)
            self.assertLessEqual(derived["covered"] + derived["skipped"]
                                 + derived["unexplained"], len(EVIDENCE))
        self.assertEqual(ran.code, code, ran.err)

        # The others are done, and the case is whole.
        self.assertEqual(found[folders.CHAT_NAME]["status"], "parsed")
        texts = sandbox.run("messages", sandbox.case, "--json").lines()
        self.assertEqual(sum(m["source"]["path"] == folders.CHAT_NAME for m in texts), 5)
        sandbox.check_whole(memory=600, disk=400)
        sandbox.remove()

    def test_runs(self):
        for name, outcome in {**RUNS, **(SLOW_RUNS if WITH_SLOW else {})}.items():
            with self.subTest(name):
                self.check_run(name, outcome)

    def test_refused(self):
        for name in REFUSED:
            with self.subTest(name):
                sandbox = self.prepare()
                ran = sandbox.ingest(*self.plugin(name))
                self.assertEqual(ran.code, 5, ran.err)
                self.assertIn(f"{name}.so", ran.err)
                self.assertEqual(sandbox.artifacts(), [])
                self.assertFalse(os.path.lexists("/tmp/forensics-rogue-created"))
                # Without it the same case takes the same evidence in.
                ran = sandbox.run("ingest", sandbox.case, sandbox.evidence)
                self.assertEqual(ran.code, 1, ran.err)
                sandbox.check_whole(memory=96, disk=8)
                sandbox.remove()

    def test_a_good_plugin_reads_the_same_bytes_as_another_exhibit(self):
        sandbox = self.prepare()
        sandbox.ingest(*self.plugin("crashes_in_parse"), "--exhibit", "ONE")
        # What was derived stands: the same exhibit is not read again.
        ran = sandbox.run("ingest", sandbox.case, sandbox.evidence, "--exhibit", "ONE",
                          *self.plugin("two_columns"))
        self.assertIn("in the case already", ran.err)
        self.assertEqual(ran.code, 5, ran.err)
        ran = sandbox.run("ingest", sandbox.case, sandbox.evidence, "--exhibit", "TWO",
                          *self.plugin("two_columns"))
        self.assertEqual(ran.code, 0, ran.err)
        found = [(each["exhibit"], each["status"]) for each in sandbox.artifacts()
                 if each["path"] == VICTIM]
        self.assertEqual(found, [("ONE", "failed"), ("TWO", "parsed")])
        sandbox.check_whole(memory=96, disk=8)


if __name__ == "__main__":
    unittest.main()
