"""Deploy what `infra.build` built, by CloudFormation: the same way to the cloud and to the embedded engine.

    python -m infra.deploy --stack rongyiban --artifacts BUCKET --set PublicUrl=https://yb.example.gov.cn

The bucket must exist in the region of the stack. The package and the template are kept there under the hash of their inputs.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from infra.build import Built, build
from infra.packing import ROOT, BuildFailed

_ABSENT = "does not exist"
_FAILED = ("FAILED", "ROLLBACK_COMPLETE", "ROLLBACK_IN_PROGRESS")


class DeployFailed(Exception):
    """CloudFormation said no; the text is the first resource that failed and why."""


def deploy(aws: Any, stack: str, bucket: str, built: Built, parameters: dict[str, str]) -> dict[str, str]:
    """Create or update the stack and return its outputs. `aws` is a function service → boto3 client. Raises DeployFailed."""
    body = _uploaded(aws("s3"), bucket, stack, built)
    cloud = aws("cloudformation")
    wanted: dict[str, Any] = {
        "StackName": stack,
        "TemplateURL": body,
        "Parameters": [{"ParameterKey": name, "ParameterValue": value} for name, value in sorted(parameters.items())],
        "Capabilities": ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
    }
    from botocore.exceptions import ClientError, WaiterError

    verb = "update" if _exists(cloud, stack) else "create"
    try:
        getattr(cloud, f"{verb}_stack")(**wanted)
        cloud.get_waiter(f"stack_{verb}_complete").wait(StackName=stack, WaiterConfig={"Delay": 1, "MaxAttempts": 1800})
    except WaiterError:
        raise DeployFailed(_reason(cloud, stack)) from None
    except ClientError as fault:
        if "No updates are to be performed" not in str(fault):
            raise DeployFailed(str(fault)) from None
    return outputs(cloud, stack)


def outputs(cloud: Any, stack: str) -> dict[str, str]:
    """Return the outputs of a stack."""
    found = cloud.describe_stacks(StackName=stack)["Stacks"][0].get("Outputs", [])
    return {each["OutputKey"]: each["OutputValue"] for each in found}


def _uploaded(files: Any, bucket: str, stack: str, built: Built) -> str:
    """Put package and template into the bucket, unless they are there. Return the template's address."""
    place = f"{stack}/{built.version[:32]}"
    template = json.loads(built.template.read_text("utf-8"))
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = {"Bucket": bucket, "Key": f"{place}.zip"}
    found = files.list_objects_v2(Bucket=bucket, Prefix=f"{place}.zip").get("KeyCount", 0)
    if not found:
        files.upload_file(str(built.package), bucket, f"{place}.zip")
    text = json.dumps(template, ensure_ascii=False, separators=(",", ":")).encode()
    files.put_object(Bucket=bucket, Key=f"{place}.json", Body=text, ContentType="application/json")
    address: str = files.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": f"{place}.json"})
    return address.partition("?")[0]


def _exists(cloud: Any, stack: str) -> bool:
    from botocore.exceptions import ClientError

    try:
        status = cloud.describe_stacks(StackName=stack)["Stacks"][0]["StackStatus"]
    except ClientError as fault:
        if _ABSENT in str(fault):
            return False
        raise
    if status == "ROLLBACK_COMPLETE":
        raise DeployFailed(
            f"the first deployment of {stack} failed and was rolled back: delete the stack, then try again"
        )
    return str(status) != "DELETE_COMPLETE"


def _reason(cloud: Any, stack: str) -> str:
    """Find the first resource that failed."""
    events = cloud.describe_stack_events(StackName=stack)["StackEvents"]
    for event in reversed(events):
        reason = event.get("ResourceStatusReason", "")
        if event["ResourceStatus"].endswith("FAILED") and "cancelled" not in reason:
            return f"{event['LogicalResourceId']} ({event.get('ResourceType')}): {reason or event['ResourceStatus']}"
    return f"stack {stack} did not become complete"


def main() -> int:
    """Deploy from the command line."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--stack", default="rongyiban")
    options.add_argument("--artifacts", required=True, help="bucket for the package and the template")
    options.add_argument("--architecture", choices=("arm64", "x86_64"), default="arm64")
    options.add_argument("--out", type=Path, default=ROOT / "dist")
    options.add_argument("--set", action="append", default=[], metavar="Name=value", help="a parameter of the template")
    chosen = options.parse_args()
    import boto3

    session = boto3.session.Session()
    try:
        parameters = dict(each.split("=", 1) for each in chosen.set)
        made = build(chosen.out.resolve(), chosen.architecture)
        found = deploy(session.client, chosen.stack, chosen.artifacts, made, parameters)
    except (BuildFailed, DeployFailed) as fault:
        print(f"✗ 部署失败 deployment failed: {fault}", file=sys.stderr)
        return 1
    print(json.dumps(found, indent=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
