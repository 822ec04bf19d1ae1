"""Energy meters on five sites in four time zones, read once a day more or less, in March 2024. Moments are UTC."""
import datetime as dt

from csv_files import write

Date = dt.date
UTC = dt.timezone.utc

SITES = [("Harbour cold store", "Europe/Oslo"), ("Tea house", "Asia/Kathmandu"), ("Cape light", "America/St_Johns"),
         ("Data barn", "UTC"), ("Empty lot", "Europe/Oslo")]

METERS = [  # site, serial, kind, installed, removed
    (1, "NX-1042", "power", Date(2019, 4, 1), None), (1, "NX-1043", "water", Date(2019, 4, 1), None),
    (1, "nx-77", "power", Date(2011, 2, 8), Date(2019, 4, 1)), (2, "KT_0009", "power", Date(2023, 11, 5), None),
    (2, "KT-0010", "water", Date(2023, 11, 5), Date(2024, 3, 18)), (3, "NX-2200", "power", Date(2022, 6, 30), None),
    (4, "DB-1", "power", Date(2020, 1, 1), None), (4, "DB-2", "heat", Date(2020, 1, 1), None),
    (4, " DB-3", "heat", None, None),
]

TARIFFS = [("power", Date(2023, 1, 1), Date(2024, 1, 1), "0.2150"), ("power", Date(2024, 1, 1), Date(2024, 3, 16), "0.2480"),
           ("power", Date(2024, 3, 16), None, "0.2310"), ("water", Date(2022, 7, 1), Date(2024, 3, 10), "1.9000"),
           ("water", Date(2024, 3, 10), None, "2.0500"), ("heat", Date(2024, 4, 1), None, "0.1200")]

NOTES = ["storm", "planned work", "", None, "a seagull"]


def meters(rng, folder="meters", first=Date(2024, 3, 1), days=31, read=(1, 2, 4, 6, 7), outages=12):
    write(folder, "site", ["id", "name", "time_zone"], [(i, *site) for i, site in enumerate(SITES, 1)])
    write(folder, "meter", ["id", "site_id", "serial", "kind", "installed_on", "removed_on"],
          [(i, *meter) for i, meter in enumerate(METERS, 1)])
    write(folder, "tariff", ["id", "kind", "valid_from", "valid_to", "price"],
          [(i, *tariff) for i, tariff in enumerate(TARIFFS, 1)])

    readings = []
    for meter in read:
        halves = rng.randrange(2000, 180000)  # the counter shows half units
        silent = -1
        for day in range(days):
            halves += rng.choice([0, 16, 24, 25, 30, 62, 89])
            if day <= silent:
                continue
            if rng.random() < 0.09:
                silent = day + rng.choice([0, 0, 1, 3])
                continue
            if rng.random() < 0.02:
                halves = rng.randrange(0, 18)  # a new counter
            at = dt.datetime.combine(first, dt.time(0), UTC) + dt.timedelta(days=day, hours=rng.choice([4, 12, 18, 20, 23]),
                                                                            minutes=rng.choice([0, 0, 15, 30]))
            shown = None if rng.random() < 0.04 else f"{halves // 2}.{halves % 2 * 5}"
            readings.append((meter, at, shown, rng.choice(["remote", "remote", "remote", "estimate", "visit"])))
    write(folder, "reading", ["meter_id", "read_at", "value", "source"], readings)

    dark = []
    for i in range(1, outages + 1):
        start = dt.datetime.combine(first, dt.time(0), UTC) + dt.timedelta(minutes=rng.randrange(-2880, days * 1440, 5))
        end = None if i % 6 == 0 else start + dt.timedelta(minutes=rng.choice([0, 5, 20, 45, 90, 600, 3000]))
        dark.append((i, rng.choice([1, 1, 2, 3, 3, 4]), start, end, rng.choice(NOTES)))
    write(folder, "outage", ["id", "site_id", "started_at", "ended_at", "note"], dark)
