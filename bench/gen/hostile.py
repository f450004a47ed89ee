#!/usr/bin/env python3
"""Writes inputs that are broken, lying or hostile, each named after its defect.

    hostile.py FOLDER [--only NAME ...] [--list]

INDEX.tsv in the folder says what is wrong with each. A case that needs a command which is not
installed (7z, zstd) is left out with a line on standard error. The same machine always writes the
same bytes. In every archive whose defect leaves room for it stands a good `_chat.txt` too, because
a reader has to take in what can be read.
"""

import argparse
import bz2
import gzip
import io
import lzma
import os
import random
import shutil
import struct
import subprocess
import sys
import tarfile
import tempfile
import zlib
from pathlib import Path

from raw_zip import DEFLATED, FLAG_UTF8, Member, ZipWriter, encrypted

CHAT = "".join(
    f"{day:02}/03/2024, 10:{day:02} - {name}: {text}\n" for day, name, text in (
        (13, "Ada", "Hello"), (14, "Farid", "القارب جاهز"), (15, "Ada", "two\nlines"),
        (16, "Farid", "IMG-20240316-WA0001.jpg (file attached)"), (17, "Ada", "ok")))
GOOD = Member(b"_chat.txt", CHAT.encode())
CASES = {}


def case(name, defect):
    def register(function):
        CASES[name] = (defect, function)
        return function
    return register


def zip_of(*members):
    writer = ZipWriter()
    for member in members:
        writer.add(member)
    return writer.finish()


def named(*names, flags=0):
    """A zip of small members with exactly these names, and a good chat."""
    return zip_of(GOOD, *(Member(name, b"member %d\n" % number, flags=flags)
                          for number, name in enumerate(names)))


# Texts

@case("empty.txt", "zero bytes")
def empty():
    return b""


@case("garbage.bin", "64 KiB of random bytes")
def garbage():
    return random.Random(1).randbytes(65536)


@case("not-an-export.txt", "a text that is no chat")
def not_an_export():
    return ("Shopping list\n\n" + "".join(f"{i}. item: {i * 3} pieces\n" for i in range(1, 60))
            + "Meeting on 12/03/2024, 10:00 - room 4\n").encode()


@case("invalid-utf8.txt", "an export with broken, overlong, surrogate and cut-off UTF-8")
def invalid_utf8():
    bad = (b"\xff\xfe", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe2\x82", b"\x80")
    return b"".join(b"%02d/03/2024, 11:00 - Ada: before %s after\n" % (13 + i, piece)
                    for i, piece in enumerate(bad)) + b"19/03/2024, 11:00 - Ada: cut \xe2\x82"


@case("utf16le-bom.txt", "UTF-16 little-endian with byte order mark")
def utf16le():
    return b"\xff\xfe" + CHAT.encode("utf-16-le")


@case("utf16be-bom.txt", "UTF-16 big-endian with byte order mark")
def utf16be():
    return b"\xfe\xff" + CHAT.encode("utf-16-be")


@case("utf16le-no-bom.txt", "UTF-16 little-endian, nothing says so")
def utf16le_bare():
    return CHAT.encode("utf-16-le")


@case("utf16le-odd.txt", "UTF-16 with a lone surrogate and half a character at the end")
def utf16le_odd():
    return b"\xff\xfe" + CHAT.encode("utf-16-le") + b"\x00\xd8" + b"a"


@case("mixed-line-ends.txt", "LF, CRLF, CR and U+2028 in one export, no newline at the end")
def mixed_line_ends():
    ends = (b"\n", b"\r\n", b"\r", b"\r\r\n", "\u2028".encode() + b"\n")
    lines = (b"%02d/03/2024, 12:00 - Ada: line %d" % (13 + i, i) for i in range(10))
    return b"".join(line + ends[i % 5] for i, line in enumerate(lines)).rstrip()


@case("double-bom.txt", "two byte order marks at the start, a third inside")
def double_bom():
    bom = "\ufeff".encode()
    first, rest = CHAT.encode().split(b"\n", 1)
    return bom + bom + first + b"\n" + bom + rest


@case("nul-bytes.txt", "NUL and control characters in names and texts")
def nul_bytes():
    return b"".join(b"%02d/03/2024, 13:00 - A%cda: x%cy\n" % (13 + i, i, i)
                    for i in (0, 1, 7, 8, 11, 12))


@case("one-long-line.txt", "one message of 8 MiB without a newline")
def one_long_line():
    return b"13/03/2024, 14:00 - Ada: " + b"boat " * (8 * 1024 * 1024 // 5)


@case("impossible-dates.txt", "header lines whose dates do not exist")
def impossible_dates():
    dates = (b"31/02/2024, 10:00", b"00/00/0000, 00:00", b"99/99/9999, 99:99",
             b"29/02/2023, 24:61", b"13/13/2024, 10:00", b"1/1/99999999999999999999, 1:1")
    return b"".join(date + b" - Ada: text\n" for date in dates)


# Zips that are broken

@case("truncated.zip", "cut before the central directory")
def truncated():
    whole = zip_of(GOOD, Member(b"IMG-20240316-WA0001.jpg", random.Random(2).randbytes(30000)))
    return whole[:len(whole) // 2]


@case("truncated-directory.zip", "cut inside the central directory")
def truncated_directory():
    return zip_of(GOOD, Member(b"a.txt", b"a"))[:-40]


@case("crc-mismatch.zip", "the checksum of a member is wrong")
def crc_mismatch():
    return zip_of(GOOD, Member(b"photo.jpg", b"not what was packed", crc=0xDEADBEEF))


@case("size-lies.zip", "a member of 5 bytes that claims 3 GiB")
def size_lies():
    return zip_of(GOOD, Member(b"small.bin", b"small", claimed_size=3 << 30))


@case("overlapping.zip", "1000 directory entries that share one member")
def overlapping():
    writer = ZipWriter()
    writer.add(GOOD)
    writer.add(Member(b"shared.bin", bytes(100000), deflate=True))
    for number in range(999):
        writer.alias(b"shared-%03d.bin" % number)
    return writer.finish()


@case("quoted-overlap.zip", "250 members of 1 MB in 25 KB: each holds the headers of all behind it")
def quoted_overlap():
    """Every member is packed as a stored block that quotes the next local header, and goes on with
    the next member's own data. All of them are sound, and none is in the way of another reader."""
    writer, members, quoted = ZipWriter(), [], b""
    content = bytes(1_000_000)
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    stored = packed.compress(content) + packed.flush()
    for number in reversed(range(250)):
        stored = (quoted and b"\0" + struct.pack("<HH", len(quoted), len(quoted) ^ 0xFFFF) + quoted) \
            + stored
        content = quoted + content
        facts = writer.facts(DEFLATED, zlib.crc32(content), len(stored), len(content))
        name = b"%03d.bin" % number
        quoted = b"PK\3\4" + facts + struct.pack("<HH", len(name), 0) + name
        members.append((facts, name, len(stored)))
    writer.add(GOOD)
    end = len(writer.out) + len(quoted) + len(stored)
    writer.out += quoted + stored
    for facts, name, length in reversed(members):
        writer.last = (facts, 0o100644, end - length - 30 - len(name))
        writer.alias(name)
    return writer.finish()


@case("empty.zip", "a zip without members")
def empty_zip():
    return zip_of()


@case("encrypted.zip", "members under a password (traditional encryption, password: harbour)")
def encrypted_zip():
    return zip_of(encrypted(GOOD, b"harbour"), Member(b"readme.txt", b"the rest is encrypted\n"))


@case("trailing-garbage.zip", "bytes in front of and behind a good zip")
def trailing_garbage():
    noise = random.Random(3).randbytes(5000)
    return noise + zip_of(GOOD) + noise


# Bombs

@case("nested-12.zip", "a zip in a zip, 12 deep, a chat at every level")
def nested():
    data = zip_of(GOOD)
    for level in range(11, 0, -1):
        data = zip_of(Member(b"_chat.txt", CHAT.encode() + b"18/03/2024, 10:00 - Ada: level %d\n"
                             % level), Member(b"inner-%02d.zip" % (level + 1), data))
    return data


@case("high-ratio.zip", "200 MB of zeros in about 200 KB")
def high_ratio():
    return zip_of(GOOD, Member(b"zeros.bin", zeros=200_000_000, deflate=True))


@case("high-ratio-nested.zip", "20 zips of 200 MB of zeros in a zip")
def high_ratio_nested():
    inner = zip_of(Member(b"zeros.bin", zeros=200_000_000, deflate=True))
    return zip_of(GOOD, *(Member(b"bomb-%02d.zip" % i, inner, deflate=True) for i in range(20)))


@case("nested-bomb.zip", "16 zips in a zip, four deep: 4 TB, of which no archive holds much")
def nested_bomb():
    data = zip_of(Member(b"zeros.bin", zeros=60_000_000, deflate=True))
    for level in range(4, 0, -1):
        members = (Member(b"%d-%x.zip" % (level, i), data, deflate=level < 4) for i in range(16))
        data = zip_of(*([GOOD] if level == 1 else []), *members)
    return data


@case("many-members.zip", "20,000 empty members")
def many_members():
    return zip_of(GOOD, *(Member(b"%05d.txt" % number, b"") for number in range(20000)))


@case("deep-folders.zip", "a member 2,000 folders deep")
def deep_folders():
    return named(b"d/" * 2000 + b"file.txt")


# Names

@case("name-traversal.zip", "names that climb out of the folder")
def name_traversal():
    return named(b"../escaped.txt", b"a/../../escaped.txt", b"../../../../tmp/escaped.txt", b"..")


@case("name-absolute.zip", "absolute names")
def name_absolute():
    return named(b"/tmp/escaped.txt", b"//server/share/escaped.txt", b"C:/escaped.txt")


@case("name-backslash.zip", "names with backslashes and drive letters")
def name_backslash():
    return named(b"..\\..\\escaped.txt", b"folder\\file.txt", b"C:\\escaped.txt")


@case("name-duplicate.zip", "two members of one name with different bytes, two chats")
def name_duplicate():
    return zip_of(GOOD, Member(b"a.txt", b"first\n"), Member(b"a.txt", b"second\n"),
                  Member(b"_chat.txt", CHAT.encode() + b"18/03/2024, 10:00 - Ada: other\n"))


@case("name-case-clash.zip", "names that differ in case or in composition only")
def name_case_clash():
    return named(b"Photo.jpg", b"photo.JPG", "é.txt".encode(), "e\u0301.txt".encode(),
                 flags=FLAG_UTF8)


@case("name-control.zip", "names with newline, tab, escape sequence, NUL and DEL")
def name_control():
    return named(b"two\nlines.txt", b"tab\there.txt", b"\x1b[31mred.txt", b"nul\0hidden.exe",
                 b"del\x7f.txt")


@case("name-rtl-override.zip", "a name that shows as another extension")
def name_rtl_override():
    return named("photo\u202egpj.exe".encode(), "a\u2066b\u2069.txt".encode(), flags=FLAG_UTF8)


@case("name-not-utf8.zip", "names in code page 437 and bytes that claim to be UTF-8 but are not")
def name_not_utf8():
    return zip_of(GOOD, Member("prüfung.txt".encode("cp437"), b"cp437\n"),
                  Member(b"bad\xff\xfe.txt", b"flagged\n", flags=FLAG_UTF8))


@case("name-long.zip", "a name of 60,000 bytes, an empty name, a name of dots")
def name_long():
    return named(b"n" * 60000, b"", b"...", b".", b"folder/")


@case("name-long-nested.zip", "names of 60,000 bytes that are no text, in archives of such names")
def name_long_nested():
    data = CHAT.encode()
    for level in range(7):
        data = zip_of(GOOD, Member(b"\xff" * 60000 + b"%d" % level, data))
    return data


@case("symlink.zip", "links that point outside, and a member behind a link")
def symlink():
    link = 0o120777
    return zip_of(GOOD, Member(b"passwd", b"/etc/passwd", mode=link),
                  Member(b"up", b"../..", mode=link), Member(b"up/escaped.txt", b"escaped\n"))


@case("decoy.zip", "a chat hidden among the side files of a Mac and a text that is no chat")
def decoy():
    return zip_of(Member(b"__MACOSX/._a.txt", b"\0\x05\x16\x07" + bytes(100)),
                  Member(b"a-notes.txt", b"nothing here\n"),
                  Member(b"WhatsApp Chat with Ada.txt", CHAT.encode()))


# Other archives

def tar_of(*extra):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, data in (("_chat.txt", CHAT.encode()), ("notes/note.txt", b"a note\n")):
            info = tarfile.TarInfo(name)
            info.size, info.mtime = len(data), 1710000000
            archive.addfile(info, io.BytesIO(data))
        for info in extra:
            archive.addfile(info)
    return out.getvalue()


@case("sample.tar.gz", "none: a good archive")
def tar_gz():
    return gzip.compress(tar_of(), mtime=0)


@case("sample.tar.xz", "none: a good archive")
def tar_xz():
    return lzma.compress(tar_of())


@case("sample.tar.bz2", "none: a good archive")
def tar_bz2():
    return bz2.compress(tar_of())


def piped(command, data):
    if shutil.which(command[0]) is None:
        return None
    return subprocess.run(command, input=data, stdout=subprocess.PIPE, check=True).stdout


@case("sample.tar.zst", "none: a good archive (needs zstd)")
def tar_zst():
    return piped(["zstd", "-q", "-c", "-T1"], tar_of())


def packed_by_7z(*options):
    if shutil.which("7z") is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        chat = Path(folder, "_chat.txt")
        chat.write_bytes(CHAT.encode())
        os.utime(chat, (1710000000, 1710000000))
        subprocess.run(["7z", "a", "-bd", "-mtc=off", "-mta=off", "-mmt=1", *options, "out.7z",
                        "_chat.txt"], cwd=folder, stdout=subprocess.DEVNULL, check=True)
        return Path(folder, "out.7z").read_bytes()


@case("sample.7z", "none: a good archive (needs 7z)")
def seven_zip():
    return packed_by_7z()


@case("truncated.7z", "cut in the middle (needs 7z)")
def truncated_7z():
    whole = packed_by_7z()
    return whole and whole[:len(whole) // 2]


@case("truncated.tar.gz", "cut in the middle")
def truncated_tar_gz():
    whole = tar_gz()
    return whole[:len(whole) * 2 // 3]


@case("odd-members.tar", "links, a pipe, a device, traversal and absolute names")
def odd_members():
    def special(name, kind, link=""):
        info = tarfile.TarInfo(name)
        info.type, info.linkname, info.mtime = kind, link, 1710000000
        return info

    return tar_of(special("passwd", tarfile.SYMTYPE, "/etc/passwd"),
                  special("hard", tarfile.LNKTYPE, "../../outside"),
                  special("self", tarfile.LNKTYPE, "_chat.txt"),
                  special("pipe", tarfile.FIFOTYPE), special("zero", tarfile.CHRTYPE),
                  special("../escaped", tarfile.REGTYPE), special("/tmp/escaped", tarfile.REGTYPE),
                  special("folder", tarfile.DIRTYPE))


@case("name-traversal.tar", "names and links that climb out of the folder, a member behind a link")
def name_traversal_tar():
    def member(name, kind=tarfile.REGTYPE, link=""):
        info = tarfile.TarInfo(name)
        info.type, info.linkname, info.mtime = kind, link, 1710000000
        return info

    return tar_of(member("../../escaped.txt"), member("/tmp/escaped.txt"),
                  member("..\\escaped.txt"), member("out", tarfile.SYMTYPE, "../.."),
                  member("out/escaped.txt"), member("hard", tarfile.LNKTYPE, "/etc/passwd"),
                  member("hard"))


@case("sparse.tar", "a sparse member that claims 1 TiB of zeros")
def sparse_tar():
    info = tarfile.TarInfo("sparse.bin")
    info.mtime = 1710000000
    info.pax_headers = {"GNU.sparse.major": "0", "GNU.sparse.minor": "1",
                        "GNU.sparse.name": "sparse.bin", "GNU.sparse.size": str(1 << 40),
                        "GNU.sparse.numblocks": "1", "GNU.sparse.map": f"{1 << 40},0"}
    return tar_of(info)


@case("bomb.gz", "100 MB of zeros, compressed once")
def bomb_gz():
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = bytes(1_000_000)
    return b"".join(packer.compress(block) for _ in range(100)) + packer.flush()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--only", nargs="+", choices=list(CASES), metavar="NAME")
    parser.add_argument("--list", action="store_true", help="print the names and defects")
    wanted = parser.parse_args()
    if wanted.list:
        print("".join(f"{name}\t{defect}\n" for name, (defect, _) in CASES.items()), end="")
        return
    if wanted.folder is None:
        parser.error("FOLDER is missing")

    wanted.folder.mkdir(parents=True, exist_ok=True)
    index = []
    for name in wanted.only or CASES:
        defect, build = CASES[name]
        data = build()
        if data is None:
            print(f"hostile.py: {name} left out: {defect}", file=sys.stderr)
            continue
        (wanted.folder / name).write_bytes(data)
        index.append(f"{name}\t{len(data)}\t{defect}\n")
    (wanted.folder / "INDEX.tsv").write_text("".join(index), encoding="utf-8")


if __name__ == "__main__":
    main()
