-- How the sums of 0014 are kept: what a visit's facts were is taken off, what they are is added.

-- The sums that these visits make, all visitors left out but those who are in no other visit.
CREATE FUNCTION analytics_sums_of(ids uuid[]) RETURNS rollup_hours[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT array_agg(ROW(s.*)::rollup_hours) FROM (
        SELECT tenant_id, dimension, value, day, hour, local_hour, sum(visits)::integer,
               coalesce(sum(visits) FILTER (WHERE NOT known), 0)::integer, sum(page_views)::integer, sum(seconds)::bigint,
               sum(timed)::integer, sum(engaged)::integer, sum(bounced)::integer, sum(bookings)::integer,
               sum(value_minor)::bigint, sum(step0)::integer, sum(step1)::integer, sum(step2)::integer,
               sum(step3)::integer, sum(step4)::integer
        FROM visit_slices WHERE session_id = ANY (ids)
        GROUP BY tenant_id, dimension, value, day, hour, local_hour) s
$$;

-- Days on which known visitors were seen, each with the day before it; and the hours, as rows without visits.
CREATE FUNCTION analytics_returns_of(wanted uuid[]) RETURNS rollup_returns[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT array_agg(ROW(r.*)::rollup_returns) FROM (
        SELECT tenant_id, dimension, value, false, false, day, before, count(*)::integer FROM (
            SELECT tenant_id, dimension, value, day, coalesce(lag(day) OVER (
                       PARTITION BY tenant_id, dimension, value, visitor ORDER BY day), '-infinity') AS before
            FROM (SELECT DISTINCT tenant_id, dimension, value, visitor, day
                  FROM visit_slices WHERE visitor = ANY (wanted) AND known) seen) chain
        GROUP BY tenant_id, dimension, value, day, before) r
$$;

CREATE FUNCTION analytics_hour_visitors_of(wanted uuid[]) RETURNS rollup_hours[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT array_agg(ROW(s.*)::rollup_hours) FROM (
        SELECT tenant_id, dimension, value, day, hour, local_hour, 0, count(DISTINCT visitor)::integer,
               0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
        FROM visit_slices WHERE visitor = ANY (wanted) AND known
        GROUP BY tenant_id, dimension, value, day, hour, local_hour) s
$$;

CREATE FUNCTION analytics_paths_of(ids uuid[]) RETURNS rollup_paths[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT array_agg(ROW(p.*)::rollup_paths) FROM (
        SELECT f.tenant_id, slice.dimension, slice.value, false, f.day, f.path, count(*)::integer, sum(f.bookings)::integer
        FROM visit_facts f CROSS JOIN LATERAL (
            VALUES (0::smallint, ''), (1::smallint, f.source), (4::smallint, f.device)
            UNION ALL SELECT 8::smallint, unnest(f.variants)) AS slice (dimension, value)
        WHERE f.session_id = ANY (ids) AND f.visits = 1 AND f.path <> '{}'
        GROUP BY 1, 2, 3, 5, 6) p
$$;

-- Adds `added` to the sums and takes `taken` off. Rows that nothing is left in go.
CREATE FUNCTION analytics_apply_sums(taken rollup_hours[], added rollup_hours[], returns rollup_returns[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    changes rollup_hours[];
BEGIN
    SELECT array_agg(ROW(c.*)::rollup_hours) INTO changes FROM (
        SELECT tenant_id, dimension, value, day, hour, local_hour, sum(sign * visits)::integer AS visits,
               sum(sign * visitors)::integer AS visitors, sum(sign * page_views)::integer AS page_views,
               sum(sign * seconds)::bigint AS seconds, sum(sign * timed)::integer AS timed,
               sum(sign * engaged)::integer AS engaged, sum(sign * bounced)::integer AS bounced,
               sum(sign * bookings)::integer AS bookings, sum(sign * value_minor)::bigint AS value_minor,
               sum(sign * step0)::integer AS step0, sum(sign * step1)::integer AS step1,
               sum(sign * step2)::integer AS step2, sum(sign * step3)::integer AS step3,
               sum(sign * step4)::integer AS step4
        FROM (SELECT -1 AS sign, t.* FROM unnest(taken) t UNION ALL SELECT 1, a.* FROM unnest(added) a) both_sides
        GROUP BY tenant_id, dimension, value, day, hour, local_hour) c
    WHERE (c.visits, c.visitors, c.page_views, c.seconds, c.timed, c.engaged, c.bounced, c.bookings, c.value_minor,
           c.step0, c.step1, c.step2, c.step3, c.step4) <> (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    INSERT INTO rollup_hours AS r SELECT * FROM unnest(changes) ORDER BY tenant_id, dimension, value, day, hour
    ON CONFLICT (tenant_id, dimension, value, day, hour) DO UPDATE SET
        visits = r.visits + excluded.visits, visitors = r.visitors + excluded.visitors,
        page_views = r.page_views + excluded.page_views, seconds = r.seconds + excluded.seconds,
        timed = r.timed + excluded.timed, engaged = r.engaged + excluded.engaged, bounced = r.bounced + excluded.bounced,
        bookings = r.bookings + excluded.bookings, value_minor = r.value_minor + excluded.value_minor,
        step0 = r.step0 + excluded.step0, step1 = r.step1 + excluded.step1, step2 = r.step2 + excluded.step2,
        step3 = r.step3 + excluded.step3, step4 = r.step4 + excluded.step4;
    INSERT INTO rollup_days AS r
    SELECT tenant_id, dimension, value, day, sum(visits), sum(visitors), sum(page_views), sum(seconds), sum(timed),
           sum(engaged), sum(bounced), sum(bookings), sum(value_minor), sum(step0), sum(step1), sum(step2), sum(step3),
           sum(step4)
    FROM (SELECT tenant_id, dimension, value, day, visits, 0 AS visitors, page_views, seconds, timed, engaged, bounced,
                 bookings, value_minor, step0, step1, step2, step3, step4 FROM unnest(changes)
          UNION ALL
          SELECT tenant_id, dimension, value, seen, 0, visitors, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 FROM unnest(returns)) c
    GROUP BY tenant_id, dimension, value, day ORDER BY tenant_id, dimension, value, day
    ON CONFLICT (tenant_id, dimension, value, day) DO UPDATE SET
        visits = r.visits + excluded.visits, visitors = r.visitors + excluded.visitors,
        page_views = r.page_views + excluded.page_views, seconds = r.seconds + excluded.seconds,
        timed = r.timed + excluded.timed, engaged = r.engaged + excluded.engaged, bounced = r.bounced + excluded.bounced,
        bookings = r.bookings + excluded.bookings, value_minor = r.value_minor + excluded.value_minor,
        step0 = r.step0 + excluded.step0, step1 = r.step1 + excluded.step1, step2 = r.step2 + excluded.step2,
        step3 = r.step3 + excluded.step3, step4 = r.step4 + excluded.step4;
    INSERT INTO rollup_months AS r
    SELECT tenant_id, dimension, value, date_trunc('month', day)::date, sum(visits), sum(visitors), sum(page_views),
           sum(seconds), sum(timed), sum(engaged), sum(bounced), sum(bookings), sum(value_minor), sum(step0), sum(step1),
           sum(step2), sum(step3), sum(step4)
    FROM (SELECT tenant_id, dimension, value, day, visits, 0 AS visitors, page_views, seconds, timed, engaged, bounced,
                 bookings, value_minor, step0, step1, step2, step3, step4 FROM unnest(changes)
          UNION ALL
          SELECT tenant_id, dimension, value, seen, 0, visitors, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 FROM unnest(returns)
          WHERE before < date_trunc('month', seen)) c
    GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
    ON CONFLICT (tenant_id, dimension, value, day) DO UPDATE SET
        visits = r.visits + excluded.visits, visitors = r.visitors + excluded.visitors,
        page_views = r.page_views + excluded.page_views, seconds = r.seconds + excluded.seconds,
        timed = r.timed + excluded.timed, engaged = r.engaged + excluded.engaged, bounced = r.bounced + excluded.bounced,
        bookings = r.bookings + excluded.bookings, value_minor = r.value_minor + excluded.value_minor,
        step0 = r.step0 + excluded.step0, step1 = r.step1 + excluded.step1, step2 = r.step2 + excluded.step2,
        step3 = r.step3 + excluded.step3, step4 = r.step4 + excluded.step4;

    DELETE FROM rollup_hours r USING unnest(changes) c
    WHERE (r.tenant_id, r.dimension, r.value, r.day, r.hour) = (c.tenant_id, c.dimension, c.value, c.day, c.hour)
        AND c.visits <= 0 AND r.visits = 0 AND r.bookings = 0;
    DELETE FROM rollup_days r USING (SELECT DISTINCT tenant_id, dimension, value, day FROM unnest(changes)
                                     WHERE visits < 0 OR bookings < 0) c
    WHERE (r.tenant_id, r.dimension, r.value, r.day) = (c.tenant_id, c.dimension, c.value, c.day)
        AND r.visits = 0 AND r.bookings = 0;
    DELETE FROM rollup_months r
    USING (SELECT DISTINCT tenant_id, dimension, value, date_trunc('month', day)::date AS day FROM unnest(changes)
           WHERE visits < 0 OR bookings < 0) c
    WHERE (r.tenant_id, r.dimension, r.value, r.day) = (c.tenant_id, c.dimension, c.value, c.day)
        AND r.visits = 0 AND r.bookings = 0;
END
$$;

CREATE FUNCTION analytics_apply_returns(returns rollup_returns[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO rollup_returns AS r
    SELECT c.tenant_id, c.dimension, c.value, each.whole_seen, each.whole_before, each.seen, each.before, sum(c.visitors)
    FROM unnest(returns) c CROSS JOIN LATERAL (
        VALUES (false, false, c.seen, c.before), (false, true, c.seen, date_trunc('month', c.before)::date),
               (true, false, date_trunc('month', c.seen)::date, c.before),
               (true, true, date_trunc('month', c.seen)::date, date_trunc('month', c.before)::date))
        AS each (whole_seen, whole_before, seen, before)
    GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(c.visitors) <> 0 ORDER BY 1, 2, 3, 4, 5, 6, 7
    ON CONFLICT (tenant_id, dimension, value, whole_seen, whole_before, seen, before) DO UPDATE
        SET visitors = r.visitors + excluded.visitors;
    DELETE FROM rollup_returns r USING (
        SELECT DISTINCT c.tenant_id, c.dimension, c.value, m.seen, b.before
        FROM unnest(returns) c
            CROSS JOIN LATERAL (VALUES (c.seen), (date_trunc('month', c.seen)::date)) m (seen)
            CROSS JOIN LATERAL (VALUES (c.before), (date_trunc('month', c.before)::date)) b (before)
        WHERE c.visitors < 0) c
    WHERE (r.tenant_id, r.dimension, r.value, r.seen, r.before) = (c.tenant_id, c.dimension, c.value, c.seen, c.before)
        AND r.visitors = 0;
END
$$;

CREATE FUNCTION analytics_apply_paths(taken rollup_paths[], added rollup_paths[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO rollup_paths AS r
    SELECT c.tenant_id, c.dimension, c.value, each.whole_month, each.day, c.path, sum(c.sign * c.visits),
           sum(c.sign * c.bookings)
    FROM (SELECT -1 AS sign, t.* FROM unnest(taken) t UNION ALL SELECT 1, a.* FROM unnest(added) a) c
        CROSS JOIN LATERAL (VALUES (false, c.day), (true, date_trunc('month', c.day)::date)) AS each (whole_month, day)
    GROUP BY 1, 2, 3, 4, 5, 6
    HAVING sum(c.sign * c.visits) <> 0 OR sum(c.sign * c.bookings) <> 0
    ORDER BY 1, 2, 3, 4, 5, 6
    ON CONFLICT (tenant_id, dimension, value, whole_month, day, path) DO UPDATE
        SET visits = r.visits + excluded.visits, bookings = r.bookings + excluded.bookings;
    DELETE FROM rollup_paths r
    USING (SELECT DISTINCT t.tenant_id, t.dimension, t.value, each.whole_month, each.day, t.path
           FROM unnest(taken) t
               CROSS JOIN LATERAL (VALUES (false, t.day), (true, date_trunc('month', t.day)::date)) AS each (whole_month, day)) c
    WHERE (r.tenant_id, r.dimension, r.value, r.whole_month, r.day, r.path)
            = (c.tenant_id, c.dimension, c.value, c.whole_month, c.day, c.path)
        AND r.visits = 0;
END
$$;

CREATE FUNCTION studio_local_day(tenant uuid, at timestamptz) RETURNS date
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT (at AT TIME ZONE coalesce((SELECT h.zone FROM tenant_settings_history h WHERE h.tenant_id = tenant
                                      AND h.since <= at ORDER BY h.since DESC LIMIT 1), 'UTC'))::date
$$;

-- Of these known visitors and of these visits without consent.
CREATE FUNCTION arm_visitors_of(persons uuid[], alone uuid[]) RETURNS SETOF arm_visitors
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET jit = off
AS $$
    SELECT f.tenant_id, f.test_id, f.phase, f.visitor, f.variant_id, studio_local_day(f.tenant_id, f.assigned_at),
           (SELECT studio_local_day(f.tenant_id, min(b.created_at)) FROM (
                SELECT v.session_id FROM visit_facts v WHERE v.visitor = f.visitor AND v.known AND v.bookings > 0
                UNION ALL SELECT f.visitor) own
            JOIN bookings b ON b.session_id = own.session_id AND b.tenant_id = f.tenant_id
            WHERE b.status NOT IN ('cancelled', 'spam') AND b.created_at >= f.assigned_at)
    FROM (
        SELECT DISTINCT ON (a.test_id, a.phase, v.visitor) a.tenant_id, a.test_id, a.phase, v.visitor, a.variant_id,
               a.assigned_at
        FROM (SELECT session_id, visitor, tenant_id FROM visit_facts
              WHERE visitor = ANY (persons) AND known AND variants <> '{}'
              UNION ALL
              SELECT session_id, visitor, tenant_id FROM visit_facts
              WHERE session_id = ANY (alone) AND NOT known AND variants <> '{}') v
            JOIN ab_assignments a ON a.session_id = v.session_id AND a.tenant_id = v.tenant_id
        ORDER BY a.test_id, a.phase, v.visitor, a.assigned_at, a.variant_id) f
$$;

CREATE FUNCTION arm_visitors_renew(persons uuid[], alone uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
    taken arm_visitors[];
    added arm_visitors[];
BEGIN
    WITH gone AS (DELETE FROM arm_visitors a WHERE a.visitor = ANY (persons || alone) RETURNING a.*)
    SELECT array_agg(ROW(gone.*)::arm_visitors) INTO taken FROM gone;
    SELECT array_agg(ROW(a.*)::arm_visitors) INTO added FROM arm_visitors_of(persons, alone) a;
    INSERT INTO arm_visitors SELECT * FROM unnest(added);
    INSERT INTO rollup_arms AS r
    SELECT tenant_id, test_id, phase, day, variant_id, sum(visitors), sum(conversions) FROM (
        SELECT sign, tenant_id, test_id, phase, each.day, variant_id, sign * each.visitors AS visitors,
               sign * each.conversions AS conversions
        FROM (SELECT -1 AS sign, t.* FROM unnest(taken) t UNION ALL SELECT 1, a.* FROM unnest(added) a) c
            CROSS JOIN LATERAL (VALUES (c.day, 1, 0), (c.converted, 0, 1)) AS each (day, visitors, conversions)
        WHERE each.day IS NOT NULL) each
    GROUP BY 1, 2, 3, 4, 5 HAVING sum(visitors) <> 0 OR sum(conversions) <> 0 ORDER BY 2, 3, 4, 5
    ON CONFLICT (test_id, phase, day, variant_id) DO UPDATE
        SET visitors = r.visitors + excluded.visitors, conversions = r.conversions + excluded.conversions;
    DELETE FROM rollup_arms r USING unnest(taken) t
    WHERE r.test_id = t.test_id AND r.phase = t.phase AND r.day IN (t.day, t.converted) AND r.variant_id = t.variant_id
        AND r.visitors = 0 AND r.conversions = 0;
END
$$;

CREATE FUNCTION studio_require_analyst() RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT pg_has_role(session_user, 'studio_renderer', 'MEMBER') AND NOT studio_administers() THEN
        RAISE EXCEPTION 'Only an operator may do that.' USING ERRCODE = 'insufficient_privilege';
    END IF;
END
$$;

-- Makes the facts of these visits anew and carries the difference to the sums. Needs the lock of analytics_refresh.
CREATE FUNCTION analytics_recount(ids uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
    persons uuid[];
    taken rollup_hours[];
    taken_hours rollup_hours[];
    taken_returns rollup_returns[];
    taken_paths rollup_paths[];
    returns rollup_returns[];
BEGIN
    persons := ARRAY(SELECT visitor FROM visit_facts WHERE session_id = ANY (ids) AND known
                     UNION SELECT visitor_id FROM sessions WHERE id = ANY (ids) AND visitor_id IS NOT NULL);
    taken := analytics_sums_of(ids);
    taken_paths := analytics_paths_of(ids);
    taken_hours := analytics_hour_visitors_of(persons);
    taken_returns := analytics_returns_of(persons) || analytics_new_visitors_of(ids);
    DELETE FROM visit_facts WHERE session_id = ANY (ids);
    INSERT INTO visit_facts SELECT * FROM analytics_facts_of(ids);
    SELECT array_agg(ROW(c.*)::rollup_returns) INTO returns FROM (
        SELECT tenant_id, dimension, value, false, false, seen, before, sum(sign * visitors)::integer AS visitors
        FROM (SELECT -1 AS sign, t.* FROM unnest(taken_returns) t
              UNION ALL SELECT 1, a.* FROM unnest(analytics_returns_of(persons)) a
              UNION ALL SELECT 1, a.* FROM unnest(analytics_new_visitors_of(ids)) a) both_sides
        GROUP BY tenant_id, dimension, value, seen, before HAVING sum(sign * visitors) <> 0) c;
    PERFORM analytics_apply_sums(taken || taken_hours, analytics_sums_of(ids) || analytics_hour_visitors_of(persons), returns);
    PERFORM analytics_apply_returns(returns);
    PERFORM analytics_apply_paths(taken_paths, analytics_paths_of(ids));
    PERFORM arm_visitors_renew(persons, ids);
END
$$;

-- Visitors who are in these visits and can be in no other.
CREATE FUNCTION analytics_new_visitors_of(ids uuid[]) RETURNS rollup_returns[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT array_agg(ROW(r.*)::rollup_returns) FROM (
        SELECT tenant_id, dimension, value, false, false, day, '-infinity'::date, sum(visits)::integer
        FROM visit_slices WHERE session_id = ANY (ids) AND NOT known AND visits > 0
        GROUP BY tenant_id, dimension, value, day) r
$$;

-- Brings the figures up to date for at most so many marks; gives how many it took, null where another one is at work.
CREATE FUNCTION analytics_refresh(most integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    ids uuid[];
BEGIN
    PERFORM studio_require_analyst();
    IF NOT pg_try_advisory_xact_lock(hashtext('analytics')) THEN
        RETURN NULL;
    END IF;
    WITH marks AS (
        DELETE FROM analytics_dirty WHERE ctid = ANY (ARRAY(SELECT ctid FROM analytics_dirty LIMIT most)) RETURNING session_id)
    SELECT array_agg(session_id) INTO ids FROM marks;
    IF ids IS NULL THEN
        RETURN 0;
    END IF;
    PERFORM analytics_recount(ARRAY(SELECT DISTINCT unnest(ids)));
    RETURN cardinality(ids);
END
$$;
GRANT EXECUTE ON FUNCTION analytics_refresh(integer) TO studio_renderer, studio_operator;

CREATE FUNCTION analytics_sum_up(wanted uuid) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_custom_plan SET work_mem = '256MB' SET hash_mem_multiplier = 2
AS $$
BEGIN
    ANALYZE visit_facts;
    INSERT INTO rollup_hours SELECT * FROM rollup_hours_wanted WHERE tenant_id = wanted;
    INSERT INTO rollup_days SELECT * FROM rollup_days_wanted WHERE tenant_id = wanted;
    INSERT INTO rollup_months SELECT * FROM rollup_months_wanted WHERE tenant_id = wanted;
    INSERT INTO rollup_returns SELECT * FROM rollup_returns_wanted WHERE tenant_id = wanted;
    INSERT INTO rollup_paths SELECT * FROM rollup_paths_wanted WHERE tenant_id = wanted;
    INSERT INTO arm_visitors SELECT * FROM arm_visitors_of(
        ARRAY(SELECT DISTINCT visitor FROM visit_facts WHERE tenant_id = wanted AND known AND variants <> '{}'),
        ARRAY(SELECT session_id FROM visit_facts WHERE tenant_id = wanted AND NOT known AND variants <> '{}'))
    WHERE tenant_id = wanted;
    INSERT INTO rollup_arms SELECT * FROM rollup_arms_wanted WHERE tenant_id = wanted;
    RETURN (SELECT count(*) FROM visit_facts WHERE tenant_id = wanted);
END
$$;

-- Everything of a tenant from the raw rows, and nothing that was there before.
CREATE FUNCTION analytics_rebuild(wanted uuid) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_custom_plan SET work_mem = '256MB'
AS $$
DECLARE
    first_moment timestamptz;
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
    FOR first_moment IN SELECT DISTINCT date_trunc('day', created_at, 'UTC') FROM (
            SELECT created_at FROM sessions WHERE tenant_id = wanted
            UNION ALL SELECT created_at FROM bookings WHERE tenant_id = wanted AND session_id IS NULL) raw LOOP
        INSERT INTO visit_facts SELECT * FROM analytics_facts_of(ARRAY(
            SELECT id FROM sessions WHERE tenant_id = wanted AND created_at >= first_moment AND created_at < first_moment + interval '1 day'
            UNION ALL
            SELECT id FROM bookings WHERE tenant_id = wanted AND session_id IS NULL AND created_at >= first_moment
                AND created_at < first_moment + interval '1 day'));
    END LOOP;
    RETURN analytics_sum_up(wanted);
END
$$;
GRANT EXECUTE ON FUNCTION analytics_rebuild(uuid) TO studio_operator;

-- Where what is stored and what the raw rows make part, as rows of text; null for a row that is missing on that side.
CREATE FUNCTION analytics_differences(wanted uuid)
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
        ('rollup_returns', 'dimension, value, whole_seen, whole_before, seen, before',
         'SELECT * FROM rollup_returns_wanted WHERE tenant_id = $1'),
        ('rollup_paths', 'dimension, value, whole_month, day, path',
         'SELECT * FROM rollup_paths_wanted WHERE tenant_id = $1'),
        ('arm_visitors', 'test_id, phase, visitor', $q$SELECT * FROM arm_visitors_of(
             ARRAY(SELECT DISTINCT visitor FROM visit_facts WHERE tenant_id = $1 AND known AND variants <> '{}'),
             ARRAY(SELECT session_id FROM visit_facts WHERE tenant_id = $1 AND NOT known AND variants <> '{}'))
             WHERE tenant_id = $1$q$),
        ('rollup_arms', 'test_id, phase, day, variant_id', 'SELECT * FROM rollup_arms_wanted WHERE tenant_id = $1'))
        AS pairs (name, keys, recount)
    LOOP
        RETURN QUERY EXECUTE format(
            'SELECT %1$L, concat_ws('' '', %2$s), s.content::text, w.content::text
             FROM (SELECT %2$s, t AS content FROM %1$I t WHERE tenant_id = $1) s
             FULL JOIN (SELECT %2$s, t AS content FROM (%3$s) t) w USING (%2$s)
             WHERE s.content::text IS DISTINCT FROM w.content::text ORDER BY 2',
            pair.name, pair.keys, pair.recount) USING wanted;
    END LOOP;
END
$$;
GRANT EXECUTE ON FUNCTION analytics_differences(uuid) TO studio_operator;
