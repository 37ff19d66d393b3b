"""The table as DynamoDB has it: conditional writes, to be made together, and consistent reads."""

import random
import time
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from botocore.exceptions import ClientError

from shared.storage.items import Item, seconds

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

MOST_AT_ONCE = 100  # writes in one transaction
NOT_KEPT = "attribute_not_exists(pk) OR expires_at <= :now"


class StaleMember(Exception):
    """The member changed since it was read: read again and decide again."""


Result = TypeVar("Result")


def retry_stale(decide: Callable[[], Result], tries: int = 8) -> Result:
    """Run `decide`, which reads, decides and saves, again while somebody else was quicker.

    Between tries it waits at random, longer each time, so that many at once come through one by one.

    Raises:
        StaleMember: that often in a row.
    """
    for attempt in range(tries - 1):
        try:
            return decide()
        except StaleMember:
            time.sleep(random.uniform(0, 0.02 * 2**attempt))  # noqa: S311
    return decide()


class Table:
    """`client` is a DynamoDB client, low level; `name` is the table's. What returns an `Item` is a write of a
    transaction, on a condition with its values if it has one. What has expired by `clock` is not read: DynamoDB may
    take days to remove it.
    """

    def __init__(self, client: "DynamoDBClient", name: str, clock: Callable[[], datetime]) -> None:
        self.name = name
        self._client = client
        self._clock = clock

    def put(self, item: Item, condition: str | None = None, values: Item | None = None) -> Item:
        return {"Put": {"TableName": self.name, "Item": item, **on_condition(condition, values)}}

    def put_new(self, item: Item) -> Item:
        """A put that holds where there is no such item, or only one that has expired."""
        return self.put(item, NOT_KEPT, {":now": {"N": seconds(self._clock())}})

    def delete(self, pk: str, sk: str, condition: str | None = None, values: Item | None = None) -> Item:
        key = {"pk": {"S": pk}, "sk": {"S": sk}}
        return {"Delete": {"TableName": self.name, "Key": key, **on_condition(condition, values)}}

    def check(self, pk: str, sk: str, condition: str, values: Item) -> Item:
        key = {"pk": {"S": pk}, "sk": {"S": sk}}
        return {"ConditionCheck": {"TableName": self.name, "Key": key, **on_condition(condition, values)}}

    def update(self, update: Item) -> Item:
        return {"Update": {"TableName": self.name, **update}}

    def transact(self, writes: list[Item]) -> None:
        """Make all of these writes, or none.

        Raises:
            StaleMember: a condition does not hold, or another transaction is at the same items.
        """
        try:
            self._client.transact_write_items(TransactItems=writes)  # type: ignore[arg-type]
        except self._client.exceptions.TransactionCanceledException as error:
            reasons = {reason.get("Code") for reason in error.response.get("CancellationReasons", [])}
            if reasons & {"ConditionalCheckFailed", "TransactionConflict"}:
                raise StaleMember from error
            raise
        except ClientError as error:
            if error.response["Error"]["Code"] == "TransactionConflictException":
                raise StaleMember from error
            raise

    def get(self, pk: str, sk: str) -> Item | None:
        key = {"pk": {"S": pk}, "sk": {"S": sk}}
        item = self._client.get_item(TableName=self.name, Key=key, ConsistentRead=True).get("Item")
        return item if item and not self._has_expired(item) else None

    def query(self, pk: str, first: str, last: str, *, expired: bool = False) -> list[Item]:
        """All items of a partition between two sort keys, both included; with those that have `expired`, to erase."""
        pages = self._client.get_paginator("query").paginate(
            TableName=self.name,
            KeyConditionExpression="pk = :pk AND sk BETWEEN :first AND :last",
            ExpressionAttributeValues={
                ":pk": {"S": pk},
                ":first": {"S": first},
                ":last": {"S": last},
            },
            ConsistentRead=True,
        )
        return [item for page in pages for item in page["Items"] if expired or not self._has_expired(item)]

    def partition(self, pk: str, *, expired: bool = False) -> dict[str, Item]:
        """All items of a partition, by sort key; with those that have `expired`, to erase."""
        return {item["sk"]["S"]: item for item in self.query(pk, "A", "Z", expired=expired)}

    def _has_expired(self, item: Item) -> bool:
        return "expires_at" in item and int(item["expires_at"]["N"]) <= self._clock().timestamp()


def on_condition(condition: str | None, values: Item | None) -> Item:
    written = {"ConditionExpression": condition, "ExpressionAttributeValues": values}
    return {name: value for name, value in written.items() if value}
