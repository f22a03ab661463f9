-- What the portal signs in to nodes with. The secret part is sealed (AES-256-GCM) with a key that is not in here.
create table credential (
    id          varchar(32)              not null primary key,
    name        varchar(63)              not null,
    name_key    varchar(126)             not null constraint credential_name unique,
    kind        varchar(8)               not null constraint credential_kind check (kind in ('TLS', 'SSH')),
    fingerprint varchar(120)             not null,
    shown       text                     not null,
    sealed      text                     not null,
    sealed_with varchar(16)              not null,
    expires_at  timestamp with time zone,
    created_at  timestamp with time zone not null,
    rotated_at  timestamp with time zone,
    warned_at   timestamp with time zone,
    version     bigint                   not null
);

create index node_by_credential on node (credential);

-- The ssh host keys of a node that a person compared.
create table node_host_key (
    node_id   varchar(32)              not null primary key constraint node_host_key_node references node (id),
    key_lines text                     not null,
    pinned_by varchar(32)              not null,
    pinned_at timestamp with time zone not null
);
