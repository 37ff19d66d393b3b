"""DynamoDB's expressions, as far as they are used here: parsed once for each text, then run against items.

Paths are names of attributes, not ways into lists and maps. What is not understood is refused, never guessed.
That a bare name is none of DynamoDB's 573 reserved words is left for the tests on MiniStack to say.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

Value = dict[str, Any]
Item = dict[str, Value]


class InvalidExpression(Exception):
    """DynamoDB, too, refuses it."""


class Scope(NamedTuple):
    """What an expression is run against: an item, empty where there is none, and what its placeholders stand for."""

    item: Item
    names: Mapping[str, str]
    values: Mapping[str, Value]


Condition = Callable[[Scope], bool]
Operand = Callable[[Scope], Value | None]
Change = Callable[[Scope, Item], None]


class Parsed(NamedTuple):
    """A condition, or the changes of an update; `placeholders` are all that it refers to, such as #name and :value."""

    placeholders: frozenset[str]
    condition: Condition = lambda _: True
    changes: tuple[Change, ...] = ()


class KeyCondition(NamedTuple):
    """Equality on a partition key and, by `low` and `high`, bounds that a sort key keeps to, both ends included."""

    placeholders: frozenset[str]
    hash_name: str
    hash_value: str
    range_name: str | None = None
    low: str | None = None
    high: str | None = None


@cache
def condition(text: str) -> Parsed:
    """Parse a ConditionExpression; none always holds.

    Raises:
        InvalidExpression
    """
    if not text:
        return Parsed(frozenset())
    parser = _Parser(text)
    found = parser.either()
    parser.end()
    return Parsed(frozenset(parser.placeholders), condition=found)


@cache
def update(text: str) -> Parsed:
    """Parse an UpdateExpression of SET, REMOVE and ADD. A change reads the item as it was, and writes to a copy.

    Raises:
        InvalidExpression
    """
    parser = _Parser(text)
    changes = parser.clauses()
    parser.end()
    return Parsed(frozenset(parser.placeholders), changes=tuple(changes))


@cache
def key_condition(text: str) -> KeyCondition:
    """Parse a KeyConditionExpression: `hash = :value`, alone or AND `range` =, <= or >= :value, or BETWEEN two.

    Raises:
        InvalidExpression
    """
    bounds = re.fullmatch(
        r"(?P<hash>#?\w+) = (?P<value>:\w+)"
        r"(?: AND (?P<range>#?\w+) (?:BETWEEN (?P<low>:\w+) AND (?P<high>:\w+)|(?P<sign>=|<=|>=) (?P<bound>:\w+)))?",
        text,
    )
    if bounds is None:
        raise InvalidExpression(f"Invalid KeyConditionExpression: {text}")
    low, high = bounds["low"], bounds["high"]
    if bounds["sign"]:
        low = None if bounds["sign"] == "<=" else bounds["bound"]
        high = None if bounds["sign"] == ">=" else bounds["bound"]
    placeholders = frozenset(re.findall(r"[#:]\w+", text))
    return KeyCondition(placeholders, bounds["hash"], bounds["value"], bounds["range"], low, high)


class _Parser:
    """By recursive descent: OR of ANDs of NOTs of comparisons."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = re.findall(r"[#:]?\w+|<=|>=|<>|\S", text)
        self._at = 0
        self.placeholders: set[str] = set()

    # Tokens

    def _peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _take(self) -> str:
        token = self._peek()
        self._at += 1
        if token[:1] in ("#", ":"):
            self.placeholders.add(token)
        return token

    def _took(self, *words: str) -> bool:
        if self._peek().upper() not in words:
            return False
        self._take()
        return True

    def _expect(self, word: str) -> None:
        if not self._took(word):
            raise self._invalid()

    def _invalid(self) -> InvalidExpression:
        return InvalidExpression(f'Syntax error; token: "{self._peek() or "<EOF>"}", near: "{self._text}"')

    def _list(self, one: Callable[[], Any]) -> list[Any]:
        found = [one()]
        while self._took(","):
            found.append(one())
        return found

    def end(self) -> None:
        if self._peek():
            raise self._invalid()

    # Conditions

    def either(self) -> Condition:
        options = [self._both()]
        while self._took("OR"):
            options.append(self._both())
        return options[0] if len(options) == 1 else lambda scope: any(each(scope) for each in options)

    def _both(self) -> Condition:
        parts = [self._negated()]
        while self._took("AND"):
            parts.append(self._negated())
        return parts[0] if len(parts) == 1 else lambda scope: all(each(scope) for each in parts)

    def _negated(self) -> Condition:
        if not self._took("NOT"):
            return self._primary()
        denied = self._negated()
        return lambda scope: not denied(scope)

    def _primary(self) -> Condition:
        if self._took("("):
            inner = self.either()
            self._expect(")")
            return inner
        if self._took("ATTRIBUTE_EXISTS"):
            (there,) = self._arguments(self._path)
            return lambda scope: there(scope) in scope.item
        if self._took("ATTRIBUTE_NOT_EXISTS"):
            (absent,) = self._arguments(self._path)
            return lambda scope: absent(scope) not in scope.item
        return self._comparison()

    def _arguments(self, one: Callable[[], Any]) -> list[Any]:
        self._expect("(")
        found = self._list(one)
        self._expect(")")
        return found

    def _comparison(self) -> Condition:
        left = self._operand()
        if self._took("BETWEEN"):
            low = self._operand()
            self._expect("AND")
            high = self._operand()
            return lambda scope: compare("<=", low(scope), left(scope)) and compare("<=", left(scope), high(scope))
        if self._took("IN"):
            options = self._arguments(self._operand)
            return lambda scope: any(compare("=", left(scope), option(scope)) for option in options)
        sign = self._peek()
        if sign not in ("=", "<>", "<", "<=", ">", ">="):
            raise self._invalid()
        self._take()
        right = self._operand()
        return lambda scope: compare(sign, left(scope), right(scope))

    def _path(self) -> Callable[[Scope], str]:
        token = self._take()
        if not re.fullmatch(r"#\w+|[A-Za-z_]\w*", token):
            self._at -= 1
            raise self._invalid()
        return (lambda scope: scope.names[token]) if token[0] == "#" else (lambda _: token)

    def _operand(self) -> Operand:
        if self._peek()[:1] == ":":
            name = self._take()
            return lambda scope: scope.values[name]
        path = self._path()
        return lambda scope: scope.item.get(path(scope))

    # Updates

    def clauses(self) -> list[Change]:
        changes: list[Change] = []
        one = {"SET": self._set, "REMOVE": self._remove, "ADD": self._add}
        while (clause := self._peek().upper()) in one:
            self._take()
            changes += self._list(one.pop(clause))
        return changes

    def _set(self) -> Change:
        path = self._path()
        self._expect("=")
        value = self._value()

        def change(scope: Scope, item: Item) -> None:
            found = value(scope)
            if found is None:
                raise InvalidExpression(
                    "The provided expression refers to an attribute that does not exist in the item"
                )
            item[path(scope)] = found

        return change

    def _value(self) -> Operand:
        if not self._took("IF_NOT_EXISTS"):
            return self._operand()
        there, instead = self._arguments(self._operand)
        return lambda scope: there(scope) or instead(scope)

    def _remove(self) -> Change:
        path = self._path()

        def change(scope: Scope, item: Item) -> None:
            item.pop(path(scope), None)

        return change

    def _add(self) -> Change:
        path, more = self._path(), self._operand()

        def change(scope: Scope, item: Item) -> None:
            item[path(scope)] = _added(scope.item.get(path(scope), {"N": "0"}), more(scope))

        return change


def compare(sign: str, left: Value | None, right: Value | None) -> bool:
    """As DynamoDB compares: what is missing, or of another type, is unequal to all and in no order to anything."""
    if left is None or right is None:
        return sign == "<>"
    (kind, one), (other_kind, other) = *left.items(), *right.items()
    if kind != other_kind:
        return sign == "<>"
    if kind == "N":
        one, other = Decimal(one), Decimal(other)
    if sign == "=":
        return bool(one == other)
    if sign == "<>":
        return bool(one != other)
    if kind not in ("S", "N", "B"):
        return False
    # Text goes by its code points here, which is the order of its UTF-8 bytes there.
    return bool({"<": one < other, "<=": one <= other, ">": one > other, ">=": one >= other}[sign])


def _added(left: Value | None, right: Value | None) -> Value:
    if left is None or right is None or "N" not in left or "N" not in right:
        raise InvalidExpression("An operand in the update expression has an incorrect data type")
    return {"N": f"{(Decimal(left['N']) + Decimal(right['N'])).normalize():f}"}
