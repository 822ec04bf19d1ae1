"""The books of a village bakery that belongs to its customers: accounts in a tree, journals of entries that should sum to 0."""
import datetime as dt

from csv_files import money, write

Date = dt.date

ACCOUNTS = [  # parent, name, opened, closed
    (None, "Assets", Date(2022, 1, 1), None), (1, "Bank", Date(2022, 1, 1), None), (2, "Current account", Date(2022, 1, 1), None),
    (2, "Savings", Date(2022, 6, 1), None), (1, "Cash box", Date(2022, 1, 1), None), (1, "Oven", Date(2022, 3, 1), None),
    (None, "Debts", Date(2022, 1, 1), None), (7, "Oven loan", Date(2022, 3, 1), None),
    (7, "Members' shares", Date(2022, 1, 1), None), (None, "Income", Date(2022, 1, 1), None),
    (10, "Bread", Date(2022, 1, 1), None), (10, "Cake", Date(2022, 1, 1), Date(2024, 2, 29)),
    (None, "Costs", Date(2022, 1, 1), None), (13, "Flour", Date(2022, 1, 1), None), (13, "Wages", Date(2022, 1, 1), None),
    (13, "Flour", Date(2023, 1, 1), None), (15, "Overtime", Date(2023, 9, 1), Date(2024, 7, 1)),
    (None, "Suspense", Date(2024, 1, 1), None),
]

MOVES = [  # from, to, memo, smallest and largest amount in cents
    (11, 3, "bread, card", 8000, 60000), (11, 5, "bread, cash", 2000, 20000), (12, 5, "cake", 500, 9000),
    (3, 14, "Mill & Sons", 15000, 90000), (3, 16, "flour, organic", 9000, 40000), (3, 15, "wages", 120000, 180000),
    (3, 17, None, 4000, 9000), (5, 3, "to the bank", 10000, 50000), (3, 4, "put aside", 10000, 30000),
    (3, 8, "loan, instalment", 25000, 25000), (9, 3, "new member", 10000, 10000), (4, 3, "", 10000, 40000),
]


def ledger(rng, folder="ledger", journals=56, first=Date(2024, 1, 2), days=150):
    write(folder, "account", ["id", "parent_id", "name", "opened_on", "closed_on"],
          [(i, *account) for i, account in enumerate(ACCOUNTS, 1)])
    books, entries = [], []

    def book(day, memo, *parts):
        books.append((len(books) + 1, day, memo))
        for account, cents in parts:
            entries.append((len(entries) + 1, len(books), account, money(cents)))

    dates = sorted(first + dt.timedelta(days=rng.randrange(days)) for _ in range(journals))
    for i, day in enumerate(dates):
        source, target, memo, low, high = rng.choice(MOVES[:8] + MOVES)
        cents = rng.randrange(low, high + 1, 50)
        if i % 19 == 7:
            book(day, memo, (source, -cents), (target, cents - 100))  # a slip of the pen
        elif i % 23 == 9:
            book(day, "half of it", (target, cents))
        elif i % 13 == 4:
            book(day, memo, (source, -cents), (target, cents - 700), (18, 700))
        elif i % 17 == 6:
            book(day, memo, (source, -cents), (target, cents))
            book(day + dt.timedelta(days=rng.choice([0, 1, 3])), memo, (source, -cents), (target, cents))
        else:
            book(day, memo, (source, -cents), (target, cents))
    book(dates[-1], "nothing written")
    write(folder, "journal", ["id", "booked_on", "memo"], books)
    write(folder, "entry", ["id", "journal_id", "account_id", "amount"], entries)
