"""The files that the people of the case "Harbour" send each other."""

import struct

from harbour_pictures import Picture, jpeg, png
from harbour_story import KARIM_AFTER

WHITE, BLACK, GREY, PALE = (255, 255, 255), (20, 24, 28), (120, 128, 136), (229, 221, 213)
SEA, LAND, RED, GREEN, BLUE = (150, 200, 230), (226, 214, 178), (200, 40, 40), (214, 247, 200), (
    30, 60, 130)


def map_sketch():
    picture = Picture(320, 240, SEA)
    for step in range(0, 240, 4):
        picture.box(0, step, 90 + (step * 37 % 29) - step // 6, 4, LAND)
        picture.box(250 - (step * 23 % 31), step, 90, 4, LAND)
    picture.line(70, 120, 240, 96, RED, 3)
    picture.disc(70, 120, 6, RED)
    picture.disc(240, 96, 6, RED)
    picture.text(14, 134, "OLD HARBOUR", BLACK)
    picture.text(236, 110, "ISLAND", BLACK)
    picture.text(110, 78, "12 KM", RED, 3)
    return jpeg(picture)


def ferry_ticket():
    picture = Picture(320, 144, WHITE)
    picture.box(0, 0, 320, 28, BLUE)
    picture.text(12, 8, "BLUE GULL FERRIES - SPECIMEN", WHITE)
    for line, words in enumerate(("CHIOS > PIRAEUS", "12.04.2024   23:40", "2 ADULTS   DECK",
                                  "NO. EX-000-1500")):
        picture.text(12, 40 + line * 24, words, BLACK, 3)
    for bar in range(48):
        picture.box(212 + bar * 2, 104, 1 + bar * 7 % 3 // 2, 28, BLACK)
    return png(picture)


def bubble_screenshot():
    picture = Picture(240, 320, PALE)
    picture.box(0, 0, 240, 32, (7, 94, 84))
    picture.text(12, 10, "REVIEWS", WHITE, 3)
    bubbles = (("IS THE BOAT SAFE", True), ("MY MONEY IS GONE", True), ("WAIT FOR FRIDAY", False),
               ("GIVE BACK 1500", True), ("SECOND TRY IS FREE", False))
    for number, (words, incoming) in enumerate(bubbles):
        width = len(words) * 8 + 24
        left = 8 if incoming else 232 - width
        picture.box(left, 48 + number * 52, width, 40, WHITE if incoming else GREEN)
        picture.text(left + 12, 58 + number * 52, words, BLACK)
        picture.text(left + width - 46, 76 + number * 52, f"1{number}:0{number}", GREY)
    return jpeg(picture)


def blurred_passport():
    picture = Picture(240, 160, (190, 190, 205))
    picture.box(16, 24, 72, 92, GREY)
    picture.disc(52, 58, 18, (210, 180, 160))
    picture.box(30, 84, 44, 32, BLUE)
    for line in range(5):
        picture.text(104, 26 + line * 18, "SPECIMEN", BLACK, 2)
    for line in range(2):
        picture.text(12, 126 + line * 14, "SPECIMEN<<<<<<<<<<<<<<<<<<<", BLACK, 2)
    return jpeg(picture.blurred(3))


def contact_card():
    return ("BEGIN:VCARD\r\nVERSION:3.0\r\nN:;Captain;;;\r\nFN:Captain\r\n"
            "TEL;type=CELL;waid=447700900155:+44 7700 900155\r\n"
            f"TEL;type=WORK:{KARIM_AFTER}\r\nEMAIL:captain@harbour.example\r\n"
            "END:VCARD\r\n").encode()


def _ogg_crc(data):
    value = 0
    for byte in data:
        value ^= byte << 24
        for _ in range(8):
            value = (value << 1 ^ 0x04C11DB7) & 0xFFFFFFFF if value >> 31 else value << 1
    return value


def voice_note():
    """One second of silence as Ogg Opus."""
    packets = [b"OpusHead\1\1" + struct.pack("<HIhB", 0, 48000, 0, 0),
               b"OpusTags" + struct.pack("<I", 7) + b"harbour" + struct.pack("<I", 0)]
    pages = [(packets[:1], 2, 0), (packets[1:], 0, 0), ([b"\xf8\xff\xfe"] * 50, 4, 48000)]
    out = b""
    for sequence, (content, flags, position) in enumerate(pages):
        head = b"OggS\0" + struct.pack("<BqII", flags, position, 0x48415242, sequence)
        tail = bytes([len(content)] + [len(packet) for packet in content]) + b"".join(content)
        out += head + struct.pack("<I", _ogg_crc(head + bytes(4) + tail)) + tail
    return out


# key -> (what iOS calls it, what Android calls it, extension, bytes); documents keep their name.
FILES = {
    "map": ("PHOTO", "IMG", ".jpg", map_sketch()),
    "bubbles": ("PHOTO", "IMG", ".jpg", bubble_screenshot()),
    "passport": ("PHOTO", "IMG", ".jpg", blurred_passport()),
    "van": ("PHOTO", "IMG", ".jpg", b""),
    "voice": ("AUDIO", "PTT", ".opus", voice_note()),
    "ticket": ("ferry-ticket", "ferry-ticket", ".png", ferry_ticket()),
    "card": ("Captain", "Captain", ".vcf", contact_card()),
}
DOCUMENTS = ("ticket", "card")
