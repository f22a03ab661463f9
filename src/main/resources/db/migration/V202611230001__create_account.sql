create table account (
    id                 varchar(32)              not null primary key,
    username           varchar(64)              not null constraint account_username_unique unique,
    display_name       varchar(128)             not null,
    password_hash      varchar(255)             not null,
    credential_version bigint                   not null,
    disabled           boolean                  not null,
    created_at         timestamp with time zone not null,
    version            bigint                   not null,
    constraint account_username_lower check (username = lower(username))
);

create table account_role (
    account_id varchar(32) not null constraint account_role_account references account (id),
    role       varchar(16) not null constraint account_role_known
        check (role in ('REQUESTER', 'OPERATOR', 'APPROVER', 'RULE_AUTHOR', 'AUDITOR', 'ADMIN')),
    primary key (account_id, role)
);
