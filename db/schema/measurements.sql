-- How fast pages load, and whether the service was there.

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

-- The expected rows of the given days of a tenant, from the events of people.
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

-- Computes the given days and the marked ones from the events of people, tenant by tenant along the index; returns how many
-- rows changed, null if another replica is doing it.
CREATE FUNCTION page_loads_refresh(first date, last date) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    oldest date := ((now() - interval '24 months') AT TIME ZONE 'UTC')::date;
    changed integer;
BEGIN
    PERFORM studio_require_janitor();
    PERFORM FROM job_locks WHERE name = 'page_loads' FOR UPDATE SKIP LOCKED;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    WITH processed AS (
        DELETE FROM page_load_marks RETURNING tenant_id, day
    ), marked AS MATERIALIZED (
        SELECT DISTINCT tenant_id, day FROM processed WHERE day >= oldest AND day NOT BETWEEN first AND last
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
GRANT EXECUTE ON FUNCTION page_loads_refresh(date, date) TO studio_operator, studio_renderer;

-- Minutes since 1970. The same minute may be reported again, with higher counts: it counts once.
CREATE FUNCTION service_minutes_note(who uuid, minutes bigint[], readies boolean[], answers bigint[], failures bigint[])
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    now_is timestamptz := clock_timestamp();
BEGIN
    -- One replica at a time, so that a day's sum contains what another replica has just reported.
    PERFORM FROM job_locks WHERE name = 'service_minutes' FOR UPDATE;
    INSERT INTO service_minutes AS s (minute, replica, ready, answered, failed)
    SELECT to_timestamp(n.minute * 60), who, n.ready, n.answered, n.failed
    FROM unnest(minutes, readies, answers, failures) AS n (minute, ready, answered, failed)
    WHERE to_timestamp(n.minute * 60) BETWEEN now_is - interval '7 days' AND now_is + interval '5 minutes'
    ON CONFLICT (minute, replica) DO UPDATE
        SET ready = s.ready OR excluded.ready, answered = greatest(s.answered, excluded.answered),
            failed = greatest(s.failed, excluded.failed);
    INSERT INTO service_days (day, first_minute, up_minutes, answered, failed)
    SELECT d.day, min(m.minute), count(*) FILTER (WHERE m.up), sum(m.answered), sum(m.failed)
    FROM (SELECT DISTINCT (to_timestamp(told * 60) AT TIME ZONE 'UTC')::date AS day FROM unnest(minutes) AS told) d
        CROSS JOIN LATERAL (
            SELECT s.minute, bool_or(s.ready) AS up, sum(s.answered) AS answered, sum(s.failed) AS failed
            FROM service_minutes s
            WHERE s.minute >= d.day::timestamp AT TIME ZONE 'UTC' AND s.minute < (d.day + 1)::timestamp AT TIME ZONE 'UTC'
            GROUP BY s.minute) m
    WHERE d.day >= ((now_is - interval '7 days') AT TIME ZONE 'UTC')::date
    GROUP BY d.day
    ON CONFLICT (day) DO UPDATE
        SET first_minute = excluded.first_minute, up_minutes = excluded.up_minutes, answered = excluded.answered,
            failed = excluded.failed;
    DELETE FROM service_minutes WHERE minute < now_is - interval '9 days';
    DELETE FROM service_days WHERE day < ((now_is - interval '24 months') AT TIME ZONE 'UTC')::date;
END
$$;
GRANT EXECUTE ON FUNCTION service_minutes_note(uuid, bigint[], boolean[], bigint[], bigint[]) TO studio_renderer;

-- Of the days from first to last: the minutes from the first that was ever reported up to the one before this, those of
-- them in which the service could answer, and requests. In a minute without a report it could not. Null if nothing was ever
-- reported.
CREATE FUNCTION service_uptime(first date, last date, OUT measured bigint, OUT up bigint, OUT answered bigint,
                               OUT failed bigint)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(greatest(0, extract(epoch FROM least(span.ends, date_trunc('minute', now())) - span.begins) / 60), 0)::bigint,
           (sums.up - (SELECT count(DISTINCT s.minute) FROM service_minutes s
                       WHERE s.ready AND s.minute >= date_trunc('minute', now()) AND s.minute < span.ends))::bigint,
           sums.answered::bigint, sums.failed::bigint
    FROM (SELECT greatest(first::timestamp AT TIME ZONE 'UTC', min(first_minute)) AS begins,
                 (last + 1)::timestamp AT TIME ZONE 'UTC' AS ends
          FROM service_days HAVING count(*) > 0) span,
         LATERAL (SELECT coalesce(sum(d.up_minutes), 0) AS up, coalesce(sum(d.answered), 0) AS answered,
                         coalesce(sum(d.failed), 0) AS failed
                  FROM service_days d WHERE d.day BETWEEN first AND last) sums
$$;
GRANT EXECUTE ON FUNCTION service_uptime(date, date) TO studio_operator;

GRANT SELECT ON page_load_days TO studio_operator, studio_companion;
CREATE POLICY page_load_days_read ON page_load_days FOR SELECT TO studio_operator, studio_companion
    USING ((SELECT role FROM studio_account()) = 'operator'
           OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));

GRANT SELECT ON service_minutes TO studio_operator;
CREATE POLICY service_minutes_read ON service_minutes FOR SELECT TO studio_operator
    USING ((SELECT role FROM studio_account()) = 'operator');

GRANT SELECT ON service_days TO studio_operator;
CREATE POLICY service_days_read ON service_days FOR SELECT TO studio_operator
    USING ((SELECT role FROM studio_account()) = 'operator');

CREATE TRIGGER page_loads_reclassified AFTER UPDATE ON sessions FOR EACH ROW
    WHEN (OLD.bot_class IS DISTINCT FROM NEW.bot_class) EXECUTE FUNCTION page_loads_mark();

CREATE TRIGGER page_loads_removed AFTER DELETE ON events REFERENCING OLD TABLE AS former
    FOR EACH STATEMENT EXECUTE FUNCTION page_loads_mark();
CREATE TRIGGER page_loads_changed AFTER UPDATE ON events REFERENCING OLD TABLE AS former
    FOR EACH STATEMENT EXECUTE FUNCTION page_loads_mark();
