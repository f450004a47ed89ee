"""Where the output goes away or fills up: pipes that close, no standard output, a full disk."""
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time
import unittest

from faults import PROGRAM, SOURCE, SPACE, run, run_faulty, snapshot

READERS = (("messages",), ("messages", "--json"), ("timeline", "--json"), ("artifacts", "--json"),
           ("conversations", "--json"), ("search", "ferry", "--json"), ("people", "--json"),
           ("status", "--json"), ("verify", "--json"), ("fsck", "--json"))


class Outputs(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="forensics-outputs-")).resolve()
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.evidence = cls.folder / "evidence"
        shutil.copytree(SOURCE / "casefiles/harbour/phone-b", cls.evidence)
        # More than a pipe holds, so that a writer meets the closed end.
        (cls.evidence / "WhatsApp Chat with Ada.txt").write_text("".join(
            f"{1 + n % 28:02}/05/2024, 09:{n % 60:02} - Ada: ferry number {n}\n"
            for n in range(3000)))
        cls.case = cls.folder / "case"
        run("init", cls.case, "--number", "2026-0001", "--examiner", "A. Examiner")
        assert run("ingest", cls.case, cls.evidence).code in (0, 1)
        cls.before = snapshot(cls.case)

    def arguments(self, reader):
        return [PROGRAM, reader[0], str(self.case), *reader[1:]]

    def test_a_reader_that_has_seen_enough_ends_the_list_quietly(self):
        for reader in (("messages",), ("messages", "--json"), ("timeline", "--json"),
                       ("search", "ferry", "--json")):
            with self.subTest(reader=reader):
                process = subprocess.Popen(self.arguments(reader), stdout=subprocess.PIPE,
                                           stderr=subprocess.PIPE)
                self.assertTrue(process.stdout.readline())
                process.stdout.close()
                err = process.stderr.read().decode()
                process.stderr.close()
                self.assertEqual(process.wait(), 0, err)
                self.assertNotIn("roken pipe", err)

    def test_a_full_disk_behind_standard_output_is_an_error(self):
        for reader in READERS:
            with self.subTest(reader=reader), open("/dev/full", "wb") as full:
                ran = subprocess.run(self.arguments(reader), stdout=full, stderr=subprocess.PIPE)
                self.assertEqual(ran.returncode, 6, ran.stderr.decode())
                self.assertIn(b"standard output: No space left on device", ran.stderr)

    def test_closed_standard_streams_harm_nothing(self):
        """Without care the next file to be opened would be standard output."""
        for reader in READERS:
            with self.subTest(reader=reader):
                ran = subprocess.run(["sh", "-c", 'exec "$@" >&-', "sh", *self.arguments(reader)],
                                     stderr=subprocess.PIPE)
                self.assertEqual(ran.returncode, 6, ran.stderr.decode())
                self.assertIn(b"standard output", ran.stderr)
        case = self.folder / "closed"
        run("init", case, "--number", "2026-0001", "--examiner", "A. Examiner")
        for streams, code in ((">&-", 6), ("<&- >&- 2>&-", 6), ("-q <&- >&- 2>&-", 0)):
            shutil.copytree(case, self.folder / "copy")
            ran = subprocess.run(f'"{PROGRAM}" ingest "{self.folder}/copy" '
                                 f'"{self.evidence}/WhatsApp Chat with Ada.txt" {streams}',
                                 shell=True, stderr=subprocess.PIPE)
            self.assertEqual(ran.returncode, code, (streams, ran.stderr))
            if "2>&-" not in streams:
                self.assertIn(b"standard output: Bad file descriptor", ran.stderr)
            verified = run("verify", self.folder / "copy")
            self.assertEqual(verified.code, 0, verified.out)
            self.assertIn("3,000", run("status", self.folder / "copy").out)
            shutil.rmtree(self.folder / "copy")

    def test_reading_changed_nothing_in_the_case(self):
        for reader in READERS:
            run(reader[0], self.case, *reader[1:])
        self.assertEqual(snapshot(self.case), self.before)

    def test_a_disk_that_fills_up_leaves_no_part_of_a_report(self):
        case = self.folder / "reported"
        shutil.copytree(self.case, case)
        out = self.folder / "out"
        out.mkdir()
        ran, changes = run_faulty(out, "report", case, "-o", out / "report",
                                  scratch=self.folder / "scratch")
        self.assertEqual(ran.code, 0, ran.err)
        good = snapshot(out / "report")
        spaces = [number for number, call, _ in changes if number and call in SPACE]
        self.assertGreater(len(spaces), 30)
        for number in (*spaces[:4], *spaces[4::len(spaces) // 12], spaces[-1]):
            for target, before in (("fresh", None), ("report", good)):
                with self.subTest(number=number, target=target):
                    ran, _ = run_faulty(out, "report", case, "-o", out / target, at=number,
                                        kind="full", scratch=self.folder / "scratch")
                    self.assertEqual(ran.code, 6, ran.err)
                    self.assertIn("No space left on device", ran.err)
                    self.assertEqual(os.listdir(out), ["report"])
                    if before:
                        self.assertEqual(snapshot(out / target), before)

    def test_a_report_that_is_killed_has_not_its_name(self):
        case = self.folder / "killed"
        shutil.copytree(self.case, case)
        process = subprocess.Popen([PROGRAM, "report", case, "-o", self.folder / "never"],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while not list(self.folder.glob("never.tmp-*")) and time.monotonic() < deadline:
            time.sleep(0.001)
        process.send_signal(signal.SIGKILL)
        if process.wait() == -signal.SIGKILL:
            self.assertFalse((self.folder / "never").exists())


if __name__ == "__main__":
    unittest.main()
