-- Unqualified on purpose: every service has these two tables in its own schema.

create table outbox (
    id bigint generated always as identity primary key,
    event_id uuid not null constraint outbox_event_id_unique unique,
    source text not null,
    subject text not null,
    type text not null,
    time timestamptz not null,
    sequence bigint not null,
    data text not null
);

comment on table outbox is 'events that are stored, but not yet confirmed by the broker; published in the order of id';

create table inbox (
    event_id uuid primary key,
    received_at timestamptz not null
);

create index inbox_received_at on inbox (received_at);

comment on table inbox is 'events whose effect this service has stored already';
