-- Who may come in. A password is kept as its Argon2id hash; an account of an identity provider has none.
create table account (
    id uuid constraint account_key primary key,
    name text not null,
    role text not null constraint account_role check (role in ('VIEWER', 'OPERATOR', 'ADMINISTRATOR')),
    password_hash text,
    issuer text,
    subject text,
    disabled boolean not null default false,
    created_at timestamptz not null,
    last_sign_in_at timestamptz,
    constraint account_of_a_provider check ((issuer is null) = (subject is null)),
    constraint account_subject_key unique (issuer, subject)
);

create unique index account_name_key on account (lower(name));

-- A link that lets its holder set a password once: for the first administrator where account_id is null. Only its hash is kept.
create table one_time_link (
    hash bytea constraint one_time_link_key primary key,
    account_id uuid references account (id) on delete cascade,
    created_at timestamptz not null,
    expires_at timestamptz
);

-- Tokens of programs. Only the hash of the secret is kept: 256 random bits need no slow one.
create table api_token (
    id uuid constraint api_token_key primary key,
    account_id uuid not null references account (id) on delete cascade,
    name text not null,
    hash bytea not null constraint api_token_hash_key unique,
    scope text not null constraint api_token_scope check (scope in ('VIEWER', 'OPERATOR', 'ADMINISTRATOR')),
    created_at timestamptz not null,
    expires_at timestamptz,
    last_used_at timestamptz
);

create index api_token_of_account on api_token (account_id);

-- One row is one try to sign in that has not succeeded, or whose end is not known yet.
create table sign_in_attempt (
    id uuid constraint sign_in_attempt_key primary key,
    name text not null,
    address text not null,
    at timestamptz not null
);

create index sign_in_attempt_by_name on sign_in_attempt (name, at);
create index sign_in_attempt_by_address on sign_in_attempt (address, at);

-- Spring Session's own tables, as its schema-postgresql.sql has them.
create table spring_session (
    primary_id char(36) not null constraint spring_session_pk primary key,
    session_id char(36) not null,
    creation_time bigint not null,
    last_access_time bigint not null,
    max_inactive_interval int not null,
    expiry_time bigint not null,
    principal_name varchar(100)
);

create unique index spring_session_ix1 on spring_session (session_id);
create index spring_session_ix2 on spring_session (expiry_time);
create index spring_session_ix3 on spring_session (principal_name);

create table spring_session_attributes (
    session_primary_id char(36) not null
        constraint spring_session_attributes_fk references spring_session (primary_id) on delete cascade,
    attribute_name varchar(200) not null,
    attribute_bytes bytea not null,
    constraint spring_session_attributes_pk primary key (session_primary_id, attribute_name)
);
