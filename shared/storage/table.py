"""The table as DynamoDB has it: conditional writes, to be made together, and consistent reads."""

import random
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from botocore.exceptions import ClientError

from shared.storage.items import Item

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


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
    transaction, on a condition with its values if it has one.
    """

    def __init__(self, client: "DynamoDBClient", name: str) -> None:
        self.name = name
        self._client = client

    def put(self, item: Item, condition: str | None = None, values: Item | None = None) -> Item:
        return {"Put": {"TableName": self.name, "Item": item, **on_condition(condition, values)}}

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
        return self._client.get_item(TableName=self.name, Key=key, ConsistentRead=True).get("Item")

    def query(self, pk: str, first: str, last: str) -> list[Item]:
        """All items of a partition between two sort keys, both included."""
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
        return [item for page in pages for item in page["Items"]]


def on_condition(condition: str | None, values: Item | None) -> Item:
    written = {"ConditionExpression": condition, "ExpressionAttributeValues": values}
    return {name: value for name, value in written.items() if value}
