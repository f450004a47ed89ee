def tamper(case):
    path = case.objects()[0]
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    case.overwrite(path, bytes(content))
