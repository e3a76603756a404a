-- The heat map of everything reads two years of hours, and the platform's months all companions', out of one small index.
CREATE INDEX rollup_hours_of_everything ON rollup_hours (tenant_id, day) INCLUDE (local_hour, visits, bookings)
    WHERE dimension = 0;
CREATE INDEX rollup_months_of_everything ON rollup_months (tenant_id, day)
    INCLUDE (visits, visitors, new_visitors, page_views, seconds, timed, engaged, bounced, bookings, value_minor, step0,
             step1, step2, step3, step4) WHERE dimension = 0;
