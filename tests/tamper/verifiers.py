"""Runs the two verifiers: the program, and the script that lies in every case."""
import contextlib
import importlib.util
import io
import json
import os
import pathlib
import subprocess
import sys

PROGRAM = os.environ["FORENSICS"]
SOURCE = pathlib.Path(os.environ["FORENSICS_SOURCE"])


class Said:
    """What a verifier said: its exit code, and its findings as (code, severity, place)."""

    def __init__(self, code, out, err):
        self.code, self.err = code, err
        verdict = json.loads(out) if out.strip() else {"findings": [], "limits": []}
        self.findings = sorted((finding["code"], finding["severity"], finding["where"])
                               for finding in verdict["findings"])
        self.limits = verdict.get("limits")

    @property
    def codes(self):
        return sorted({code for code, _, _ in self.findings})

    def __eq__(self, other):
        return (self.code, self.findings) == (other.code, other.findings)


def run(command):
    done = subprocess.run([str(word) for word in command], capture_output=True,
                          stdin=subprocess.DEVNULL, timeout=600)
    return Said(done.returncode, done.stdout.decode(), done.stderr.decode("utf-8", "replace"))


def program(case, *options):
    """`forensics verify`, of that which a stranger can verify too."""
    return run([PROGRAM, "verify", case, "--no-database", "--json", *options])


def whole_program(case, *options):
    """`forensics verify`, with case.db."""
    return run([PROGRAM, "verify", case, "--json", *options])


def program_on_proof(file, *options):
    return run([PROGRAM, "check-proof", file, "--json", *options])


def script(path, case, *options):
    return run([sys.executable, path, case, "--json", *options])


def loaded_script(path):
    """The script within this process: a function as the above, for many cases in a row."""
    spec = importlib.util.spec_from_file_location("verify_case", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)

    def verify(*words):
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = module.main(["--json", *map(str, words)])
        return Said(code, out.getvalue(), err.getvalue())

    return verify
