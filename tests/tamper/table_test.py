"""Each folder here is an attack on a case, and what both verifiers must say to it.

  about.txt      the attack in a sentence
  tamper.py      tamper(case) does it, and returns the options of whoever verifies: what they hold
                 from outside
  expected.json  codes and exit code of both verifiers; `limit`: the sentence that must be printed
                 where nothing can be found; `database`: what the program says with case.db
"""
import hashlib
import importlib.util
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

import attack
import verifiers

HERE = pathlib.Path(__file__).parent
HARBOUR = verifiers.SOURCE / "casefiles/harbour"


def attacks():
    wanted = os.environ.get("TAMPER", "")
    return sorted(path.parent for path in HERE.glob("*/tamper.py") if wanted in path.parent.name)


def make_case(folder):
    """A case with two exhibits and four checkpoints; returns its folder."""
    case, evidence = folder / "case", folder / "evidence"
    shutil.copytree(HARBOUR / "phone-b/reza", evidence / "first")
    shutil.copytree(HARBOUR / "phone-c", evidence / "second")
    shutil.copy(HARBOUR / "phone-b/harbour-group/ferry-ticket.png",
                evidence / "first/caf\u00e9.png")

    def forensics(*words):
        subprocess.run([verifiers.PROGRAM, *map(str, words)], check=True, capture_output=True)

    forensics("init", case, "--number", "2026-0001", "--examiner", "A. Examiner")
    forensics("ingest", case, evidence / "first", "--exhibit", "FIRST")
    forensics("ingest", case, evidence / "second", "--exhibit", "SECOND")
    forensics("report", case, "-o", folder / "report")
    return case


def loaded(path):
    spec = importlib.util.spec_from_file_location("tamper", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class CaseTest(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="forensics-tamper-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.case = make_case(cls.folder)
        cls.script = cls.case / "verify_case.py"


class TamperTable(CaseTest):
    def attacked(self, path):
        """A fresh copy of the case and the world around it, after the attack."""
        outside = self.folder / path.name
        outside.mkdir()
        self.addCleanup(shutil.rmtree, outside, ignore_errors=True)
        shutil.copytree(self.case, outside / "case")
        shutil.copytree(self.folder / "report", outside / "report")
        case = attack.Case(outside / "case", outside)
        return case, loaded(path / "tamper.py").tamper(case) or []

    def test_clean_case_has_no_finding(self):
        for said in (verifiers.program(self.case), verifiers.script(self.script, self.case)):
            self.assertEqual((said.code, said.findings), (0, []))

    def test_table(self):
        for path in attacks():
            with self.subTest(path.name):
                expected = json.loads((path / "expected.json").read_text())
                case, options = self.attacked(path)
                told = {"program": verifiers.program(case.path, *options),
                        "script": verifiers.script(self.script, case.path, *options)}
                for who, said in told.items():
                    self.assertEqual((said.codes, said.code), (expected["codes"], expected["exit"]),
                                     f"{who}: {said.findings} {said.err}")
                    if "limit" in expected:
                        self.assertIn(expected["limit"], said.limits, who)
                self.assertEqual(told["program"].findings, told["script"].findings)
                if "database" in expected:
                    said = verifiers.whole_program(case.path, *options)
                    self.assertEqual({"codes": said.codes, "exit": said.code}, expected["database"])

    def test_every_attack_has_its_folder(self):
        numbers = {int(path.name[:2]) for path in HERE.iterdir() if path.name[:2].isdigit()}
        self.assertEqual(numbers, set(range(1, 54)))
        for path in HERE.glob("*/expected.json"):
            self.assertTrue((path.parent / "about.txt").read_text().strip(), path)
            elsewhere = json.loads(path.read_text()).get("see")
            told = HERE / elsewhere if elsewhere else path.parent / "tamper.py"
            self.assertTrue(told.is_file(), told)


class Script(CaseTest):
    """What the script that lies in a case must not do, whatever lies beside it."""

    def snapshot(self):
        return {path: (path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else None)
                for path in self.case.rglob("*")}

    def test_nothing_is_written(self):
        before = self.snapshot()
        self.assertEqual(verifiers.script(self.script, self.case).code, 0)
        self.assertEqual(self.snapshot(), before)

    def test_no_module_of_the_case_is_run(self):
        case = shutil.copytree(self.case, self.folder / "planted")
        trap = f"open({str(self.folder / 'sprung')!r}, 'w')\n"
        for name in ("json", "hashlib", "argparse", "types", "subprocess", "base64", "calendar"):
            (case / f"{name}.py").write_text(trap)
        for name in ("ledger_format", "re"):
            (case / name).mkdir()
            (case / name / "__init__.py").write_text(trap)
        self.assertEqual(verifiers.script(case / "verify_case.py", case).code, 0)
        self.assertFalse((self.folder / "sprung").exists())

    def test_a_link_to_it_runs_no_module_of_the_case(self):
        case = shutil.copytree(self.case, self.folder / "linked")
        trap = f"open({str(self.folder / 'sprung')!r}, 'w')\n"
        for name in ("collections", "hashlib", "json", "types", "argparse", "re"):
            (case / f"{name}.py").write_text(trap)
        elsewhere = self.folder / "elsewhere"
        elsewhere.mkdir()
        (elsewhere / "case").symlink_to(case)
        (elsewhere / "verify.py").symlink_to(case / "verify_case.py")
        (elsewhere / "again.py").symlink_to("verify.py")
        for path in ("verify.py", "again.py", "case/verify_case.py"):
            for flags in ((), ("-I",)):
                with self.subTest(path=path, flags=flags):
                    said = verifiers.run([sys.executable, *flags, elsewhere / path, self.case,
                                          "--json"])
                    self.assertEqual((said.code, said.findings), (0, []), said.err)
                    self.assertFalse((self.folder / "sprung").exists())

    def test_altered_part_is_refused(self):
        for part in ("format", "verdict", "files", "proof"):
            with self.subTest(part):
                case = shutil.copytree(self.case, self.folder / f"altered-{part}")
                with (case / f"ledger_{part}.py").open("a") as file:
                    file.write("# only a comment\n")
                self.assertEqual(verifiers.script(case / "verify_case.py", case).code, 3)

    def test_program_knows_its_digest(self):
        ran = subprocess.run([verifiers.PROGRAM, "--version"], capture_output=True, text=True)
        self.assertIn(hashlib.sha256(self.script.read_bytes()).hexdigest(), ran.stdout)

    def test_it_can_be_read(self):
        for path in self.case.glob("*.py"):
            lines = path.read_text().splitlines()
            self.assertLessEqual(len(lines), 200, path)
            self.assertLessEqual(max(map(len, lines)), 100, path)


if __name__ == "__main__":
    unittest.main()
