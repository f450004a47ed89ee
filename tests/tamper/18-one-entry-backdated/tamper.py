def tamper(case):
    case.edit(6, lambda entry: entry.update(time="2001-02-03T04:05:06.789Z"))
