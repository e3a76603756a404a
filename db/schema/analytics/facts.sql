-- From the raw rows to one row of facts for each visit.

-- The path of an address.
CREATE FUNCTION analytics_page(address text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT left(coalesce(nullif(split_part(split_part(
        CASE WHEN address LIKE '%://%' THEN regexp_replace(address, '^[a-z]+://[^/?#]*', '') ELSE address END,
        '?', 1), '#', 1), ''), '/'), 100)
$$;

-- An event as a letter: a to e are the steps of the funnel, x another action of a person, '' anything else.
CREATE FUNCTION analytics_code(event_type text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE event_type WHEN 'page_view' THEN 'a' WHEN 'photo_click' THEN 'b' WHEN 'pricing_view' THEN 'c'
        WHEN 'form_start' THEN 'd' WHEN 'form_submit' THEN 'e' WHEN 'email_click' THEN 'x' WHEN 'phone_click' THEN 'x'
        WHEN 'social_click' THEN 'x' ELSE '' END
$$;

-- An event as a step of a journey; null for what a visitor does not do.
CREATE FUNCTION analytics_step(event_type text, page_url text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE event_type WHEN 'page_view' THEN analytics_page(page_url) WHEN 'photo_click' THEN 'photo_engagement'
        WHEN 'form_submit' THEN 'booking_submit' WHEN 'hero_photo_viewed' THEN NULL WHEN 'ab_test_assigned' THEN NULL
        ELSE event_type END
$$;

-- The facts as they should be. A visit counts with its first thousand events, from 3 days before it began to 32 days after.
-- A booking counts at the visit that led to it, and so do the form's steps where the form was sent in a later visit. A
-- request without a counted visit (it had none, or its visit was erased or is a bot's) is a row of its own with visits = 0.
CREATE VIEW visit_facts_expected WITH (security_invoker = true) AS
SELECT s.tenant_id, s.id AS visit_id, s.created_at AS started_at, uuid_hash_extended(s.visitor_id, 0) AS visitor,
       b.value_minor, l.at::date AS day, e.seconds, e.page_views,
       (extract(hour FROM l.at) * 60 + extract(minute FROM l.at))::smallint AS minute_of_day,
       1::smallint AS visits, b.bookings,
       CASE WHEN b.bookings > 0 AND b.steps LIKE '%a%b%c%d%e%' THEN 4 WHEN b.steps LIKE '%a%b%c%d%' THEN 3
            WHEN b.steps LIKE '%a%b%c%' THEN 2 WHEN b.steps LIKE '%a%b%' THEN 1 WHEN b.steps LIKE '%a%' THEN 0
            ELSE -1 END::smallint AS stage,
       e.events > 1 AS timed, e.codes LIKE '%b%' AS engaged, e.codes IN ('', 'a') AS bounced, o.source,
       analytics_medium(s.utm_medium, o.source) AS medium,
       CASE WHEN btrim(s.utm_campaign) <> '' THEN btrim(s.utm_campaign) ELSE '(none)' END AS campaign,
       coalesce(nullif(s.device_type, ''), 'unknown') AS device, coalesce(nullif(s.browser, ''), 'unknown') AS browser,
       coalesce(s.country, 'unknown') AS country, p.pages, p.page_counts, e.path, x.variants,
       b.services, b.service_values, b.cancelled
FROM sessions s
    CROSS JOIN LATERAL (
        SELECT t.zone, t.hosts FROM tenant_settings_history t
        WHERE t.tenant_id = s.tenant_id AND t.since <= s.created_at ORDER BY t.since DESC LIMIT 1) h
    CROSS JOIN LATERAL (SELECT s.created_at AT TIME ZONE h.zone AS at) l
    CROSS JOIN LATERAL (SELECT analytics_source(s.utm_source, s.referrer, h.hosts) AS source OFFSET 0) o
    CROSS JOIN LATERAL (
        SELECT count(*) AS events, coalesce(string_agg(code, '' ORDER BY place), '') AS codes,
               (count(*) FILTER (WHERE code = 'a'))::integer AS page_views,
               array_agg(step) FILTER (WHERE code = 'a') AS viewed,
               round(coalesce(sum(pause) FILTER (WHERE pause <= 1800), 0))::integer AS seconds,
               (array_agg(step ORDER BY place) FILTER (WHERE step IS DISTINCT FROM step_before))[1:7] AS path
        FROM (
            SELECT code, step, row_number() OVER in_order AS place,
                   extract(epoch FROM created_at - lag(created_at) OVER in_order) AS pause,
                   lag(step) OVER (PARTITION BY step IS NULL ORDER BY created_at, code, step) AS step_before
            FROM (
                SELECT v.created_at, analytics_code(v.event_type) COLLATE "C" AS code,
                       analytics_step(v.event_type, v.page_url) COLLATE "C" AS step
                FROM events v
                WHERE v.session_id = s.id
                    -- IS TRUE hides this condition from the planner, so that a plan made while the table was empty does not
                    -- use the index by tenant.
                    AND (v.tenant_id = s.tenant_id) IS TRUE AND v.created_at >= s.created_at - interval '3 days'
                    AND v.created_at < s.created_at + interval '32 days'
                ORDER BY v.created_at LIMIT 1000) raw
            WINDOW in_order AS (ORDER BY created_at, code, step)) ordered) e
    CROSS JOIN LATERAL (
        SELECT array_agg(page ORDER BY page) AS pages, array_agg(views ORDER BY page) AS page_counts
        FROM (SELECT page, count(*)::smallint AS views FROM unnest(e.viewed) AS v (page) GROUP BY page) v) p
    CROSS JOIN LATERAL (
        SELECT array_agg(DISTINCT (a.test_id || ':' || a.variant_id) COLLATE "C") AS variants
        FROM ab_assignments a WHERE a.session_id = s.id AND (a.tenant_id = s.tenant_id) IS TRUE) x
    CROSS JOIN LATERAL (
        SELECT (count(*) FILTER (WHERE counts))::smallint AS bookings,
               coalesce(sum(c.value_minor) FILTER (WHERE counts), 0)::bigint AS value_minor,
               array_agg(service ORDER BY c.id) FILTER (WHERE counts) AS services,
               array_agg(coalesce(c.value_minor, 0) ORDER BY c.id) FILTER (WHERE counts) AS service_values,
               array_agg(service ORDER BY c.id) FILTER (WHERE status = 'cancelled') AS cancelled,
               e.codes || CASE WHEN bool_or(counts AND session_id <> s.id) THEN 'de' ELSE '' END AS steps
        FROM (SELECT k.*, coalesce(k.service_type, '') AS service, k.status NOT IN ('cancelled', 'spam') AS counts
              FROM bookings k
              WHERE k.tenant_id = s.tenant_id AND coalesce(k.source_visit_id, k.session_id) = s.id) c) b
WHERE s.bot_class IS NULL
UNION ALL
SELECT b.tenant_id, b.id, b.created_at, NULL, c.counts * coalesce(b.value_minor, 0), l.at::date, 0, 0,
       (extract(hour FROM l.at) * 60 + extract(minute FROM l.at))::smallint, 0::smallint, c.counts::smallint,
       (-1)::smallint, false, false, false, 'unknown', 'unknown', '(none)', 'unknown', 'unknown', 'unknown',
       NULL, NULL, NULL, NULL, CASE WHEN c.counts = 1 THEN ARRAY[c.service] END,
       CASE WHEN c.counts = 1 THEN ARRAY[coalesce(b.value_minor, 0)] END,
       CASE WHEN b.status = 'cancelled' THEN ARRAY[c.service] END
FROM bookings b
    CROSS JOIN LATERAL (SELECT (b.status <> 'cancelled')::integer AS counts, coalesce(b.service_type, '') AS service) c
    CROSS JOIN LATERAL (
        SELECT b.created_at AT TIME ZONE t.zone AS at FROM tenant_settings_history t
        WHERE t.tenant_id = b.tenant_id AND t.since <= b.created_at ORDER BY t.since DESC LIMIT 1) l
WHERE b.status <> 'spam' AND b.source = 'site'
    -- A scalar subquery: each booking looks its visit up by the key.
    AND (SELECT v.bot_class IS NULL FROM sessions v WHERE v.id = coalesce(b.source_visit_id, b.session_id)) IS NOT TRUE;
