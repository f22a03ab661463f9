-- Registered compute nodes. A removed node keeps its row, so that what was decided about it can still be read;
-- its name_key is cleared, so that the name is free again.
create table node (
    id             varchar(32)              not null primary key,
    name           varchar(120)             not null,
    name_key       varchar(240)             unique,
    host           varchar(253)             not null,
    port           integer                  not null check (port between 1 and 65535),
    transport      varchar(8)               not null check (transport in ('TLS', 'SSH', 'TCP')),
    login          varchar(32),
    credential     varchar(64),
    nova_release   varchar(40),
    node_group     varchar(80),
    labels         text                     not null,
    nova_conf_path varchar(512)             not null,
    write_mode     varchar(10)              not null check (write_mode in ('DROP_IN', 'IN_PLACE', 'AUTO')),
    version        bigint                   not null,
    created_at     timestamp with time zone not null,
    removed_at     timestamp with time zone
);

create index node_by_group on node (node_group);
