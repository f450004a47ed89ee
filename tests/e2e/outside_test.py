"""What leaves a case and what comes back: anchors, tokens, witnesses, proofs, redacted records.

The authority is one that `openssl` makes here; `openssl` also checks by hand what docs/ledger.md says
can be checked by hand.
"""
import contextlib
import hashlib
import re
import shutil
import sqlite3
import subprocess

from command import HARBOUR, CaseTest

AUTHORITY = """
[tsa]
default_tsa = one
[one]
serial = serial
signer_digest = sha256
default_policy = 1.3.6.1.4.1.32473.1
digests = sha256
[ca]
basicConstraints = critical,CA:TRUE
[stamp]
basicConstraints = CA:FALSE
extendedKeyUsage = critical,timeStamping
[mail]
basicConstraints = CA:FALSE
extendedKeyUsage = critical,emailProtection
[req]
distinguished_name = name
prompt = no
[name]
CN = Test
"""


class OutsideTest(CaseTest):
    def setUp(self):
        super().setUp()
        self.init()
        self.expect(0, "ingest", self.case, HARBOUR / "phone-c", "--exhibit", "PHONE-C")
        self.key = self.json("anchor", "show", self.case)[0]["key_fingerprint"]

    def openssl(self, *arguments, code=0):
        ran = subprocess.run(["openssl", *map(str, arguments)], capture_output=True, timeout=60,
                             cwd=self.folder, stdin=subprocess.DEVNULL)
        self.assertEqual(ran.returncode, code, (arguments, ran.stderr.decode()))
        return ran.stdout.decode()

    def make_authority(self):
        (self.folder / "tsa.cnf").write_text(AUTHORITY)
        (self.folder / "serial").write_text("01\n")
        new = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-config", "tsa.cnf")
        self.openssl("req", "-x509", *new, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=CA",
                     "-extensions", "ca")
        self.openssl("req", *new, "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=TSA")
        self.openssl("x509", "-req", "-in", "tsa.csr", "-CA", "ca.pem", "-CAkey", "ca.key",
                     "-set_serial", "2", "-extfile", "tsa.cnf", "-extensions", "stamp",
                     "-out", "tsa.pem")

    def codes(self, *options, code):
        found = self.json("verify", self.case, *options, code=code)[0]["findings"]
        return sorted({finding["code"] for finding in found if finding["severity"] != "note"})

    def newest(self):
        return sorted((self.case / "ledger/checkpoints").iterdir())[-1]

    def test_an_anchor_on_paper(self):
        shown = self.json("anchor", "show", self.case)[0]
        paper = self.expect(0, "anchor", "show", self.case).out
        groups = re.search(r"root +((?:[0-9a-f]{4}\s+){16})", paper).group(1)
        self.assertEqual("".join(groups.split()), shown["root"])
        anchor = f"{shown['size']}:{' '.join(groups.split())}"
        self.expect(0, "verify", self.case, "--fingerprint", self.key, "--anchor", anchor)
        wrong = shown["anchor"][:-1] + ("0" if shown["anchor"][-1] != "0" else "1")
        self.assertEqual(self.codes("--anchor", wrong, code=4), ["ANCHOR"])
        self.expect(2, "verify", self.case, "--anchor", "12")

    def test_a_token_by_openssl(self):
        self.make_authority()
        self.expect(0, "anchor", "request", self.case, "-o", self.folder / "case.tsq")
        checkpoint = self.newest()
        self.openssl("ts", "-reply", "-config", "tsa.cnf", "-queryfile", "case.tsq", "-signer",
                     "tsa.pem", "-inkey", "tsa.key", "-out", "case.tsr")
        # By hand, as docs/ledger.md has it.
        self.openssl("ts", "-verify", "-data", checkpoint, "-in", "case.tsr", "-CAfile", "ca.pem",
                     "-attime", subprocess.check_output(["date", "+%s"]).decode().strip())
        added = self.json("anchor", "add", self.case, self.folder / "case.tsr", "--tsa-ca",
                          self.folder / "ca.pem")[0]
        self.assertEqual(added["kind"], "rfc3161")
        self.expect(2, "anchor", "add", self.case, self.folder / "case.tsr")

        ran = self.expect(0, "verify", self.case, "--tsa-ca", self.folder / "ca.pem")
        self.assertIn(f"the first {added['size']} entries: not later than", ran.out)
        stamp = self.json("verify", self.case, "--tsa-ca", self.folder / "ca.pem")[0]["stamps"]
        self.assertEqual([each["time"] for each in stamp], [added["time"]])
        self.assertIn("1 time-stamp tokens were not checked",
                      self.expect(0, "verify", self.case).out)

        (self.case / "ledger" / added["file"]).unlink()
        self.assertEqual(self.codes(code=1), ["TS-MISSING"])
        self.expect(3, "anchor", "add", self.case, self.folder / "case.tsq")

    def test_a_policy_that_asks_for_tokens(self):
        other = self.folder / "other"
        self.expect(0, "init", other, "--number", "1", "--examiner", "E", "--require-tokens")
        ran = self.expect(1, "verify", other)
        self.assertIn("TS-MISSING", ran.out)

    def answer_signed_by(self, certificate):
        """A TimeStampResp by hand: `openssl ts` signs with certificates for stamping alone."""
        self.openssl("cms", "-sign", "-in", "tst.der", "-binary", "-nodetach", "-cades", "-econtent_type",
                     "1.2.840.113549.1.9.16.1.4", "-signer", certificate, "-inkey", "tsa.key",
                     "-md", "sha256", "-outform", "DER", "-out", "token.der")
        body = bytes.fromhex("3003020100") + (self.folder / "token.der").read_bytes()
        (self.folder / "hand.tsr").write_bytes(b"\x30\x82" + len(body).to_bytes(2, "big") + body)

    def test_a_token_of_a_certificate_that_is_not_for_stamping(self):
        self.make_authority()
        self.expect(0, "anchor", "request", self.case, "-o", self.folder / "case.tsq")
        self.openssl("ts", "-reply", "-config", "tsa.cnf", "-queryfile", "case.tsq", "-signer",
                     "tsa.pem", "-inkey", "tsa.key", "-token_out", "-out", "case.token")
        self.openssl("cms", "-verify", "-noverify", "-inform", "DER", "-in", "case.token", "-out",
                     "tst.der")
        # The same name, number, key and issuer, for another use.
        self.openssl("x509", "-req", "-in", "tsa.csr", "-CA", "ca.pem", "-CAkey", "ca.key",
                     "-set_serial", "2", "-extfile", "tsa.cnf", "-extensions", "mail",
                     "-out", "mail.pem")
        ca = ("--tsa-ca", self.folder / "ca.pem")
        self.answer_signed_by("mail.pem")
        self.expect(4, "anchor", "add", self.case, self.folder / "hand.tsr", *ca)
        self.expect(0, "anchor", "add", self.case, self.folder / "hand.tsr")
        self.assertEqual(self.codes(*ca, code=4), ["TS"])
        self.answer_signed_by("tsa.pem")
        self.expect(0, "anchor", "add", self.case, self.folder / "hand.tsr", *ca)

    def test_a_witness(self):
        state, note = self.folder / "lab.witness", self.folder / "seen.note"
        self.expect(2, "witness", state, self.case)
        ran = self.expect(0, "witness", state, self.case, "--name", "lab.example/w", "-o", note)
        key = re.search(r"--witness-key (\S+)", ran.out).group(1)
        # A copy of the ledger alone is enough for it.
        shutil.copytree(self.case / "ledger", self.folder / "usb/ledger")
        self.expect(0, "witness", state, self.folder / "usb")
        self.expect(0, "anchor", "add", self.case, note)
        self.expect(0, "verify", self.case, "--witness-key", key)
        self.expect(0, "witness", state, self.case)
        # The copy is now behind what it has seen.
        refused = self.expect(4, "witness", state, self.folder / "usb")
        self.assertIn("not cosigned", refused.err)
        self.expect(2, "verify", self.case, "--witness-key", "x")

    def test_a_change_of_keys(self):
        changed = self.json("key", "rotate", self.case, "--reason", "an example")[0]
        self.assertEqual(changed["old_fingerprint"], self.key)
        self.expect(0, "verify", self.case, "--fingerprint", self.key)
        self.expect(0, "ingest", self.case, HARBOUR / "phone-b", "--exhibit", "PHONE-B")
        verdict = self.json("verify", self.case, "--fingerprint", self.key)[0]
        self.assertEqual(verdict["key_changes"], 1)
        self.assertEqual(verdict["signing_key"], changed["new_fingerprint"])
        self.expect(0, "report", self.case, "-o", self.folder / "report")
        self.assertEqual(self.codes("--fingerprint", changed["new_fingerprint"], code=4), ["KEY"])

    def test_proofs(self):
        message = self.json("messages", self.case, "--limit", "3")[-1]
        proof = self.folder / "message.proof"
        self.expect(0, "prove", self.case, message["id"], "-o", proof)
        checked = self.json("check-proof", proof, "--fingerprint", self.key)[0]
        self.assertTrue(checked["key_confirmed"])
        self.assertEqual(checked["entry"]["type"], "derive")
        if message["text"]:
            self.assertIn(message["text"], checked["record"])
        self.assertEqual(checked["anchors"], 0)
        shown = self.json("anchor", "show", self.case)[0]
        self.expect(0, "check-proof", proof, "--anchor", shown["anchor"])
        self.expect(6, "prove", self.case, message["id"], "-o", proof)

        artifact = self.json("artifacts", self.case)[0]
        self.expect(0, "prove", self.case, artifact["id"], "-o", self.folder / "file.proof")
        checked = self.json("check-proof", self.folder / "file.proof", code=1)[0]
        self.assertEqual([each["code"] for each in checked["findings"]], ["KEY-UNCONFIRMED"])
        ran = self.expect(1, "check-proof", self.folder / "file.proof")
        self.assertIn("It fits together, but nothing from outside confirms its key", ran.out)
        entry = checked["entry"]
        self.assertEqual(entry["type"], "acquire")
        self.assertEqual(entry["body"]["object"]["sha256"], artifact["sha256"])

        self.expect(0, "prove", self.case, "--consistency", "1", shown["size"], "-o",
                    self.folder / "growth.proof")
        self.expect(0, "check-proof", self.folder / "growth.proof", "--anchor", shown["anchor"])

        # A database that was led astray makes no proof.
        with contextlib.closing(sqlite3.connect(self.case / "case.db")) as database:
            database.execute("UPDATE artifact SET seq = seq + 1")
            database.commit()
        self.expect(4, "prove", self.case, artifact["id"], "-o", self.folder / "none")

        text = proof.read_bytes()
        proof.write_bytes(text.replace(b"record ", b"record 1", 1))
        self.expect(4, "check-proof", proof)
        self.expect(2, "prove", self.case, "C9999-M000001", "-o", self.folder / "none")
        self.expect(2, "prove", self.case, "99999", "-o", self.folder / "none")
        self.expect(2, "prove", self.case, "-o", self.folder / "none")
        self.expect(3, "check-proof", self.folder / "nothing")

    def test_redacted_records(self):
        copy = self.folder / "copy"
        for part in ("ledger", "objects"):
            shutil.copytree(self.case / part, copy / part)
        messages = self.json("messages", self.case)
        hidden = next(each for each in messages if each["text"])
        ran = self.expect(0, "records", self.case, "-o", copy / "records", "--redact", hidden["id"])
        self.assertIn("redacted=1", ran.err)
        lines = [line for path in sorted((copy / "records").iterdir())
                 for line in path.read_text("utf-8").splitlines()]
        self.assertEqual(sum(line.startswith("redacted:") for line in lines), 1)

        # In the case itself, so that the whole verifier looks at them.
        shutil.copytree(copy / "records", self.case / "records")
        self.expect(0, "verify", self.case)
        path = next(path for path in (self.case / "records").iterdir()
                    if "redacted:" in path.read_text("utf-8"))
        other = hashlib.sha256(b"\0another").hexdigest()
        path.write_text(re.sub("redacted:[0-9a-f]{64}", "redacted:" + other,
                               path.read_text("utf-8")), "utf-8")
        self.assertEqual(self.codes(code=4), ["RECORDS"])

        whole = self.folder / "whole"
        conversation = hidden["conversation"]
        ran = self.expect(0, "records", self.case, "-o", whole, "--redact", conversation)
        count = sum(each["conversation"] == conversation for each in messages)
        self.assertIn(f"redacted={count}", ran.err)
        self.expect(2, "records", self.case, "-o", whole)
        self.expect(2, "records", self.case, "-o", self.folder / "x", "--redact", "C9999")
