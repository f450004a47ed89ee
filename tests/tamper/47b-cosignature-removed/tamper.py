from attack import Key


def tamper(case):
    witness = case.cosign(Key.made(case.outside / "witness.pem"))
    for path in (case.path / "ledger/cosignatures").iterdir():
        path.unlink()
    return ["--witness-key", witness]
