-- One login role per service, each the owner of its own schema and of nothing else. It runs when the database is made and again at each
-- ./holdfast deploy, so that a password changed in .env takes effect. The passwords come by the environment: an argument can be read
-- by every process.
\set ON_ERROR_STOP on
\set QUIET on
\getenv api_password HOLDFAST_API_DATABASE_PASSWORD
\getenv worker_password HOLDFAST_WORKER_DATABASE_PASSWORD
\getenv notification_password HOLDFAST_NOTIFICATION_DATABASE_PASSWORD
\getenv postgres_password POSTGRES_PASSWORD
set client_min_messages = warning;
set log_statement = 'none';
set log_min_error_statement = 'panic';

select format('create role %I', name) from unnest(array['holdfast_api', 'holdfast_worker', 'holdfast_notification']) name
 where not exists (select from pg_roles where rolname = name)
\gexec
alter role holdfast_api login nosuperuser nocreatedb nocreaterole noreplication password :'api_password';
alter role holdfast_worker login nosuperuser nocreatedb nocreaterole noreplication password :'worker_password';
alter role holdfast_notification login nosuperuser nocreatedb nocreaterole noreplication password :'notification_password';
alter role current_user password :'postgres_password';

revoke all on database :DBNAME from public;
grant connect on database :DBNAME to holdfast_api, holdfast_worker, holdfast_notification;
revoke create on schema public from public;
create schema if not exists api authorization holdfast_api;
create schema if not exists worker authorization holdfast_worker;
create schema if not exists notification authorization holdfast_notification;

-- The event log searches with it, and may not create it.
create extension if not exists pg_trgm with schema public;
