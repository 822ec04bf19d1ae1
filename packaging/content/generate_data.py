#!/usr/bin/env python3
"""Writes the rows of the datasets of resources/packs/first-steps: the same bytes every time.

Everybody and everything in them is made up. Odd values are there on purpose: apostrophes and letters beyond ASCII in
names, empty texts beside NULLs, odd spellings, a leap day, ties, doubles, gaps, prices of nothing, credit notes,
overbooked boats. Each dataset has two others beside it, of the same tables with other rows, for hidden tests.

    generate_data.py           writes the files
    generate_data.py --check   writes nothing; fails when a file would change
"""
import datetime as dt
import random
import unicodedata

from csv_files import money, write
from data_clinic import clinic
from data_ledger import ledger
from data_meters import meters
from data_seed_shop import seed_shop

SEED = 20240229
Date = dt.date


# --- The tool library -----------------------------------------------------------------------------------------------

TODAY = Date(2024, 3, 1)  # the morning on which the data was written down

CATEGORIES = ["Woodworking", "Garden", "Electrical", "Painting", "Plumbing", "Cleaning", "Measuring", "Stonework"]

MEMBERS = [
    "Maeve O'Rourke", "Tomás Quintero", "Ines Falk", "Jonah Abebe", "Zoë D'Angelo", "Pavel Dvorský", "Aiko Mori",
    "Rasmus Lindqvist", "Nadia Haddad", "Ciarán Byrne", "Lotte Brandt", "Femi Adeyemi", "Chloé Lefèvre",
    "Jürgen Groß", "Priya Raman", "Owen Pryce", "Łucja Wrona", "Sam Okoro", "Greta Holm", "Yusuf Demir",
    "Åse Nygård", "Dmitri Volkov", "Hana Kim", "Bruno Salis", "Tess van der Berg", "Kofi Mensah", "Ida O'Neill",
    "Marta Sørensen", "李 Wen", "Elif Kaya", "Noor Rahimi", "Peder Aas", "Ruth Achterberg", "Sam Okoro",
    "Vera Kuznetsova", "Wim de Groot",
]

TOOLS = [  # name, category (index from 1, None = nobody has decided)
    ("Cordless drill", 3), ("Cordless drill", 3), ("Circular saw", 1), ("Jigsaw", 1), ("Router", 1), ("Block plane", 1),
    ("Mitre saw", 1), ("Belt sander", 1), ("Set of chisels", 1), ("Bar clamps (6)", 1), ("Hedge trimmer", 2),
    ("Lawn aerator", 2), ("Chainsaw", 2), ("Wheelbarrow", 2), ("Post-hole digger", 2), ("Leaf blower", 2),
    ("Pruning saw", 2), ("Soil sieve", 2), ("Cable tracer", 3), ("Soldering station", 3), ("Crimping pliers", 3),
    ("Heat gun", 3), ("Multimeter", 7), ("Wallpaper steamer", 4), ("Paint sprayer", 4), ("Extension pole", 4),
    ("Paint mixer", 4), ("Pipe wrench", 5), ("Drain auger", 5), ("Pipe cutter", 5), ("Basin spanner", 5),
    ("Carpet cleaner", 6), ("Pressure washer", 6), ("Window vacuum", 6), ("Steam mop", 6), ("Laser level", 7),
    ("Moisture meter", 7), ("Spirit level, 2 m", 7), ("Stud finder", 7), ("Folding ladder", None),
    ("The thing from the attic", None), ("Sewing machine", None),
]

REPAIR_NOTES = ["new carbon brushes", "blade sharpened", "cable replaced", "fuse", "cleaned and oiled",
                "cracked housing, glued", "", None, "warranty", "bearing \"sings\", replaced", "spare key cut"]


def tool_library(rng, folder="tool-library", first=Date(2023, 1, 9), repairs=46):
    write(folder, "category", ["id", "name"], list(enumerate(CATEGORIES, 1)))

    members = []
    for i, name in enumerate(MEMBERS, 1):
        joined = Date(2022, 1, 10) + dt.timedelta(days=(i - 1) * 20 + rng.randrange(15))
        mail = mailbox(name) + "@example.org"
        if i in (7, 18, 29):
            mail = None
        elif i in (10, 27):
            mail = ""
        elif i == 22:
            mail = "  "
        referred_by = None if i < 5 or rng.random() < 0.45 else rng.randrange(1, min(i, 16))
        members.append((i, name, mail, joined, referred_by))
    members[16] = members[16][:3] + (Date(2024, 2, 29),) + members[16][4:]
    write(folder, "member", ["id", "full_name", "email", "joined_on", "referred_by"], members)

    tools = []
    for i, (name, category) in enumerate(TOOLS, 1):
        price = money(rng.choice([1990, 2450, 3500, 4999, 5000, 6900, 8950, 12000, 14999, 19999, 20000, 24900, 38950]))
        if i in (9, 18, 40):
            price = "0.00"
        elif i in (15, 26, 41):
            price = None
        tools.append((i, name, category, price, Date(2021, 9, 1) + dt.timedelta(days=rng.randrange(700))))
    write(folder, "tool", ["id", "name", "category_id", "price", "bought_on"], tools)

    loans = simulate_loans(rng, members, tools, first)
    write(folder, "loan", ["id", "tool_id", "member_id", "lent_on", "due_on", "returned_on"], loans)

    mended = []
    busy = [3, 9, 11, 13, 13, 25, 29, 33, 40]
    for i in range(1, repairs + 1):
        tool = rng.choice(busy) if rng.random() < 0.6 else rng.randrange(1, len(TOOLS) + 1)
        started = Date(2022, 3, 1) + dt.timedelta(days=i * 15 + rng.randrange(10))
        finished = started + dt.timedelta(days=rng.randrange(0, 20)) if i < repairs - 3 else None
        cost = money(rng.randrange(500, 6500, 50)) if finished else None
        if i in (6, 19, 34):
            cost = None
        elif i in (11, 27):
            cost = "0.00"
        elif i in (15, 38):
            cost = "-12.50"
        mended.append((i, tool, started, finished, cost, rng.choice(REPAIR_NOTES)))
    write(folder, "repair", ["id", "tool_id", "started_on", "finished_on", "cost", "note"], mended)


def simulate_loans(rng, members, tools, first):
    """One loan of a tool at a time; a few never come back. Two members try everything, three never come."""
    never_come, curious = {20, 31, 36}, [3, 14]
    never_lent = {18, 31, 41}
    free_from = {tool[0]: Date(2023, 1, 1) for tool in tools}
    loans = []
    day = first
    while day < TODAY:
        if day.weekday() in (0, 2, 5) or day == Date(2024, 2, 29):
            borrowers = [m[0] for m in members if m[0] not in never_come and m[3] <= day]
            for _ in range(rng.choice([0, 1, 1, 1, 2])):
                member = rng.choice(curious) if rng.random() < 0.3 else rng.choice(borrowers)
                at_hand = [t for t, since in free_from.items() if since <= day and t not in never_lent]
                if member in curious and members[member - 1][3] > day:
                    continue
                tool = rng.choice(at_hand)
                due = day + dt.timedelta(days=rng.choice([3, 7, 7, 14]))
                back = due + dt.timedelta(days=rng.choice([-3, -2, -1, -1, 0, 0, 0, 1, 2, 6]))
                lost = rng.random() < 0.035
                returned = None if lost or back >= TODAY else max(back, day)
                loans.append((len(loans) + 1, tool, member, day, due, returned))
                free_from[tool] = Date(9999, 1, 1) if returned is None else returned + dt.timedelta(days=1)
        day += dt.timedelta(days=1)
    return loans


def mailbox(name):
    plain = name.lower().translate(str.maketrans({"ø": "o", "ł": "l", "ß": "ss", "李": "li"}))
    letters = unicodedata.normalize("NFKD", plain)
    return ".".join("".join(c for c in part if c.isascii() and c.isalpha()) for part in letters.split())


# --- The island ferries ---------------------------------------------------------------------------------------------

PORTS = [("HAV", "Havnes", "Storøy"), ("KRA", "Krabbe Bay", "Storøy"), ("LIN", "Lindholm", "Lindholm"),
         ("MEL", "Mellomvik", "Mellom"), ("OST", "Østhavn", "Østøy"), ("PEN", "Penny's Landing", "Mellom"),
         ("RAV", "Ravn Point", None), ("SKJ", "Skjær", "")]

VESSELS = [(1, "Tern", 30, Date(1998, 5, 2)), (2, "Sea Urchin", 12, Date(2011, 6, 17)),
           (3, "Old Margit", 48, Date(1976, 2, 29)), (4, "Kittiwake", 24, None), (5, "Nøkken", 8, Date(2020, 2, 29))]

ROUTES = [("HAV", "LIN"), ("LIN", "HAV"), ("HAV", "OST"), ("OST", "HAV"), ("KRA", "MEL"), ("MEL", "KRA"),
          ("MEL", "PEN"), ("PEN", "LIN"), ("OST", "RAV"), ("RAV", "OST"), ("HAV", "SKJ")]

FARES = {("HAV", "LIN"): 850, ("LIN", "HAV"): 850, ("HAV", "OST"): 1400, ("OST", "HAV"): 1400, ("KRA", "MEL"): 620,
         ("MEL", "KRA"): 620, ("MEL", "PEN"): 300, ("PEN", "LIN"): 975, ("OST", "RAV"): 1150, ("RAV", "OST"): 1150,
         ("HAV", "SKJ"): 1600, ("SKJ", "HAV"): 1600}

PASSENGERS = ["A. Berg", "B. O'Shea", "C. Lunde", "D. Ferreira", "E. Åkesson", "F. Moreau", "G. Ito", "H. Nwosu",
              "I. Petrov", "J. Müller", "K. D'Souza", "L. Østby", "M. Castellanos", "N. Fjord", "O. Brandt", "P. Sato",
              "Q. Larsen", "R. Haugen", "S. Kovač", "T. Lund", "Field trip, class 4b", "The \"Gannets\" rowing club"]

REASONS = ["sailing cancelled", "left a bag behind", "late departure", "child fare", "typing mistake", None, ""]


def island_ferries(rng, folder="island-ferries", first=Date(2024, 2, 24), last=Date(2024, 3, 3), sold=180, changes=40):
    write(folder, "port", ["code", "name", "island"], PORTS)
    write(folder, "vessel", ["id", "name", "seats", "launched_on"], VESSELS)

    sailings = []
    day = first
    while day <= last:
        for start, end in ROUTES:
            if (start, end) == ("HAV", "SKJ") and day.weekday() != 5:
                continue
            if rng.random() < 0.25:
                continue
            departs = dt.datetime.combine(day, dt.time(rng.randrange(6, 21), rng.choice([0, 15, 30, 45])))
            sailings.append([None, rng.randrange(1, 6), start, end, departs, rng.random() < 0.12])
        day += dt.timedelta(days=1)
    # The edges of the leap day, and a route whose way back never ran.
    sailings.append([None, 2, "LIN", "HAV", dt.datetime(2024, 2, 29, 0, 0), False])
    sailings.append([None, 4, "HAV", "LIN", dt.datetime(2024, 3, 1, 0, 0), False])
    sailings.append([None, 1, "SKJ", "HAV", dt.datetime(2024, 2, 25, 9, 30), True])
    sailings.append([None, 3, "KRA", "MEL", dt.datetime(2024, 2, 29, 7, 45), True])
    tiny = [None, 5, "MEL", "PEN", dt.datetime(2024, 2, 29, 10, 15), False]
    sailings.append(tiny)
    sailings.sort(key=lambda s: (s[4], s[2], s[3]))
    for i, sailing in enumerate(sailings, 1):
        sailing[0] = i
    write(folder, "sailing", ["id", "vessel_id", "from_port", "to_port", "departs_at", "cancelled"], sailings)

    bookings = []
    empty = {s[0] for s in sailings if rng.random() < 0.2 or s[4].time() == dt.time(0, 0)}
    for i in range(1, sold + 1):
        sailing = rng.choice([s for s in sailings if s[0] not in empty])
        seats = rng.choice([1, 1, 1, 2, 2, 3, 4])
        fare = FARES[(sailing[2], sailing[3])] * seats * rng.choice([100, 100, 100, 90, 75]) // 100
        channel = rng.choice(["web", "web", "web", "kiosk", "phone", "phone", None, ""])
        bookings.append([i, sailing[0], rng.choice(PASSENGERS), seats, money(fare), channel])
    # Eleven people on a boat of eight.
    bookings.append([sold + 1, tiny[0], "Field trip, class 4b", 11, "0.00", "phone"])
    write(folder, "booking", ["id", "sailing_id", "passenger", "seats", "fare", "channel"], bookings)

    adjustments = []
    for i in range(1, changes + 1):
        booking = rng.choice(bookings[:30]) if i % 4 == 0 else rng.choice(bookings)
        amount = money(rng.choice([-850, -500, -500, -250, -100, 0, 150, 300]))
        adjustments.append((i, booking[0], amount, rng.choice(REASONS)))
    write(folder, "adjustment", ["id", "booking_id", "amount", "reason"], adjustments)


if __name__ == "__main__":
    tool_library(random.Random(SEED))
    island_ferries(random.Random(SEED + 1))
    clinic(random.Random(SEED + 2))
    seed_shop(random.Random(SEED + 3))
    meters(random.Random(SEED + 4))
    ledger(random.Random(SEED + 5))

    tool_library(random.Random(SEED + 10), "tool-library/others/one-winter", Date(2023, 12, 1), 24)
    tool_library(random.Random(SEED + 11), "tool-library/others/one-month", Date(2024, 2, 1), 12)
    island_ferries(random.Random(SEED + 12), "island-ferries/others/long-weekend", Date(2024, 2, 28), Date(2024, 3, 1), 40, 16)
    island_ferries(random.Random(SEED + 13), "island-ferries/others/leap-day", Date(2024, 2, 29), Date(2024, 2, 29), 24, 10)
    clinic(random.Random(SEED + 14), "clinic/others/may", 24, 48, Date(2024, 5, 1), 31)
    clinic(random.Random(SEED + 15), "clinic/others/one-week", 12, 30, Date(2024, 6, 10), 7)
    seed_shop(random.Random(SEED + 16), "seed-shop/others/spring", 12, 30, 24, Date(2023, 12, 15), 120)
    seed_shop(random.Random(SEED + 17), "seed-shop/others/new-year", 8, 24, 20, Date(2023, 12, 30), 4)
    meters(random.Random(SEED + 18), "meters/others/clocks-forward", Date(2024, 3, 28), 7, (1, 2, 3, 5, 6), 8)
    meters(random.Random(SEED + 19), "meters/others/fortnight", Date(2024, 3, 5), 14, (2, 4, 7), 10)
    ledger(random.Random(SEED + 20), "ledger/others/february", 30, Date(2024, 2, 1), 29)
    ledger(random.Random(SEED + 21), "ledger/others/one-day", 20, Date(2024, 3, 31), 1)
