-- A rebuild goes over the visits in batches of 20,000: planning a statement for each day took most of its time.

CREATE OR REPLACE FUNCTION analytics_rebuild(wanted uuid) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_custom_plan SET work_mem = '256MB'
AS $$
DECLARE
    ids uuid[];
BEGIN
    PERFORM studio_require_administrator();
    PERFORM pg_advisory_xact_lock(hashtext('analytics'));
    DELETE FROM analytics_dirty WHERE tenant_id = wanted;
    DELETE FROM visit_facts WHERE tenant_id = wanted;
    DELETE FROM rollup_hours WHERE tenant_id = wanted;
    DELETE FROM rollup_days WHERE tenant_id = wanted;
    DELETE FROM rollup_months WHERE tenant_id = wanted;
    DELETE FROM rollup_returns WHERE tenant_id = wanted;
    DELETE FROM rollup_paths WHERE tenant_id = wanted;
    DELETE FROM arm_visitors WHERE tenant_id = wanted;
    DELETE FROM rollup_arms WHERE tenant_id = wanted;
    DELETE FROM booking_facts WHERE tenant_id = wanted;
    DELETE FROM rollup_services WHERE tenant_id = wanted;
    ids := ARRAY(SELECT id FROM (
        SELECT id, created_at FROM sessions WHERE tenant_id = wanted
        UNION ALL SELECT id, created_at FROM bookings WHERE tenant_id = wanted AND session_id IS NULL) raw
        ORDER BY created_at);
    FOR place IN 1 .. cardinality(ids) BY 20000 LOOP
        INSERT INTO visit_facts SELECT * FROM analytics_facts_of(ids[place:place + 19999]);
    END LOOP;
    RETURN analytics_sum_up(wanted);
END
$$;
