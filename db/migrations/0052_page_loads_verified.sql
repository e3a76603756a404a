-- Days of page loads follow what is erased, or found out as a bot's, however long ago it was; verifying compares them, too.

-- Days whose events were taken away or changed; a day may stand here several times.
CREATE TABLE page_load_marks (
    tenant_id uuid NOT NULL,
    day date NOT NULL
);
ALTER TABLE page_load_marks ENABLE ROW LEVEL SECURITY;

CREATE FUNCTION page_loads_mark() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_TABLE_NAME = 'sessions' THEN
        INSERT INTO page_load_marks
        SELECT DISTINCT e.tenant_id, (e.created_at AT TIME ZONE 'UTC')::date
        FROM events e WHERE e.session_id = NEW.id AND e.event_type = 'page_view';
    ELSE
        INSERT INTO page_load_marks
        SELECT DISTINCT f.tenant_id, (f.created_at AT TIME ZONE 'UTC')::date FROM former f WHERE f.event_type = 'page_view';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER page_loads_removed AFTER DELETE ON events REFERENCING OLD TABLE AS former
    FOR EACH STATEMENT EXECUTE FUNCTION page_loads_mark();
CREATE TRIGGER page_loads_changed AFTER UPDATE ON events REFERENCING OLD TABLE AS former
    FOR EACH STATEMENT EXECUTE FUNCTION page_loads_mark();
CREATE TRIGGER page_loads_reclassified AFTER UPDATE ON sessions FOR EACH ROW
    WHEN (OLD.bot_class IS DISTINCT FROM NEW.bot_class) EXECUTE FUNCTION page_loads_mark();

-- What these days of a tenant must be, from the events of people.
CREATE FUNCTION page_loads_of(wanted uuid, first date, last date) RETURNS SETOF page_load_days
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    WITH loads AS (
        SELECT (e.created_at AT TIME ZONE 'UTC')::date AS day, m.ms,
               width_bucket(m.ms, ARRAY[100, 200, 300, 500, 750, 1000, 1500, 2000, 2500, 3000, 4000, 6000, 10000]::numeric[])
                   AS bucket
        FROM events e
            CROSS JOIN LATERAL (SELECT CASE WHEN jsonb_typeof(e.event_data -> 'loadMs') = 'number'
                                            THEN (e.event_data ->> 'loadMs')::numeric END AS ms) m
        WHERE e.tenant_id = wanted AND e.created_at >= first::timestamp AT TIME ZONE 'UTC'
            AND e.created_at < (last + 1)::timestamp AT TIME ZONE 'UTC'
            AND e.event_type = 'page_view' AND m.ms BETWEEN 0 AND 600000
            AND EXISTS (SELECT FROM sessions s WHERE s.id = e.session_id AND s.bot_class IS NULL)
    ), counted AS (
        SELECT day, bucket, count(*) AS loads, sum(ms) AS total FROM loads GROUP BY day, bucket
    )
    SELECT wanted, d.day, sum(c.loads)::bigint, sum(c.total)::bigint, array_agg(coalesce(c.loads, 0) ORDER BY b.bucket)
    FROM (SELECT DISTINCT day FROM counted) d CROSS JOIN generate_series(0, 13) AS b (bucket)
        LEFT JOIN counted c USING (day, bucket)
    GROUP BY d.day
$$;

-- As before, and the days that were marked.
CREATE OR REPLACE FUNCTION page_loads_refresh(first date, last date) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    oldest date := ((now() - interval '24 months') AT TIME ZONE 'UTC')::date;
    changed integer;
BEGIN
    PERFORM studio_require_janitor();
    IF NOT pg_try_advisory_xact_lock(hashtext('page_loads')) THEN
        RETURN NULL;
    END IF;
    WITH worked_off AS (
        DELETE FROM page_load_marks RETURNING tenant_id, day
    ), marked AS MATERIALIZED (
        SELECT DISTINCT tenant_id, day FROM worked_off WHERE day >= oldest AND day NOT BETWEEN first AND last
    ), sums AS MATERIALIZED (
        SELECT s.* FROM tenants t CROSS JOIN LATERAL page_loads_of(t.id, first, last) s
        UNION ALL
        SELECT s.* FROM marked m CROSS JOIN LATERAL page_loads_of(m.tenant_id, m.day, m.day) s
    ), written AS (
        INSERT INTO page_load_days AS p (tenant_id, day, loads, total_ms, buckets)
        SELECT tenant_id, day, loads, total_ms, buckets FROM sums
        ON CONFLICT (tenant_id, day) DO UPDATE
            SET loads = excluded.loads, total_ms = excluded.total_ms, buckets = excluded.buckets
            WHERE (p.total_ms, p.buckets) IS DISTINCT FROM (excluded.total_ms, excluded.buckets)
        RETURNING 1
    ), gone AS (
        DELETE FROM page_load_days p
        WHERE (p.day BETWEEN first AND last
               OR EXISTS (SELECT FROM marked m WHERE m.tenant_id = p.tenant_id AND m.day = p.day))
            AND NOT EXISTS (SELECT FROM sums s WHERE s.tenant_id = p.tenant_id AND s.day = p.day)
        RETURNING 1
    )
    SELECT (SELECT count(*) FROM written) + (SELECT count(*) FROM gone) INTO changed;
    DELETE FROM page_load_days WHERE day < oldest;
    RETURN changed;
END
$$;

-- As before, with them, and with the people of combinations, whose order says nothing.
CREATE OR REPLACE FUNCTION analytics_differences(wanted uuid)
RETURNS TABLE (table_name text, key text, stored text, recomputed text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_custom_plan SET work_mem = '256MB' SET jit = off
AS $$
DECLARE
    pair record;
BEGIN
    PERFORM studio_require_administrator();
    FOR pair IN SELECT * FROM (VALUES
        ('visit_facts', 'session_id', $q$SELECT * FROM analytics_facts_of(ARRAY(
             SELECT id FROM sessions WHERE tenant_id = $1
             UNION ALL SELECT id FROM bookings WHERE tenant_id = $1 AND session_id IS NULL))$q$),
        ('rollup_hours', 'dimension, value, day, hour', 'SELECT * FROM rollup_hours_wanted WHERE tenant_id = $1'),
        ('rollup_days', 'dimension, value, day', 'SELECT * FROM rollup_days_wanted WHERE tenant_id = $1'),
        ('rollup_months', 'dimension, value, day', 'SELECT * FROM rollup_months_wanted WHERE tenant_id = $1'),
        ('rollup_combinations', 'combination', 'SELECT * FROM rollup_combinations_wanted WHERE tenant_id = $1'),
        ('rollup_combined_sorted', 'combination, whole_month, day, pages',
         'SELECT * FROM rollup_combined_wanted WHERE tenant_id = $1'),
        ('arm_visitors', 'test_id, phase, visitor', $q$SELECT * FROM arm_visitors_of(
             ARRAY(SELECT DISTINCT visitor FROM visit_facts WHERE tenant_id = $1 AND known AND variants <> '{}'),
             ARRAY(SELECT session_id FROM visit_facts WHERE tenant_id = $1 AND NOT known AND variants <> '{}'))
             WHERE tenant_id = $1$q$),
        ('rollup_arms', 'test_id, phase, day, variant_id', 'SELECT * FROM rollup_arms_wanted WHERE tenant_id = $1'),
        ('booking_facts', 'booking_id, visit', $q$SELECT * FROM booking_facts_of(ARRAY(
             SELECT session_id FROM bookings WHERE tenant_id = $1 AND session_id IS NOT NULL
             UNION SELECT id FROM bookings WHERE tenant_id = $1 AND session_id IS NULL))$q$),
        ('rollup_services', 'day, service', 'SELECT * FROM rollup_services_wanted WHERE tenant_id = $1'),
        ('page_load_days', 'day', $q$SELECT * FROM page_loads_of(
             $1, ((now() - interval '24 months') AT TIME ZONE 'UTC')::date, (now() AT TIME ZONE 'UTC')::date + 1)$q$))
        AS pairs (name, keys, recount)
    LOOP
        RETURN QUERY EXECUTE format(
            'SELECT replace(%1$L, ''_sorted'', ''''), concat_ws('' '', %2$s), s.content::text, w.content::text
             FROM (SELECT %2$s, t AS content FROM %1$I t WHERE tenant_id = $1) s
             FULL JOIN (SELECT %2$s, t AS content FROM (%3$s) t) w USING (%2$s)
             WHERE s.content::text IS DISTINCT FROM w.content::text ORDER BY 2',
            pair.name, pair.keys, pair.recount) USING wanted;
    END LOOP;
    -- Lists that were changed, or given two numbers, would be told by no sum that names them.
    RETURN QUERY SELECT 'visit_lists', v.number::text, v::text, ''
    FROM visit_lists v WHERE v.tenant_id = wanted AND v.hash <> hash_array_extended(v.list, 0) ORDER BY 2;
END
$$;

CREATE OR REPLACE FUNCTION analytics_rebuild(wanted uuid) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_custom_plan SET work_mem = '256MB'
AS $$
BEGIN
    PERFORM studio_require_administrator();
    PERFORM pg_advisory_xact_lock(hashtext('analytics'));
    DELETE FROM analytics_dirty WHERE tenant_id = wanted;
    DELETE FROM visit_facts WHERE tenant_id = wanted;
    DELETE FROM visit_lists WHERE tenant_id = wanted;
    DELETE FROM rollup_hours WHERE tenant_id = wanted;
    DELETE FROM rollup_days WHERE tenant_id = wanted;
    DELETE FROM rollup_months WHERE tenant_id = wanted;
    DELETE FROM rollup_combinations WHERE tenant_id = wanted;
    DELETE FROM rollup_combined WHERE tenant_id = wanted;
    DELETE FROM arm_visitors WHERE tenant_id = wanted;
    DELETE FROM rollup_arms WHERE tenant_id = wanted;
    DELETE FROM booking_facts WHERE tenant_id = wanted;
    DELETE FROM rollup_services WHERE tenant_id = wanted;
    PERFORM pg_advisory_xact_lock(hashtext('page_loads'));
    DELETE FROM page_load_days WHERE tenant_id = wanted;
    INSERT INTO page_load_days
    SELECT * FROM page_loads_of(wanted, ((now() - interval '24 months') AT TIME ZONE 'UTC')::date,
                                (now() AT TIME ZONE 'UTC')::date + 1);
    PERFORM analytics_fill_facts(wanted);
    RETURN analytics_sum_up(wanted);
END
$$;
