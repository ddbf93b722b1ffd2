-- Lines come in the order of their times, so a summary of each range of pages finds the old ones.
create index job_log_at on job_log using brin (at);
