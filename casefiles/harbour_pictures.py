"""Draws small pictures and encodes them as PNG and baseline JPEG, the same bytes everywhere.

Deflate streams are written as stored blocks and the cosine transform works in integers, because
the output of a compressor or of floating point may differ from one machine to the next.
"""

import math
import struct
import zlib

GLYPHS = {
    "A": "25755", "B": "65656", "C": "34443", "D": "65556", "E": "74647", "F": "74644",
    "G": "34553", "H": "55755", "I": "72227", "J": "11152", "K": "55655", "L": "44447",
    "M": "57755", "N": "65555", "O": "25552", "P": "65644", "Q": "25563", "R": "65655",
    "S": "34216", "T": "72222", "U": "55557", "V": "55552", "W": "55775", "X": "55255",
    "Y": "55222", "Z": "71247", "0": "75557", "1": "26227", "2": "71747", "3": "71317",
    "4": "55711", "5": "74717", "6": "74757", "7": "71122", "8": "75757", "9": "75717",
    ":": "02020", "-": "00700", ".": "00002", "/": "11244", ">": "42124", "<": "12421",
}  # five rows of three pixels, one octal digit a row


class Picture:
    def __init__(self, width, height, colour):
        self.width, self.height = width, height
        self.rows = [[colour] * width for _ in range(height)]

    def box(self, x, y, width, height, colour):
        for row in self.rows[max(y, 0):max(y + height, 0)]:
            for column in range(max(x, 0), min(x + width, self.width)):
                row[column] = colour

    def line(self, x0, y0, x1, y1, colour, thickness=2):
        steps = max(abs(x1 - x0), abs(y1 - y0), 1)
        for step in range(steps + 1):
            self.box(x0 + (x1 - x0) * step // steps, y0 + (y1 - y0) * step // steps,
                     thickness, thickness, colour)

    def disc(self, x, y, radius, colour):
        for dy in range(-radius, radius + 1):
            half = math.isqrt(radius * radius - dy * dy)
            self.box(x - half, y + dy, 2 * half + 1, 1, colour)

    def text(self, x, y, words, colour, scale=2):
        for position, letter in enumerate(words):
            for row, bits in enumerate(GLYPHS.get(letter, "00000")):
                for column in range(3):
                    if int(bits, 8) >> (2 - column) & 1:
                        self.box(x + (position * 4 + column) * scale, y + row * scale,
                                 scale, scale, colour)

    def blurred(self, radius):
        return self._blurred_rows(radius)._turned()._blurred_rows(radius)._turned()

    def _blurred_rows(self, radius):
        result = Picture(self.width, self.height, None)
        for y, row in enumerate(self.rows):
            for x in range(self.width):
                window = row[max(0, x - radius):x + radius + 1]
                result.rows[y][x] = tuple(sum(c) // len(window) for c in zip(*window))
        return result

    def _turned(self):
        result = Picture(self.height, self.width, None)
        result.rows = [list(column) for column in zip(*self.rows)]
        return result


def stored_deflate(data):
    """A zlib stream of `data` without compression."""
    out = bytearray(b"\x78\x01")
    for start in range(0, max(len(data), 1), 65535):
        block = data[start:start + 65535]
        last = start + 65535 >= len(data)
        out += struct.pack("<BHH", last, len(block), len(block) ^ 0xFFFF) + block
    return bytes(out + struct.pack(">I", zlib.adler32(data)))


def png(picture):
    """At most 16 colours, four bits a pixel."""
    palette = sorted({colour for row in picture.rows for colour in row})
    if len(palette) > 16:
        raise ValueError(f"{len(palette)} colours do not fit four bits a pixel")
    index = {colour: number for number, colour in enumerate(palette)}
    raw = bytearray()
    for row in picture.rows:
        raw.append(0)
        numbers = [index[colour] for colour in row] + [0] * (len(row) % 2)
        raw += bytes(numbers[i] << 4 | numbers[i + 1] for i in range(0, len(numbers), 2))

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(
            ">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", picture.width, picture.height, 4, 3, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header)
            + chunk(b"PLTE", bytes(value for colour in palette for value in colour))
            + chunk(b"IDAT", stored_deflate(bytes(raw))) + chunk(b"IEND", b""))


QUANTUM = 12
COSINES = [[round((math.sqrt(0.125) if u == 0 else 0.5)
                  * math.cos((2 * x + 1) * u * math.pi / 16) * 4096) for x in range(8)]
           for u in range(8)]
ZIGZAG = sorted(range(64), key=lambda i: (i // 8 + i % 8,
                                          i // 8 if (i // 8 + i % 8) % 2 else i % 8))
# Every code of a table has the same length: larger files, but no tables to carry.
DC_SYMBOLS = list(range(12))
AC_SYMBOLS = [0x00, 0xF0] + [run << 4 | size for run in range(16) for size in range(1, 11)]
AC_CODES = {symbol: code for code, symbol in enumerate(AC_SYMBOLS)}


def _transformed(block):
    """The quantised cosine coefficients of 64 samples, in zigzag order."""
    half = [[sum(COSINES[u][x] * block[y * 8 + x] for x in range(8)) for u in range(8)]
            for y in range(8)]
    scale = QUANTUM << 24
    out = []
    for place in ZIGZAG:
        v, u = divmod(place, 8)
        total = sum(COSINES[v][y] * half[y][u] for y in range(8))
        rounded = (abs(total) + scale // 2) // scale
        out.append(rounded if total >= 0 else -rounded)
    return out


class _Bits:
    def __init__(self):
        self.value, self.count, self.out = 0, 0, bytearray()

    def put(self, value, count):
        self.value, self.count = self.value << count | value, self.count + count
        while self.count >= 8:
            self.count -= 8
            byte = self.value >> self.count
            self.value &= (1 << self.count) - 1
            self.out += b"\xff\x00" if byte == 0xFF else bytes([byte])

    def put_amplitude(self, number, size):
        self.put(number if number >= 0 else number + (1 << size) - 1, size)

    def finish(self):
        if self.count:
            self.put((1 << 8 - self.count) - 1, 8 - self.count)
        return bytes(self.out)


def _put_block(bits, coefficients, previous_dc):
    difference = coefficients[0] - previous_dc
    size = abs(difference).bit_length()
    bits.put(size, 4)
    bits.put_amplitude(difference, size)
    run = 0
    last = max((i for i in range(64) if coefficients[i]), default=0)
    for number in coefficients[1:last + 1]:
        if number == 0:
            run += 1
            continue
        while run > 15:
            bits.put(AC_CODES[0xF0], 8)
            run -= 16
        size = abs(number).bit_length()
        bits.put(AC_CODES[run << 4 | size], 8)
        bits.put_amplitude(number, size)
        run = 0
    if last < 63:
        bits.put(AC_CODES[0x00], 8)


def jpeg(picture):
    """Baseline JPEG; width and height must be multiples of eight."""
    def planes(red, green, blue):
        return ((299 * red + 587 * green + 114 * blue) // 1000 - 128,
                (-169 * red - 331 * green + 500 * blue) // 1000,
                (500 * red - 419 * green - 81 * blue) // 1000)

    converted = [[planes(*colour) for colour in row] for row in picture.rows]
    known, bits, previous = {}, _Bits(), [0, 0, 0]
    for top in range(0, picture.height, 8):
        for left in range(0, picture.width, 8):
            samples = [converted[top + y][left + x] for y in range(8) for x in range(8)]
            for plane in range(3):
                block = tuple(sample[plane] for sample in samples)
                if block not in known:
                    known[block] = _transformed(block)
                _put_block(bits, known[block], previous[plane])
                previous[plane] = known[block][0]

    def segment(marker, body):
        return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body

    def table(kind, length, symbols):
        counts = [len(symbols) if i == length else 0 for i in range(1, 17)]
        return segment(0xC4, bytes([kind] + counts + symbols))

    frame = struct.pack(">BHHB", 8, picture.height, picture.width, 3)
    return (b"\xff\xd8" + segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0")
            + segment(0xDB, bytes([0] + [QUANTUM] * 64))
            + segment(0xC0, frame + b"\1\x11\0\2\x11\0\3\x11\0")
            + table(0x00, 4, DC_SYMBOLS) + table(0x10, 8, AC_SYMBOLS)
            + segment(0xDA, b"\3\1\0\2\0\3\0\0\x3f\0") + bits.finish() + b"\xff\xd9")
