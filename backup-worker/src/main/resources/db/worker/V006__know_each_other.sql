-- Which workers share these jobs, and what each of them has: whichever is asked tells of all.
create table worker (
    name text primary key,
    -- Installed PostgreSQL clients, as JSON.
    tools text not null,
    since timestamptz not null,
    seen_at timestamptz not null
);
