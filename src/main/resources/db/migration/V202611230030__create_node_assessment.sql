-- What was known about a node at one time: every text of evidence with its age, and the facts read from it.
create table fact_snapshot (
    id              varchar(32)              not null primary key,
    node_id         varchar(32)              not null references node (id),
    taken_at        timestamp with time zone not null,
    source          varchar(12)              not null check (source in ('LIBVIRT', 'SUBMITTED')),
    evidence        text                     not null,
    evidence_sha256 varchar(64)              not null,
    facts           text                     not null,
    host_reading    text
);

-- What the rulebase said about a snapshot.
create table node_assessment (
    id                varchar(32)              not null primary key,
    node_id           varchar(32)              not null references node (id),
    number            integer                  not null,
    snapshot_id       varchar(32)              not null references fact_snapshot (id),
    assessed_at       timestamp with time zone not null,
    rulebase_revision integer                  not null,
    rulebase_sha256   varchar(64)              not null,
    verdict           varchar(16)              not null
        check (verdict in ('READY', 'ACTION_REQUIRED', 'BLOCKED', 'UNDETERMINED')),
    sentence          text                     not null,
    assessment        text                     not null,
    constraint node_assessment_in_order unique (node_id, number)
);

-- Where a node stands: its latest assessment, how many options differ, and how the last try to read it failed.
create table node_standing (
    node_id       varchar(32) not null primary key references node (id),
    assessment_id varchar(32) references node_assessment (id),
    verdict       varchar(16) check (verdict in ('READY', 'ACTION_REQUIRED', 'BLOCKED', 'UNDETERMINED')),
    assessed_at   timestamp with time zone,
    sentence      text,
    differing     integer,
    failure       text,
    failed_at     timestamp with time zone
);

create index node_standing_by_verdict on node_standing (verdict);
