from attack import canonical, leaf, redacted


def tamper(case):
    records = case.add_records(["the code is", "4711", "thanks"])
    lines = records.read_bytes().splitlines()
    source = case.entries()[case.find("acquire", "object")]["body"]["object"]["sha256"]
    salt, secret = case.salt(source, 1), leaf(lines[1])
    lines[1] = redacted(lines[1])
    records.write_bytes(b"\n".join(lines) + b"\n")

    def guesses(**members):
        texts = [f"{number:04}" for number in range(10_000)]
        return [text for text in texts if leaf(canonical({**members, "text": text})) == secret]

    assert salt.encode() not in records.read_bytes()
    assert guesses() == guesses(salt="") == guesses(salt="0" * 32) == []
    assert guesses(salt=salt) == ["4711"]
