import sqlite3


def tamper(case):
    database = sqlite3.connect(case.path / "case.db")
    with database:
        database.execute("UPDATE message SET text = 'I was never there' WHERE id = 3")
    database.close()
