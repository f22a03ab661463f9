-- Tokens with which programs act for a person. Only the hash is kept: a token is 200 random bits, so SHA-256 is enough.
create table api_token (
    id              varchar(32)              not null primary key,
    account_id      varchar(32)              not null constraint api_token_account references account (id),
    name            varchar(64)              not null,
    prefix          varchar(16)              not null,
    secret_sha256   varchar(64)              not null constraint api_token_secret_unique unique,
    created_at      timestamp with time zone not null,
    expires_at      timestamp with time zone not null,
    last_used_at    timestamp with time zone,
    last_used_from  varchar(64),
    last_refused_at timestamp with time zone,
    revoked_at      timestamp with time zone,
    constraint api_token_ends_after_it_began check (expires_at > created_at)
);

create index api_token_account on api_token (account_id, created_at);

create table api_token_scope (
    token_id varchar(32) not null constraint api_token_scope_token references api_token (id),
    scope    varchar(32) not null,
    primary key (token_id, scope)
);

-- Through what a person acted, where it was not a page or a password: the prefix of the token. In the hash of an entry
-- that has it, so entries from before stay as they are.
alter table audit_entry add column via varchar(64);
