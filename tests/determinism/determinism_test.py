"""The same input and the same version give the same bytes, whatever stands around them.

Each circumstance takes the same evidence into a copy of one initialised case (the salts of records
come from its keys) and asks for every kind of output. With the clock standing still all of it is
the same, ledger and report included. Without, entries differ in FIELDS_OF_THE_MOMENT and nothing
else does.
"""
import dataclasses
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))
from command import HARBOUR, PROGRAM, SOURCE, CaseTest  # noqa: E402

STILL_MOMENT = os.environ["FORENSICS_STILL_MOMENT"]
VARIANTS = SOURCE / "tests/conformance/whatsapp/variants"

# What an entry of the ledger may say differently when the same is done again: when, in which run of
# the command, and therefore the hash of the entry before.
FIELDS_OF_THE_MOMENT = {"time", "session", "prev"}

OUTPUTS = [
    ("status",), ("artifacts",), ("conversations",), ("messages",), ("timeline",), ("people",),
    ("timeline", "--tz", "Asia/Kathmandu"), ("search", "passport"), ("search", "قارب"),
    ("show", "C0001-M000001", "--source"), ("show", "A000001"),
]


@dataclasses.dataclass
class Circumstance:
    """What may surround a run without changing what comes of it."""
    name: str
    jobs: int = 2
    environment: dict = dataclasses.field(default_factory=dict)
    shuffled: bool = False  # the files were created in another order; folders have other times
    umask: int = 0o022
    folder: str = "case"
    from_inside: bool = False  # paths are given relative to another current folder


CIRCUMSTANCES = [
    Circumstance("one job", jobs=1),
    Circumstance("four jobs", jobs=4),
    Circumstance("Kathmandu, Turkish", environment={"TZ": "Asia/Kathmandu", "LC_ALL": "tr_TR.UTF-8"}),
    Circumstance("St John's, Egyptian Arabic, one job", jobs=1,
                 environment={"TZ": "America/St_Johns", "LC_ALL": "ar_EG.UTF-8"}),
    Circumstance("a zone that is none", environment={"TZ": ":/nowhere", "LANG": "xx_YY"}),
    Circumstance("files created in another order", shuffled=True),
    Circumstance("nobody else may read", umask=0o077),
    Circumstance("everybody may write", umask=0o000),
    Circumstance("another case folder", folder="a folder/with ünïcode and a rather longer name"),
    Circumstance("another current folder", from_inside=True),
    Circumstance("a narrow terminal without a home",
                 environment={"COLUMNS": "20", "TERM": "dumb", "HOME": "/nowhere", "NO_COLOR": "1"}),
]


def files_of(folder):
    return {str(p.relative_to(folder)): p.read_bytes()
            for p in sorted(folder.rglob("*")) if p.is_file()}


def entries_of(case):
    return [json.loads(line)
            for line in (case / "ledger/entries.jsonl").read_text(encoding="utf-8").splitlines()]


class Determinism(CaseTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.evidence_files = {f"{phone}/{p.relative_to(HARBOUR / phone)}": p
                              for phone in ("phone-a", "phone-b", "phone-c")
                              for p in sorted((HARBOUR / phone).rglob("*")) if p.is_file()}
        for number, variant in enumerate(sorted(VARIANTS.iterdir())):
            texts = [p for p in variant.glob("*.txt") if p.name not in ("about.txt", "title.txt")]
            if number % 12 == 0 and texts:
                cls.evidence_files[f"more/{variant.name}/{texts[0].name}"] = texts[0]

    def setUp(self):
        super().setUp()
        self.blank = self.folder / "blank"
        self.init(self.blank)
        self.evidence = self.folder / "evidence"

    def lay_out(self, shuffled):
        """The evidence under the same path each time: where it was is part of what is recorded."""
        shutil.rmtree(self.evidence, ignore_errors=True)
        names = sorted(self.evidence_files)
        if shuffled:
            random.Random(7).shuffle(names)
        for name in names:
            path = self.evidence / name
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(self.evidence_files[name], path)
            os.utime(path, (1_700_000_000 + (len(name) if shuffled else 0), 1_710_000_000))
        for folder in self.evidence.rglob("*"):
            if folder.is_dir():
                os.utime(folder, (1_600_000_000, 1_600_000_000 + (86_400 if shuffled else 0)))

    def command(self, circumstance, *arguments, cwd=None, still=True):
        environment = {"PATH": os.environ["PATH"], "TZ": "UTC", "LC_ALL": "C",
                       **({"LD_PRELOAD": STILL_MOMENT} if still else {}),
                       **{k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")},
                       **circumstance.environment}
        ran = subprocess.run([PROGRAM, *map(str, arguments)], env=environment, cwd=cwd,
                             umask=circumstance.umask, capture_output=True,
                             stdin=subprocess.DEVNULL, timeout=600)
        self.assertIn(ran.returncode, (0, 1), f"{circumstance.name}: {arguments}\n"
                      + ran.stderr.decode("utf-8", "replace"))
        return ran

    def results(self, circumstance, still=True):
        """Everything that comes of the evidence: name of the result, bytes."""
        self.lay_out(circumstance.shuffled)
        case = self.folder / circumstance.folder
        case.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(case, ignore_errors=True)
        shutil.copytree(self.blank, case)
        inside = self.folder / "blank/keys"
        source = os.path.relpath(self.evidence, inside) if circumstance.from_inside else self.evidence
        self.command(circumstance, "ingest", case, source, "--exhibit", "PHONES",
                     "--jobs", circumstance.jobs, cwd=inside, still=still)
        self.command(circumstance, "assert", case, "--exhibit", "PHONES", "--zone",
                     "Africa/Tripoli", "--reason", "where it was found", still=still)
        found = {}
        for words in OUTPUTS:
            ran = self.command(circumstance, words[0], case, *words[1:], "--json", still=still)
            found[" ".join(words)] = ran.stdout
        report = self.folder / "report"
        shutil.rmtree(report, ignore_errors=True)
        self.command(circumstance, "report", case, "-o", report, still=still)
        for name, content in files_of(report).items():
            found[f"report/{name}"] = content
        for kind in ("ledger", "objects"):
            for name, content in files_of(case / kind).items():
                found[f"{kind}/{name}"] = content
        self.assertGreater(len(found["messages"].splitlines()), 200)
        return found

    def assert_same(self, circumstance, found, wanted):
        self.assertEqual(sorted(found), sorted(wanted), circumstance)
        for name, content in wanted.items():
            if found[name] != content:
                at = next((i for i, (a, b) in enumerate(zip(found[name], content)) if a != b),
                          min(len(found[name]), len(content)))
                self.fail(f"{circumstance}: {name} differs at byte {at}: "
                          f"{content[max(0, at - 60):at + 60]!r} became "
                          f"{found[name][max(0, at - 60):at + 60]!r}")

    def test_the_same_bytes_in_every_circumstance(self):
        locales = self.make_locales("tr_TR", "ar_EG")
        wanted = self.results(Circumstance("two jobs, UTC, C"))
        for circumstance in CIRCUMSTANCES:
            circumstance.environment.setdefault("LOCPATH", str(locales))
            with self.subTest(circumstance.name):
                self.assert_same(circumstance.name, self.results(circumstance), wanted)

    def make_locales(self, *names):
        """Locales of our own making: a machine need not have them."""
        folder = self.folder / "locales"
        folder.mkdir()
        for name in names:
            made = subprocess.run(["localedef", "--no-archive", "-i", name, "-f", "UTF-8",
                                   folder / f"{name}.UTF-8"], capture_output=True)
            if not (folder / f"{name}.UTF-8").is_dir():
                self.skipTest(f"localedef cannot make {name}: {made.stderr.decode()[:200]}")
        return folder

    def test_no_path_of_this_machine_reaches_a_result(self):
        found = self.results(Circumstance("plain"))
        program_folder = str(pathlib.Path(PROGRAM).resolve().parent)
        for name, content in found.items():
            for path in (str(SOURCE), program_folder, str(self.folder / "case"),
                         str(self.folder / "report")):
                self.assertNotIn(path.encode(), content, name)

    def test_the_programs_do_not_know_where_they_were_built(self):
        folder = pathlib.Path(PROGRAM).resolve().parent
        for program in ("forensics", "forensics-worker"):
            content = (folder / program).read_bytes()
            for path in (SOURCE.resolve(), folder.parent):
                self.assertNotIn(str(path).encode(), content, program)

    def test_only_the_moment_differs_when_the_clock_runs(self):
        plain = Circumstance("the clock runs")
        runs = []
        for _ in range(2):
            found = self.results(plain, still=False)
            runs.append((found, entries_of(self.folder / "case")))
        (first, first_entries), (second, second_entries) = runs
        self.assertEqual(len(first_entries), len(second_entries))
        seen = set()
        for one, other in zip(first_entries, second_entries):
            self.assertEqual(one.keys(), other.keys())
            differing = {key for key in one if one[key] != other[key]}
            if one["type"] == "report":  # its manifest names a report of this very ledger
                self.assertEqual(differing - FIELDS_OF_THE_MOMENT, {"body"})
                self.assertEqual({k for k in one["body"] if one["body"][k] != other["body"][k]},
                                 {"manifest_sha256"})
                differing -= {"body"}
            self.assertLessEqual(differing, FIELDS_OF_THE_MOMENT, one["type"])
            seen |= differing
        self.assertEqual(seen, FIELDS_OF_THE_MOMENT)

        for name in first:
            if not name.startswith(("report/", "ledger/")):
                self.assertEqual(first[name], second[name], name)


if __name__ == "__main__":
    unittest.main()
