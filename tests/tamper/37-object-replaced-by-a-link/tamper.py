def tamper(case):
    path = case.objects()[0]
    elsewhere = path.replace(case.outside / "elsewhere")
    path.symlink_to(elsewhere)
