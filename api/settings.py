"""What an operator may set, from the environment. Every setting has one place here and one line in the README."""

from pathlib import Path
from typing import Annotated, Final

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from api.do_this_now import TEXTS
from domain.kernel.words import JURISDICTIONS

DEMONSTRATION_HOST: Final = "127.0.0.1"


class SettingsUnusable(Exception):
    """What is wrong, in one line for the operator."""


class Settings(BaseSettings):
    """Frozen once read. `database_url` None: the embedded database of one person's machine."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True)

    database_url: str | None = None
    """The application's own login; any PostgreSQL from 15."""
    migrations_url: str | None = None
    """The owner's login, for migrations; the application's where it is not given."""
    keys: str | None = None
    """`version:base64`, newest first; or the path of a file that holds them."""
    envelope_key_partner: str | None = None
    """The partner's public key for envelopes (rule 2): base64 of its DER form, as `peer-support window-key` prints it.
    Without both keys no envelope is made, and the names of closed-policy requests are gone at their hour."""
    envelope_key_estate: str | None = None
    """The estate's public key for envelopes. The private halves are never in the service."""
    issuers: str | None = None
    """Who signs tokens: JSON, or the path of a file (`api.identity.configuration`)."""
    jurisdiction: str = "EW"
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535)] = 8000
    origin: str | None = None
    """The service's own origin, for CORS; by default that of host and port."""
    data: Path | None = None
    """The folder of the embedded database and its keys."""
    work_inside: bool = True
    """Whether `serve` starts a worker of its own for timers and jobs."""
    pool_size: Annotated[int, Field(ge=1, le=200)] = 10
    events_queue_url: str | None = None
    """The queue of the prison's events at SQS. Who this service is there, the environment says, as for any such client;
    `AWS_ENDPOINT_URL` names another endpoint than the provider's own."""
    commands_queue_url: str | None = None
    """The queue of what outside organisations ask for by the estate's external API, likewise; None: nothing is."""
    domain_events_topic_arn: str | None = None
    """The estate's SNS topic of domain events; None: no event is published."""
    audit_sqs_queue_url: str | None = None
    """The estate's SQS queue of audit messages for staff; None: none is sent."""
    aws_region: str = "eu-west-2"
    """Where queues and topic are. Credentials, and `AWS_ENDPOINT_URL`, are botocore's own to find."""
    otel_exporter_otlp_endpoint: str | None = None
    """Where an OpenTelemetry collector is, over HTTP. None: nothing is told, and the SDK is not imported. Everything
    else of it is the SDK's own to read."""
    metrics_port: Annotated[int | None, Field(ge=1, le=65535)] = None
    """Where a scraper reads `/metrics` of the process that serves (`api.telemetry.scraped`). None: nowhere."""
    work_metrics_port: Annotated[int | None, Field(ge=1, le=65535)] = None
    """Likewise of the worker, which is a process of its own."""
    metrics_host: str = "127.0.0.1"
    """The address of both: this machine's own, unless a network is named that outsiders do not reach."""
    product_id: str = "default"
    active_agencies: Annotated[tuple[str, ...], NoDecode] = ("***",)
    """The prisons in which the service is rolled out, by their codes, or `***`: what that decides says
    `domain.kernel.rollout`."""
    build_version: str = "0000-00-00.0.local"
    git_branch: str = "local"
    git_commit: str = "local"
    prison_token_url: str | None = None
    """Where the service gets its own tokens for the prison's systems; with none of their addresses set, not needed."""
    prison_client_id: str | None = None
    prison_client_secret: SecretStr | None = None
    prisoner_search_url: str | None = None
    """Who is where, and the facts of suitability. None, here and below: not configured, and not asked."""
    alerts_url: str | None = None
    csip_url: str | None = None
    activities_url: str | None = None
    non_associations_url: str | None = None
    manage_users_url: str | None = None
    """In which prisons staff work."""
    co_defendants_as_non_associations: bool = False
    """Whether the prisons record co-defendants who must not meet as non-associations. No system can be asked about them
    otherwise; until somebody answers for this, each offer waits for a cleared person's yes (rule 11)."""
    prison_connect_seconds: Annotated[float, Field(gt=0, le=10)] = 1.0
    prison_read_seconds: Annotated[float, Field(gt=0, le=30)] = 3.0
    prison_whole_seconds: Annotated[float, Field(gt=0, le=60)] = 8.0
    """All of one question, with tries and a token."""
    forwarded_allow_ips: str = "127.0.0.1"
    """Whose X-Forwarded-For counts: the load balancer's addresses."""

    @field_validator("active_agencies", mode="before")
    @classmethod
    def _listed(cls, value: object) -> object:
        return tuple(v.strip() for v in value.split(",") if v.strip()) if isinstance(value, str) else value

    @field_validator("jurisdiction")
    @classmethod
    def _known(cls, value: str) -> str:
        # A jurisdiction without approved emergency words does not start: a wrong instruction is worse than none.
        if value not in TEXTS or value not in JURISDICTIONS:
            raise ValueError(f"one of {', '.join(sorted(set(TEXTS) & set(JURISDICTIONS)))}")
        return value

    @field_validator("metrics_port", "work_metrics_port")
    @classmethod
    def _of_its_own(cls, value: int | None, info: ValidationInfo) -> int | None:
        # Found out here: a worker that cannot have its port would be started again every second.
        others = (info.data.get("port"), info.data.get("metrics_port"))
        if value is not None and value in others:
            raise ValueError("a port of its own")
        return value

    @property
    def own_origin(self) -> str:
        """The origin that browsers see."""
        return (self.origin or f"http://{self.host}:{self.port}").rstrip("/")


def read() -> Settings:
    """The settings of this process. Raises `SettingsUnusable`: a name and what it wants, never a value."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = "_".join(str(p) for p in first["loc"]).upper()
        raise SettingsUnusable(f"{name}: {first['msg']}") from None
