-- Something of everything that an archive can hold.
create schema "odd ""schema"" ü";
create type mood as enum ('sad', 'ok', 'it''s fine');
create domain price as numeric(12, 2) check (value >= 0);

create table "odd ""schema"" ü"."table with
newline, 'quotes' and 🐘" (
    "id" bigint generated always as identity primary key,
    "a ""column"" \ with ü" text default 'it''s',
    feeling mood,
    amount price,
    doubled numeric generated always as (amount * 2) stored
);
insert into "odd ""schema"" ü"."table with
newline, 'quotes' and 🐘" ("a ""column"" \ with ü", feeling, amount)
select E'tab\t newline\n backslash \\ end \\. 🐘 ' || i, (array['sad', 'ok', 'it''s fine'])[1 + i % 3]::mood, i * 1.5
from generate_series(1, 5000) i;
insert into "odd ""schema"" ü"."table with
newline, 'quotes' and 🐘" ("a ""column"" \ with ü") values (null), (''), (E'\\.'), (E'\\N');
comment on table "odd ""schema"" ü"."table with
newline, 'quotes' and 🐘" is E'a comment\nof two lines, with '' and \\';

create table empty_table (id int primary key);
create table no_columns ();
create table files (id int primary key, data bytea);
insert into files
select i, decode(string_agg(md5(i::text || j), ''), 'hex') from generate_series(1, 300) i, generate_series(1, 500) j group by i;
create table huge_rows (id int, body text, raw bytea);
insert into huge_rows values
    (1, repeat('a row of more than ten megabytes ', 400000), null),
    (2, null, decode(repeat('00ff5c0a0d27', 2000000), 'hex'));

create table measures (at date not null, value float8) partition by range (at);
create table measures_2025 partition of measures for values from ('2025-01-01') to ('2026-01-01');
create table measures_rest partition of measures default;
insert into measures select date '2024-12-01' + i % 700, 1.0 / i from generate_series(1, 20000) i;
create index on measures (at);
create table parent (id int);
create table child (note text) inherits (parent);
insert into child values (1, 'inherited');

create table documents (id int primary key, doc jsonb, words tsvector, tags text[], span int4range);
insert into documents
select i, jsonb_build_object('id', i, 'name', 'it''s "' || i || '"', 'list', jsonb_build_array(i, null, true)),
    to_tsvector('simple', 'word' || i), array['a,b', 'c"d', null], int4range(i, i + 10)
from generate_series(1, 3000) i;
create index on documents using gin (doc);
alter table documents enable row level security;
create policy everybody on documents using (id > 0);

do $$
begin
    for i in 1..150 loop
        execute format('create table tiny_%s (id int, note text)', i);
        execute format('insert into tiny_%s values (%s, ''tiny'')', i, i);
    end loop;
end
$$;

create sequence numbers start 77 increment 3;
select nextval('numbers');
create view expensive as select * from "odd ""schema"" ü"."table with
newline, 'quotes' and 🐘" where amount > 1000;
create materialized view counted as select feeling, count(*) from expensive group by feeling with data;
create function touch() returns trigger language plpgsql as $body$
begin
    -- a body with $dollars$ and 'quotes'
    return new;
end
$body$;
create trigger touched before update on documents for each row execute function touch();
create procedure nothing() language sql as 'select 1';
comment on function touch() is 'does nothing';
grant select on documents to public;

select lo_from_bytea(20000 + i, decode(repeat(md5(i::text), 1000), 'hex')) from generate_series(1, 40) i;
select lo_from_bytea(30000, ''), lo_from_bytea(4000000000, 'above two to the power of thirty-one');
select lo_from_bytea(30001, decode(repeat('abcdef0123', 700000), 'hex'));
comment on large object 20001 is 'a large object''s comment';
