"""What a use of AWS costs at list price.

us-east-1, in US$, functions on arm64, first price tier, no free tier, taken on 2026-11-24; the China regions list in CNY and
differ by some per cent. Not in it: storage, the clock's rounds and idle polling (the same for one case as for a million), data
out to citizens, and what the SMS gateway asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Use(StrEnum):
    """What is paid for, by one."""

    TRANSITION = "Step Functions transition"
    WRITE_UNIT = "DynamoDB write unit"
    READ_UNIT = "DynamoDB read unit"
    GATEWAY_REQUEST = "API Gateway request"
    INVOCATION = "Lambda invocation"
    GB_SECOND = "Lambda GB-second"
    QUEUE_REQUEST = "SQS request"
    KEY_REQUEST = "KMS request"
    FILE_WRITTEN = "S3 file written"
    LOG_GB = "CloudWatch Logs GB"


PRICES: dict[Use, float] = {
    Use.TRANSITION: 0.025 / 1e3,  # aws.amazon.com/step-functions/pricing: standard workflows, retries count
    Use.WRITE_UNIT: 0.625 / 1e6,  # aws.amazon.com/dynamodb/pricing/on-demand: since 2024-11-01
    Use.READ_UNIT: 0.125 / 1e6,  # the same
    Use.GATEWAY_REQUEST: 3.50 / 1e6,  # aws.amazon.com/api-gateway/pricing: REST, first 333 million a month
    Use.INVOCATION: 0.20 / 1e6,  # aws.amazon.com/lambda/pricing
    Use.GB_SECOND: 0.0000133334,  # the same: arm64, first tier
    Use.QUEUE_REQUEST: 0.40 / 1e6,  # aws.amazon.com/sqs/pricing: standard queues
    Use.KEY_REQUEST: 0.03 / 1e4,  # aws.amazon.com/kms/pricing
    Use.FILE_WRITTEN: 0.005 / 1e3,  # aws.amazon.com/s3/pricing: standard
    Use.LOG_GB: 0.50,  # aws.amazon.com/cloudwatch/pricing: ingestion
}
VCPU = 1769  # MB of memory at which a function has one whole vCPU (Lambda developer guide, "Configure memory")
ANSWER = (
    0.005  # seconds a function waits for one answer of AWS, taken: DynamoDB and SQS say "single-digit milliseconds"
)
PARTY = 0.1  # seconds a function waits for one answer of an outside party, taken
LINES = 300  # bytes the platform logs of one invocation (START, END, REPORT)


def cost(uses: Mapping[Use, float]) -> float:
    """US$ of some uses."""
    return sum(PRICES[use] * count for use, count in uses.items())


def gb_seconds(cpu: float, calls: float, parties: float, memory: int) -> float:
    """GB-seconds of one invocation: its CPU seconds at the share of a vCPU its memory (MB) gives, and its waits for answers."""
    return memory / 1024 * (cpu * max(1.0, VCPU / memory) + calls * ANSWER + parties * PARTY)
