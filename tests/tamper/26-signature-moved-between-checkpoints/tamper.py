def tamper(case):
    first, second = (case.note(size) for size in case.sizes()[:2])
    text = second.read_bytes().rpartition(b"\n\n")[0]
    signature = first.read_bytes().rpartition(b"\n\n")[2]
    second.write_bytes(text + b"\n\n" + signature)
