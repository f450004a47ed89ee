"""Runs the `forensics` command for the end-to-end tests."""
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

PROGRAM = os.environ["FORENSICS"]
SOURCE = pathlib.Path(os.environ["FORENSICS_SOURCE"])
HARBOUR = SOURCE / "casefiles/harbour"


class Ran:
    def __init__(self, process):
        self.code = process.returncode
        self.out = process.stdout.decode("utf-8")
        self.err = process.stderr.decode("utf-8", "replace")

    def lines(self):
        """The JSON Lines of standard output."""
        return [json.loads(line) for line in self.out.splitlines()]


def run(*arguments, environment=None, cwd=None):
    env = {**os.environ, **(environment or {})}
    return Ran(subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, env=env,
                              cwd=cwd, stdin=subprocess.DEVNULL, timeout=600))


def trouble_of(verified):
    """What `verify --json` found beyond what a kill leaves for ever: entries that were not signed when
    the next command found them."""
    if verified.code in (0, 1):
        found = [each for each in verified.lines()[0]["findings"] if each["severity"] != "note"]
        if all(each["code"] == "UNSIGNED" for each in found):
            return ""
    return f"verify ends with {verified.code}\n{verified.out}{verified.err}"


class CaseTest(unittest.TestCase):
    """A temporary folder, and the words that every test says."""

    maxDiff = None

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="forensics-e2e-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.case = self.folder / "case"

    def expect(self, code, *arguments, **options):
        ran = run(*arguments, **options)
        self.assertEqual(ran.code, code, f"{arguments}\n--- stdout\n{ran.out}\n--- stderr\n{ran.err}")
        return ran

    def init(self, case=None):
        self.expect(0, "init", case or self.case, "--number", "2026-0001", "--examiner", "A. Examiner")

    def json(self, *arguments, code=0):
        return self.expect(code, *arguments, "--json").lines()
