"""What template.yaml promises: what is deployed fits the code, and keeps what it must."""

import json
import re
from datetime import UTC, datetime, timedelta
from unittest.mock import MagicMock

import pytest

from cli.local.ministack import ROOT
from shared import delivery
from shared.channels import mail_events
from shared.domain import failures, schedule
from shared.domain.failures import Failure
from shared.runtime import Settings
from shared.storage.store import Store
from tests.unit.imports import reach
from tests.unit.resources import (
    FALLBACK,
    FUNCTIONS,
    GLOBALS,
    RESOURCES,
    TEMPLATE,
    VARIABLES,
    Properties,
    function,
    grants,
    module,
    of_type,
    readers,
    target,
    text,
)

# Read by libraries, not by us.
LIBRARIES = {
    "POWERTOOLS_SERVICE_NAME",
    "POWERTOOLS_METRICS_NAMESPACE",
    "POWERTOOLS_LOG_LEVEL",
    "PYTHONTZPATH",
    "MPLCONFIGDIR",
}
TWO_WEEKS = 1_209_600
NUDGE_READERS = [each for each in readers() if "shared.delivery" in reach(module(each[0])).modules]


# Parameters and outputs


@pytest.mark.parametrize("name", TEMPLATE["Parameters"])
def test_a_parameter_says_what_it_is_and_is_asked_for_in_its_place_and_used(name: str) -> None:
    assert TEMPLATE["Parameters"][name]["Description"].endswith(".")
    interface = TEMPLATE["Metadata"]["AWS::CloudFormation::Interface"]
    assert [group["Parameters"].count(name) for group in interface["ParameterGroups"]].count(1) == 1
    rest = json.dumps({key: value for key, value in TEMPLATE.items() if key not in ("Parameters", "Metadata")})
    assert f'{{"Ref": "{name}"}}' in rest or f"${{{name}}}" in rest


def test_a_parameter_s_default_is_one_that_it_allows() -> None:
    for each in TEMPLATE["Parameters"].values():
        if "Default" in each:
            assert each["Default"] in each.get("AllowedValues", [each["Default"]])


def test_outputs_say_what_they_are() -> None:
    assert all(output["Description"].endswith(".") for output in TEMPLATE["Outputs"].values())


# Functions


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_runs_on_the_one_runtime_and_says_what_it_is_for(name: str) -> None:
    properties = function(name)
    assert (properties["Runtime"], properties["Architectures"]) == ("python3.13", ["arm64"])
    assert properties["Description"].endswith(".")
    assert RESOURCES[name]["Metadata"] == {"BuildMethod": "makefile"}
    own = RESOURCES[name]["Properties"]
    assert "LoggingConfig" not in own
    assert "Environment" not in own or name == FALLBACK


def test_the_settings_and_the_functions_variables_are_the_same() -> None:
    assert VARIABLES.keys() - LIBRARIES == {name.upper() for name in Settings.model_fields}
    assert VARIABLES.keys() >= LIBRARIES


def test_no_secret_is_in_a_variable() -> None:
    secret = {name for name, each in TEMPLATE["Parameters"].items() if each.get("NoEcho")}
    secret |= of_type("AWS::SecretsManager::Secret").keys()
    assert secret
    said = json.dumps(VARIABLES)
    assert not [name for name in secret if f'"{name}"' in said or f"${{{name}" in said]
    assert "{{resolve:" not in json.dumps(TEMPLATE)


def test_secrets_are_named_as_the_functions_look_them_up() -> None:
    names = [text(each["Name"]) for each in of_type("AWS::SecretsManager::Secret").values()]
    assert sorted(names) == sorted(text(VARIABLES[name]) for name in ("LINK_KEY_SECRET", "TWILIO_SECRET"))
    (parameter,) = of_type("AWS::SSM::Parameter").values()
    assert parameter["Name"] == VARIABLES["BASE_URL_PARAMETER"]


def test_logs_are_kept_for_a_while_and_no_longer() -> None:
    (group,) = of_type("AWS::Logs::LogGroup")
    assert RESOURCES[group]["Properties"]["RetentionInDays"] == {"Ref": "LogRetentionDays"}
    assert target(GLOBALS["LoggingConfig"]["LogGroup"]) == group


def test_the_api_is_throttled_and_answers_before_its_callers_give_up() -> None:
    (api,) = of_type("AWS::Serverless::HttpApi").values()
    settings = api["DefaultRouteSettings"]
    assert 0 < settings["ThrottlingRateLimit"] <= settings["ThrottlingBurstLimit"]
    for name in FUNCTIONS:
        events = [event for event in function(name).get("Events", {}).values() if event["Type"] == "HttpApi"]
        assert all(target(event["Properties"]["ApiId"]) in RESOURCES for event in events)
        assert not events or function(name)["Timeout"] <= 15  # Twilio waits no longer


def test_a_tick_comes_each_minute_and_ends_before_the_next() -> None:
    tick = function("DispatchFunction")
    assert tick["Events"]["Tick"]["Properties"]["Schedule"] == "rate(1 minute)"
    assert tick["Timeout"] < 60


# Queues


@pytest.mark.parametrize(("name", "event"), readers(), ids=lambda each: each if isinstance(each, str) else "")
def test_a_queue_is_read_so_that_one_bad_message_harms_no_other(name: str, event: Properties) -> None:
    queue = RESOURCES[target(event["Queue"])]["Properties"]
    assert event["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert queue["VisibilityTimeout"] >= 6 * function(name)["Timeout"]
    assert queue["RedrivePolicy"]["maxReceiveCount"] >= 5
    most = event["ScalingConfig"]["MaximumConcurrency"]
    assert (TEMPLATE["Parameters"][most["Ref"]]["MinValue"] if isinstance(most, dict) else most) >= 2


def test_each_queue_is_read_or_is_the_dead_letters_of_one_that_is() -> None:
    queues = of_type("AWS::SQS::Queue")
    read = {target(event["Queue"]) for _, event in readers()}
    dead = {target(queues[queue]["RedrivePolicy"]["deadLetterTargetArn"]) for queue in read}
    assert read | dead == queues.keys()
    assert len(dead) == len(read)
    assert not read & dead
    assert all(queues[queue]["MessageRetentionPeriod"] == TWO_WEEKS for queue in dead)
    assert all(queue["SqsManagedSseEnabled"] for queue in queues.values())


def test_each_queue_that_is_read_is_one_that_something_is_put_on() -> None:
    read = {target(event["Queue"]) for _, event in readers()}
    put_on = VARIABLES | function(FALLBACK)["Environment"]["Variables"]
    told_of_mails = RESOURCES["MailBucket"]["Properties"]["NotificationConfiguration"]["QueueConfigurations"]
    queues = {target(each["Queue"]) for each in told_of_mails}
    queues |= {target(each["Endpoint"]) for each in of_type("AWS::SNS::Subscription").values()}
    assert read == queues | {target(put_on[name]) for name in put_on if name.endswith("_QUEUE_URL")}


def test_a_lease_outlasts_every_delivery_and_is_over_when_the_queue_brings_the_nudge_again() -> None:
    delivering = [name for name in FUNCTIONS if "shared.delivery" in reach(module(name)).modules]
    assert sorted(delivering) == sorted(name for name, _ in NUDGE_READERS)
    for name, event in NUDGE_READERS:
        visible_again = RESOURCES[target(event["Queue"])]["Properties"]["VisibilityTimeout"]
        assert function(name)["Timeout"] + 60 < delivery.LEASE.total_seconds() < visible_again


@pytest.mark.parametrize(("name", "event"), NUDGE_READERS, ids=lambda each: each if isinstance(each, str) else "")
def test_a_nudge_is_tried_until_it_is_too_late_and_on_record_as_missed(name: str, event: Properties) -> None:
    queue = RESOURCES[target(event["Queue"])]["Properties"]
    tries = queue["RedrivePolicy"]["maxReceiveCount"] - 1
    assert tries * queue["VisibilityTimeout"] > schedule.LATEST.total_seconds()
    # Full jitter waits half of the longest wait on average; even a third of it is enough.
    throttled = sum((failures.wait(Failure.THROTTLED, n, 1 / 3) for n in range(1, tries + 1)), timedelta())
    assert throttled > schedule.LATEST


def test_a_summary_and_a_nudge_may_be_hidden_on_the_queue_that_they_came_from_alone() -> None:
    for name, event in NUDGE_READERS:
        hidden = {resource for action, resource in grants(name) if action == "sqs:ChangeMessageVisibility"}
        assert hidden == {f"{target(event['Queue'])}.Arn"}


def test_texts_that_fell_back_wait_in_order_for_longer_than_an_outage() -> None:
    queue, dead = (RESOURCES[name]["Properties"] for name in ("FallbackQueue", "FallbackDeadLetters"))
    assert queue["FifoQueue"] and dead["FifoQueue"]
    assert queue["VisibilityTimeout"] * queue["RedrivePolicy"]["maxReceiveCount"] >= 4 * 3600
    assert queue["MessageRetentionPeriod"] == TWO_WEEKS
    assert "KmsMasterKeyId" not in queue | dead  # the table's key may be what is missing


def test_an_erasure_that_is_under_way_or_comes_again_is_given_time_before_a_tick_takes_it_up() -> None:
    erasing = [name for name in FUNCTIONS if "shared.replies" in reach(module(name)).modules]
    assert {"ReceiveSmsFunction", "TakeFallbackFunction", "ReceiveEmailFunction"} <= set(erasing)
    times = [function(name)["Timeout"] for name in (*erasing, "MemberPageFunction")]
    times += [
        RESOURCES[target(event["Queue"])]["Properties"]["VisibilityTimeout"]
        for name, event in readers()
        if name in erasing
    ]
    assert max(times) < schedule.ERASED_WITHIN.total_seconds()


# What becomes of mails


def test_ses_says_of_each_mail_what_the_function_reads_and_nobody_else_may_say_it() -> None:
    (destination,) = of_type("AWS::SES::ConfigurationSetEventDestination").values()
    told = destination["EventDestination"]
    assert target(destination["ConfigurationSetName"]) == target(VARIABLES["MAIL_EVENTS"]) == "MailEventSet"
    assert {kind.lower() for kind in mail_events.STATUSES} == {kind.lower() for kind in told["MatchingEventTypes"]}
    topic = target(told["SnsDestination"]["TopicARN"])
    (policy,) = of_type("AWS::SNS::TopicPolicy").values()
    (statement,) = policy["PolicyDocument"]["Statement"]
    assert [target(each) for each in policy["Topics"]] == [topic]
    assert (statement["Principal"], statement["Action"]) == ({"Service": "ses.amazonaws.com"}, "sns:Publish")
    assert statement["Condition"] == {"StringEquals": {"AWS:SourceAccount": {"Ref": "AWS::AccountId"}}}


def test_what_ses_says_goes_by_a_queue_of_its_own_as_it_was_said() -> None:
    (subscription,) = of_type("AWS::SNS::Subscription").values()
    (destination,) = of_type("AWS::SES::ConfigurationSetEventDestination").values()
    assert target(subscription["TopicArn"]) == target(destination["EventDestination"]["SnsDestination"]["TopicARN"])
    assert (subscription["Protocol"], subscription["RawMessageDelivery"]) == ("sqs", True)
    (event,) = function("ReceiveMailStatusFunction")["Events"].values()
    assert target(subscription["Endpoint"]) == target(event["Properties"]["Queue"]) == "MailEventQueue"
    queue = RESOURCES["MailEventQueue"]["Properties"]
    assert queue["VisibilityTimeout"] * queue["RedrivePolicy"]["maxReceiveCount"] >= 4 * 3600


def test_nobody_but_the_topic_puts_anything_on_the_queue_of_mail_events() -> None:
    policy = RESOURCES["MailEventQueuePolicy"]["Properties"]
    (statement,) = policy["PolicyDocument"]["Statement"]
    assert [target(each) for each in policy["Queues"]] == [target(statement["Resource"])] == ["MailEventQueue"]
    assert (statement["Principal"], statement["Action"]) == ({"Service": "sns.amazonaws.com"}, "sqs:SendMessage")
    assert statement["Condition"] == {"ArnEquals": {"AWS:SourceArn": {"Ref": "MailEvents"}}}
    assert "KmsMasterKeyId" not in RESOURCES["MailEventQueue"]["Properties"]  # SNS would need a grant


# The table


def test_the_table_outlives_mistakes() -> None:
    (table,) = of_type("AWS::DynamoDB::Table").values()
    for name in ("Table", "TableKey"):
        assert (RESOURCES[name]["DeletionPolicy"], RESOURCES[name]["UpdateReplacePolicy"]) == ("Retain", "Retain")
    assert table["DeletionProtectionEnabled"]
    assert table["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert table["BillingMode"] == "PAY_PER_REQUEST"


def test_the_table_is_encrypted_with_a_key_of_its_own() -> None:
    encryption = RESOURCES["Table"]["Properties"]["SSESpecification"]
    assert (encryption["SSEEnabled"], encryption["SSEType"]) == (True, "KMS")
    assert target(encryption["KMSMasterKeyId"]) == "TableKey"
    assert RESOURCES["TableKey"]["Properties"]["EnableKeyRotation"]


def test_the_table_has_the_keys_the_index_and_the_expiry_that_the_store_uses() -> None:
    table = RESOURCES["Table"]["Properties"]
    client, now = MagicMock(), datetime(2026, 3, 5, tzinfo=UTC)
    store = Store(client, "table", lambda: now)

    list(store.due(now))
    asked = client.get_paginator.return_value.paginate.call_args.kwargs
    (index,) = table["GlobalSecondaryIndexes"]
    assert asked["IndexName"] == index["IndexName"]
    assert [key["AttributeName"] for key in index["KeySchema"]] == ["due_shard", "due_at"]
    assert asked["KeyConditionExpression"] == "due_shard = :shard AND due_at <= :now"
    assert index["Projection"] == {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["kinds"]}

    store.hint_unless_hinted("+14155550123", now)
    (put,) = client.transact_write_items.call_args.kwargs["TransactItems"]
    item = put["Put"]["Item"]
    assert [key["AttributeName"] for key in table["KeySchema"]] == list(item)[:2] == ["pk", "sk"]
    assert table["TimeToLiveSpecification"] == {"AttributeName": "expires_at", "Enabled": True}
    assert "N" in item["expires_at"]


# Mails


def test_mails_are_encrypted_seen_by_nobody_and_kept_no_longer_than_their_dead_letters() -> None:
    bucket = RESOURCES["MailBucket"]["Properties"]
    assert bucket["BucketName"] == VARIABLES["MAIL_BUCKET"]
    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True} and bucket["BucketEncryption"]
    (rule,) = bucket["LifecycleConfiguration"]["Rules"]
    assert rule["Status"] == "Enabled" and rule["ExpirationInDays"] * 24 * 3600 == TWO_WEEKS


def test_only_this_account_s_rules_put_mails_into_the_bucket_and_only_it_tells_of_them() -> None:
    (statement,) = RESOURCES["MailBucketPolicy"]["Properties"]["PolicyDocument"]["Statement"]
    assert (statement["Principal"], statement["Action"]) == ({"Service": "ses.amazonaws.com"}, "s3:PutObject")
    assert statement["Condition"]["StringEquals"] == {"AWS:SourceAccount": {"Ref": "AWS::AccountId"}}
    (statement,) = RESOURCES["MailQueuePolicy"]["Properties"]["PolicyDocument"]["Statement"]
    assert (statement["Principal"], statement["Action"]) == ({"Service": "s3.amazonaws.com"}, "sqs:SendMessage")
    assert text(VARIABLES["MAIL_BUCKET"]["Fn::Sub"]) in statement["Condition"]["ArnEquals"]["AWS:SourceArn"]["Fn::Sub"]
    rule = RESOURCES["MailReceiptRule"]["Properties"]["Rule"]
    assert rule["ScanEnabled"], "a mail without verdicts is not taken"


def test_without_a_domain_for_replies_there_is_nothing_that_takes_mails() -> None:
    parts = {name for name in RESOURCES if re.match(r"Mail(?!Event)|ReceiveEmail", name)}
    own = parts - {"MailReceiptRule", "MailDeadLetters"}  # which the alarm looks at
    assert {RESOURCES[name]["Condition"] for name in own} == {"HasReplyDomain"}
    assert RESOURCES["MailReceiptRule"]["Condition"] == "HasReceiptRule"


# Alarms


def alarms() -> dict[str, Properties]:
    return of_type("AWS::CloudWatch::Alarm")


def test_alarms_are_for_whoever_gave_an_address_and_nothing_else_hangs_on_it() -> None:
    conditional = {name for name, each in RESOURCES.items() if each.get("Condition") == "HasAlarms"}
    assert conditional == {*alarms(), "AlarmTopic", *of_type("AWS::Logs::MetricFilter")}
    topic = RESOURCES["AlarmTopic"]["Properties"]
    assert topic["Subscription"] == [{"Protocol": "email", "Endpoint": {"Ref": "AlarmEmail"}}]
    assert re.fullmatch(TEMPLATE["Parameters"]["AlarmEmail"]["AllowedPattern"], "")


def test_an_alarm_is_mailed_and_says_what_to_do() -> None:
    assert len(alarms()) < 9  # too many are read by nobody
    for alarm in alarms().values():
        assert [target(action) for action in alarm["AlarmActions"]] == ["AlarmTopic"]
        assert alarm["AlarmDescription"].endswith(".") and len(alarm["AlarmDescription"]) < 1024
        assert alarm["TreatMissingData"] in ("notBreaching", "breaching")


def test_no_dead_letter_stays_unseen() -> None:
    metrics = alarms()["DeadLettersAlarm"]["Metrics"]
    dead = {
        target(queue["RedrivePolicy"]["deadLetterTargetArn"])
        for queue in of_type("AWS::SQS::Queue").values()
        if "RedrivePolicy" in queue
    }
    seen = {each["Id"]: target(each["MetricStat"]["Metric"]["Dimensions"][0]["Value"]) for each in metrics[:-1]}
    assert set(seen.values()) == dead
    assert all(f"FILL({name}, 0)" in metrics[-1]["Expression"] for name in seen)


def test_ticks_that_stay_away_are_an_alarm() -> None:
    alarm = alarms()["TicksAlarm"]
    assert alarm["TreatMissingData"] == "breaching"
    assert {target(each["MetricStat"]["Metric"]["Dimensions"][0]["Value"]) for each in alarm["Metrics"][:-1]} == {
        "DispatchFunction"
    }
    periods = {each["MetricStat"]["Period"] for each in alarm["Metrics"][:-1]}
    assert {period * alarm["EvaluationPeriods"] for period in periods} == {600}


def test_an_alarm_on_a_metric_of_ours_names_one_that_is_counted() -> None:
    """By its name and by the dimension that Powertools gives it, the service."""
    counted = {
        name
        for path in (*ROOT.glob("functions/*/app.py"), *ROOT.glob("shared/*.py"))
        for name in re.findall(r'"([A-Z][A-Za-z]+)"', path.read_text(encoding="utf-8"))
    }
    filtered = {each["MetricTransformations"][0]["MetricName"] for each in of_type("AWS::Logs::MetricFilter").values()}
    ours = [alarm for alarm in alarms().values() if alarm.get("Namespace") == {"Ref": "AWS::StackName"}]
    assert ours
    for alarm in ours:
        assert alarm["MetricName"] in counted | filtered
        service = [{"Name": "service", "Value": VARIABLES["POWERTOOLS_SERVICE_NAME"]}]
        assert alarm.get("Dimensions", []) == ([] if alarm["MetricName"] in filtered else service)


def test_what_is_the_sender_s_to_mend_is_an_alarm_at_the_first_time() -> None:
    alarm = alarms()["SenderFaultsAlarm"]
    assert (alarm["MetricName"], alarm["Statistic"], alarm["Threshold"]) == ("SenderFaults", "Sum", 0)
    for code in re.findall(r"\b\d{5}\b", alarm["AlarmDescription"]):
        assert failures.of_twilio(code) is Failure.OURS
    assert re.findall(r"\b\d{5}\b", alarm["AlarmDescription"])


@pytest.mark.parametrize("name", ["HelpCoach", "HelpTherapist", "HelpFree"])
def test_help_that_is_named_may_be_left_empty_and_fits_a_text(name: str) -> None:
    parameter = TEMPLATE["Parameters"][name]
    pattern = re.compile(parameter["AllowedPattern"])
    assert parameter["Default"] == ""
    assert pattern.fullmatch("") and pattern.fullmatch("the Example Clinic, +1 415 555 0142")
    assert not pattern.fullmatch("x" * 81) and not pattern.fullmatch("Dr. “Q” 🎉")
