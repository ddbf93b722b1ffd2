-- A session remembers the number that its account had when it began, and is over when the account has another. What was stored before
-- counts as 0.
alter table account add column version bigint not null default 0;
