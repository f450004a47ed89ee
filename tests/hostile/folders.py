"""Folders as nobody hands them over in good faith. Each function fills `sandbox.evidence`; a chat
that can be read stands beside every trap, because a trap must not keep it from being read."""
import os
import socket
import stat

from hostile import CHAT

CHAT_NAME = "WhatsApp Chat with Ada.txt"
TRAPS = {}


def trap(name, defect):
    def register(function):
        TRAPS[name] = (defect, function)
        return function
    return register


def write(folder, name, data=CHAT.encode()):
    path = os.path.join(os.fsencode(folder), os.fsencode(name))
    with open(path, "wb") as file:
        file.write(data)
    return path


def fill(name, sandbox):
    write(sandbox.evidence, CHAT_NAME)
    TRAPS[name][1](sandbox)
    if sandbox.user is not None:
        for top, folders, files in os.walk(sandbox.evidence):
            for each in folders + files:
                os.chown(os.path.join(top, each), sandbox.user, sandbox.user, follow_symlinks=False)


@trap("links", "links to a file and a folder outside, to nothing, to themselves and to each other")
def links(sandbox):
    for name, target in (("file", sandbox.root / "outside/secret.txt"),
                         ("folder", sandbox.root / "outside"), ("up", "../../.."),
                         ("nothing", "nowhere"), ("self", "self"), ("one", "two"), ("two", "one"),
                         ("system", "/etc/passwd")):
        os.symlink(target, sandbox.evidence / name)


@trap("folder-loop", "folders that lead back to themselves")
def folder_loop(sandbox):
    (sandbox.evidence / "a/b").mkdir(parents=True)
    os.symlink("..", sandbox.evidence / "a/b/parent")
    os.symlink(".", sandbox.evidence / "a/b/here")
    os.symlink(sandbox.evidence, sandbox.evidence / "a/b/top")


@trap("hard-links", "a second name of one file, and of a file that stands outside")
def hard_links(sandbox):
    os.link(sandbox.evidence / CHAT_NAME, sandbox.evidence / "again.txt")
    os.link(sandbox.root / "outside/secret.txt", sandbox.evidence / "other.txt")


@trap("specials", "a FIFO that nobody writes to, a socket, and devices without end")
def specials(sandbox):
    os.mkfifo(sandbox.evidence / "fifo")
    listening = socket.socket(socket.AF_UNIX)
    here = os.getcwd()
    os.chdir(sandbox.evidence)  # the path of a socket must be short
    listening.bind("socket")
    os.chdir(here)
    listening.close()
    for name, kind, number in (("zero", stat.S_IFCHR, (1, 5)), ("random", stat.S_IFCHR, (1, 8)),
                               ("loop", stat.S_IFBLK, (7, 200))):
        os.mknod(sandbox.evidence / name, 0o600 | kind, os.makedev(*number))


@trap("names-controls", "names with escape sequences, newlines, tabs, DEL and C1 controls")
def names_controls(sandbox):
    for name in (b"\x1b[2J\x1b[31mred.txt", b"two\nlines.txt", b"tab\there.txt", b"\rback.txt",
                 b"del\x7f.txt", "csi\u009b31m.txt".encode(), b"bell\x07.txt"):
        write(sandbox.evidence, name)


@trap("names-bidi", "names that show as others: overrides, isolates, marks, line separators")
def names_bidi(sandbox):
    for name in ("photo\u202egpj.exe", "a\u2066b\u2069.txt", "c\u200fd.txt", "e\u2028f.txt",
                 "g\u061ch.txt", "i\ufeffj.txt"):
        write(sandbox.evidence, name)


@trap("names-options", "names that others take for options, files of words or commands")
def names_options(sandbox):
    for name in ("-rf", "--help", "--", "-", "@file", "$(touch owned)", "`touch owned`", "; ls",
                 "*", "?", "~", " ", " leading", "trailing ", "|cat", "a'b\"c", "%s%n", "&amp;<b>",
                 "nul", "CON", "x:y", "...", "{}", "!!"):
        write(sandbox.evidence, name)


@trap("names-not-utf8", "names in other character sets: Latin-1, CP1256, lone surrogates, overlong")
def names_not_utf8(sandbox):
    (sandbox.evidence / "sub").mkdir()
    for name in ("prüfung.txt".encode("latin-1"), "صورة.txt".encode("cp1256"), b"\xff\xfe.txt",
                 b"\xed\xa0\x80.txt", b"\xc0\xaf.txt", b"sub/cut\xe2\x82"):
        write(sandbox.evidence, name)


@trap("names-collide", "names that are one for other systems: case, composition, width, dots")
def names_collide(sandbox):
    for name in ("Photo.jpg", "photo.JPG", "PHOTO.jpg", "é.txt", "e\u0301.txt", "ﬁ.txt", "fi.txt",
                 "straße", "STRASSE", "i.txt", "İ.txt", "ı.txt", "a.", "a", "a "):
        write(sandbox.evidence, name)


@trap("names-longest", "names and paths as long as the system takes, and longer than PATH_MAX")
def names_longest(sandbox):
    write(sandbox.evidence, "n" * 255)
    here = os.open(sandbox.evidence, os.O_RDONLY)
    for letter in "abcdefghijklmnopqrst":  # 20 times 255 bytes
        os.mkdir(letter * 255, dir_fd=here)
        below = os.open(letter * 255, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    file = os.open("deep.txt", os.O_WRONLY | os.O_CREAT, 0o600, dir_fd=here)
    os.write(file, CHAT.encode())
    os.close(file)
    os.close(here)


def nest(sandbox, levels):
    here = os.open(sandbox.evidence, os.O_RDONLY)
    for _ in range(levels):
        os.mkdir("d", dir_fd=here)
        below = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    file = os.open("bottom.txt", os.O_WRONLY | os.O_CREAT, 0o600, dir_fd=here)
    os.write(file, CHAT.encode())
    os.close(file)
    os.close(here)


@trap("deep-folders", "4,000 folders in each other, a chat in the innermost")
def deep_folders(sandbox):
    nest(sandbox, 4000)


@trap("no-permission", "a file, a folder, and a folder that tells names only, without permission")
def no_permission(sandbox):
    write(sandbox.evidence, "closed.txt")
    for folder in ("closed", "names-only"):
        (sandbox.evidence / folder).mkdir()
        write(sandbox.evidence / folder, "inside.txt")
    os.chmod(sandbox.evidence / "closed.txt", 0)
    os.chmod(sandbox.evidence / "closed", 0)
    os.chmod(sandbox.evidence / "names-only", 0o444)


@trap("empty-things", "empty folders, empty files, a folder in place of the chat")
def empty_things(sandbox):
    (sandbox.evidence / "empty/more/most").mkdir(parents=True)
    (sandbox.evidence / "_chat.txt").mkdir()
    write(sandbox.evidence, "empty.zip", b"")
    write(sandbox.evidence, "empty.txt", b"")


@trap("sparse", "2 GiB of nothing that take no place on the disk")
def sparse(sandbox):
    with open(sandbox.evidence / "sparse.bin", "wb") as file:
        file.truncate(2 << 30)


@trap("many-files", "100,000 files in one folder")
def many_files(sandbox):
    for number in range(100_000):
        write(sandbox.evidence, f"{number:06}.txt", b"file %d\n" % number)
