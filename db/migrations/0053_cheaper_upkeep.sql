-- What the intake and the upkeep of the figures need less work for.

-- A month that is yet to come holds nothing: ids are not looked up in it one by one, nor where no event lies beyond its end.
CREATE OR REPLACE FUNCTION tracking_ids_of_the_other_month(ids uuid[], times bigint[], month_end timestamptz) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
SET enable_bitmapscan = off SET enable_memoize = off
AS $$
DECLARE
    month_us bigint := extract(epoch FROM month_end)::bigint * 1000000;
    found_after uuid[] := '{}';
    found_before uuid[] := '{}';
BEGIN
    IF month_us > ANY (times) AND EXISTS (
            SELECT FROM events e WHERE e.created_at >= month_end AND e.created_at < month_end + interval '1 month') THEN
        SELECT coalesce(array_agg(n.id), '{}') INTO found_after
        FROM unnest(ids, times) AS n (id, at) CROSS JOIN LATERAL (
            SELECT FROM events e WHERE e.id = n.id AND e.created_at >= month_end
                AND e.created_at < month_end + interval '1 month' LIMIT 1) there
        WHERE n.at < month_us;
    END IF;
    IF month_us <= ANY (times) THEN
        SELECT coalesce(array_agg(n.id), '{}') INTO found_before
        FROM unnest(ids, times) AS n (id, at) CROSS JOIN LATERAL (
            SELECT FROM events e WHERE e.id = n.id AND e.created_at < month_end
                AND e.created_at >= month_end - interval '1 month' LIMIT 1) there
        WHERE n.at >= month_us;
    END IF;
    RETURN found_after || found_before;
END
$$;

-- As before, with one sorting of a visit's events instead of four; pauses are looked for where one may be too long.
CREATE OR REPLACE FUNCTION analytics_facts_of(ids uuid[]) RETURNS SETOF visit_facts
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET enable_bitmapscan = off SET jit = off
AS $$
    SELECT s.id, s.tenant_id, 1::smallint, coalesce(s.visitor_id, s.id), s.visitor_id IS NOT NULL, s.created_at,
           date_trunc('hour', s.created_at, h.zone), (s.created_at AT TIME ZONE h.zone)::date,
           extract(hour FROM s.created_at AT TIME ZONE h.zone)::smallint, place.source,
           analytics_medium(s.utm_medium, place.source),
           d.campaign, d.device, d.browser, d.country, coalesce(p.pages, '{}'), coalesce(p.views, '{}'),
           coalesce(x.variants, '{}'), e.page_views::integer, e.events::integer, e.seconds::integer,
           (e.codes LIKE '%b%')::integer::smallint, (e.codes IN ('', 'a'))::integer::smallint,
           analytics_stage(e.codes, b.bookings > 0),
           b.bookings::integer, b.value_minor::bigint, coalesce(e.path, '{}'),
           analytics_combination(place.source, analytics_medium(s.utm_medium, place.source), d.campaign, d.device, d.browser,
                                 d.country, coalesce(x.variants, '{}'))
    FROM (SELECT DISTINCT unnest(ids)) AS wanted (id)
    JOIN sessions s ON s.id = wanted.id AND s.bot_class IS NULL
    CROSS JOIN LATERAL (SELECT * FROM tenant_settings_history t
                        WHERE t.tenant_id = s.tenant_id AND t.since <= s.created_at
                        ORDER BY t.since DESC LIMIT 1) h
    CROSS JOIN LATERAL (SELECT analytics_source(s.utm_source, s.referrer, h.hosts) OFFSET 0) place (source)
    CROSS JOIN LATERAL (
        SELECT CASE WHEN btrim(s.utm_campaign) <> '' THEN btrim(s.utm_campaign)::text ELSE '(none)' END AS campaign,
               coalesce(nullif(s.device_type, ''), 'unknown')::text AS device,
               coalesce(nullif(s.browser, ''), 'unknown')::text AS browser, coalesce(s.country, 'unknown')::text AS country) d
    CROSS JOIN LATERAL (
        -- In the order of `sorted`: what has no step has no code either, and comes after the rest.
        SELECT count(*) AS events, coalesce(string_agg(code, ''), '') AS codes,
               count(*) FILTER (WHERE code = 'a') AS page_views,
               array_agg(step) FILTER (WHERE code = 'a') AS viewed,
               round(extract(epoch FROM CASE
                   WHEN max(created_at) - min(created_at) > interval '30 minutes' THEN (
                       SELECT coalesce(sum(pause) FILTER (WHERE pause <= interval '30 minutes'), '0')
                       FROM (SELECT created_at - lag(created_at) OVER (ORDER BY created_at) AS pause
                             FROM (SELECT e.created_at FROM events e
                                   WHERE e.session_id = s.id AND (e.tenant_id = s.tenant_id) IS TRUE
                                       AND e.created_at >= s.created_at - interval '3 days'
                                       AND e.created_at < s.created_at + interval '32 days'
                                   ORDER BY e.created_at LIMIT 1000) again) pauses)
                   ELSE coalesce(max(created_at) - min(created_at), '0') END)) AS seconds,
               (array_agg(step) FILTER (WHERE step IS NOT NULL AND step IS DISTINCT FROM step_before))[1:7] AS path
        FROM (
            SELECT code, step, created_at, lag(step) OVER () AS step_before
            FROM (
                SELECT * FROM (
                    SELECT e.created_at, analytics_code(e.event_type) COLLATE "C" AS code,
                           analytics_step(e.event_type, e.page_url) COLLATE "C" AS step
                    FROM events e
                    WHERE e.session_id = s.id AND (e.tenant_id = s.tenant_id) IS TRUE
                        AND e.created_at >= s.created_at - interval '3 days'
                        AND e.created_at < s.created_at + interval '32 days'
                    ORDER BY e.created_at LIMIT 1000) raw
                ORDER BY step IS NULL, created_at, code, step) sorted) walked) e
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
           0::smallint, 0::smallint, (-1)::smallint, 1, coalesce(b.value_minor, 0), '{}',
           analytics_combination('unknown', 'unknown', '(none)', 'unknown', 'unknown', 'unknown', '{}')
    FROM (SELECT DISTINCT unnest(ids)) AS wanted (id)
    JOIN bookings b ON b.id = wanted.id AND b.session_id IS NULL AND b.status NOT IN ('cancelled', 'spam')
    CROSS JOIN LATERAL (SELECT * FROM tenant_settings_history t
                        WHERE t.tenant_id = b.tenant_id AND t.since <= b.created_at
                        ORDER BY t.since DESC LIMIT 1) h
$$;
