create table audit_entry (
    seq            bigint                   not null primary key,
    id             varchar(32)              not null constraint audit_entry_id_unique unique,
    happened_at    timestamp with time zone not null,
    person_id      varchar(32),
    username       varchar(64)              not null,
    remote_address varchar(64),
    action         varchar(64)              not null,
    subject_type   varchar(32)              not null,
    subject_id     varchar(64)              not null,
    subject_name   varchar(256)             not null,
    before_text    text,
    after_text     text,
    previous_hash  varchar(64)              not null,
    hash           varchar(64)              not null constraint audit_entry_hash_unique unique
);

create index audit_entry_subject on audit_entry (subject_id);
create index audit_entry_action on audit_entry (action);
create index audit_entry_username on audit_entry (username);

-- The end of the chain: its row is the lock under which entries get their place, and what a cut-off end is told by.
create table audit_head (
    name varchar(8)  not null primary key,
    seq  bigint      not null,
    hash varchar(64) not null
);

insert into audit_head (name, seq, hash)
values ('head', 0, '0000000000000000000000000000000000000000000000000000000000000000');
