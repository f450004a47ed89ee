"""What an attacker can do to a case: the moves that the attacks in the folders here are made of.

The hashes and trees are those of docs/ledger.md, written down a second time, the slow and obvious
way: neither verifier is asked for help.
"""
import base64
import functools
import hashlib
import hmac
import json
import os
import pathlib
import subprocess


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def leaf(line):
    return sha256(b"\x00", line)


def root(leaves):
    """RFC 6962 section 2.1, as it is written there."""
    if len(leaves) < 2:
        return leaves[0] if leaves else sha256()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return sha256(b"\x01", root(leaves[:split]), root(leaves[split:]))


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def openssl(*words, **options):
    return subprocess.run(["openssl", *map(str, words)], check=True, capture_output=True,
                          **options).stdout


class Key:
    """An Ed25519 key in a PEM file."""

    def __init__(self, path):
        self.path = pathlib.Path(path)

    @classmethod
    def made(cls, path):
        openssl("genpkey", "-algorithm", "ed25519", "-out", path)
        return cls(path)

    @functools.cached_property
    def der(self):
        return openssl("pkey", "-in", self.path, "-pubout", "-outform", "DER")

    @property
    def public(self):
        return self.der[-32:]

    @property
    def fingerprint(self):
        return hashlib.sha256(self.der).hexdigest()

    def sign(self, text):
        file = self.path.with_suffix(".text")
        file.write_bytes(text)
        try:
            return openssl("pkeyutl", "-sign", "-rawin", "-inkey", self.path, "-in", file)
        finally:
            file.unlink()

    def signature_line(self, name, text):
        key_id = sha256(name.encode(), b"\n\x01", self.public)[:4]
        value = base64.b64encode(key_id + self.sign(text)).decode()
        return f"\u2014 {name} {value}\n".encode()


class KeyOfSmallOrder:
    """The neutral element of Ed25519 as a public key: with it one signature fits every text."""
    public = bytes([1]) + bytes(31)
    base64 = base64.b64encode(public).decode()
    fingerprint = hashlib.sha256(bytes.fromhex("302a300506032b6570032100") + public).hexdigest()

    def signature_line(self, name, text):
        key_id = sha256(name.encode(), b"\n\x01", self.public)[:4]
        value = base64.b64encode(key_id + self.public + bytes(32)).decode()
        return f"\u2014 {name} {value}\n".encode()


class Case:
    """A case in the hands of an attacker, who holds all of its files and `outside`, a folder."""

    def __init__(self, path, outside):
        self.path, self.outside = pathlib.Path(path), pathlib.Path(outside)
        self.ledger = self.path / "ledger/entries.jsonl"
        self.checkpoints = self.path / "ledger/checkpoints"

    def honest(self, command, *words):
        """Runs a command of the program on the case, as an examiner who suspects nothing."""
        ran = subprocess.run([os.environ["FORENSICS"], command, str(self.path), *map(str, words)],
                             capture_output=True, stdin=subprocess.DEVNULL)
        assert ran.returncode in (0, 1), ran.stderr

    # The ledger

    def lines(self):
        return self.ledger.read_bytes().splitlines()

    def write(self, lines):
        self.ledger.write_bytes(b"".join(line + b"\n" for line in lines))

    def entries(self):
        return [json.loads(line) for line in self.lines()]

    def find(self, kind, has=None):
        """The number of the first entry of a type, with a member in its body."""
        return next(entry["seq"] for entry in self.entries()
                    if entry["type"] == kind and (has is None or has in entry["body"]))

    def edit(self, number, change):
        """`change` gets the entry and changes it; nothing else is made to fit."""
        lines = self.lines()
        entry = json.loads(lines[number])
        change(entry)
        lines[number] = canonical(entry)
        self.write(lines)

    def replace(self, number, old, new):
        """Replaces bytes of one line."""
        lines = self.lines()
        assert old in lines[number], f"{old} is not in entry {number}"
        lines[number] = lines[number].replace(old, new, 1)
        self.write(lines)

    def append(self, kind, body, **members):
        """Adds an entry as an honest writer would, but without a checkpoint."""
        last = self.entries()[-1]
        entry = {**last, "type": kind, "body": body, "seq": last["seq"] + 1,
                 "prev": leaf(self.lines()[-1]).hex(), **members}
        self.write(self.lines() + [canonical(entry)])
        return entry["seq"]

    def chain(self):
        """Numbers and links all entries again."""
        lines, prev = [], "0" * 64
        for number, entry in enumerate(self.entries()):
            lines.append(canonical({**entry, "seq": number, "prev": prev}))
            prev = leaf(lines[-1]).hex()
        self.write(lines)

    # Checkpoints

    def root(self, size=None):
        lines = self.lines()
        return root([leaf(line) for line in lines[:len(lines) if size is None else size]])

    def anchor(self):
        """What a report or a custody form says of the case now."""
        return f"{len(self.lines())}:{self.root().hex()}"

    @property
    def origin(self):
        return self.entries()[0]["body"]["origin"]

    @property
    def key(self):
        """The stolen key."""
        return Key(self.path / "keys/log.key")

    def sizes(self):
        return sorted(int(path.stem) for path in self.checkpoints.iterdir())

    def note(self, size):
        return self.checkpoints / f"{size:012}.note"

    def sign(self, size, *keys):
        text = f"{self.origin}\n{size}\n{base64.b64encode(self.root(size)).decode()}\n".encode()
        lines = [key.signature_line(self.origin, text) for key in keys or (self.key,)]
        self.note(size).write_bytes(text + b"\n" + b"".join(lines))

    def sign_again(self, key=None):
        for size in self.sizes():
            self.sign(size, key or self.key)

    # Objects

    def object(self, digest):
        return self.path / "objects" / digest[:2] / digest

    def store(self, content):
        path = self.object(hashlib.sha256(content).hexdigest())
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        return {"sha256": path.name, "size": len(content)}

    def objects(self):
        return sorted(path for path in (self.path / "objects").glob("*/*") if path.is_file())

    def forge_object(self):
        """Replaces the first object by another, and the hash in the entries that name it."""
        number = self.find("acquire", "object")
        old = self.entries()[number]["body"]["object"]
        new = self.store(b"what never was on that phone\n")
        self.object(old["sha256"]).unlink()
        for entry in self.entries():
            if entry["body"].get("object") == old:
                self.edit(entry["seq"], lambda entry: entry["body"].update(object=new))

    def overwrite(self, path, content):
        path.chmod(0o600)
        path.write_bytes(content)

    def roll_back(self, keep_objects):
        """Cuts the case back to its second checkpoint."""
        kept = self.sizes()[1]
        for size in self.sizes()[2:]:
            self.note(size).unlink()
        named = {entry["body"]["object"]["sha256"] for entry in self.entries()[:kept]
                 if "object" in entry["body"]}
        for path in self.objects():
            if path.name not in named and not keep_objects:
                path.unlink()
        self.write(self.lines()[:kept])

    def find_name(self, part):
        return next(entry["seq"] for entry in self.entries() if part in str(entry["body"]))

    def hand_over(self):
        """What a third party gets: no private key, no salt key, no database."""
        for name in ("keys/log.key", "keys/salt.key", "case.db", "case.json"):
            (self.path / name).unlink()

    # What came back from outside, taken in by an honest examiner

    def take_in(self, kind, folder, name, size, content):
        path = self.path / "ledger" / folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        self.append("anchor_in", {"file": f"{folder}/{name}", "kind": kind, "size": size,
                                  "sha256": hashlib.sha256(content).hexdigest()})
        self.sign(len(self.lines()))
        return path

    def stamp(self, authority, size=None, stamped=None):
        """A token of the newest checkpoint, or one of `size` that is really of `stamped`."""
        size = size or self.sizes()[-1]
        token = authority.token(self.note(stamped or size))
        return self.take_in("rfc3161", "tokens", f"{size:012}-1.tsr", size, token)

    def cosign(self, witness, name="witness.example", time=1_800_000_000):
        """A cosignature of the newest checkpoint; returns the verifier key of the witness."""
        size = self.sizes()[-1]
        text = self.note(size).read_bytes().rpartition(b"\n\n")[0] + b"\n"
        key = b"\x04" + witness.public
        key_id = sha256(name.encode(), b"\n", key)[:4]
        signature = witness.sign(f"cosignature/v1\ntime {time}\n".encode() + text)
        value = base64.b64encode(key_id + time.to_bytes(8, "big") + signature).decode()
        self.take_in("cosignature", "cosignatures", f"{size:012}-1.note", size,
                     text + f"\n\u2014 {name} {value}\n".encode())
        return f"{name}+{key_id.hex()}+{base64.b64encode(key).decode()}"

    # Record lines, as a copy that is handed over has them

    def salt(self, digest, index):
        key = bytes.fromhex((self.path / "keys/salt.key").read_text().strip())
        message = bytes.fromhex(digest) + index.to_bytes(8, "big")
        return hmac.digest(key, message, "sha256")[:16].hex()

    def add_records(self, texts):
        """A run over the first artifact that read these texts; returns the file of its lines."""
        parent = self.find("acquire", "object")
        digest = self.entries()[parent]["body"]["object"]["sha256"]
        lines = [canonical({"salt": self.salt(digest, index), "text": text})
                 for index, text in enumerate(texts)]
        tree = {"count": len(lines), "root": root([leaf(line) for line in lines]).hex()}
        number = self.append("derive", {"parent": parent, "records": tree})
        self.sign(len(self.lines()))
        path = self.path / f"records/{number:012}.jsonl"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"".join(line + b"\n" for line in lines))
        return path


def redacted(line):
    return b"redacted:" + leaf(line).hex().encode()


class TimeAuthority:
    """An RFC 3161 authority in a folder, with a CA of its own: `certificate` is what one trusts."""

    CONFIGURATION = """
        [ca]
        default_ca = ca_here
        [ca_here]
        database = index.txt
        serial = serial
        new_certs_dir = .
        default_md = sha256
        policy = any
        [any]
        commonName = supplied
        [req]
        distinguished_name = name
        x509_extensions = authority
        prompt = no
        [name]
        CN = Test CA
        [authority]
        basicConstraints = critical, CA:TRUE
        [stamping]
        extendedKeyUsage = critical, timeStamping
        [tsa]
        default_tsa = tsa_here
        [tsa_here]
        serial = tsa_serial
        default_policy = 1.2.3.4
        digests = sha256
        signer_digest = sha256
        ess_cert_id_alg = sha256
        """

    def __init__(self, folder, until="20991231235959Z"):
        self.folder = folder
        folder.mkdir()
        (folder / "conf").write_text("\n".join(map(str.strip, self.CONFIGURATION.splitlines())))
        (folder / "index.txt").write_text("")
        (folder / "serial").write_text("01\n")
        (folder / "tsa_serial").write_text("01\n")
        key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-config", "conf")
        self.run("req", "-x509", *key, "-keyout", "ca.key", "-out", "ca.pem", "-days", "3650")
        self.run("req", *key, "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=Test TSA")
        self.run("ca", "-batch", "-config", "conf", "-keyfile", "ca.key", "-cert", "ca.pem",
                 "-notext", "-in", "tsa.csr", "-out", "tsa.pem", "-extensions", "stamping",
                 "-startdate", "20200101000000Z", "-enddate", until)
        self.certificate = folder / "ca.pem"

    def run(self, *words):
        return openssl(*words, cwd=self.folder)

    def token(self, note):
        self.run("ts", "-query", "-data", note, "-sha256", "-cert", "-no_nonce", "-out", "query")
        self.run("ts", "-reply", "-config", "conf", "-queryfile", "query", "-inkey", "tsa.key",
                 "-signer", "tsa.pem", "-out", "reply")
        return (self.folder / "reply").read_bytes()
