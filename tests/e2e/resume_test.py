"""An ingest that is given again goes on, and what it leaves depends on the evidence alone.

That it does so after any death is tests/fault's affair."""
import json
import os
import shutil
import subprocess
import sys
import time
import unittest

from command import HARBOUR, PROGRAM, SOURCE, CaseTest, run


def record_trees(case):
    """What the ledger says of every artifact's records, in order."""
    trees = []
    for line in (case / "ledger/entries.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        body = entry.get("body", entry)
        if entry["type"] == "derive" and "records" in body:
            trees.append((body["artifact"], body["records"]["count"], body["records"]["root"],
                          body["stream_hmac"]))
    return trees


class Resume(CaseTest):
    def prepare(self):
        """One initialised case, copied for each run: the same keys give the same salted trees."""
        self.blank = self.folder / "blank"
        self.init(self.blank)
        evidence = self.folder / "evidence"
        evidence.mkdir()
        shutil.copytree(HARBOUR / "phone-a", evidence / "a")
        shutil.copytree(HARBOUR / "phone-b", evidence / "b")
        subprocess.run([sys.executable, SOURCE / "bench/gen/whatsapp_text.py", "--n", "20000",
                        "--seed", "3", "--dialect", "ios", "-o", evidence / "_chat.txt"], check=True)
        return evidence

    def test_an_interrupted_exhibit_stays_open_until_its_source_is_walked_to_the_end(self):
        evidence = self.prepare()
        process = subprocess.Popen([PROGRAM, "ingest", self.blank, evidence],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        entries = self.blank / "ledger/entries.jsonl"
        deadline = time.monotonic() + 20
        while '"type":"exhibit"' not in entries.read_text() and time.monotonic() < deadline:
            time.sleep(0.001)
        process.kill()
        process.wait()
        away = self.folder / "away"
        evidence.rename(away)
        self.assertEqual(run("ingest", self.blank).code, 3)
        away.rename(evidence)
        self.assertIn(run("ingest", self.blank).code, (0, 1))
        names = {a["path"] for a in self.json("artifacts", self.blank)}
        self.assertIn("_chat.txt", names)
        self.assertIn("a/WhatsApp Chat - Selam.zip/_chat.txt", names)

    def test_an_automatic_reference_never_collides(self):
        first, second = self.folder / "one.txt", self.folder / "two.txt"
        for path in (first, second):
            path.write_text("13/05/2024, 09:15 - Anna: " + path.name + "\n")
        self.init()
        self.expect(0, "ingest", self.case, first, "--exhibit", "EX002")
        self.expect(0, "ingest", self.case, second)
        exhibits = [line for line in self.json("artifacts", self.case)]
        self.assertEqual({a["exhibit"] for a in exhibits}, {"EX002", "EX003"})

    def test_other_files_under_a_known_path_are_not_taken_for_the_same(self):
        path = self.folder / "chat.txt"
        self.init()
        path.write_text("13/05/2024, 09:15 - Anna: one\n")
        self.expect(0, "ingest", self.case, path)
        path.write_text("13/05/2024, 09:15 - Anna: quite another\n")
        ran = self.expect(2, "ingest", self.case, path)
        self.assertIn("--exhibit", ran.err)
        self.expect(0, "ingest", self.case, path, "--exhibit", "SECOND")

    def test_ingesting_again_adds_nothing(self):
        evidence = self.prepare()
        self.assertIn(run("ingest", self.blank, evidence).code, (0, 1))
        before = len(self.json("artifacts", self.blank))
        ran = run("ingest", self.blank, evidence)
        self.assertIn(ran.code, (0, 1), ran.err)
        self.assertEqual(len(self.json("artifacts", self.blank)), before)

    def test_a_lost_database_is_rebuilt_from_ledger_and_objects(self):
        evidence = self.prepare()
        self.assertIn(run("ingest", self.blank, evidence).code, (0, 1))
        messages = run("messages", self.blank, "--json").out
        artifacts = run("artifacts", self.blank, "--json").out
        for suffix in ("", "-wal", "-shm"):
            if os.path.exists(f"{self.blank}/case.db{suffix}"):
                os.remove(f"{self.blank}/case.db{suffix}")
        self.assertIn(run("ingest", self.blank).code, (0, 1))
        self.assertEqual(run("messages", self.blank, "--json").out, messages)
        self.assertEqual(run("artifacts", self.blank, "--json").out, artifacts)
        self.expect(0, "verify", self.blank)

    def test_results_do_not_depend_on_jobs_zone_or_locale(self):
        evidence = self.prepare()
        results = set()
        for jobs, zone, locale in ((1, "UTC", "C"), (2, "Asia/Kathmandu", "tr_TR.UTF-8"),
                                   (4, "America/St_Johns", "ar_EG.UTF-8")):
            case = self.folder / f"case{jobs}"
            shutil.copytree(self.blank, case)
            ran = run("ingest", case, evidence, "--jobs", jobs,
                      environment={"TZ": zone, "LC_ALL": locale})
            self.assertIn(ran.code, (0, 1), ran.err)
            results.add((str(record_trees(case)), run("messages", case, "--json").out,
                         run("timeline", case, "--json", environment={"TZ": zone}).out))
        self.assertEqual(len(results), 1)


if __name__ == "__main__":
    unittest.main()
