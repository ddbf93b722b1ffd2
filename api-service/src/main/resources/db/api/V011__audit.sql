-- Who did what. Two rows of two tables are one entry: that somebody was let do it, stored before it is done, and how it came out.
create table audit (
    id uuid constraint audit_key primary key,
    at timestamptz not null,
    actor text not null,
    actor_kind text not null,
    actor_id uuid,
    address text not null,
    action text not null,
    target text not null
);

create table audit_outcome (
    audit_id uuid constraint audit_outcome_key primary key references audit (id),
    at timestamptz not null,
    status integer not null,
    result text
);

create index audit_by_actor on audit (actor, id);
create index audit_by_action on audit (action, id);

-- Nobody changes what has happened: not the service, nor whoever got hold of its connection, for that has no right to; and not an
-- administrator of the database by mistake, for whom rights don't count.
create function audit_is_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'the audit log is append-only' using errcode = 'insufficient_privilege';
end $$;

create trigger audit_is_append_only before update or delete or truncate on audit
    for each statement execute function audit_is_append_only();
create trigger audit_outcome_is_append_only before update or delete or truncate on audit_outcome
    for each statement execute function audit_is_append_only();

revoke update, delete, truncate on audit, audit_outcome from public, current_user;
do $$
begin
    if exists (select from pg_roles where rolname = 'holdfast_api') then
        revoke all on audit, audit_outcome from holdfast_api;
        grant select, insert on audit, audit_outcome to holdfast_api;
    end if;
end $$;
