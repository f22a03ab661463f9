create table webhook (
    id            varchar(32)              not null primary key,
    name          varchar(64)              not null,
    url           varchar(512)             not null,
    kinds         varchar(128)             not null,
    sealed_secret varchar(512)             not null,
    created_at    timestamp with time zone not null
);

-- What is to be told, written in the transaction of what it tells. A row is claimed by moving its next try away.
create table webhook_delivery (
    id           varchar(32)              not null primary key,
    webhook_id   varchar(32)              not null constraint webhook_delivery_webhook
        references webhook (id) on delete cascade,
    kind         varchar(32)              not null,
    body         text                     not null,
    created_at   timestamp with time zone not null,
    state        varchar(16)              not null constraint webhook_delivery_state
        check (state in ('waiting', 'delivered', 'given-up')),
    attempts     integer                  not null,
    next_at      timestamp with time zone not null,
    finished_at  timestamp with time zone,
    last_outcome varchar(256)
);

create index webhook_delivery_due on webhook_delivery (state, next_at);
create index webhook_delivery_of on webhook_delivery (webhook_id, created_at);

-- How far the audit log was handed on, to each place.
create table audit_forward (
    target varchar(128) not null primary key,
    seq    bigint       not null
);
