"""The seed shop: a mail-order house for seeds and bulbs. Moments are UTC, customers live anywhere."""
import datetime as dt
import json

from csv_files import money, write

Date = dt.date
UTC = dt.timezone.utc

PRODUCTS = [  # name, category, cents, tags, details, discontinued
    ("Broad bean 'Aquadulce'", "vegetables", 295, ["annual", "hardy"], {"sow": [2, 3, 10], "height_cm": 90}, None),
    ("Runner bean 'Polestar'", "vegetables", 295, ["annual", "climber", "bee-friendly"], {"sow": [5, 6], "height_cm": 220}, None),
    ("Carrot 'Amble'", "vegetables", 180, ["annual"], {"sow": [3, 4, 5, 6]}, None),
    ("Leek 'Hale'", "vegetables", 210, ["annual", "hardy"], {"sow": [3, 4], "height_cm": None}, None),
    ("Tomato 'Tansy'", "vegetables", 450, ["annual", "tender"], {"sow": [3], "height_cm": 160}, None),
    ("Courgette 'Tor'", "vegetables", 350, ["annual", "tender"], {"sow": [4, 5], "height_cm": 60}, Date(2024, 2, 1)),
    ("Basil", "herbs", 150, ["annual", "tender"], {"sow": [4, 5], "height_cm": 40}, None),
    ("Borage", "herbs", 150, ["annual", "bee-friendly"], {"sow": [3, 4, 5], "height_cm": 70}, None),
    ("Thyme", "herbs", 220, ["perennial", "bee-friendly", "hardy"], {"sow": [4], "height_cm": 25}, None),
    ("Chives", "herbs", 180, ["perennial", "hardy"], {"height_cm": 30}, None),
    ("Cornflower", "flowers", 195, ["annual", "bee-friendly", "hardy"], {"sow": [3, 9], "height_cm": 80}, None),
    ("Sweet pea 'Dusk'", "flowers", 320, ["annual", "climber"], {"sow": [2, 3, 10], "height_cm": 180}, None),
    ("Foxglove", "flowers", 240, ["biennial", "bee-friendly"], {"sow": [6, 7], "height_cm": 150}, None),
    ("Hollyhock", "flowers", 260, ["biennial"], {"sow": [6], "height_cm": 200}, Date(2023, 11, 30)),
    ("Poppy, mixed", "flowers", 195, [], {"sow": []}, None),
    ("Snowdrop, 10 bulbs", "bulbs", 650, ["perennial", "hardy"], {"plant": [9, 10], "height_cm": 12}, None),
    ("Crocus, 20 bulbs", "bulbs", 720, ["perennial", "bee-friendly"], {"plant": [9], "height_cm": 10}, None),
    ("Tulip 'Ember', 10 bulbs", "bulbs", 720, ["perennial"], None, None),
    ("Seed tray", None, 499, None, None, None),
    ("Gift voucher", None, 2000, None, None, None),
    ("Plant labels (50)", "tools", 350, None, {"material": "wood"}, None),
    ("Watering can", "tools", 2450, [], {"material": "zinc", "height_cm": 35}, None),
    ("Sample, not for sale", "", 0, None, None, None),
    ("Dibber", "tools", 1200, None, {"material": "wood"}, Date(2024, 6, 1)),
]

CUSTOMERS = [("Ada Lindgren", "SE"), ("Bruno Keller", "CH"), ("Cáit Ní Bhriain", "IE"), ("Dev Patel", "GB"),
             ("Elin Åkerlund", "SE"), ("Fergus O'Hara", "IE"), ("Gitte Madsen", "DK"), ("Hugo Blanc", "FR"),
             ("Ilse Roth", "DE"), ("Jonas Weber", "DE"), ("Kaito Sato", "JP"), ("Lucía Ferrer", "ES"),
             ("Marek Nowak", "PL"), ("Nell Archer", "GB"), ("Otis Brown", None), ("Dev Patel", "GB"),
             ("Paula Reis", "PT"), ("Rune Dahl", "NO"), ("Saoirse Quinn", "IE"), ("Theo Vos", "NL")]

BODIES = ["Came up in a week.", "Nothing came up.", "Fine.", "", None, "The bees love it.", "Label was wrong.", "Would buy again"]


def array(tags):
    return None if tags is None else "{" + ",".join(tags) + "}"


def moment(rng, first, days):
    return dt.datetime.combine(first, dt.time(0), UTC) + dt.timedelta(days=rng.randrange(days), minutes=rng.randrange(1440))


def seed_shop(rng, folder="seed-shop", customers=20, purchases=70, reviews=48, first=Date(2023, 3, 1), days=480):
    products = list(enumerate(PRODUCTS, 1))
    write(folder, "product", ["id", "name", "category", "price", "tags", "details", "discontinued_on"],
          [(i, name, category, money(cents), array(tags), None if details is None else json.dumps(details), gone)
           for i, (name, category, cents, tags, details, gone) in products])
    write(folder, "customer", ["id", "full_name", "country", "newsletter"],
          [(i, name, country, rng.choice([True, False, None])) for i, (name, country) in
           enumerate(CUSTOMERS[:customers], 1)])

    moments = sorted(moment(rng, first, days) for _ in range(purchases))
    bought, lines = [], []
    for i, ordered in enumerate(moments, 1):
        shipped = None if rng.random() < 0.15 else ordered + dt.timedelta(hours=rng.choice([3, 20, 26, 48, 48, 75, 160]))
        coupon = rng.choice([None, None, None, None, "", "SPRING", "spring", "BEES10", "FRIEND"])
        bought.append((i, rng.randrange(1, customers - 2), ordered, shipped, coupon))
        start = rng.choice([1, 2, 7, 7, 10, 16])
        basket = [start, start + 1] if rng.random() < 0.5 else [rng.randrange(1, 19)]
        basket += [rng.choice([1, 2, 3, 7, 8, 11, 16, 17, 20, 21, 22]) for _ in range(rng.choice([0, 0, 1, 2]))]
        for line, product in enumerate(basket, 1):
            cents = PRODUCTS[product - 1][2]
            cents = cents * rng.choice([100, 100, 100, 90, 80]) // 100
            lines.append((i, line, product, rng.choice([1, 1, 1, 2, 3, 5]), money(cents)))
    write(folder, "purchase", ["id", "customer_id", "ordered_at", "shipped_at", "coupon"], bought)
    write(folder, "purchase_line", ["purchase_id", "line_no", "product_id", "quantity", "unit_price"], lines)

    said = []
    for i in range(1, reviews + 1):
        if said and rng.random() < 0.18:
            before = rng.choice(said)
            said.append((i, before[1], before[2], before[3], before[4], before[5] + dt.timedelta(hours=rng.choice([0, 1, 30]))))
        else:
            said.append((i, rng.randrange(1, 20), rng.randrange(1, customers + 1), rng.choice([1, 2, 3, 3, 4, 4, 5, 5, 5, None]),
                         rng.choice(BODIES), moment(rng, first, days)))
    write(folder, "review", ["id", "product_id", "customer_id", "stars", "body", "written_at"], said)

    stock = [(i, rng.choice([0, 0, 3, 12, 40, 75]), Date(2024, 6, rng.randrange(1, 28))) for i, _ in products if i % 5]
    write(folder, "stock", ["product_id", "on_hand", "counted_on"], stock)
    write(folder, "delivery", ["id", "product_id", "quantity", "arrived_on"],
          [(i, rng.choice([1, 2, 3, 5, 5, 7, 10, 15, 16, 20]), rng.choice([10, 20, 25, 50]),
            Date(2024, 6, 28) + dt.timedelta(days=rng.randrange(4))) for i in range(1, 15)])
