import random


def tamper(case):
    chance = random.Random(52)
    for path in [case.ledger, *case.checkpoints.iterdir(), *case.objects()]:
        case.overwrite(path, chance.randbytes(path.stat().st_size) + b"\n")
