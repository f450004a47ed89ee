def tamper(case):
    for size in case.sizes()[1:]:
        case.note(size).unlink()
    case.edit(case.find("exhibit"), lambda entry: entry["body"].update(reference="OF-THE-SUSPECT"))
    case.chain()
    (case.path / "case.db").unlink()
    case.honest("ingest")
