-- The list of visits reads the newest of a combination in the order of the index and no further.
DROP INDEX visit_facts_by_combination;
CREATE INDEX visit_facts_by_combination ON visit_facts (tenant_id, combination, day, started_at, session_id)
    INCLUDE (visits, local_hour, bookings);
