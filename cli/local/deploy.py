"""Deploys template.yaml to the local AWS through CloudFormation, as `sam deploy` does to the real one.

What MiniStack leaves out of the template is made up for with the public API calls: an HTTP API's routes,
the table's time to live, numbers that parameters give as text, and the verification of the address that
mails come from.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError, WaiterError
from samtranslator.yaml_helper import yaml_parse

from cli.local import build
from cli.local.ministack import ROOT
from cli.local.problem import Problem

STACK = "unstuck"
ACCOUNT = "000000000000"
_ARTIFACTS = "unstuck-artifacts"


class Cloud:
    """The local AWS account, and the stack in it."""

    def __init__(self, url: str) -> None:
        self._session = boto3.Session("test", "test", region_name="us-east-1")
        self._url = url

    def client(self, service: str) -> Any:
        config = Config(retries={"max_attempts": 3}, read_timeout=120)
        return self._session.client(service, endpoint_url=self._url, config=config)  # type: ignore[call-overload]

    def resources(self) -> dict[str, str]:
        """The stack's resources: logical id → physical id; empty where it is not deployed."""
        try:
            listed = self.client("cloudformation").describe_stack_resources(StackName=STACK)
        except ClientError:
            return {}
        return {each["LogicalResourceId"]: each["PhysicalResourceId"] for each in listed["StackResources"]}


def template() -> dict[str, Any]:
    """template.yaml as it stands, its short forms (!Ref) written out."""
    parsed: dict[str, Any] = yaml_parse((ROOT / "template.yaml").read_text(encoding="utf-8"))
    return parsed


def functions(parsed: dict[str, Any]) -> list[str]:
    """The logical ids of the template's functions."""
    return [name for name, each in parsed["Resources"].items() if each["Type"] == "AWS::Serverless::Function"]


def fingerprint(parameters: dict[str, str]) -> str:
    """Names a deployment: the same where neither sources, template nor parameters have changed."""
    parts = [build.digest_of_sources(), (ROOT / "template.yaml").read_text(encoding="utf-8"), json.dumps(parameters)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def deploy(cloud: Cloud, archives: dict[str, Path], parameters: dict[str, str]) -> None:
    """Create the stack or bring it up to date.

    Raises:
        Problem: CloudFormation could not; the first resource that failed and why.
    """
    parsed = template()
    s3 = cloud.client("s3")
    s3.create_bucket(Bucket=_ARTIFACTS)
    for name, archive in archives.items():
        data = archive.read_bytes()
        key = hashlib.sha256(data).hexdigest()
        s3.put_object(Bucket=_ARTIFACTS, Key=key, Body=data)
        parsed["Resources"][name]["Properties"]["CodeUri"] = {"Bucket": _ARTIFACTS, "Key": key}
    _widen_for_mail(parsed)
    _create_or_update(cloud, parsed, parameters)
    # The functions have their code; kept here too, it would be written to disk with every save.
    for stored in s3.list_objects_v2(Bucket=_ARTIFACTS).get("Contents", []):
        s3.delete_object(Bucket=_ARTIFACTS, Key=stored["Key"])
    _complete(cloud, parsed, parameters)


def _widen_for_mail(parsed: dict[str, Any]) -> None:
    """MiniStack names no identity where it judges SES's SendRawEmail, and no sender: any statement on it would fail."""
    for resource in parsed["Resources"].values():
        for policy in resource.get("Properties", {}).get("Policies", []):
            for statement in policy.get("Statement", []):
                if statement["Action"] == "ses:SendRawEmail":
                    statement["Resource"] = "*"
                    del statement["Condition"]


def _create_or_update(cloud: Cloud, parsed: dict[str, Any], parameters: dict[str, str]) -> None:
    cloudformation = cloud.client("cloudformation")
    arguments = {
        "StackName": STACK,
        "TemplateBody": json.dumps(parsed),
        "Parameters": [{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()],
        "Capabilities": ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
    }
    exists = bool(cloud.resources())
    try:
        (cloudformation.update_stack if exists else cloudformation.create_stack)(**arguments)
        waiter = cloudformation.get_waiter("stack_update_complete" if exists else "stack_create_complete")
        waiter.wait(StackName=STACK, WaiterConfig={"Delay": 0.3, "MaxAttempts": 300})
    except ClientError as error:
        if "No updates are to be performed" not in str(error):
            raise Problem(f"The stack could not be deployed: {error}") from error
    except WaiterError as error:
        raise Problem(f"The stack could not be deployed: {_first_failure(cloudformation)}") from error


def _first_failure(cloudformation: Any) -> str:
    events = cloudformation.describe_stack_events(StackName=STACK)["StackEvents"]
    failed = [event for event in events if event["ResourceStatus"].endswith("_FAILED")]
    if not failed:
        return "it did not finish in time"
    first = min(failed, key=lambda event: event["Timestamp"])
    return f"{first['LogicalResourceId']}: {first.get('ResourceStatusReason', 'no reason was given')}"


def _complete(cloud: Cloud, parsed: dict[str, Any], parameters: dict[str, str]) -> None:
    resources = cloud.resources()
    gateway, lambdas = cloud.client("apigatewayv2"), cloud.client("lambda")
    api = resources["Api"]
    there = {route["RouteKey"] for route in gateway.get_routes(ApiId=api)["Items"]}
    for name in functions(parsed):
        events = parsed["Resources"][name]["Properties"].get("Events", {}).values()
        routes = [event["Properties"] for event in events if event["Type"] == "HttpApi"]
        keys = {f"{route['Method']} {route['Path']}" for route in routes} - there
        if not keys:
            continue
        arn = lambdas.get_function(FunctionName=resources[name])["Configuration"]["FunctionArn"]
        integration = gateway.create_integration(
            ApiId=api, IntegrationType="AWS_PROXY", IntegrationUri=arn, PayloadFormatVersion="2.0"
        )["IntegrationId"]
        for key in keys:
            gateway.create_route(ApiId=api, RouteKey=key, Target=f"integrations/{integration}")
    for mapping in lambdas.list_event_source_mappings()["EventSourceMappings"]:
        if most := mapping.get("ScalingConfig", {}).get("MaximumConcurrency"):
            lambdas.update_event_source_mapping(UUID=mapping["UUID"], ScalingConfig={"MaximumConcurrency": int(most)})
    time_to_live = parsed["Resources"]["Table"]["Properties"]["TimeToLiveSpecification"]
    cloud.client("dynamodb").update_time_to_live(TableName=resources["Table"], TimeToLiveSpecification=time_to_live)
    cloud.client("ses").verify_email_identity(EmailAddress=parameters["MailFrom"])
