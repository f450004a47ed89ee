def tamper(case):
    manifest = case.outside / "report/manifest-sha256.txt"
    manifest.write_text(manifest.read_text() + "0" * 64 + "  ../case/keys/log.key\n")
    return ["--report", case.outside / "report"]
