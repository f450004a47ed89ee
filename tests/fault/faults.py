"""Runs `forensics` on a disk that fails, and asks whether the case came through whole."""
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys

SOURCE = pathlib.Path(os.environ["FORENSICS_SOURCE"])
sys.path.insert(0, str(SOURCE / "tests/e2e"))
from command import PROGRAM, Ran, run, trouble_of  # noqa: E402

FAULTY_DISK = os.environ["FAULTY_DISK"]
SPACE = {"create", "write", "mkdir"}
SYNC = {"sync", "syncfs"}
# Which changes each kind of fault says something about (faulty_disk.cpp tells what happens).
KINDS = {"kill": None, "after": None, "power": None, "full": SPACE, "eio": SYNC,
         "short": {"write"}, "torn": {"write"}}
DEADLY = {"kill", "after", "power", "torn"}


def run_faulty(case, *arguments, at=0, kind="kill", scratch):
    """The command with a fault at change `at` below `case`; what it changed, and how it ended."""
    log, shadow = scratch / "log", scratch / "shadow"
    log.unlink(missing_ok=True)
    shutil.rmtree(shadow, ignore_errors=True)
    shadow.mkdir(parents=True)
    environment = {**os.environ, "LD_PRELOAD": FAULTY_DISK, "FAULT_ROOT": str(case.resolve()),
                   "FAULT_AT": str(at), "FAULT_KIND": kind, "FAULT_LOG": str(log),
                   # A sanitizer's library wants to be the first to be loaded; it need not be.
                   "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0"}
    if kind in ("power", "eio"):
        environment["FAULT_SHADOW"] = str(shadow)
    ran = Ran(subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, timeout=600,
                             env=environment, stdin=subprocess.DEVNULL))
    changes = []
    if log.exists():
        for line in log.read_text(encoding="utf-8", errors="surrogateescape").splitlines():
            number, call, path = line.split("\t", 2)
            changes.append((int(number), call, path))
    return ran, changes


def entries(case):
    """The whole lines of the ledger."""
    lines = (case / "ledger/entries.jsonl").read_bytes().split(b"\n")[:-1]
    return [json.loads(line) for line in lines]


def record_trees(case):
    """What the ledger says of every artifact's records, in order."""
    return [(e["body"]["artifact"], e["body"]["records"]["count"], e["body"]["records"]["root"],
             e["body"]["stream_hmac"])
            for e in entries(case) if e["type"] == "derive" and "records" in e["body"]]


def file_digest(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


def objects(case):
    """Stored objects under their names, each checked against its name."""
    found = set()
    for path in (case / "objects").glob("??/*"):
        digest = file_digest(path)
        assert digest == path.name, f"{path} does not hold what its name says"
        found.add(digest)
    return found


def acquired(case):
    """What the whole lines of the ledger say was taken in."""
    return {entry["body"]["object"]["sha256"] for entry in entries(case)
            if entry["type"] == "acquire" and "object" in entry["body"]}


def snapshot(folder):
    """Everything about a folder that a writer in it would change."""
    facts = {}
    for path in [folder, *sorted(folder.rglob("*"))]:
        status = path.lstat()
        content = file_digest(path) if path.is_file() else None
        facts[str(path)] = (status.st_mode, status.st_size, status.st_mtime_ns, status.st_ctime_ns,
                            content)
    return facts


class Whole:
    """What an undisturbed run leaves; every disturbed and resumed one must leave the same."""

    def __init__(self, case, code):
        self.code = code
        self.trees = record_trees(case)
        self.messages = run("messages", case, "--json").out
        self.artifacts = run("artifacts", case, "--json").out
        self.objects = objects(case)

    def differences(self, case):
        wrong = []
        if record_trees(case) != self.trees:
            wrong.append(f"record trees {record_trees(case)}, not {self.trees}")
        for name, wanted in (("messages", self.messages), ("artifacts", self.artifacts)):
            if run(name, case, "--json").out != wanted:
                wrong.append(f"other {name}")
        if objects(case) != self.objects:
            wrong.append(f"objects {objects(case) ^ self.objects} too many or too few")
        left = os.listdir(case / "objects/tmp")
        if left:
            wrong.append(f"left in objects/tmp: {left}")
        if trouble := trouble_of(run("verify", case, "--json")):
            wrong.append(trouble)
        return wrong
