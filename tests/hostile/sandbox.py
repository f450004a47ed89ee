"""Runs the command on one trap in a folder of its own, and holds against it what must hold after
any input whatever: see Sandbox.check_whole."""
import base64
import hashlib
import json
import os
import pathlib
import signal
import stat
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "e2e"))

from command import PROGRAM, SOURCE, trouble_of  # noqa: E402

sys.path.insert(0, str(SOURCE / "bench/gen"))

DOCUMENTED = {0, 1, 2, 3, 5, 7}  # docs/cli.md; what an ingest may end with that nobody interrupts
MIB = 1 << 20
# A sanitizer's own memory counts as the command's; bounds are then wide.
MEMORY_UNIT = MIB * (6 if os.environ.get("FORENSICS_SANITIZED") else 1)
PATIENCE = int(os.environ.get("HOSTILE_PATIENCE", 900))  # seconds; a run that takes longer hangs
PATH_MAX = 4096 - 300  # and a name
NOBODY = 65534

# Runs a command, as another user if one is named, and writes its exit code and the largest memory
# that it or a child of it took. A process inherits the peak of the one that it was forked from, so
# that one must be small.
MEASURE = """
import os, sys
tell, user = int(sys.argv[1]), int(sys.argv[2])
child = os.fork()
if child == 0:
    os.close(tell)
    if user >= 0:
        os.setgroups([])
        os.setgid(user)
        os.setuid(user)
    os.execv(sys.argv[3], sys.argv[3:])
_, status, usage = os.wait4(child, 0)
os.write(tell, b"%d %d" % (os.waitstatus_to_exitcode(status), usage.ru_maxrss))
"""


def tree(folder):
    """What stands below a folder: name to what it is and holds. Follows no link, opens no pipe, and
    goes no deeper than a path can name."""
    found, folders = {}, [os.fsencode(folder)]
    while folders:
        for entry in os.scandir(folders.pop()):
            if len(entry.path) >= PATH_MAX:
                continue
            facts, content = entry.stat(follow_symlinks=False), None
            if entry.is_symlink():
                content = os.readlink(entry.path)
            elif entry.is_file():
                content = digest_of(entry.path)
            elif entry.is_dir():
                folders.append(entry.path)
            found[entry.path] = (stat.S_IFMT(facts.st_mode), content)
    return found


def digest_of(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while piece := file.read(MIB):
            digest.update(piece)
    return digest.hexdigest()


def bytes_on_disk(folder):
    return sum(os.lstat(os.path.join(top, name)).st_blocks * 512
               for top, _, files in os.walk(folder) for name in files)


class Ran:
    """How a command ended and what it said. Its standard output must be UTF-8 whatever it shows."""

    def __init__(self, code, out, err):
        self.code, self.out = code, out.decode("utf-8")
        self.err = err.decode("utf-8", "backslashreplace")

    def lines(self):
        """The JSON Lines; only LF ends a line, whatever else stands in a name."""
        return [json.loads(line) for line in self.out.split("\n") if line]


class Sandbox:
    """A folder with `evidence/` to fill, a case, and places where others would write."""

    def __init__(self, test, user=None, cleanup=None):
        self.test, self.user = test, user
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="forensics-hostile-"))
        (cleanup or test.addCleanup)(self.remove)
        self.evidence, self.case = self.root / "evidence", self.root / "work/case"
        for folder in ("evidence", "work", "home", "tmp", "outside"):
            (self.root / folder).mkdir()
        (self.root / "outside/secret.txt").write_text("not part of the evidence\n")
        self.peak = 0  # bytes of memory, of the command or of a worker, whichever took more
        if user is not None:
            for folder in (self.root, *self.root.iterdir()):
                os.chown(folder, user, user)

    def remove(self):
        # Not by path: a trap may be deeper than any path that the system takes.
        subprocess.run(["chmod", "-R", "u+rwx", self.root], stderr=subprocess.DEVNULL, check=False)
        subprocess.run(["rm", "-rf", self.root], check=False)

    def run(self, *arguments, cwd=None):
        """One command. Its peak of memory goes into self.peak."""
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.root / "home"),
                       "TMPDIR": str(self.root / "tmp"), "LANG": "C.UTF-8"}
        told, tell = os.pipe()
        with subprocess.Popen(
                [sys.executable, "-ISc", MEASURE, str(tell),
                 str(-1 if self.user is None else self.user), PROGRAM,
                 *map(os.fsencode, arguments)],
                stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL,
                env=environment, cwd=cwd or self.root / "work", pass_fds=[tell],
                start_new_session=True) as process:
            os.close(tell)
            try:
                out, err = process.communicate(timeout=PATIENCE)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                self.test.fail(f"the command hangs: {arguments}")
        with os.fdopen(told) as pipe:
            code, peak = map(int, pipe.read().split())
        self.peak = max(self.peak, peak * 1024)
        return Ran(code, out, err)

    def kill_after(self, milliseconds, *arguments):
        """Starts a command and kills it, if it still runs by then."""
        with subprocess.Popen([PROGRAM, *map(os.fsencode, arguments)], stdin=subprocess.DEVNULL,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                              cwd=self.root / "work") as process:
            try:
                process.wait(milliseconds / 1000)
            except subprocess.TimeoutExpired:
                process.kill()

    def init(self):
        ran = self.run("init", self.case, "--number", "2026-0001", "--examiner", "A. Examiner")
        self.test.assertEqual(ran.code, 0, ran.err)

    def ingest(self, *options, path=None):
        """init, ingest, and what must hold whatever the evidence was."""
        self.init()
        before = tree(self.root)
        ran = self.run("ingest", self.case, path or self.evidence, *options)
        self.test.assertIn(ran.code, DOCUMENTED, ran.err)
        outside = {name: facts for name, facts in tree(self.root).items()
                   if not name.startswith(os.fsencode(self.case))}
        self.test.assertEqual(outside, {name: facts for name, facts in before.items()
                                        if not name.startswith(os.fsencode(self.case))},
                              "something outside the case was written or changed")
        return ran

    def artifacts(self):
        ran = self.run("artifacts", self.case, "--json")
        self.test.assertEqual(ran.code, 0, ran.err)
        return ran.lines()

    def check_whole(self, memory, disk):
        """The case verifies, nothing is half done, and what it took was bounded."""
        self.test.assertEqual(trouble_of(self.run("verify", self.case, "--json")), "")
        self.test.assertEqual(list((self.case / "objects/tmp").iterdir()), [])
        self.test.assertLessEqual(self.peak, memory * MEMORY_UNIT, "too much memory")
        self.test.assertLessEqual(bytes_on_disk(self.case), disk * MIB, "too much of the disk")
        artifacts = self.artifacts()
        for each in artifacts:
            self.test.assertNotEqual(each["status"], "pending", each)
            if each["sha256"] is None:
                self.test.assertTrue(each["error"] and each["error"]["where"], each)
        self._check_every_file(artifacts)

    def _check_every_file(self, artifacts):
        """Every regular file is stored byte for byte, or an error says where it was lost."""
        stated = {path_of(each): each for each in artifacts if each["parent"] is None}
        lost = [path for path, each in stated.items() if each["status"] == "unreadable"]
        for path, (kind, digest) in tree(self.evidence).items():
            if kind != stat.S_IFREG:
                continue
            inside = path[len(os.fsencode(self.evidence)) + 1:]
            if inside in stated and stated[inside]["sha256"] is not None:
                self.test.assertEqual(stated[inside]["sha256"], digest, inside)
                stored = self.case / "objects" / digest[:2] / digest
                self.test.assertEqual(digest_of(stored), digest)
            else:
                self.test.assertTrue(
                    any(inside == each or inside.startswith(each.rstrip(b"/") + b"/")
                        for each in lost), f"{inside}: neither stored nor an error")


def path_of(artifact):
    """The path of an artifact as bytes, whatever it holds."""
    if "path_b64" in artifact:
        return base64.b64decode(artifact["path_b64"])
    return artifact["path"].encode("utf-8", "surrogateescape")
