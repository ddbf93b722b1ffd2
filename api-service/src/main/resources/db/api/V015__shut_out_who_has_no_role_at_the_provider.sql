-- Who is disabled for having no role at the identity provider comes in again with one; whom an administrator has disabled does not.
alter table account add column without_role boolean not null default false;
