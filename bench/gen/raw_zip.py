"""A zip writer that does as it is told: any name bytes, any flags, sizes and checksums that lie."""

import struct
import zlib
from dataclasses import dataclass, replace
from typing import Optional

FLAG_ENCRYPTED, FLAG_UTF8 = 0x0001, 0x0800
STORED, DEFLATED = 0, 8
DOS_TIME, DOS_DATE = 9 << 11, (2024 - 1980) << 9 | 5 << 5 | 10  # 10 May 2024, 9:00


@dataclass(frozen=True)
class Member:
    name: bytes
    data: bytes = b""
    flags: int = 0
    mode: int = 0o100644
    deflate: bool = False
    zeros: int = 0  # instead of data: so many zero bytes
    crc: Optional[int] = None  # instead of the true checksum
    claimed_size: Optional[int] = None  # instead of the true size
    ready: Optional[tuple] = None  # (method, stored bytes) already packed


def _packed(member):
    """(method, stored bytes, checksum, size)."""
    if member.ready:
        return *member.ready, zlib.crc32(member.data), len(member.data)
    if not member.zeros:
        crc, size = zlib.crc32(member.data), len(member.data)
        if not member.deflate:
            return STORED, member.data, crc, size
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        return DEFLATED, packer.compress(member.data) + packer.flush(), crc, size
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    out, crc, left = [], 0, member.zeros
    while left:
        block = bytes(min(left, 1 << 20))
        out.append(packer.compress(block))
        crc = zlib.crc32(block, crc)
        left -= len(block)
    return DEFLATED, b"".join(out) + packer.flush(), crc, member.zeros


class _Cipher:
    """The traditional encryption of zip, as APPNOTE 6.1 describes it."""

    def __init__(self, password):
        self.keys = [0x12345678, 0x23456789, 0x34567890]
        for byte in password:
            self.update(byte)

    @staticmethod
    def crc_step(crc, byte):
        return zlib.crc32(bytes([byte]), crc ^ 0xFFFFFFFF) ^ 0xFFFFFFFF

    def update(self, byte):
        keys = self.keys
        keys[0] = self.crc_step(keys[0], byte)
        keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = self.crc_step(keys[2], keys[1] >> 24)

    def encrypt(self, data):
        out = bytearray()
        for byte in data:
            mask = (self.keys[2] | 2) & 0xFFFF
            out.append(byte ^ (mask * (mask ^ 1) >> 8 & 0xFF))
            self.update(byte)
        return bytes(out)


def encrypted(member, password):
    check = zlib.crc32(member.data) >> 24
    head = bytes(range(11)) + bytes([check])
    return replace(member, flags=member.flags | FLAG_ENCRYPTED,
                   ready=(STORED, _Cipher(password).encrypt(head + member.data)))


class ZipWriter:
    def __init__(self):
        self.out, self.directory, self.count = bytearray(), bytearray(), 0
        self.last = None

    @staticmethod
    def facts(method, crc, packed, size, flags=0):
        """What a local header and a directory entry have in common."""
        return struct.pack("<HHHHHIII", 20, flags, method, DOS_TIME, DOS_DATE, crc, packed, size)

    def add(self, member):
        method, stored, crc, size = _packed(member)
        crc = crc if member.crc is None else member.crc
        size = size if member.claimed_size is None else member.claimed_size
        facts = self.facts(method, crc, len(stored), size, member.flags)
        self.last = (facts, member.mode, len(self.out))
        self.out += (b"PK\3\4" + facts + struct.pack("<HH", len(member.name), 0) + member.name
                     + stored)
        self.alias(member.name)

    def alias(self, name):
        """One more directory entry for the member that was added last."""
        facts, mode, offset = self.last
        self.directory += (b"PK\1\2" + struct.pack("<H", 3 << 8 | 20) + facts
                           + struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, mode << 16, offset)
                           + name)
        self.count += 1

    def finish(self):
        end = struct.pack("<HHHHIIH", 0, 0, self.count, self.count, len(self.directory),
                          len(self.out), 0)
        return bytes(self.out + self.directory + b"PK\5\6" + end)
