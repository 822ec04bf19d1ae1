"""The valley clinic: visits of the first half of 2024, as they stood on the evening of 30 June."""
import datetime as dt

from csv_files import money, write

Date = dt.date

PRACTITIONERS = [  # name, specialty, works here since
    ("Dr Edda Brandvik", "general", Date(2009, 9, 1)), ("Dr Samir Nasser", "general", Date(2015, 3, 1)),
    ("Dr Orla Keane", "children", Date(2015, 3, 1)), ("Dr Tomasz Zych", "skin", Date(2019, 1, 7)),
    ("Dr Mei-Lin Chow", "eyes", Date(2021, 8, 16)), ("Nurse Pia Rautio", None, Date(2012, 5, 2)),
    ("Nurse Benedikt Osei", None, Date(2022, 2, 1)), ("Dr Orla Keane", "skin", Date(2024, 6, 3)),
]

PATIENTS = [
    "Anselm Vik", "Bettina Ruud", "Carlo Fontana", "Dunja Marić", "Eskil Torp", "Fatima Zahra", "Gwen Pritchard",
    "Håkon Lie", "Iris van Dam", "Jamal O'Connor", "Katya Belova", "Lena Strøm", "Milo Strand", "Nora Vik",
    "Oskar D'Amico", "Petra Holub", "Quentin Bell", "Rosa Amaral", "Sigrid Moe", "Tariq Aziz", "Una Berg",
    "Viktor Ilić", "Wanda Kowal", "Xaver Lindt", "Yara Costa", "Zeno Marchetti", "Lena Strøm", "Ask Nordby",
    "Bo Eriksen", "Cilla Sund", "Dag Foss", "Eva Ness", "Finn Dahl", "Gro Aune", "Hilde Myhre", "Ivar Sand",
]

TOWNS = ["Brindle", "Brindle", "brindle", "Brindle ", "BRINDLE", "Upper Moss", "Upper Moss", " upper moss", "Tarn", "Tarn",
         "tarn", "St. Olave's", "Øvre Dal", "øvre dal"]

DIAGNOSES = [("A09", "Stomach upset"), ("B07", "Warts"), ("H10", "Red eye"), ("H52", "Needs glasses"),
             ("I10", "High blood pressure"), ("J00", "Common cold"), ("J45", "Asthma"), ("L20", "Eczema"),
             ("M54", "Back pain"), ("Z00", "Check-up, nothing found")]


def clinic(rng, folder="clinic", patients=36, visits=120, first=Date(2024, 1, 2), days=180):
    write(folder, "practitioner", ["id", "full_name", "specialty", "works_since"],
          [(i, *row) for i, row in enumerate(PRACTITIONERS, 1)])

    people = []
    for i in range(1, patients + 1):
        born = Date(1934, 1, 1) + dt.timedelta(days=rng.randrange(32500))
        town = rng.choice(TOWNS)
        if i % 12 == 3:
            born = rng.choice([Date(2000, 2, 29), Date(2016, 2, 29), Date(1964, 6, 30), Date(1964, 7, 1)])
        elif i % 12 == 8:
            born = None
        if i % 9 == 4:
            town = rng.choice([None, None, "", "  "])
        phone = None if rng.random() < 0.2 else f"0{rng.randrange(20, 99)} {rng.randrange(100, 999)} {rng.randrange(10, 99)}"
        people.append((i, PATIENTS[i - 1], born, town, phone))
    write(folder, "patient", ["id", "full_name", "born_on", "town", "phone"], people)

    rows = []
    for _ in range(visits):
        day = first + dt.timedelta(days=rng.randrange(days))
        starts = dt.datetime.combine(day, dt.time(rng.choice([7, 8, 8, 9, 9, 10, 11, 13, 14, 14, 15, 16, 17]),
                                                  rng.choice([0, 15, 30, 30, 45])))
        status = rng.choice(["done"] * 7 + ["no-show", "no-show", "cancelled", "booked", None])
        minutes = rng.choice([10, 15, 15, 20, 20, 25, 30, 30, 45, 45, 50, 60, 75]) if status == "done" else None
        if rng.random() < 0.06:
            minutes = None
        fee = money(rng.choice([0, 2500, 2500, 4000, 4000, 5550, 8000, 12500])) if status == "done" else None
        if status == "no-show" and rng.random() < 0.6:
            fee = "15.00"
        practitioner = None if rng.random() < 0.07 else rng.choice([1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 6, 6])
        patient = rng.randrange(1, patients - 2)  # the last three have never been here
        rows.append([patient, practitioner, starts, minutes, status, fee])
    rows.sort(key=lambda row: (row[2].date(), row[0], row[2]))
    rows = [(i, *row) for i, row in enumerate(rows, 1)]
    write(folder, "visit", ["id", "patient_id", "practitioner_id", "starts_at", "minutes", "status", "fee"], rows)

    write(folder, "diagnosis", ["code", "title"], DIAGNOSES)
    findings = set()
    for row in rows:
        if row[5] == "done":
            for _ in range(rng.choice([0, 1, 1, 1, 2])):
                findings.add((row[0], rng.choice(DIAGNOSES)[0]))
    write(folder, "finding", ["visit_id", "code"], sorted(findings))
