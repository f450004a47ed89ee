"""What each trap must come to. The table is the statement; hostile_test.py holds the command to it,
and to what must hold after every trap (sandbox.py): a documented exit code, a case that verifies,
nothing written outside it, bounded memory and disk, every file stored byte for byte or an error
that says where it was lost.

An artifact's outcome is its status, followed by the code of its error. "one two" are two artifacts
of one path. What the traps are is said where they are made: bench/gen/hostile.py, folders.py.
"""
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Outcome:
    exit: int
    artifacts: dict = None  # all of them: path to outcome; None: too many to list
    count: int = None  # how many there are
    among: dict = field(default_factory=dict)  # some of them, where not all are listed
    messages: int = 5  # the good chat that stands beside the trap
    says: tuple = ()  # on standard error
    options: tuple = ()
    memory: int = 96  # MiB, of the command and of each worker
    disk: int = 8  # MiB, of the whole case
    as_nobody: bool = False  # an ordinary user, as root may read everything
    as_root: bool = False  # only root can make it
    slow: bool = False  # only among the long tests


COMPLETE, ATTENTION, INPUT, LIMIT = 0, 1, 3, 5  # docs/cli.md

# Members that try to be paths of this machine are names and nothing else.
FORBIDDEN = ("/tmp/escaped.txt", "/tmp/escaped", "/escaped.txt")


def alone(exit, name, said, messages=0, **more):
    """The outcome of a trap that is one file and nothing else."""
    return Outcome(exit, {name: said}, messages=messages, **more)


TEXTS = {
    "empty.txt": alone(INPUT, "empty.txt", "unrecognised"),
    "garbage.bin": alone(INPUT, "garbage.bin", "unrecognised"),
    "not-an-export.txt": alone(INPUT, "not-an-export.txt", "unrecognised"),
    "invalid-utf8.txt": alone(COMPLETE, "invalid-utf8.txt", "parsed", 7),
    "utf16le-bom.txt": alone(COMPLETE, "utf16le-bom.txt", "parsed", 5),
    "utf16be-bom.txt": alone(COMPLETE, "utf16be-bom.txt", "parsed", 5),
    "utf16le-no-bom.txt": alone(INPUT, "utf16le-no-bom.txt", "unrecognised"),
    "utf16le-odd.txt": alone(COMPLETE, "utf16le-odd.txt", "parsed", 5),
    "mixed-line-ends.txt": alone(COMPLETE, "mixed-line-ends.txt", "parsed", 10),
    "double-bom.txt": alone(COMPLETE, "double-bom.txt", "parsed", 5),
    "nul-bytes.txt": alone(COMPLETE, "nul-bytes.txt", "parsed", 6),
    # One message, in pieces that one record may hold.
    "one-long-line.txt": alone(COMPLETE, "one-long-line.txt", "parsed", 9, disk=32),
    "impossible-dates.txt": alone(ATTENTION, "impossible-dates.txt", "parsed", 0),
}


def archive(name, said, members, chat="_chat.txt"):
    """An archive, its good chat, and its other members."""
    found = {name: said}
    if chat:
        found[f"{name}/{chat}"] = "parsed"
    found.update({f"{name}/{member}": outcome for member, outcome in members.items()})
    return found


def unread(*names):
    """Members that are kept, and that no plugin reads."""
    return dict.fromkeys(names, "unrecognised")


LINK = "special:unreadable"  # noted, not followed; nor opened, where it is a pipe or a device


def nested(depth):
    path, found = "nested-12.zip", {}
    for level in range(2, depth + 2):
        found.update({path: "container", f"{path}/_chat.txt": "parsed"})
        path += f"/inner-{level:02}.zip"
    return {**found, path: "container:limit"}


ARCHIVES = {
    # broken
    "truncated.zip": Outcome(ATTENTION, archive(
        "truncated.zip", "container:truncated",
        {"IMG-20240316-WA0001.jpg": "unrecognised:truncated"})),
    "truncated-directory.zip": Outcome(ATTENTION, archive(
        "truncated-directory.zip", "container:truncated", unread("a.txt"))),
    "crc-mismatch.zip": Outcome(ATTENTION, archive(
        "crc-mismatch.zip", "container", {"photo.jpg": "unrecognised:corrupt"})),
    "size-lies.zip": Outcome(ATTENTION, archive(
        "size-lies.zip", "container", {"small.bin": "unrecognised:corrupt"})),
    "empty.zip": alone(COMPLETE, "empty.zip", "container"),
    "encrypted.zip": Outcome(INPUT, archive(
        "encrypted.zip", "container",
        {"_chat.txt": "unreadable:encrypted", "readme.txt": "unrecognised"}, chat=None),
        messages=0, says=("needs a password",)),
    # Neither end of the file is that of a zip: to look for archives in the middle would be carving.
    "trailing-garbage.zip": alone(INPUT, "trailing-garbage.zip", "unrecognised"),
    "truncated.7z": alone(ATTENTION, "truncated.7z", "container:corrupt"),
    "truncated.tar.gz": alone(ATTENTION, "truncated.tar.gz", "container:truncated"),

    # bombs: what came before the limit is kept
    "overlapping.zip": Outcome(LIMIT, count=674, among={
        "overlapping.zip": "container:limit", "overlapping.zip/shared-669.bin": "unrecognised",
        "overlapping.zip/shared-670.bin": "unreadable:limit"},
        says=("more than 1000 times as long as the archive",)),
    "quoted-overlap.zip": Outcome(LIMIT, among={
        "quoted-overlap.zip": "container:limit", "quoted-overlap.zip/_chat.txt": "parsed"},
        disk=80),
    "nested-12.zip": Outcome(LIMIT, nested(8), messages=48, says=("nested deeper than 8",)),
    "high-ratio.zip": Outcome(LIMIT, archive(
        "high-ratio.zip", "container:limit", {"zeros.bin": "unrecognised:limit"}), disk=200),
    "high-ratio-nested.zip": Outcome(LIMIT, among={
        "high-ratio-nested.zip": "container",
        "high-ratio-nested.zip/bomb-00.zip": "container:limit",
        "high-ratio-nested.zip/bomb-00.zip/zeros.bin": "unrecognised:limit",
        "high-ratio-nested.zip/bomb-19.zip": "container:limit",
        "high-ratio-nested.zip/bomb-19.zip/zeros.bin": "unreadable:limit"}, disk=80,
        says=("inside high-ratio-nested.zip together",)),
    "nested-bomb.zip": Outcome(LIMIT, disk=150, says=("inside nested-bomb.zip together",)),
    "bomb.gz": Outcome(LIMIT, {"bomb.gz": "container:limit", "bomb.gz/bomb": "unrecognised:limit"},
                       messages=0, disk=100),
    "sparse.tar": Outcome(LIMIT, archive(
        "sparse.tar", "container:limit",
        {"notes/note.txt": "unrecognised", "sparse.bin": "unrecognised:limit"}), disk=80),
    "many-members.zip": Outcome(ATTENTION, count=20002, disk=64, slow=True),
    "deep-folders.zip": Outcome(ATTENTION, count=3),

    # names: kept byte for byte, never used as a path
    "name-traversal.zip": Outcome(ATTENTION, archive("name-traversal.zip", "container", unread(
        "../escaped.txt", "a/../../escaped.txt", "../../../../tmp/escaped.txt", ".."))),
    "name-absolute.zip": Outcome(ATTENTION, archive("name-absolute.zip", "container", unread(
        "/tmp/escaped.txt", "//server/share/escaped.txt", "C:/escaped.txt"))),
    "name-backslash.zip": Outcome(ATTENTION, archive("name-backslash.zip", "container", unread(
        r"..\..\escaped.txt", r"folder\file.txt", r"C:\escaped.txt"))),
    "name-duplicate.zip": Outcome(ATTENTION, {
        "name-duplicate.zip": "container", "name-duplicate.zip/_chat.txt": "parsed parsed",
        "name-duplicate.zip/a.txt": "unrecognised unrecognised"}, messages=11),
    "name-case-clash.zip": Outcome(ATTENTION, archive("name-case-clash.zip", "container", unread(
        "Photo.jpg", "photo.JPG", "é.txt", "e\u0301.txt"))),
    "name-control.zip": Outcome(ATTENTION, archive("name-control.zip", "container", unread(
        "two\nlines.txt", "tab\there.txt", "\x1b[31mred.txt", "nul\0hidden.exe", "del\x7f.txt"))),
    "name-rtl-override.zip": Outcome(ATTENTION, archive(
        "name-rtl-override.zip", "container",
        unread("photo\u202egpj.exe", "a\u2066b\u2069.txt"))),
    "name-not-utf8.zip": Outcome(ATTENTION, archive(
        "name-not-utf8.zip", "container", unread(r"pr\x81fung.txt", r"bad\xff\xfe.txt"))),
    # The empty name is that of the archive without its suffix.
    "name-long.zip": Outcome(ATTENTION, count=7, among={
        "name-long.zip/" + "n" * 36 + "...(60014)": "unrecognised",
        "name-long.zip/name-long": "unrecognised", "name-long.zip/...": "unrecognised",
        "name-long.zip/.": "unrecognised", "name-long.zip/folder/": "unrecognised"}),
    "name-long-nested.zip": Outcome(COMPLETE, count=15, messages=40, disk=32),
    "symlink.zip": Outcome(ATTENTION, archive("symlink.zip", "container", {
        "passwd": LINK, "up": LINK, "up/escaped.txt": "unrecognised"}),
        says=("a link to '/etc/passwd': noted, not followed",)),
    "odd-members.tar": Outcome(ATTENTION, archive("odd-members.tar", "container", {
        **unread("notes/note.txt", "../escaped", "/tmp/escaped"),
        **dict.fromkeys(("passwd", "hard", "self", "pipe", "zero"), LINK)})),
    "name-traversal.tar": Outcome(ATTENTION, archive("name-traversal.tar", "container", {
        **unread("notes/note.txt", "../../escaped.txt", "/tmp/escaped.txt", r"..\escaped.txt",
                 "out/escaped.txt"),
        "out": LINK, "hard": LINK + " unrecognised"})),
    "decoy.zip": Outcome(ATTENTION, archive(
        "decoy.zip", "container", unread("__MACOSX/._a.txt", "a-notes.txt"),
        chat="WhatsApp Chat with Ada.txt")),

    # good ones, so that the table cannot be met by reading nothing
    **{name: Outcome(ATTENTION, archive(name, "container", unread("notes/note.txt")))
       for name in ("sample.tar.gz", "sample.tar.xz", "sample.tar.bz2", "sample.tar.zst")},
    "sample.7z": Outcome(COMPLETE, archive("sample.7z", "container", {})),
}

CHAT = "WhatsApp Chat with Ada.txt"


def beside(chat_names=(), **found):
    """A folder's artifacts: the good chat, copies under other names, and what else is there."""
    return {CHAT: "parsed", **dict.fromkeys(chat_names, "parsed"), **found}


FOLDERS = {
    "links": Outcome(COMPLETE, beside(**dict.fromkeys(
        ("file", "folder", "up", "nothing", "self", "one", "two", "system"), LINK))),
    "folder-loop": Outcome(COMPLETE, beside(**dict.fromkeys(
        ("a/b/parent", "a/b/here", "a/b/top"), LINK))),
    # A second name is a file like any other; the bytes are stored once.
    "hard-links": Outcome(ATTENTION, beside(["again.txt"], **{"other.txt": "unrecognised"}),
                          messages=10),
    "specials": Outcome(COMPLETE, beside(**dict.fromkeys(
        ("fifo", "socket", "zero", "random", "loop"), LINK)), says=("fifo: a FIFO",), as_root=True),
    "names-controls": Outcome(COMPLETE, beside([
        "\x1b[2J\x1b[31mred.txt", "two\nlines.txt", "tab\there.txt", "\rback.txt", "del\x7f.txt",
        "csi\x9b31m.txt", "bell\x07.txt"]), messages=40),
    "names-bidi": Outcome(COMPLETE, beside([
        "photo\u202egpj.exe", "a\u2066b\u2069.txt", "c\u200fd.txt", "e\u2028f.txt",
        "g\u061ch.txt", "i\ufeffj.txt"]), messages=35),
    "names-options": Outcome(COMPLETE, beside([
        "-rf", "--help", "--", "-", "@file", "$(touch owned)", "`touch owned`", "; ls", "*", "?",
        "~", " ", " leading", "trailing ", "|cat", "a'b\"c", "%s%n", "&amp;<b>", "nul", "CON",
        "x:y", "...", "{}", "!!"]), messages=125),
    "names-not-utf8": Outcome(COMPLETE, beside([
        r"pr\xfcfung.txt", r"\xd5\xe6\xd1\xc9.txt", r"\xff\xfe.txt", r"\xed\xa0\x80.txt",
        r"\xc0\xaf.txt", r"sub/cut\xe2\x82"]), messages=35),
    "names-collide": Outcome(COMPLETE, beside([
        "Photo.jpg", "photo.JPG", "PHOTO.jpg", "é.txt", "e\u0301.txt", "ﬁ.txt", "fi.txt",
        "straße", "STRASSE", "i.txt", "İ.txt", "ı.txt", "a.", "a", "a "]), messages=80),
    "names-longest": Outcome(COMPLETE, beside([
        "n" * 50 + "...(255)", "a" * 50 + "...(5128)"]), messages=15),
    # The folder at which the walk ends is named; what is below it is not seen.
    "deep-folders": Outcome(INPUT, beside(**{
        "d/" * 25 + "...(1023)": "unreadable:limit"}), says=("nested deeper than",)),
    "no-permission": Outcome(INPUT, beside(**dict.fromkeys(
        ("closed.txt", "closed", "names-only"), "unreadable:unreadable")), as_nobody=True),
    "empty-things": Outcome(ATTENTION, beside(**unread("empty.txt", "empty.zip"))),
}
