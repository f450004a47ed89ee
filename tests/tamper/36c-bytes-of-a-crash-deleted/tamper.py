def tamper(case):
    with case.ledger.open("ab") as file:
        file.write(b'{"actor":"A. Exa')
    case.honest("ingest")
    path, = (case.path / "ledger/recovery").iterdir()
    path.unlink()
