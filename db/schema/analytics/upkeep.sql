-- Recomputes facts from raw rows and sums from facts. Each call is one transaction; the row `analytics` of job_locks lets
-- one run at a time.

CREATE FUNCTION studio_require_analyst() RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT pg_has_role(session_user, 'studio_renderer', 'MEMBER') AND NOT studio_administers() THEN
        RAISE EXCEPTION 'Only an operator may do that.' USING ERRCODE = 'insufficient_privilege';
    END IF;
END
$$;

-- Visits that began before this moment are deleted with their raw rows: no facts are computed from what is left of them.
CREATE FUNCTION analytics_horizon() RETURNS timestamptz
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT now() - interval '24 months'
$$;

-- Creates the missing partitions for the months of these days; gives how many. retention_partitions() makes them a year ahead.
CREATE FUNCTION analytics_make_months(first date, last date) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    month date;
    name text;
    made integer := 0;
BEGIN
    FOR month IN SELECT generate_series(date_trunc('month', first::timestamp), last::timestamp, '1 month') LOOP
        name := 'visit_facts_' || to_char(month, 'YYYY_MM');
        CONTINUE WHEN to_regclass('public.' || name) IS NOT NULL;
        PERFORM FROM job_locks WHERE job_locks.name = 'partitions' FOR UPDATE;
        CONTINUE WHEN to_regclass('public.' || name) IS NOT NULL; -- another job made it meanwhile
        PERFORM partition_add('visit_facts', name, month::text, (month + interval '1 month')::date::text);
        made := made + 1;
    END LOOP;
    RETURN made;
END
$$;

-- Drops the months that are over before the cutoff, with their sums. Part of retention_partitions().
CREATE FUNCTION analytics_drop_months(cutoff date) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    leaf regclass;
    dropped integer := 0;
BEGIN
    FOR leaf IN SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent = 'public.visit_facts'::regclass
                    AND right(inhrelid::regclass::text, 7) < to_char(cutoff, 'YYYY_MM') LOOP
        EXECUTE format('DROP TABLE %s', leaf);
        dropped := dropped + 1;
    END LOOP;
    DELETE FROM daily WHERE day < date_trunc('month', cutoff);
    DELETE FROM hourly WHERE day < date_trunc('month', cutoff);
    DELETE FROM dirty_days WHERE day < date_trunc('month', cutoff);
    RETURN dropped;
END
$$;

-- The sums of one day from its facts. Because the condition lists the dimensions, the primary key finds the rows.
CREATE FUNCTION analytics_sum_day(tenant uuid, of_day date) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET jit = off SET work_mem = '64MB' AS $$
    DELETE FROM daily WHERE tenant_id = tenant AND day = of_day AND dimension IN (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    DELETE FROM hourly WHERE tenant_id = tenant AND day = of_day;
    INSERT INTO daily SELECT * FROM daily_expected WHERE tenant_id = tenant AND day = of_day;
    INSERT INTO hourly SELECT * FROM hourly_expected WHERE tenant_id = tenant AND day = of_day;
$$;

-- The dirty days whose sums are due: quiet for a while, or dirty for long. Both ages are multiplied by one plus the
-- thousands of visits that the day had at its last sum, because summing up takes longer the more visits a day has.
CREATE FUNCTION analytics_days_to_sum(quiet_age interval, dirty_age interval)
RETURNS TABLE (tenant_id uuid, day date, visits integer)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT d.tenant_id, d.day, coalesce(s.visits, 0)
    FROM dirty_days d LEFT JOIN daily s
        ON s.tenant_id = d.tenant_id AND s.day = d.day AND s.dimension = 0 AND s.value = ''
    WHERE d.touched_at <= clock_timestamp() - quiet_age * (1 + coalesce(s.visits, 0) / 1000.0)
        OR d.since <= clock_timestamp() - dirty_age * (1 + coalesce(s.visits, 0) / 1000.0)
$$;

-- The tenants whose figures have to be updated, those with the fewest visits to recompute first, so that a tenant with a
-- flood of visits does not delay the others.
CREATE FUNCTION analytics_tenants_to_update(touched_age interval, quiet_age interval, dirty_age interval)
RETURNS TABLE (tenant_id uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
BEGIN
    PERFORM studio_require_analyst();
    RETURN QUERY
    SELECT tenant_id FROM (
        SELECT tenant_id, 1 AS entries FROM touched_visits WHERE marked_at <= clock_timestamp() - touched_age
        UNION ALL
        SELECT tenant_id, visits FROM analytics_days_to_sum(quiet_age, dirty_age)) due
    GROUP BY tenant_id ORDER BY sum(entries), tenant_id;
END
$$;

-- Recomputes the facts of a limited number of the tenant's touched visits, then the sums of the smallest of its dirty days
-- that are due. Younger queue entries of the same visits are processed with them.
CREATE FUNCTION analytics_update_tenant(tenant uuid, max_visits integer, touched_age interval, quiet_age interval,
                                        dirty_age interval, OUT visits integer, OUT days integer, OUT busy boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET jit = off AS $$
DECLARE
    ids uuid[];
    starts timestamptz[];
    changed date[];
    made date[];
    due date;
    started timestamptz := clock_timestamp();
BEGIN
    PERFORM studio_require_analyst();
    visits := 0;
    days := 0;
    PERFORM FROM job_locks WHERE name = 'analytics' FOR UPDATE SKIP LOCKED;
    busy := NOT FOUND;
    IF busy THEN
        RETURN;
    END IF;
    WITH due AS (
        SELECT DISTINCT t.visit_id FROM (
            SELECT visit_id FROM touched_visits
            WHERE tenant_id = tenant AND marked_at <= clock_timestamp() - touched_age LIMIT max_visits) t),
    taken AS (
        DELETE FROM touched_visits t USING due WHERE t.tenant_id = tenant AND t.visit_id = due.visit_id
        RETURNING t.visit_id, t.started_at)
    SELECT array_agg(t.visit_id), array_agg(t.started_at) INTO ids, starts
    FROM (SELECT DISTINCT visit_id, started_at FROM taken) t;
    IF ids IS NOT NULL THEN
        visits := cardinality(ids);
        WITH gone AS (
            DELETE FROM visit_facts f USING unnest(ids, starts) AS t (visit_id, started_at)
            WHERE f.tenant_id = tenant AND f.visit_id = t.visit_id AND f.started_at = t.started_at
                AND f.day BETWEEN (t.started_at AT TIME ZONE 'UTC')::date - 1 AND (t.started_at AT TIME ZONE 'UTC')::date + 1
            RETURNING f.day)
        SELECT array_agg(DISTINCT day) INTO changed FROM gone;
        PERFORM analytics_make_months((min(at) AT TIME ZONE 'UTC')::date - 1, (max(at) AT TIME ZONE 'UTC')::date + 1)
        FROM unnest(starts) AS at WHERE at >= analytics_horizon() HAVING count(*) > 0;
        WITH fresh AS (
            INSERT INTO visit_facts SELECT * FROM visit_facts_expected
            WHERE tenant_id = tenant AND visit_id = ANY (ids) AND started_at >= analytics_horizon()
            RETURNING day)
        SELECT array_agg(DISTINCT day) INTO made FROM fresh;
        INSERT INTO dirty_days AS d SELECT DISTINCT tenant, day, started, started FROM unnest(changed || made) AS day
        ON CONFLICT (tenant_id, day) DO UPDATE SET touched_at = excluded.touched_at;
    END IF;
    SELECT d.day INTO due FROM analytics_days_to_sum(quiet_age, dirty_age) d WHERE d.tenant_id = tenant
    ORDER BY d.visits, d.day LIMIT 1;
    IF FOUND THEN
        DELETE FROM dirty_days WHERE tenant_id = tenant AND day = due;
        PERFORM analytics_sum_day(tenant, due);
        days := 1;
    END IF;
END
$$;

-- Everything of the tenant from the raw rows, load times of pages included, month by month so that what is sorted fits into memory.
CREATE FUNCTION analytics_rebuild(tenant uuid) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET jit = off SET work_mem = '64MB' AS $$
DECLARE
    month timestamptz;
    first_month timestamptz;
    last_month timestamptz;
BEGIN
    PERFORM studio_require_administrator();
    PERFORM FROM job_locks WHERE name = 'analytics' FOR UPDATE;
    DELETE FROM touched_visits WHERE tenant_id = tenant;
    DELETE FROM visit_facts WHERE tenant_id = tenant;
    DELETE FROM daily WHERE tenant_id = tenant;
    DELETE FROM hourly WHERE tenant_id = tenant;
    DELETE FROM dirty_days WHERE tenant_id = tenant;
    DELETE FROM page_load_days WHERE tenant_id = tenant;
    INSERT INTO page_load_days
    SELECT * FROM page_loads_of(tenant, (analytics_horizon() AT TIME ZONE 'UTC')::date, (now() AT TIME ZONE 'UTC')::date + 1);
    SELECT min(at), max(at) INTO first_month, last_month FROM (
        SELECT created_at AS at FROM sessions WHERE tenant_id = tenant AND created_at >= analytics_horizon()
        UNION ALL SELECT created_at FROM bookings WHERE tenant_id = tenant AND created_at >= analytics_horizon()) raw;
    IF first_month IS NULL THEN
        RETURN 0;
    END IF;
    PERFORM analytics_make_months((first_month AT TIME ZONE 'UTC')::date - 1, (last_month AT TIME ZONE 'UTC')::date + 1);
    FOR month IN SELECT generate_series(date_trunc('month', first_month), last_month, '1 month') LOOP
        INSERT INTO visit_facts SELECT * FROM visit_facts_expected
        WHERE tenant_id = tenant AND started_at >= greatest(month, analytics_horizon())
            AND started_at < month + interval '1 month' ORDER BY started_at;
    END LOOP;
    FOR month IN SELECT generate_series(date_trunc('month', first_month) - interval '1 month', last_month + interval '1 month',
                                        '1 month') LOOP
        INSERT INTO daily SELECT * FROM daily_expected
        WHERE tenant_id = tenant AND day >= month::date AND day < (month + interval '1 month')::date;
        INSERT INTO hourly SELECT * FROM hourly_expected
        WHERE tenant_id = tenant AND day >= month::date AND day < (month + interval '1 month')::date;
    END LOOP;
    RETURN (SELECT sum(visits) FROM daily WHERE tenant_id = tenant AND dimension = 0);
END
$$;

-- Every row that differs from its view, at one moment: run it in a transaction of isolation REPEATABLE READ. Visits in
-- the queue and dirty days are left out.
CREATE FUNCTION analytics_differences(tenant uuid)
RETURNS TABLE (table_name text, key text, stored text, recomputed text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET jit = off SET work_mem = '64MB' AS $$
DECLARE
    part record;
    month timestamp;
BEGIN
    PERFORM studio_require_administrator();
    FOR part IN SELECT * FROM (VALUES
        ('visit_facts', 'day, visit_id', 'visit_id NOT IN (SELECT visit_id FROM touched_visits WHERE tenant_id = $1)
                                          AND started_at >= analytics_horizon() + interval ''1 day'''),
        ('daily', 'dimension, day, value', 'day NOT IN (SELECT day FROM dirty_days WHERE tenant_id = $1)'),
        ('hourly', 'day, starts_at', 'day NOT IN (SELECT day FROM dirty_days WHERE tenant_id = $1)'))
        AS parts (name, keys, condition)
    LOOP
        FOR month IN SELECT generate_series(date_trunc('month', min(day)), max(day), '1 month') FROM (
                SELECT day FROM visit_facts WHERE tenant_id = tenant
                UNION ALL SELECT day FROM daily WHERE tenant_id = tenant
                UNION ALL SELECT created_at::date + side FROM sessions, unnest(ARRAY[-1, 1]) AS side
                          WHERE tenant_id = tenant AND created_at >= analytics_horizon()
                UNION ALL SELECT created_at::date + side FROM bookings, unnest(ARRAY[-1, 1]) AS side
                          WHERE tenant_id = tenant AND created_at >= analytics_horizon()) days LOOP
            RETURN QUERY EXECUTE format(
                'SELECT %1$L, concat_ws('' '', %2$s), s.content, w.content
                 FROM (SELECT %2$s, t::text AS content FROM %1$I t WHERE tenant_id = $1 AND %3$s AND %4$s) s
                 FULL JOIN (SELECT %2$s, t::text AS content FROM %1$I_expected t
                            WHERE tenant_id = $1 AND %3$s AND %4$s) w USING (%2$s)
                 WHERE s.content IS DISTINCT FROM w.content ORDER BY 2',
                part.name, part.keys, part.condition,
                format('day >= %L::date AND day < %L::date', month, month + interval '1 month')) USING tenant;
        END LOOP;
    END LOOP;
    RETURN QUERY SELECT 'page_load_days', day::text, s.content, w.content
    FROM (SELECT d.day, d::text AS content FROM page_load_days d WHERE d.tenant_id = tenant) s
        FULL JOIN (SELECT d.day, d::text AS content FROM page_loads_of(
            tenant, (analytics_horizon() AT TIME ZONE 'UTC')::date, (now() AT TIME ZONE 'UTC')::date + 1) d) w USING (day)
    WHERE s.content IS DISTINCT FROM w.content ORDER BY 2;
END
$$;
