-- One row is one Idempotency-Key with the answer that it gets, again and again.
create table idempotent_request (
    key text constraint idempotent_request_key primary key,
    fingerprint text not null,
    created_at timestamptz not null,
    status integer,
    location text,
    body text
);

create index idempotent_request_by_time on idempotent_request (created_at);
