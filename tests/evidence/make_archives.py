#!/usr/bin/env python3
"""Writes the archives that tests/evidence reads, each named after what it has or lacks.

usage: make_archives.py FOLDER

What needs a program that is not there (7z, zstd) is left out; the tests then skip it.
"""
import bz2
import gzip
import io
import lzma
import os
import pathlib
import random
import shutil
import struct
import subprocess
import sys
import tarfile
import warnings
import zipfile

CHAT = "".join(f"[01/05/2024, 10:{i // 60:02}:{i % 60:02}] Selam: line {i}\n" for i in range(600)).encode()
FIXED = (2024, 5, 1, 10, 20, 30)  # local wall clock of the phone, zone not stated
SECONDS = 1714558830  # 2024-05-01T10:20:30Z


def zip_of(members, method=zipfile.ZIP_DEFLATED):
    """A zip with the members (name or ZipInfo, content) in this order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members:
            info = name if isinstance(name, zipfile.ZipInfo) else zipfile.ZipInfo(name, FIXED)
            info.compress_type = method
            archive.writestr(info, content)
    return out.getvalue()


def with_mode(name, mode):
    info = zipfile.ZipInfo(name, FIXED)
    info.create_system = 3
    info.external_attr = mode << 16
    return info


def with_extra(name, extra):
    info = zipfile.ZipInfo(name, FIXED)
    info.extra = extra
    return info


def renamed(archive, old, new):
    """The same archive with a name replaced by bytes that zipfile would not write."""
    assert len(old) == len(new) and archive.count(old) == 2
    return archive.replace(old, new)


def tar_of(members, form=tarfile.PAX_FORMAT):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as archive:
        for info, content in members:
            info.size = len(content)
            info.mtime = SECONDS
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


def tar_link(name, kind, target):
    info = tarfile.TarInfo(name)
    info.type = kind
    info.linkname = target
    return info


def encrypted(archive, name):
    """Sets the encryption flag of one member in its local header and in the directory."""
    out = bytearray(archive)
    for signature, name_at, flags_at in ((b"PK\3\4", 30, 6), (b"PK\1\2", 46, 8)):
        at = out.find(signature)
        while at >= 0:
            if out[at + name_at:at + name_at + len(name)] == name:
                out[at + flags_at] |= 1
            at = out.find(signature, at + 1)
    return bytes(out)


def overlapping(copies):
    """One member's data under many names: each directory entry points at the same local header."""
    archive = zip_of([("zeros.bin", bytes(1 << 20))])
    start = archive.index(b"PK\1\2")
    entry = archive[start:archive.index(b"PK\5\6")]
    directory = b"".join(entry.replace(b"zeros.bin", b"zer%02d.bin" % i) for i in range(copies))
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, copies, copies, len(directory), start, 0)
    return archive[:start] + directory + end


def zip64_of(name, content):
    """A stored member whose sizes and place stand in zip64 fields only."""
    big = 0xFFFFFFFF
    crc = zipfile.crc32(content)
    sizes = struct.pack("<QQ", len(content), len(content))
    local = struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 45, 0, 0, 0, 0, crc, big, big, len(name), 20)
    local += name + struct.pack("<HH", 1, 16) + sizes + content
    entry = struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\1\2", 45, 45, 0, 0, 0, 0, crc, big, big,
                        len(name), 28, 0, 0, 0, 0, big)
    entry += name + struct.pack("<HH", 1, 24) + sizes + struct.pack("<Q", 0)
    at = len(local) + len(entry)
    end64 = struct.pack("<4sQHHIIQQQQ", b"PK\6\6", 44, 45, 45, 0, 0, 1, 1, len(entry), len(local))
    locator = struct.pack("<4sIQI", b"PK\6\7", 0, at, 1)
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, big, big, 0)
    return local + entry + end64 + locator + end


def streamed_zip(members, method=zipfile.ZIP_DEFLATED):
    """As a phone writes it without seeking: sizes stand behind the data of each member."""

    class Pipe(io.RawIOBase):
        def __init__(self):
            self.bytes = b""

        def writable(self):
            return True

        def write(self, data):
            self.bytes += bytes(data)
            return len(data)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", method) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name, FIXED), content, method)
    return pipe.bytes


def bad_crc():
    archive = bytearray(zip_of([("a.txt", b"alpha"), ("b.txt", b"beta")], zipfile.ZIP_STORED))
    archive[archive.index(b"alpha")] ^= 0xFF
    return bytes(archive)


def with_end_fields(archive, **fields):
    """The same zip whose end record states something else: count, size or offset of the directory."""
    out = bytearray(archive)
    end = out.rindex(b"PK\5\6")
    for name, value in fields.items():
        form, at = {"count": ("<H", 10), "size": ("<I", 12), "offset": ("<I", 16)}[name]
        struct.pack_into(form, out, end + at, value)
    return bytes(out)


def inserted_before_directory(archive, extra):
    """The same zip with bytes between its last member and its directory, all offsets kept right."""
    start = archive.index(b"PK\1\2")
    return with_end_fields(archive[:start] + extra + archive[start:], offset=start + len(extra))


def without_entry(archive, name):
    """The same zip whose directory no longer speaks of one member."""
    start = archive.index(b"PK\1\2")
    at = archive.index(name, start) - 46
    length = 46 + len(name)
    size = archive.rindex(b"PK\5\6") - start - length
    count = archive.count(b"PK\1\2") - 1
    return with_end_fields(archive[:at] + archive[at + length:], count=count, size=size)


def hardlink_with_content():
    """A pax tar may give a second name content of its own."""
    out = bytearray(tar_of([(tarfile.TarInfo("\u00e9.txt"), b"makes it a pax archive"),
                            (tarfile.TarInfo("a.txt"), b"abc"), (tarfile.TarInfo("b.txt"), CHAT)]))
    header = out.index(b"b.txt")
    out[header + 156:header + 162] = b"1a.txt"
    out[header + 148:header + 156] = b" " * 8
    out[header + 148:header + 156] = b"%06o\0 " % sum(out[header:header + 512])
    return bytes(out)


def sparse_tar(tail=0):
    """GNU sparse member: 512 bytes at 0 and at 1 MiB, a hole between them and one of `tail` bytes."""
    header = bytearray(512)

    def field(at, text):
        header[at:at + len(text)] = text

    field(0, b"sparse.bin")
    field(100, b"0000644\0")
    field(108, b"0000000\0")
    field(116, b"0000000\0")
    field(124, b"%011o\0" % 1024)  # bytes that are stored
    field(136, b"%011o\0" % SECONDS)
    field(156, b"S")
    field(257, b"ustar  \0")
    for i, (offset, length) in enumerate(((0, 512), (1 << 20, 512))):
        field(386 + 24 * i, b"%011o\0%011o\0" % (offset, length))
    field(483, b"%011o\0" % ((1 << 20) + 512 + tail))  # real size
    field(148, b"        ")
    field(148, b"%06o\0 " % sum(header))
    return bytes(header) + b"A" * 512 + b"B" * 512 + bytes(1024)


def write(folder):
    files = {}
    plain = [("_chat.txt", CHAT), ("photos/", b""), ("photos/a.jpg", b"\xff\xd8\xff jpeg")]
    files["plain.zip"] = zip_of(plain)
    files["stored.zip"] = zip_of(plain, zipfile.ZIP_STORED)
    files["bzip2.zip"] = zip_of(plain, zipfile.ZIP_BZIP2)
    files["lzma.zip"] = zip_of(plain, zipfile.ZIP_LZMA)
    files["streamed.zip"] = streamed_zip([("first.txt", CHAT), ("second.txt", CHAT)])
    files["zip64.zip"] = zip64_of(b"big.bin", b"not so big")
    files["prefixed.zip"] = b"PK\3\4" + files["plain.zip"]
    files["commented.zip"] = files["plain.zip"][:-2] + struct.pack("<H", 26) + b"PK\5\6 looks like an end, no"
    files["no_members.zip"] = zip_of([])
    files["nested.zip"] = zip_of([("inner.zip", zip_of([("deep.txt", b"deep")])), ("outer.txt", b"out")])
    files["times.zip"] = zip_of([
        ("dos.txt", b"d"),
        (with_extra("unix.txt", struct.pack("<HHBi", 0x5455, 5, 1, SECONDS)), b"u"),
        (with_extra("ntfs.txt", struct.pack("<HHIHHQQQ", 10, 32, 0, 1, 24, (SECONDS + 11644473600) * 10**7 + 1230000, 0, 0)), b"n"),
    ])
    zero_time = bytearray(zip_of([("no_time.txt", b"z")]))
    for signature, at in ((b"PK\3\4", 10), (b"PK\1\2", 12)):
        start = zero_time.index(signature) + at
        zero_time[start:start + 4] = bytes(4)
    files["no_time.zip"] = bytes(zero_time)

    warnings.filterwarnings("ignore", "Duplicate name")
    names = ["../../etc/passwd", "/etc/passwd", "..\\..\\boot.ini", "same.txt", "same.txt", "SAME.TXT",
             "bell\x07\n.txt", "photo\u202egpj.exe", "e\u0301.txt", "\u00e9.txt", "قارب.txt", ""]
    files["names.zip"] = zip_of([(name, str(i).encode()) for i, name in enumerate(names)])
    files["cp437_name.zip"] = renamed(zip_of([("AAAA.txt", b"x")]), b"AAAA", b"\x82\xff\xe9\x01")
    files["flagged_invalid_utf8_name.zip"] = renamed(zip_of([("éAAA.txt", b"x")]), b"AAA", b"\xff\xfe\x80")
    files["nul_in_name.zip"] = renamed(zip_of([("aXb.txt", b"x")]), b"aXb", b"a\0b")

    files["kinds.zip"] = zip_of([
        (with_mode("link", 0o120777), b"../target"), (with_mode("fifo", 0o010644), b""),
        (with_mode("folder", 0o040755), b""), (with_mode("folder_with_content/", 0o040755), b"hidden"),
        (with_mode("file", 0o100644), b"file")], zipfile.ZIP_STORED)
    files["encrypted_member.zip"] = encrypted(zip_of([("open.txt", b"open"), ("shut.txt", b"shut"), ("last.txt", b"last")]), b"shut.txt")
    files["all_encrypted.zip"] = encrypted(zip_of([("shut.txt", b"shut")]), b"shut.txt")
    files["bad_crc.zip"] = bad_crc()
    unknown = bytearray(zip_of([("odd.txt", b"odd"), ("even.txt", b"even")], zipfile.ZIP_STORED))
    unknown[unknown.index(b"PK\1\2") + 10] = 77
    files["unknown_method.zip"] = bytes(unknown)
    files["overlapping.zip"] = overlapping(50)
    files["zeros.zip"] = zip_of([("zeros.bin", bytes(100 << 20))])
    files["many.zip"] = zip_of([(f"{i}.txt", b"x") for i in range(100)])

    whole = files["plain.zip"]
    files["no_directory.zip"] = whole[:whole.index(b"PK\1\2")]
    cut = zip_of([("first.txt", CHAT), ("second.bin", bytes(range(256)) * 200)], zipfile.ZIP_STORED)
    files["cut_in_second.zip"] = cut[:len(CHAT) + 2000]
    files["damaged_directory.zip"] = whole[:whole.index(b"PK\1\2") + 60] + b"\0" * 40 + whole[whole.index(b"PK\1\2") + 100:]
    moved = bytearray(whole)
    moved[moved.index(b"PK\1\2") + 42] = 5
    files["entry_points_nowhere.zip"] = bytes(moved)
    files["header_only.zip"] = b"PK\3\4"
    streamed = files["streamed.zip"]
    files["streamed_cut_in_directory.zip"] = streamed[:streamed.index(b"PK\1\2") + 40]
    files["streamed_cut_in_second.zip"] = streamed[:streamed.rindex(b"PK\3\4") + 1500]
    lost = bytearray(zip_of([("a.txt", CHAT), ("b.txt", CHAT)]))
    lost = lost[:lost.index(b"PK\1\2")]
    lost[60:80] = b"\xff" * 20
    files["first_damaged_no_directory.zip"] = bytes(lost)

    members = [(tarfile.TarInfo("_chat.txt"), CHAT), (tarfile.TarInfo("e\u0301.txt"), b"nfd"),
               (tarfile.TarInfo("raw\udcff.txt"), b"raw"),
               (tar_link("link", tarfile.SYMTYPE, "/etc/passwd"), b""),
               (tar_link("hard", tarfile.LNKTYPE, "_chat.txt"), b""),
               (tar_link("fifo", tarfile.FIFOTYPE, ""), b""), (tar_link("folder", tarfile.DIRTYPE, ""), b"")]
    files["pax.tar"] = tar_of(members)
    files["gnu.tar"] = tar_of(members, tarfile.GNU_FORMAT)
    files["chat.tar.gz"] = gzip.compress(files["gnu.tar"], mtime=0)
    files["chat.tar.bz2"] = bz2.compress(files["gnu.tar"])
    files["chat.tar.xz"] = lzma.compress(files["gnu.tar"])
    files["cut.tar"] = files["gnu.tar"][:20000]
    files["cut.tar.gz"] = files["chat.tar.gz"][:1000]
    files["sparse.tar"] = sparse_tar()

    files["sparse_to_the_end.tar"] = sparse_tar(2 << 20)
    files["hardlink_with_content.tar"] = hardlink_with_content()

    one, two = zip_of([("one.txt", b"one")]), zip_of([("two.txt", b"two")])
    both = zip_of([("one.txt", b"one"), ("two.txt", b"two"), ("three.txt", b"three")])
    files["two_zips.zip"] = one + two
    files["directory_stated_too_short.zip"] = with_end_fields(both, size=46 + len("one.txt"))
    files["directory_stated_empty.zip"] = with_end_fields(both, size=0)
    files["entries_stated_too_few.zip"] = with_end_fields(both, count=1)
    files["member_without_entry.zip"] = without_entry(both, b"two.txt")
    files["text_in_gap.zip"] = inserted_before_directory(one, b"between the lines")
    files["apk_signed.zip"] = inserted_before_directory(one, b"signatures APK Sig Block 42")
    files["zeros_in_gap.zip"] = inserted_before_directory(one, bytes(64))
    files["split_mark.zip"] = b"PK\7\x08" + one
    files["self_extracting.exe"] = b"MZ the program knows PK\3\4 and then" + b"\xff" * 40 + both
    files["trailing_text.zip"] = both + b"and one thing more"
    files["trailing_zeros.zip"] = both + bytes(1000)
    inner = zip_of([("deep.txt", CHAT), ("pad.bin", b"\xff\x00" * 10000)], zipfile.ZIP_STORED)
    outer = zip_of([("_chat.txt", CHAT), ("backup.zip", inner)], zipfile.ZIP_STORED)
    files["cut_behind_inner.zip"] = outer[:-60]
    files["cut_at_end_of_inner.zip"] = outer[:outer.index(inner) + len(inner)]
    files["cut_within_inner.zip"] = outer[:outer.index(inner) + len(inner) - 9000]
    damaged = outer[:outer.index(inner) + len(inner)].replace(inner, inner.replace(b"line 7\n", b"line 8\n"))
    files["inner_damaged_no_directory.zip"] = damaged[:-22]
    files["streamed_inner_cut.zip"] = streamed_zip([("backup.zip", inner)], zipfile.ZIP_STORED)[:-9000]
    folder_lie = bytearray(zip_of([("secret", CHAT), ("x.txt", b"x")], zipfile.ZIP_STORED).replace(b"secret", b"secre/"))
    struct.pack_into("<I", folder_lie, folder_lie.index(b"PK\1\2") + 24, 0)
    files["folder_states_no_size.zip"] = bytes(folder_lie)

    first, second = (tar_of([(tarfile.TarInfo(name), name.encode())]) for name in ("one.txt", "two.txt"))
    files["two_tars.tar"] = first + second
    files["two_tars.tar.gz"] = gzip.compress(first + second, mtime=0)
    files["trailing_text.tar"] = first + b"t" * 1024
    files["trailing_word.tar"] = first + b"behind"
    files["damaged_header.tar"] = first[:1024] + second[:1024].replace(b"two", b"2wo", 1) + second
    files["trailing_text.gz"] = gzip.compress(CHAT, mtime=0) + CHAT
    files["trailing_zeros.gz"] = gzip.compress(CHAT, mtime=0) + bytes(1000)
    files["trailing_text.tar.gz"] = gzip.compress(first, mtime=0) + CHAT
    files["trailing_text.bz2"] = bz2.compress(CHAT) + CHAT
    files["trailing_text.xz"] = lzma.compress(CHAT) + CHAT
    files["two_members.gz"] = gzip.compress(CHAT[:700], mtime=0) + gzip.compress(CHAT[700:], mtime=0)

    files["lone.gz"] = gzip.compress(CHAT, mtime=0)
    named = io.BytesIO()
    with gzip.GzipFile("chat_export.txt", "wb", fileobj=named, mtime=SECONDS) as stream:
        stream.write(CHAT)
    files["named.gz"] = named.getvalue()
    files["lone.bz2"] = bz2.compress(CHAT)
    files["lone.xz"] = lzma.compress(CHAT)
    files["cut.xz"] = files["lone.xz"][:400]
    files["begins_with_zeros.gz"] = gzip.compress(bytes(2048) + CHAT, mtime=0)
    files["zeros.gz"] = gzip.compress(bytes(100 << 20), mtime=0)
    files["random.gz"] = gzip.compress(random.Random(1).randbytes(2 << 20), mtime=0)
    files["magic_only.gz"] = b"\x1f\x8b\x08"
    files["garbage.xz"] = b"\xfd7zXZ\0" + bytes(range(256)) * 8
    files["garbage.7z"] = b"7z\xbc\xaf\x27\x1c" + bytes(range(256)) * 8

    files["empty"] = b""
    files["text.txt"] = CHAT
    files["garbage.bin"] = bytes((i * 7919 >> 3) & 0xFF for i in range(65536))
    for name, content in files.items():
        (folder / name).write_bytes(content)

    if shutil.which("zstd"):
        for name in ("gnu.tar", "text.txt"):
            subprocess.run(["zstd", "-q", "-f", folder / name, "-o", folder / f"{name}.zst"], check=True)
        (folder / "trailing_text.zst").write_bytes((folder / "text.txt.zst").read_bytes() + CHAT)
    if shutil.which("7z"):
        (folder / "_chat.txt").write_bytes(CHAT)
        (folder / "قارب.txt").write_bytes(b"boat")
        for path in ("_chat.txt", "قارب.txt"):
            os.utime(folder / path, (SECONDS, SECONDS))
        chat = ["_chat.txt", "قارب.txt"]
        quiet = {"cwd": folder, "check": True, "stdout": subprocess.DEVNULL, "stdin": subprocess.DEVNULL,
                 "env": {**os.environ, "LC_ALL": "C.UTF-8"}}
        subprocess.run(["7z", "a", "-bd", "plain.7z", *chat], **quiet)
        subprocess.run(["7z", "a", "-bd", "-psecret", "encrypted.7z", *chat], **quiet)
        subprocess.run(["7z", "a", "-bd", "-psecret", "-mhe=on", "encrypted_header.7z", *chat], **quiet)
        subprocess.run(["7z", "a", "-bd", "-psecret", "-mem=AES256", "aes.zip", *chat], **quiet)
        (folder / "trailing_text.7z").write_bytes((folder / "plain.7z").read_bytes() + b"behind it")
        (folder / "cut.7z").write_bytes((folder / "plain.7z").read_bytes()[:-40])


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    write(pathlib.Path(sys.argv[1]))
