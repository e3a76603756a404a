-- The upkeep of the figures, part 1.

CREATE FUNCTION analytics_page(address text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT left(coalesce(nullif(split_part(split_part(
        CASE WHEN address LIKE '%://%' THEN regexp_replace(address, '^[a-z]+://[^/?#]*', '') ELSE address END,
        '?', 1), '#', 1), ''), '/'), 100)
$$;

CREATE FUNCTION analytics_mark_both() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_TABLE_NAME = 'sessions' THEN
        INSERT INTO analytics_dirty (session_id, tenant_id)
        SELECT id, tenant_id FROM changed UNION SELECT id, tenant_id FROM former;
    ELSIF TG_TABLE_NAME = 'bookings' THEN
        INSERT INTO analytics_dirty (session_id, tenant_id)
        SELECT each.id, c.tenant_id
        FROM (SELECT * FROM changed UNION ALL SELECT * FROM former) c
            CROSS JOIN LATERAL (VALUES (c.session_id), (c.id)) each (id)
        WHERE each.id IS NOT NULL
        GROUP BY 1, 2;
    ELSE
        INSERT INTO analytics_dirty (session_id, tenant_id)
        SELECT session_id, tenant_id FROM changed WHERE session_id IS NOT NULL
        UNION SELECT session_id, tenant_id FROM former WHERE session_id IS NOT NULL;
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION arm_visitors_renew(persons uuid[], alone uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_custom_plan
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET enable_memoize = off SET jit = off
    SET work_mem = '32MB' AS $$
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
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET enable_memoize = off SET jit = off
    SET work_mem = '32MB' AS $$
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

-- Of these known visitors and of these visits without consent.
CREATE FUNCTION arm_visitors_of(persons uuid[], alone uuid[]) RETURNS SETOF arm_visitors
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

-- Which combination of source, medium, campaign, device, browser, country and variants a visit is of.
CREATE FUNCTION analytics_combination(source text, medium text, campaign text, device text, browser text, country text,
                                      variants text[]) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT hashtextextended(source || E'\n' || medium || E'\n' || campaign || E'\n' || device || E'\n' || browser || E'\n'
                            || country, hash_array_extended(variants, 0))
$$;

-- What an event is in the order of a visit: a letter for the funnel, a step for the journey.
CREATE FUNCTION analytics_code(event_type text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE event_type WHEN 'page_view' THEN 'a' WHEN 'photo_click' THEN 'b' WHEN 'pricing_view' THEN 'c'
        WHEN 'form_start' THEN 'd' WHEN 'form_submit' THEN 'e' WHEN 'email_click' THEN 'x' WHEN 'phone_click' THEN 'x'
        WHEN 'social_click' THEN 'x' ELSE '' END
$$;

CREATE FUNCTION analytics_step(event_type text, page_url text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE event_type WHEN 'page_view' THEN analytics_page(page_url) WHEN 'photo_click' THEN 'photo_engagement'
        WHEN 'form_submit' THEN 'booking_submit' WHEN 'hero_photo_viewed' THEN NULL WHEN 'ab_test_assigned' THEN NULL
        ELSE event_type END
$$;

CREATE FUNCTION analytics_stage(codes text, booked boolean) RETURNS smallint
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN booked AND codes LIKE '%a%b%c%d%e%' THEN 4 WHEN codes LIKE '%a%b%c%d%' THEN 3
        WHEN codes LIKE '%a%b%c%' THEN 2 WHEN codes LIKE '%a%b%' THEN 1 WHEN codes LIKE '%a%' THEN 0 ELSE -1 END::smallint
$$;

CREATE FUNCTION analytics_combinations_of(ids uuid[]) RETURNS rollup_combinations[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET enable_memoize = off SET jit = off
    SET work_mem = '32MB' AS $$
    SELECT array_agg(ROW(c.*)::rollup_combinations) FROM (
        SELECT tenant_id, combination, source, medium, campaign, device, browser, country, variants,
               sum(visits)::integer, sum(bookings)::integer
        FROM visit_facts WHERE session_id = ANY (ids)
        GROUP BY tenant_id, combination, source, medium, campaign, device, browser, country, variants) c
$$;

-- The same of all visits of a tenant at once: sorted, not looked up one by one. analytics_differences compares the two.
CREATE FUNCTION analytics_fill_facts(wanted uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_custom_plan SET work_mem = '256MB' SET enable_nestloop = off SET enable_hashagg = off
SET enable_memoize = off SET jit = off
AS $$
BEGIN
    INSERT INTO visit_facts
    SELECT v.id, v.tenant_id, 1, coalesce(v.visitor_id, v.id), v.visitor_id IS NOT NULL, v.created_at,
           date_trunc('hour', v.created_at, v.zone), (v.created_at AT TIME ZONE v.zone)::date,
           extract(hour FROM v.created_at AT TIME ZONE v.zone)::smallint, v.source, v.medium, v.campaign, v.device,
           v.browser, v.country, coalesce(e.pages, '{}'), coalesce(e.views, '{}'), coalesce(x.variants, '{}'),
           coalesce(e.page_views, 0), coalesce(e.events, 0), coalesce(e.seconds, 0),
           (coalesce(e.codes, '') LIKE '%b%')::integer, (coalesce(e.codes, '') IN ('', 'a'))::integer,
           analytics_stage(coalesce(e.codes, ''), coalesce(b.bookings, 0) > 0), coalesce(b.bookings, 0),
           coalesce(b.value_minor, 0), coalesce(e.path, '{}'),
           analytics_combination(v.source, v.medium, v.campaign, v.device, v.browser, v.country, coalesce(x.variants, '{}'))
    FROM (
        SELECT s.id, s.tenant_id, s.visitor_id, s.created_at, h.zone, place.source,
               analytics_medium(s.utm_medium, place.source) AS medium,
               CASE WHEN btrim(s.utm_campaign) <> '' THEN btrim(s.utm_campaign)::text ELSE '(none)' END AS campaign,
               coalesce(nullif(s.device_type, ''), 'unknown')::text AS device,
               coalesce(nullif(s.browser, ''), 'unknown')::text AS browser, coalesce(s.country, 'unknown')::text AS country
        FROM sessions s
        JOIN (SELECT since, lead(since, 1, 'infinity') OVER (ORDER BY since) AS until, zone, hosts
              FROM tenant_settings_history WHERE tenant_id = wanted) h ON s.created_at >= h.since AND s.created_at < h.until
        CROSS JOIN LATERAL (SELECT analytics_source(s.utm_source, s.referrer, h.hosts) OFFSET 0) place (source)
        WHERE s.tenant_id = wanted AND s.bot_class IS NULL OFFSET 0) v
    LEFT JOIN (
        SELECT session_id, page_views, events, seconds, codes, path,
               CASE WHEN first_page = last_page THEN ARRAY[first_page]
                    ELSE (SELECT array_agg(DISTINCT page COLLATE "C" ORDER BY page COLLATE "C")
                          FROM unnest(viewed) AS each (page)) END AS pages,
               CASE WHEN first_page = last_page THEN ARRAY[page_views]
                    ELSE (SELECT array_agg(views ORDER BY page)
                          FROM (SELECT page COLLATE "C" AS page, count(*)::integer AS views
                                FROM unnest(viewed) AS each (page) GROUP BY 1) v)
                    END AS views
        FROM (
            SELECT session_id, count(*)::integer AS events, string_agg(code, '') AS codes,
                   (count(*) FILTER (WHERE code = 'a'))::integer AS page_views,
                   min(step) FILTER (WHERE code = 'a') AS first_page, max(step) FILTER (WHERE code = 'a') AS last_page,
                   array_agg(step) FILTER (WHERE code = 'a') AS viewed,
                   round(coalesce(sum(pause) FILTER (WHERE pause <= 1800), 0))::integer AS seconds,
                   (array_agg(step) FILTER (WHERE step IS DISTINCT FROM step_before))[1:7] AS path
            FROM (
                SELECT session_id, code, step, step_before, row_number() OVER in_order AS place,
                       extract(epoch FROM created_at - lag(created_at) OVER in_order) AS pause
                FROM (
                    SELECT session_id, created_at, code, step,
                           lag(step) OVER (PARTITION BY session_id, step IS NULL ORDER BY created_at, code, step) AS step_before
                    FROM (
                        SELECT e.session_id, e.created_at, analytics_code(e.event_type) COLLATE "C" AS code,
                               analytics_step(e.event_type, e.page_url) COLLATE "C" AS step
                        FROM events e JOIN sessions s ON s.id = e.session_id
                        WHERE e.tenant_id = wanted AND s.tenant_id = wanted AND s.bot_class IS NULL
                            AND e.created_at >= s.created_at - interval '3 days'
                            AND e.created_at < s.created_at + interval '32 days') raw) stepped
                WINDOW in_order AS (PARTITION BY session_id ORDER BY created_at, code, step)) ordered
            WHERE place <= 1000
            GROUP BY session_id) g) e ON e.session_id = v.id
    LEFT JOIN (SELECT session_id, array_agg(variant ORDER BY variant) AS variants
               FROM (SELECT DISTINCT session_id, test_id || ':' || variant_id AS variant
                     FROM ab_assignments WHERE tenant_id = wanted) a GROUP BY 1) x ON x.session_id = v.id
    LEFT JOIN (SELECT session_id, count(*)::integer AS bookings, coalesce(sum(value_minor), 0)::bigint AS value_minor
               FROM bookings WHERE tenant_id = wanted AND session_id IS NOT NULL AND status NOT IN ('cancelled', 'spam')
               GROUP BY 1) b ON b.session_id = v.id
    ORDER BY v.created_at;
    INSERT INTO visit_facts SELECT * FROM analytics_facts_of(ARRAY(
        SELECT id FROM bookings WHERE tenant_id = wanted AND session_id IS NULL));
END
$$;
