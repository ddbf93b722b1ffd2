-- The event that told the end of the job, as JSON: told again where somebody has lost it. Null in jobs that ended before this column was.
alter table job add column outcome text;
