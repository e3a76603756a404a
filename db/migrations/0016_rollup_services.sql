-- Services by day, faster reading of visitors by value, and a rebuild that goes over the visits fewer times.

CREATE INDEX rollup_returns_by_day ON rollup_returns (tenant_id, dimension, whole_seen, whole_before, seen, before)
    INCLUDE (value, visitors);
CREATE INDEX visit_facts_booked ON visit_facts (tenant_id, day) WHERE bookings > 0;

-- Every booking that is no spam, at the day of its visit.
CREATE TABLE booking_facts (
    booking_id uuid NOT NULL,
    visit uuid NOT NULL,          -- of a booking without one: the booking's id
    tenant_id uuid NOT NULL,
    day date NOT NULL,
    service text NOT NULL,        -- '' for none
    bookings integer NOT NULL,    -- 1, or 0 where it is cancelled
    cancelled integer NOT NULL,
    value_minor bigint NOT NULL,  -- 0 where it is cancelled
    PRIMARY KEY (booking_id, visit)
);
CREATE INDEX booking_facts_of_visit ON booking_facts (visit);
CREATE INDEX booking_facts_of_tenant ON booking_facts (tenant_id, day);
CREATE TABLE rollup_services (
    tenant_id uuid NOT NULL,
    day date NOT NULL,
    service text NOT NULL,
    bookings integer NOT NULL,
    cancelled integer NOT NULL,
    value_minor bigint NOT NULL,
    PRIMARY KEY (tenant_id, day, service)
) WITH (fillfactor = 80);

ALTER TABLE booking_facts ENABLE ROW LEVEL SECURITY;
ALTER TABLE rollup_services ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON booking_facts, rollup_services TO studio_operator, studio_companion;
CREATE POLICY booking_facts_read ON booking_facts FOR SELECT TO studio_operator, studio_companion
    USING ((SELECT role FROM studio_account()) = 'operator'
           OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));
CREATE POLICY rollup_services_read ON rollup_services FOR SELECT TO studio_operator, studio_companion
    USING ((SELECT role FROM studio_account()) = 'operator'
           OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));

CREATE VIEW rollup_services_wanted WITH (security_invoker = true) AS
SELECT tenant_id, day, service, sum(bookings)::integer AS bookings, sum(cancelled)::integer AS cancelled,
       sum(value_minor)::bigint AS value_minor
FROM booking_facts GROUP BY tenant_id, day, service;

-- Of these visits, and of these bookings that have none.
CREATE FUNCTION booking_facts_of(ids uuid[]) RETURNS SETOF booking_facts
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET jit = off
AS $$
    SELECT b.id, f.session_id, f.tenant_id, f.day, coalesce(b.service_type, '')::text, (b.status <> 'cancelled')::integer,
           (b.status = 'cancelled')::integer, CASE WHEN b.status = 'cancelled' THEN 0 ELSE coalesce(b.value_minor, 0) END
    FROM visit_facts f JOIN bookings b ON b.session_id = f.session_id AND (b.tenant_id = f.tenant_id) IS TRUE
    WHERE f.session_id = ANY (ids) AND f.visits = 1 AND b.status <> 'spam'
    UNION ALL
    SELECT b.id, b.id, b.tenant_id, studio_local_day(b.tenant_id, b.created_at), coalesce(b.service_type, '')::text,
           (b.status <> 'cancelled')::integer, (b.status = 'cancelled')::integer,
           CASE WHEN b.status = 'cancelled' THEN 0 ELSE coalesce(b.value_minor, 0) END
    FROM bookings b WHERE b.id = ANY (ids) AND b.session_id IS NULL AND b.status <> 'spam'
$$;

CREATE FUNCTION booking_facts_renew(ids uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
    taken booking_facts[];
    added booking_facts[];
BEGIN
    WITH gone AS (DELETE FROM booking_facts b WHERE b.visit = ANY (ids) RETURNING b.*)
    SELECT array_agg(ROW(gone.*)::booking_facts) INTO taken FROM gone;
    SELECT array_agg(ROW(b.*)::booking_facts) INTO added FROM booking_facts_of(ids) b;
    IF taken IS NULL AND added IS NULL THEN
        RETURN;
    END IF;
    INSERT INTO booking_facts SELECT * FROM unnest(added);
    INSERT INTO rollup_services AS r
    SELECT tenant_id, day, service, sum(sign * bookings), sum(sign * cancelled), sum(sign * value_minor)
    FROM (SELECT -1 AS sign, t.* FROM unnest(taken) t UNION ALL SELECT 1, a.* FROM unnest(added) a) c
    GROUP BY 1, 2, 3
    ON CONFLICT (tenant_id, day, service) DO UPDATE SET bookings = r.bookings + excluded.bookings,
        cancelled = r.cancelled + excluded.cancelled, value_minor = r.value_minor + excluded.value_minor;
    DELETE FROM rollup_services r USING (SELECT DISTINCT tenant_id, day, service FROM unnest(taken)) t
    WHERE (r.tenant_id, r.day, r.service) = (t.tenant_id, t.day, t.service) AND r.bookings = 0 AND r.cancelled = 0;
END
$$;

CREATE OR REPLACE FUNCTION analytics_recount(ids uuid[]) RETURNS void
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
    PERFORM booking_facts_renew(ids);
END
$$;

-- Days come from the hours, months from the days, and visitors of both from the days on which each was seen before.
CREATE OR REPLACE FUNCTION analytics_sum_up(wanted uuid) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_custom_plan SET work_mem = '256MB' SET hash_mem_multiplier = 2 SET enable_memoize = off
SET jit = off
AS $$
BEGIN
    INSERT INTO rollup_hours SELECT * FROM rollup_hours_wanted WHERE tenant_id = wanted;
    INSERT INTO rollup_returns
    SELECT tenant_id, dimension, value, false, false, day, '-infinity', sum(visits)
    FROM visit_slices WHERE tenant_id = wanted AND NOT known AND visits > 0 GROUP BY tenant_id, dimension, value, day;
    INSERT INTO rollup_returns AS r
    SELECT tenant_id, dimension, value, false, false, day, before, count(*) FROM (
        SELECT tenant_id, dimension, value, day, coalesce(lag(day) OVER (
                   PARTITION BY tenant_id, dimension, value, visitor ORDER BY day), '-infinity') AS before
        FROM (SELECT DISTINCT tenant_id, dimension, value, visitor, day
              FROM visit_slices WHERE tenant_id = wanted AND known) seen) chain
    GROUP BY tenant_id, dimension, value, day, before
    ON CONFLICT (tenant_id, dimension, value, whole_seen, whole_before, seen, before) DO UPDATE
        SET visitors = r.visitors + excluded.visitors;
    INSERT INTO rollup_returns
    SELECT r.tenant_id, r.dimension, r.value, each.whole_seen, each.whole_before, each.seen, each.before, sum(r.visitors)
    FROM rollup_returns r CROSS JOIN LATERAL (
        VALUES (false, true, r.seen, date_trunc('month', r.before)::date),
               (true, false, date_trunc('month', r.seen)::date, r.before),
               (true, true, date_trunc('month', r.seen)::date, date_trunc('month', r.before)::date))
        AS each (whole_seen, whole_before, seen, before)
    WHERE r.tenant_id = wanted AND NOT r.whole_seen AND NOT r.whole_before
    GROUP BY 1, 2, 3, 4, 5, 6, 7;
    INSERT INTO rollup_days
    SELECT tenant_id, dimension, value, day, sum(visits), sum(visitors), sum(page_views), sum(seconds), sum(timed),
           sum(engaged), sum(bounced), sum(bookings), sum(value_minor), sum(step0), sum(step1), sum(step2), sum(step3),
           sum(step4)
    FROM (SELECT tenant_id, dimension, value, day, visits, 0 AS visitors, page_views, seconds, timed, engaged, bounced,
                 bookings, value_minor, step0, step1, step2, step3, step4 FROM rollup_hours WHERE tenant_id = wanted
          UNION ALL
          SELECT tenant_id, dimension, value, seen, 0, visitors, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 FROM rollup_returns
          WHERE tenant_id = wanted AND NOT whole_seen AND NOT whole_before) c
    GROUP BY tenant_id, dimension, value, day;
    INSERT INTO rollup_months
    SELECT tenant_id, dimension, value, month, sum(visits), sum(visitors), sum(page_views), sum(seconds), sum(timed),
           sum(engaged), sum(bounced), sum(bookings), sum(value_minor), sum(step0), sum(step1), sum(step2), sum(step3),
           sum(step4)
    FROM (SELECT tenant_id, dimension, value, date_trunc('month', day)::date AS month, visits, 0 AS visitors, page_views,
                 seconds, timed, engaged, bounced, bookings, value_minor, step0, step1, step2, step3, step4
          FROM rollup_days WHERE tenant_id = wanted
          UNION ALL
          SELECT tenant_id, dimension, value, seen, 0, visitors, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 FROM rollup_returns
          WHERE tenant_id = wanted AND whole_seen AND whole_before AND before < seen) c
    GROUP BY tenant_id, dimension, value, month;
    INSERT INTO rollup_paths SELECT * FROM rollup_paths_wanted WHERE tenant_id = wanted;
    INSERT INTO arm_visitors SELECT * FROM arm_visitors_of(
        ARRAY(SELECT DISTINCT visitor FROM visit_facts WHERE tenant_id = wanted AND known AND variants <> '{}'),
        ARRAY(SELECT session_id FROM visit_facts WHERE tenant_id = wanted AND NOT known AND variants <> '{}'))
    WHERE tenant_id = wanted;
    INSERT INTO rollup_arms SELECT * FROM rollup_arms_wanted WHERE tenant_id = wanted;
    INSERT INTO booking_facts SELECT * FROM booking_facts_of(ARRAY(
        SELECT session_id FROM bookings WHERE tenant_id = wanted AND session_id IS NOT NULL
        UNION SELECT id FROM bookings WHERE tenant_id = wanted AND session_id IS NULL));
    INSERT INTO rollup_services SELECT * FROM rollup_services_wanted WHERE tenant_id = wanted;
    RETURN (SELECT count(*) FROM visit_facts WHERE tenant_id = wanted);
END
$$;

CREATE OR REPLACE FUNCTION analytics_rebuild(wanted uuid) RETURNS bigint
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
    DELETE FROM booking_facts WHERE tenant_id = wanted;
    DELETE FROM rollup_services WHERE tenant_id = wanted;
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
        ('rollup_returns', 'dimension, value, whole_seen, whole_before, seen, before',
         'SELECT * FROM rollup_returns_wanted WHERE tenant_id = $1'),
        ('rollup_paths', 'dimension, value, whole_month, day, path',
         'SELECT * FROM rollup_paths_wanted WHERE tenant_id = $1'),
        ('arm_visitors', 'test_id, phase, visitor', $q$SELECT * FROM arm_visitors_of(
             ARRAY(SELECT DISTINCT visitor FROM visit_facts WHERE tenant_id = $1 AND known AND variants <> '{}'),
             ARRAY(SELECT session_id FROM visit_facts WHERE tenant_id = $1 AND NOT known AND variants <> '{}'))
             WHERE tenant_id = $1$q$),
        ('rollup_arms', 'test_id, phase, day, variant_id', 'SELECT * FROM rollup_arms_wanted WHERE tenant_id = $1'),
        ('booking_facts', 'booking_id, visit', $q$SELECT * FROM booking_facts_of(ARRAY(
             SELECT session_id FROM bookings WHERE tenant_id = $1 AND session_id IS NOT NULL
             UNION SELECT id FROM bookings WHERE tenant_id = $1 AND session_id IS NULL))$q$),
        ('rollup_services', 'day, service', 'SELECT * FROM rollup_services_wanted WHERE tenant_id = $1'))
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

CREATE OR REPLACE FUNCTION analytics_apply_returns(returns rollup_returns[]) RETURNS void
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
        SELECT DISTINCT c.tenant_id, c.dimension, c.value, each.whole_seen, each.whole_before, each.seen, each.before
        FROM unnest(returns) c CROSS JOIN LATERAL (
            VALUES (false, false, c.seen, c.before), (false, true, c.seen, date_trunc('month', c.before)::date),
                   (true, false, date_trunc('month', c.seen)::date, c.before),
                   (true, true, date_trunc('month', c.seen)::date, date_trunc('month', c.before)::date))
            AS each (whole_seen, whole_before, seen, before)
        WHERE c.visitors < 0) c
    WHERE (r.tenant_id, r.dimension, r.value, r.whole_seen, r.whole_before, r.seen, r.before)
            = (c.tenant_id, c.dimension, c.value, c.whole_seen, c.whole_before, c.seen, c.before)
        AND r.visitors = 0;
END
$$;

-- As before; the conditions on tenants leave no choice but the indexes on the visit.
CREATE OR REPLACE FUNCTION analytics_facts_of(ids uuid[]) RETURNS SETOF visit_facts
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET enable_bitmapscan = off SET jit = off
AS $$
    SELECT s.id, s.tenant_id, 1::smallint, coalesce(s.visitor_id, s.id), s.visitor_id IS NOT NULL, s.created_at,
           date_trunc('hour', s.created_at, h.zone), (s.created_at AT TIME ZONE h.zone)::date,
           extract(hour FROM s.created_at AT TIME ZONE h.zone)::smallint, place.source,
           analytics_medium(s.utm_medium, place.source),
           CASE WHEN btrim(s.utm_campaign) <> '' THEN btrim(s.utm_campaign)::text ELSE '(none)' END,
           coalesce(nullif(s.device_type, ''), 'unknown')::text, coalesce(nullif(s.browser, ''), 'unknown')::text,
           coalesce(s.country, 'unknown')::text, coalesce(p.pages, '{}'), coalesce(p.views, '{}'),
           coalesce(x.variants, '{}'), e.page_views::integer, e.events::integer, e.seconds::integer,
           (e.codes LIKE '%b%')::integer::smallint, (e.codes IN ('', 'a'))::integer::smallint,
           CASE WHEN b.bookings > 0 AND e.codes LIKE '%a%b%c%d%e%' THEN 4 WHEN e.codes LIKE '%a%b%c%d%' THEN 3
                WHEN e.codes LIKE '%a%b%c%' THEN 2 WHEN e.codes LIKE '%a%b%' THEN 1 WHEN e.codes LIKE '%a%' THEN 0
                ELSE -1 END::smallint,
           b.bookings::integer, b.value_minor::bigint, coalesce(e.path, '{}')
    FROM (SELECT DISTINCT unnest(ids)) AS wanted (id)
    JOIN sessions s ON s.id = wanted.id AND s.bot_class IS NULL
    CROSS JOIN LATERAL (SELECT * FROM tenant_settings_history t
                        WHERE t.tenant_id = s.tenant_id AND t.since <= s.created_at
                        ORDER BY t.since DESC LIMIT 1) h
    CROSS JOIN LATERAL (SELECT analytics_source(s.utm_source, s.referrer, h.hosts) OFFSET 0) place (source)
    CROSS JOIN LATERAL (
        SELECT count(*) AS events, coalesce(string_agg(code, '' ORDER BY place), '') AS codes,
               count(*) FILTER (WHERE code = 'a') AS page_views,
               array_agg(step) FILTER (WHERE code = 'a') AS viewed,
               round(coalesce(sum(pause) FILTER (WHERE pause <= 1800), 0)) AS seconds,
               (array_agg(step ORDER BY place) FILTER (WHERE step IS DISTINCT FROM step_before))[1:7] AS path
        FROM (
            SELECT code, step, row_number() OVER in_order AS place,
                   extract(epoch FROM created_at - lag(created_at) OVER in_order) AS pause,
                   lag(step) OVER (PARTITION BY step IS NULL ORDER BY created_at, code, step) AS step_before
            FROM (
                SELECT e.created_at,
                       CASE e.event_type WHEN 'page_view' THEN 'a' WHEN 'photo_click' THEN 'b'
                           WHEN 'pricing_view' THEN 'c' WHEN 'form_start' THEN 'd' WHEN 'form_submit' THEN 'e'
                           WHEN 'email_click' THEN 'x' WHEN 'phone_click' THEN 'x' WHEN 'social_click' THEN 'x'
                           ELSE '' END COLLATE "C" AS code,
                       CASE e.event_type WHEN 'page_view' THEN analytics_page(e.page_url)
                           WHEN 'photo_click' THEN 'photo_engagement' WHEN 'form_submit' THEN 'booking_submit'
                           WHEN 'hero_photo_viewed' THEN NULL WHEN 'ab_test_assigned' THEN NULL
                           ELSE e.event_type END COLLATE "C" AS step
                FROM events e
                WHERE e.session_id = s.id AND (e.tenant_id = s.tenant_id) IS TRUE
                    AND e.created_at >= s.created_at - interval '3 days'
                    AND e.created_at < s.created_at + interval '32 days'
                ORDER BY e.created_at LIMIT 1000) raw
            WINDOW in_order AS (ORDER BY created_at, code, step)) ordered) e
    CROSS JOIN LATERAL (
        SELECT array_agg(page ORDER BY page) AS pages, array_agg(views ORDER BY page) AS views
        FROM (SELECT page COLLATE "C" AS page, count(*)::integer AS views FROM unnest(e.viewed) AS v (page) GROUP BY 1) v) p
    CROSS JOIN LATERAL (
        SELECT array_agg(DISTINCT a.test_id || ':' || a.variant_id) AS variants
        FROM ab_assignments a WHERE a.session_id = s.id AND (a.tenant_id = s.tenant_id) IS TRUE) x
    CROSS JOIN LATERAL (
        SELECT count(*) AS bookings, coalesce(sum(b.value_minor), 0) AS value_minor
        FROM bookings b WHERE b.session_id = s.id AND (b.tenant_id = s.tenant_id) IS TRUE
            AND b.status NOT IN ('cancelled', 'spam')) b
    UNION ALL
    SELECT b.id, b.tenant_id, 0::smallint, b.id, false, b.created_at, date_trunc('hour', b.created_at, h.zone),
           (b.created_at AT TIME ZONE h.zone)::date, extract(hour FROM b.created_at AT TIME ZONE h.zone)::smallint,
           'unknown', 'unknown', '(none)', 'unknown', 'unknown', 'unknown', '{}', '{}', '{}', 0, 0, 0,
           0::smallint, 0::smallint, (-1)::smallint, 1, coalesce(b.value_minor, 0), '{}'
    FROM (SELECT DISTINCT unnest(ids)) AS wanted (id)
    JOIN bookings b ON b.id = wanted.id AND b.session_id IS NULL AND b.status NOT IN ('cancelled', 'spam')
    CROSS JOIN LATERAL (SELECT * FROM tenant_settings_history t
                        WHERE t.tenant_id = b.tenant_id AND t.since <= b.created_at
                        ORDER BY t.since DESC LIMIT 1) h
$$;

CREATE OR REPLACE FUNCTION arm_visitors_of(persons uuid[], alone uuid[]) RETURNS SETOF arm_visitors
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET jit = off
AS $$
    SELECT f.tenant_id, f.test_id, f.phase, f.visitor, f.variant_id, studio_local_day(f.tenant_id, f.assigned_at),
           (SELECT studio_local_day(f.tenant_id, min(b.created_at)) FROM (
                SELECT v.session_id FROM visit_facts v WHERE v.visitor = f.visitor AND v.known AND v.bookings > 0
                UNION ALL SELECT f.visitor) own
            JOIN bookings b ON b.session_id = own.session_id AND (b.tenant_id = f.tenant_id) IS TRUE
            WHERE b.status NOT IN ('cancelled', 'spam') AND b.created_at >= f.assigned_at)
    FROM (
        SELECT DISTINCT ON (a.test_id, a.phase, v.visitor) a.tenant_id, a.test_id, a.phase, v.visitor, a.variant_id,
               a.assigned_at
        FROM (SELECT session_id, visitor, tenant_id FROM visit_facts
              WHERE visitor = ANY (persons) AND known AND variants <> '{}'
              UNION ALL
              SELECT session_id, visitor, tenant_id FROM visit_facts
              WHERE session_id = ANY (alone) AND NOT known AND variants <> '{}') v
            JOIN ab_assignments a ON a.session_id = v.session_id AND (a.tenant_id = v.tenant_id) IS TRUE
        ORDER BY a.test_id, a.phase, v.visitor, a.assigned_at, a.variant_id) f
$$;

-- Along the keys, whatever the statistics know: a few rows of tables with millions.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['analytics_apply_sums', 'analytics_apply_returns', 'analytics_apply_paths',
                                'arm_visitors_renew', 'booking_facts_renew', 'analytics_recount', 'analytics_sums_of',
                                'analytics_returns_of', 'analytics_hour_visitors_of', 'analytics_new_visitors_of',
                                'analytics_paths_of'] LOOP
        EXECUTE format('ALTER FUNCTION %I SET enable_seqscan = off', name);
        EXECUTE format('ALTER FUNCTION %I SET enable_hashjoin = off', name);
        EXECUTE format('ALTER FUNCTION %I SET enable_mergejoin = off', name);
        EXECUTE format('ALTER FUNCTION %I SET enable_memoize = off', name);
        EXECUTE format('ALTER FUNCTION %I SET jit = off', name);
        EXECUTE format('ALTER FUNCTION %I SET work_mem = %L', name, '32MB');
    END LOOP;
END
$$;

-- What was there before this migration.
SELECT analytics_rebuild(id) FROM tenants;
