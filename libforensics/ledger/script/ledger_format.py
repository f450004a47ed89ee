"""The formats of docs/ledger.md sections 3 to 6, strictly, for verify_case.py.

A function that reads raises ValueError for what is not in the form that it reads.
"""
import base64
import collections
import datetime
import functools
import hashlib
import json
import os
import re
import subprocess
import tempfile

MAX_LINE, MAX_NOTE, MAX_INTEGER, MAX_DEPTH = 1 << 20, 1 << 16, 2**53 - 1, 32
ENVELOPE = dict(v=int, seq=int, prev=str, type=str, time=str, actor=str, session=str, tool=str,
                body=dict)
HEX64 = "[0-9a-f]{64}"
NUMBER = "([0-9]{12}|[1-9][0-9]{12,15})"  # with zeros to 12 digits
UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"
MODULUS = 2**255 - 19
ORDER_8 = int("7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7", 16)
SMALL_ORDER = {0, 1, MODULUS - 1, ORDER_8, MODULUS - ORDER_8}  # y of such points of Ed25519
NOTE = ("(?P<text>(?P<origin>[^\x00-\x1f]+)\n(?P<size>0|[1-9][0-9]{0,15})\n(?P<root>.{44})\n)\n"
        "(?P<signatures>(?:\u2014 [^ +\x00-\x1f]+ [A-Za-z0-9+/=]+\n){1,100})")
Note = collections.namedtuple("Note", "text origin size root signatures")


class CannotCheck(Exception):
    """Says nothing about the case."""


def require(condition, message):
    if not condition:
        raise ValueError(message)


def matches(pattern, text):
    return isinstance(text, str) and re.fullmatch(pattern, text, re.ASCII) is not None


def is_count(number):
    return type(number) is int and number >= 0


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def digest_of(file):
    """SHA-256 in hex and size of what an open file holds."""
    sha, size = hashlib.sha256(), 0
    for piece in iter(lambda: file.read(1 << 20), b""):
        sha.update(piece)
        size += len(piece)
    return sha.hexdigest(), size


def unbase64(text):
    raw = base64.b64decode(text, validate=True)
    require(base64.b64encode(raw).decode() == text, "base64 of another form")
    return raw


def append_leaf(tree, leaf):
    """`tree` holds the perfect trees of RFC 6962 section 2.1 as (size, root), the largest first."""
    size = 1
    while tree and tree[-1][0] == size:
        leaf, size = sha256(b"\x01", tree.pop()[1], leaf), size * 2
    tree.append((size, leaf))


def root_of(tree):
    roots = [root for _, root in reversed(tree)] or [sha256()]
    return functools.reduce(lambda right, left: sha256(b"\x01", left, right), roots)


def integer(text):
    require(len(text) <= 17 and abs(int(text)) <= MAX_INTEGER, "a number out of range")
    return int(text)


def check_profile(value, depth=0):
    require(depth <= MAX_DEPTH, "nested too deeply")
    if isinstance(value, dict):
        require(all(matches("[a-z0-9_]+", key) for key in value), "a key of other characters")
        value = list(value.values())
    for inner in value if isinstance(value, list) else ():
        check_profile(inner, depth + 1)


def disclosed_leaf(line):
    """Leaf of a record line, with its LF, as section 8 has it: whole or redacted."""
    require(line.endswith(b"\n"), "a line without end, or too long")
    if not line.startswith(b"redacted:"):
        return sha256(b"\0", line[:-1])
    require(matches(HEX64, line[9:-1].decode()), "a redacted line without leaf hash")
    return bytes.fromhex(line[9:-1].decode())


def parse_line(line):
    """The value of a line in the one form that section 3 gives it."""
    value = json.loads(line.decode(), parse_int=integer, parse_float=integer,
                       parse_constant=integer)
    check_profile(value)
    form = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    require(form.encode() == line, "not in canonical form")
    return value


def entry_of(value):
    """The value itself, where it is an entry as in section 4.1."""
    require(isinstance(value, dict) and type(value.get("v")) is int, "no version")
    if value["v"] > 1:
        raise CannotCheck("the ledger was written by a newer version of its format")
    expected = dict(ENVELOPE, clock=dict) if "clock" in value else ENVELOPE
    require({key: type(member) for key, member in value.items()} == expected, "another envelope")
    require(value["v"] == 1 and value["seq"] >= 0 and matches(HEX64, value["prev"]) and
            matches("[a-z_][a-z0-9_]{0,31}", value["type"]) and matches(TIME, value["time"]),
            "a malformed envelope")
    datetime.datetime(*map(int, re.findall("[0-9]+", value["time"])))  # that such a date exists
    return value


def sound_key(raw):
    """The key itself, unless anybody can sign for it or it is encoded in another form."""
    y = int.from_bytes(raw, "little") & 2**255 - 1
    require(len(raw) == 32 and y < MODULUS and y not in SMALL_ORDER, "no sound Ed25519 key")
    return raw


def public_key(member):
    require(member["type"] == "ed25519", "no Ed25519 key")
    return sound_key(unbase64(member["public"]))


def identity_of(entry):
    """Origin and public key of a case, from its entry 0."""
    body = entry["body"]
    require((entry["seq"], entry["prev"], entry["type"]) == (0, "0" * 64, "genesis") and
            matches(UUID, body["case_uuid"]) and body["spec"] == "forensics-ledger/1" and
            body["origin"] == "urn:uuid:" + body["case_uuid"], "not the genesis of a case")
    return body["origin"], public_key(body["log_key"])


def der_of(public):
    return bytes.fromhex("302a300506032b6570032100") + public


def fingerprint_of(public):
    return sha256(der_of(public)).hex()


def openssl(command, **files):
    """Runs openssl in a folder that holds files of these names and contents."""
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            with open(os.path.join(folder, name), "wb") as file:
                file.write(content)
        return subprocess.run(["openssl", *command.split()], cwd=folder, capture_output=True)


def is_signed(public, text, signature):
    return openssl("pkeyutl -verify -rawin -pubin -keyform DER -inkey key -in text -sigfile sig",
                   key=der_of(public), text=text, sig=signature).returncode == 0


def require_openssl():
    """Test 2 of RFC 8032, section 7.1: an openssl that cannot do this would call all bad."""
    public = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
    value = ("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
             "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")
    if not is_signed(bytes.fromhex(public), b"\x72", bytes.fromhex(value)):
        raise CannotCheck("this openssl cannot verify Ed25519 signatures")


def parse_note(content):
    """A checkpoint, with its signatures as (key name, key id, value)."""
    match = re.fullmatch(NOTE, content.decode())
    require(match and len(content) <= MAX_NOTE, "no signed checkpoint")
    signatures = []
    for line in match["signatures"].splitlines():
        _, name, value = line.split(" ")
        require(len(unbase64(value)) > 4, "a malformed signature")
        signatures.append((name, unbase64(value)[:4], unbase64(value)[4:]))
    return Note(match["text"].encode(), match["origin"], int(match["size"]),
                unbase64(match["root"]), signatures)


def is_note_signed(note, public):
    """Every line of this key verifies, and there is one."""
    key_id = sha256(note.origin.encode(), b"\n\x01", public)[:4]
    own = [value for *key, value in note.signatures if key == [note.origin, key_id]]
    return bool(own) and all(is_signed(public, note.text, value) for value in own)
