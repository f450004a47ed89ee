"""`forensics ingest` killed at seeded random moments of a run over the demo case and a long export.

A chain is one case on which the same command is given again and again, killed each time after a
random part of the time that an undisturbed run takes, until it comes to its end. After every kill:

- what the ledger held in whole lines after the kill before is still there, byte for byte: the run
  that was just killed had gone on from it and dropped nothing;
- every object that was there is there, and every new one is what its name says;
- every object that the ledger names is there;
- the record trees so far are the first of those of an undisturbed run;
- `forensics status` opens the case and its sums agree with each other.

At the end of a chain record trees, messages, artifacts and objects are those of the undisturbed
run, and `forensics verify` passes. FORENSICS_KILLS and FORENSICS_KILL_MESSAGES give the numbers.
"""
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

from faults import PROGRAM, SOURCE, Whole, acquired, file_digest, record_trees, run, snapshot

KILLS = int(os.environ.get("FORENSICS_KILLS", "24"))
MESSAGES = int(os.environ.get("FORENSICS_KILL_MESSAGES", "20000"))
SEED = int(os.environ.get("FORENSICS_KILL_SEED", "2026"))
LONGEST_CHAIN = 25


class Chain:
    """One case, and what is known to be in it."""

    def __init__(self, case, whole):
        self.case, self.whole = case, whole
        self.lines = b""
        self.objects = set()
        self.kills = 0

    def check(self):
        """What the run that was just killed did wrong."""
        wrong = []
        ledger = (self.case / "ledger/entries.jsonl").read_bytes()
        if not ledger.startswith(self.lines):
            wrong.append("entries of the ledger were dropped or changed")
        self.lines = ledger[:ledger.rfind(b"\n") + 1]
        found = {path.name: path for path in (self.case / "objects").glob("??/*")}
        if lost := self.objects - set(found):
            wrong.append(f"objects are gone: {lost}")
        for name in set(found) - self.objects:
            if file_digest(found[name]) != name:
                wrong.append(f"object {name} holds other bytes")
        self.objects = set(found)
        if missing := acquired(self.case) - self.objects:
            wrong.append(f"the ledger names objects that are not there: {missing}")
        trees = record_trees(self.case)
        if trees != self.whole.trees[:len(trees)]:
            wrong.append(f"record trees {trees} do not begin those of an undisturbed run")
        status = run("status", self.case, "--json")
        if status.code != 0:
            wrong.append(f"status ends with {status.code}: {status.err}")
        else:
            total, *exhibits = status.lines()
            for name in ("artifacts", "messages", "errors", "unexplained_bytes"):
                if total[name] != sum(each[name] for each in exhibits):
                    wrong.append(f"status: {name} does not add up: {status.out}")
        return wrong


class Kill(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="forensics-kill-")).resolve()
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.evidence = [self.folder / name for name in ("phone-a", "phone-b", "phone-c", "long")]
        for folder in self.evidence[:3]:
            shutil.copytree(SOURCE / "casefiles/harbour" / folder.name, folder)
        self.evidence[3].mkdir()
        subprocess.run([sys.executable, SOURCE / "bench/gen/whatsapp_text.py", "--n", str(MESSAGES),
                        "--seed", "3", "--dialect", "ios", "-o", self.evidence[3] / "_chat.txt"],
                       check=True)
        self.blank = self.folder / "blank"
        made = run("init", self.blank, "--number", "2026-0001", "--examiner", "A. Examiner")
        self.assertEqual(made.code, 0, made.err)

    def test_killed_at_random_moments_nothing_is_lost(self):
        before = [snapshot(folder) for folder in self.evidence]
        undisturbed = self.folder / "undisturbed"
        shutil.copytree(self.blank, undisturbed)
        began = time.monotonic()
        ran = run("ingest", undisturbed, *self.evidence)
        duration = time.monotonic() - began
        self.assertIn(ran.code, (0, 1), ran.err)
        whole = Whole(undisturbed, ran.code)
        self.assertEqual(whole.differences(undisturbed), [])
        self.assertGreater(len(whole.trees), 6)

        dice = random.Random(SEED)
        kills = chains = early = 0
        while kills < KILLS:
            chain = Chain(self.folder / f"chain{chains}", whole)
            shutil.copytree(self.blank, chain.case)
            longest = min(LONGEST_CHAIN, KILLS - kills)
            while chain.kills < longest:
                began = time.monotonic()
                if not self.killed(chain, dice.uniform(0, duration)):
                    # A machine that has less to do now would let most runs come to their end.
                    if chain.kills == 0:
                        duration = min(duration, time.monotonic() - began)
                    break
                chain.kills += 1
                self.assertEqual(chain.check(), [], f"chain {chains}, kill {chain.kills}")
            early += chain.kills < longest
            ran = run("ingest", chain.case, *self.evidence)
            self.assertEqual(ran.code, whole.code, ran.err)
            self.assertEqual(chain.check(), [], f"chain {chains}, its end")
            self.assertEqual(whole.differences(chain.case), [], f"chain {chains}, its end")
            shutil.rmtree(chain.case)
            kills += chain.kills
            chains += 1
            print(f"{kills} kills in {chains} chains, {early} of which came to their end by "
                  f"themselves", flush=True)
        self.assertEqual([snapshot(folder) for folder in self.evidence], before)

    def killed(self, chain, after):
        """False where the run came to its end before."""
        process = subprocess.Popen([PROGRAM, "ingest", chain.case, *self.evidence],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(timeout=after)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        return process.wait() == -signal.SIGKILL


if __name__ == "__main__":
    unittest.main()
