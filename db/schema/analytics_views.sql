-- What the figures should be by the facts.

CREATE FUNCTION analytics_people_sorted(people bytea) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT string_agg(person, '' ORDER BY person)
    FROM (SELECT substring(people FROM place FOR 16) AS person FROM generate_series(1, length(people), 16) AS place) each
$$;

-- The rows that a visit of the day, which saw the pages, is part of.
CREATE FUNCTION analytics_rows_of(seen date, list integer) RETURNS TABLE (whole_month boolean, day date, pages integer)
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    VALUES (false, seen, list), (true, date_trunc('month', seen)::date, list),
           (false, seen, 0), (true, date_trunc('month', seen)::date, 0)
$$;

-- Which visits are in it.
CREATE FUNCTION analytics_filter_holds(k analytics_filters, f visit_facts) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT k.tenant_id = f.tenant_id AND (k.source IS NULL OR k.source = f.source)
        AND (k.medium IS NULL OR k.medium = f.medium) AND (k.campaign IS NULL OR k.campaign = f.campaign)
        AND (k.device IS NULL OR k.device = f.device) AND (k.browser IS NULL OR k.browser = f.browser)
        AND (k.country IS NULL OR k.country = f.country) AND (k.page IS NULL OR k.page = ANY (f.pages))
        AND (k.variant IS NULL OR k.variant = ANY (f.variants) OR right(k.variant, 1) = ':'
             AND position(E'\n' || k.variant IN E'\n' || array_to_string(f.variants, E'\n')) > 0)
$$;

-- Dimension 100 is everything in the filter of slot 0, and 101 to 108 are the dimensions 1 to 8 in it; 110 to 118 are of
-- slot 1, and so on. Page views are those of the filter's page where it names one; of a page: its own.
CREATE VIEW visit_filter_slices WITH (security_invoker = true) AS
SELECT f.session_id, f.tenant_id, f.visitor, f.known, f.day, f.hour, f.local_hour, k.slot,
       (100 + k.slot * 10 + slice.dimension)::smallint AS dimension, slice.value, f.visits, slice.page_views, f.seconds,
       (f.events > 1)::integer AS timed, f.engaged, f.bounced, f.bookings, f.value_minor, (f.stage >= 0)::integer AS step0,
       (f.stage >= 1)::integer AS step1, (f.stage >= 2)::integer AS step2, (f.stage >= 3)::integer AS step3,
       (f.stage >= 4)::integer AS step4
FROM visit_facts f
JOIN analytics_filters k ON k.tenant_id = f.tenant_id AND f.day < k.kept_before AND analytics_filter_holds(k, f)
CROSS JOIN LATERAL (SELECT CASE WHEN k.page IS NULL THEN f.page_views
                                ELSE f.page_counts[array_position(f.pages, k.page)] END) AS own (views)
CROSS JOIN LATERAL (
    VALUES (0, '', own.views), (1, f.source, own.views), (2, f.medium, own.views), (3, f.campaign, own.views),
           (4, f.device, own.views), (5, f.browser, own.views), (6, f.country, own.views)
    UNION ALL SELECT 7, p.page, p.views FROM unnest(f.pages, f.page_counts) AS p (page, views)
    UNION ALL SELECT 8, x.variant, own.views FROM unnest(f.variants) AS x (variant)) AS slice (dimension, value, page_views);

-- A page together with a value of another dimension is kept by day and month: 14 source and page, 15 medium and page,
-- 16 campaign and page, 17 device and page, 18 browser and page, 19 country and page, 20 page and variant.
CREATE VIEW visit_slices WITH (security_invoker = true) AS
SELECT f.session_id, f.tenant_id, f.visitor, f.known, f.day, f.hour, f.local_hour, slice.dimension::smallint AS dimension,
       slice.value, f.visits, slice.page_views, f.seconds, (f.events > 1)::integer AS timed, f.engaged, f.bounced,
       f.bookings, f.value_minor, (f.stage >= 0)::integer AS step0, (f.stage >= 1)::integer AS step1,
       (f.stage >= 2)::integer AS step2, (f.stage >= 3)::integer AS step3, (f.stage >= 4)::integer AS step4
FROM visit_facts f
CROSS JOIN LATERAL (
    VALUES (0, '', f.page_views), (1, f.source, f.page_views), (2, f.medium, f.page_views),
           (3, f.campaign, f.page_views), (4, f.device, f.page_views), (5, f.browser, f.page_views),
           (6, f.country, f.page_views), (9, f.source || E'\n' || f.device, f.page_views),
           (10, f.source || E'\n' || f.country, f.page_views), (11, f.device || E'\n' || f.country, f.page_views)
    UNION ALL
    SELECT each.dimension, each.value, p.views
    FROM unnest(f.pages, f.page_counts) AS p (page, views)
        CROSS JOIN LATERAL (
            VALUES (7, p.page), (14, f.source || E'\n' || p.page), (15, f.medium || E'\n' || p.page),
                   (16, f.campaign || E'\n' || p.page), (17, f.device || E'\n' || p.page),
                   (18, f.browser || E'\n' || p.page), (19, f.country || E'\n' || p.page)
            UNION ALL
            SELECT 20, p.page || E'\n' || x.variant FROM unnest(f.variants) AS x (variant)) AS each (dimension, value)
    UNION ALL
    SELECT each.dimension, each.value, f.page_views
    FROM unnest(f.variants) AS x (variant)
        CROSS JOIN LATERAL (VALUES (8, x.variant), (12, f.source || E'\n' || x.variant),
                                   (13, f.device || E'\n' || x.variant)) AS each (dimension, value)
) AS slice (dimension, value, page_views)
UNION ALL
SELECT session_id, tenant_id, visitor, known, day, hour, local_hour, dimension, value, visits, page_views, seconds, timed,
       engaged, bounced, bookings, value_minor, step0, step1, step2, step3, step4
FROM visit_filter_slices;

CREATE VIEW visit_returns WITH (security_invoker = true) AS
SELECT tenant_id, dimension, value, day AS seen, before, count(*)::integer AS visitors FROM (
    SELECT tenant_id, dimension, value, day, coalesce(lag(day) OVER (
               PARTITION BY tenant_id, dimension, value, visitor ORDER BY day), '-infinity') AS before
    FROM (SELECT DISTINCT tenant_id, dimension, value, visitor, day FROM visit_slices WHERE visits > 0) seen) chain
GROUP BY tenant_id, dimension, value, day, before;

CREATE VIEW rollup_arms_wanted WITH (security_invoker = true) AS
SELECT tenant_id, test_id, phase, day, variant_id, sum(visitors)::integer AS visitors,
       sum(conversions)::integer AS conversions
FROM (SELECT tenant_id, test_id, phase, day, variant_id, 1 AS visitors, 0 AS conversions FROM arm_visitors
      UNION ALL
      SELECT tenant_id, test_id, phase, converted, variant_id, 0, 1 FROM arm_visitors WHERE converted IS NOT NULL) each
GROUP BY tenant_id, test_id, phase, day, variant_id;

CREATE VIEW rollup_services_wanted WITH (security_invoker = true) AS
SELECT tenant_id, day, service, sum(bookings)::integer AS bookings, sum(cancelled)::integer AS cancelled,
       sum(value_minor)::bigint AS value_minor
FROM booking_facts GROUP BY tenant_id, day, service;

CREATE VIEW rollup_combinations_wanted WITH (security_invoker = true) AS
SELECT tenant_id, combination, source, medium, campaign, device, browser, country, variants,
       sum(visits)::integer AS visits, sum(bookings)::integer AS bookings
FROM visit_facts
GROUP BY tenant_id, combination, source, medium, campaign, device, browser, country, variants;

-- The entries of packed sums that a visit makes: h of hours, w of ways, v of views.
CREATE VIEW visit_entries WITH (security_invoker = true) AS
SELECT f.session_id, f.tenant_id, f.combination, p.number AS pages, f.day, f.source, f.medium, f.campaign, f.device,
       f.browser, f.country, f.pages AS page_list, f.variants, entry.kind, entry.key::bigint AS key, entry.number
FROM visit_facts f
LEFT JOIN visit_lists p ON p.tenant_id = f.tenant_id AND p.hash = hash_array_extended(f.pages, 0) AND p.list = f.pages
LEFT JOIN visit_lists w ON w.tenant_id = f.tenant_id AND w.hash = hash_array_extended(f.path, 0) AND w.list = f.path
CROSS JOIN LATERAL (
    VALUES ('h'::"char", (extract(isodow FROM f.day)::integer * 24 - 24 + f.local_hour) * 2, f.visits::integer),
           ('h', (extract(isodow FROM f.day)::integer * 24 - 24 + f.local_hour) * 2 + 1, f.bookings),
           ('w', w.number * 2, CASE WHEN f.path <> '{}' THEN f.visits::integer END),
           ('w', w.number * 2 + 1, CASE WHEN f.path <> '{}' AND f.visits > 0 THEN f.bookings END)
    UNION ALL
    SELECT 'v', v.place::integer, v.views FROM unnest(f.page_counts) WITH ORDINALITY AS v (views, place)
) AS entry (kind, key, number)
WHERE entry.number > 0;

-- What the sums should be by the facts: for rebuilding and for verifying.
CREATE VIEW rollup_hours_wanted WITH (security_invoker = true) AS
SELECT tenant_id, 0::smallint AS dimension, ''::text AS value, day, hour, local_hour, sum(visits)::integer AS visits,
       (coalesce(sum(visits) FILTER (WHERE NOT known), 0) + count(DISTINCT visitor) FILTER (WHERE known))::integer AS visitors,
       sum(page_views)::integer AS page_views, sum(seconds)::bigint AS seconds,
       (count(*) FILTER (WHERE events > 1))::integer AS timed, sum(engaged)::integer AS engaged,
       sum(bounced)::integer AS bounced, sum(bookings)::integer AS bookings, sum(value_minor)::bigint AS value_minor,
       (count(*) FILTER (WHERE stage >= 0))::integer AS step0, (count(*) FILTER (WHERE stage >= 1))::integer AS step1,
       (count(*) FILTER (WHERE stage >= 2))::integer AS step2, (count(*) FILTER (WHERE stage >= 3))::integer AS step3,
       (count(*) FILTER (WHERE stage >= 4))::integer AS step4
FROM visit_facts
GROUP BY tenant_id, day, hour, local_hour;

CREATE VIEW visit_filter_parts WITH (security_invoker = true) AS
SELECT f.session_id, f.tenant_id, k.slot, (100 + k.slot * 10)::smallint AS dimension, ''::text AS value, f.day, entry.kind,
       entry.key::bigint AS key, entry.number
FROM visit_facts f
JOIN analytics_filters k ON k.tenant_id = f.tenant_id AND f.day < k.kept_before AND analytics_filter_holds(k, f)
LEFT JOIN visit_lists w ON w.tenant_id = f.tenant_id AND w.hash = hash_array_extended(f.path, 0) AND w.list = f.path
CROSS JOIN LATERAL (
    VALUES ('h'::"char", (extract(isodow FROM f.day)::integer * 24 - 24 + f.local_hour) * 2, f.visits::integer),
           ('h', (extract(isodow FROM f.day)::integer * 24 - 24 + f.local_hour) * 2 + 1, f.bookings),
           ('w', w.number * 2, CASE WHEN f.path <> '{}' THEN f.visits::integer END),
           ('w', w.number * 2 + 1, CASE WHEN f.path <> '{}' AND f.visits > 0 THEN f.bookings END)) AS entry (kind, key, number)
WHERE entry.number > 0;

-- Of the dimensions whose days and months have them.
CREATE VIEW visit_parts WITH (security_invoker = true) AS
SELECT e.session_id, e.tenant_id, slice.dimension::smallint AS dimension, slice.value, e.day, e.kind, e.key, e.number
FROM visit_entries e
CROSS JOIN LATERAL (
    VALUES (0, ''), (1, e.source), (2, e.medium), (3, e.campaign), (4, e.device), (5, e.browser), (6, e.country)
    UNION ALL SELECT 7, unnest(e.page_list)
    UNION ALL SELECT 8, unnest(e.variants)) AS slice (dimension, value)
WHERE e.kind <> 'v'
UNION ALL
SELECT session_id, tenant_id, dimension, value, day, kind, key, number FROM visit_filter_parts;

CREATE VIEW rollup_days_wanted WITH (security_invoker = true) AS
SELECT c.*, r.returns, p.hours, p.ways
FROM (
    SELECT tenant_id, dimension, value, day, sum(visits)::integer AS visits, sum(visitors)::integer AS visitors,
           sum(page_views)::integer AS page_views, sum(seconds)::bigint AS seconds, sum(timed)::integer AS timed,
           sum(engaged)::integer AS engaged, sum(bounced)::integer AS bounced, sum(bookings)::integer AS bookings,
           sum(value_minor)::bigint AS value_minor, sum(step0)::integer AS step0, sum(step1)::integer AS step1,
           sum(step2)::integer AS step2, sum(step3)::integer AS step3, sum(step4)::integer AS step4,
           sum(new_visitors)::integer AS new_visitors
    FROM (SELECT tenant_id, dimension, value, day, visits::integer, 0 AS visitors, page_views, seconds, timed,
                 engaged::integer, bounced::integer, bookings, value_minor, step0, step1, step2, step3, step4,
                 0 AS new_visitors
          FROM visit_slices
          UNION ALL
          SELECT tenant_id, dimension, value, seen, 0, visitors, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                 CASE before WHEN '-infinity' THEN visitors ELSE 0 END
          FROM visit_returns) each
    GROUP BY tenant_id, dimension, value, day) c
LEFT JOIN (
    SELECT tenant_id, dimension, value, seen AS day, array_agg(key * 4294967296 + total ORDER BY key) AS returns
    FROM (SELECT tenant_id, dimension, value, seen, (before - '2000-01-01')::bigint AS key,
                 sum(visitors) OVER (PARTITION BY tenant_id, dimension, value, seen ORDER BY before) AS total
          FROM visit_returns WHERE before > '-infinity') running
    GROUP BY tenant_id, dimension, value, seen) r USING (tenant_id, dimension, value, day)
LEFT JOIN (
    SELECT tenant_id, dimension, value, day,
           array_agg(key * 4294967296 + number ORDER BY key) FILTER (WHERE kind = 'h') AS hours,
           array_agg(key * 4294967296 + number ORDER BY key) FILTER (WHERE kind = 'w') AS ways
    FROM (SELECT tenant_id, dimension, value, day, kind, key, sum(number) AS number FROM visit_parts
          GROUP BY tenant_id, dimension, value, day, kind, key) parts
    GROUP BY tenant_id, dimension, value, day) p USING (tenant_id, dimension, value, day);

CREATE VIEW rollup_months_wanted WITH (security_invoker = true) AS
SELECT c.*, r.returns, p.hours, p.ways
FROM (
    SELECT tenant_id, dimension, value, month AS day, sum(visits)::integer AS visits, sum(visitors)::integer AS visitors,
           sum(page_views)::integer AS page_views, sum(seconds)::bigint AS seconds, sum(timed)::integer AS timed,
           sum(engaged)::integer AS engaged, sum(bounced)::integer AS bounced, sum(bookings)::integer AS bookings,
           sum(value_minor)::bigint AS value_minor, sum(step0)::integer AS step0, sum(step1)::integer AS step1,
           sum(step2)::integer AS step2, sum(step3)::integer AS step3, sum(step4)::integer AS step4,
           sum(new_visitors)::integer AS new_visitors
    FROM (SELECT tenant_id, dimension, value, date_trunc('month', day)::date AS month, visits::integer, 0 AS visitors,
                 page_views, seconds, timed, engaged::integer, bounced::integer, bookings, value_minor, step0, step1, step2,
                 step3, step4, 0 AS new_visitors
          FROM visit_slices
          UNION ALL
          SELECT tenant_id, dimension, value, date_trunc('month', seen)::date, 0, visitors, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                 0, CASE before WHEN '-infinity' THEN visitors ELSE 0 END
          FROM visit_returns WHERE before < date_trunc('month', seen)) each
    GROUP BY tenant_id, dimension, value, month) c
LEFT JOIN (
    SELECT tenant_id, dimension, value, month AS day, array_agg(key * 4294967296 + total ORDER BY key) AS returns
    FROM (SELECT tenant_id, dimension, value, month, (before - '2000-01-01')::bigint AS key,
                 (sum(sum(visitors)) OVER (PARTITION BY tenant_id, dimension, value, month ORDER BY before))::bigint AS total
          FROM (SELECT *, date_trunc('month', seen)::date AS month FROM visit_returns) seen
          WHERE before > '-infinity' AND before < month
          GROUP BY tenant_id, dimension, value, month, before) running
    GROUP BY tenant_id, dimension, value, month) r USING (tenant_id, dimension, value, day)
LEFT JOIN (
    SELECT tenant_id, dimension, value, month AS day,
           array_agg(key * 4294967296 + number ORDER BY key) FILTER (WHERE kind = 'h') AS hours,
           array_agg(key * 4294967296 + number ORDER BY key) FILTER (WHERE kind = 'w') AS ways
    FROM (SELECT tenant_id, dimension, value, date_trunc('month', day)::date AS month, kind, key, sum(number) AS number
          FROM visit_parts GROUP BY 1, 2, 3, 4, 5, 6) parts
    GROUP BY tenant_id, dimension, value, month) p USING (tenant_id, dimension, value, day);

CREATE VIEW rollup_combined_wanted WITH (security_invoker = true) AS
SELECT c.tenant_id, c.combination, c.whole_month, c.day, c.visits, c.known, c.page_views, c.seconds, c.timed, c.engaged,
       c.bounced, c.bookings, c.value_minor, c.step0, c.step1, c.step2, c.step3, c.step4, c.pages, e.views, e.hours, e.ways,
       c.people
FROM (
    SELECT f.tenant_id, f.combination, each.whole_month, each.day, sum(f.visits)::integer AS visits,
           (count(*) FILTER (WHERE f.known))::integer AS known, sum(f.page_views)::integer AS page_views,
           sum(f.seconds)::bigint AS seconds, (count(*) FILTER (WHERE f.events > 1))::integer AS timed,
           sum(f.engaged)::integer AS engaged, sum(f.bounced)::integer AS bounced, sum(f.bookings)::integer AS bookings,
           sum(f.value_minor)::bigint AS value_minor, (count(*) FILTER (WHERE f.stage >= 0))::integer AS step0,
           (count(*) FILTER (WHERE f.stage >= 1))::integer AS step1, (count(*) FILTER (WHERE f.stage >= 2))::integer AS step2,
           (count(*) FILTER (WHERE f.stage >= 3))::integer AS step3, (count(*) FILTER (WHERE f.stage >= 4))::integer AS step4,
           each.pages, string_agg(uuid_send(f.visitor), '' ORDER BY f.visitor) FILTER (WHERE f.known) AS people
    FROM visit_facts f
    LEFT JOIN visit_lists l ON l.tenant_id = f.tenant_id AND l.hash = hash_array_extended(f.pages, 0) AND l.list = f.pages
    CROSS JOIN LATERAL analytics_rows_of(f.day, l.number) AS each
    GROUP BY f.tenant_id, f.combination, each.whole_month, each.day, each.pages) c
LEFT JOIN (
    SELECT tenant_id, combination, whole_month, day, pages,
           array_agg(key * 4294967296 + number ORDER BY key) FILTER (WHERE kind = 'v') AS views,
           array_agg(key * 4294967296 + number ORDER BY key) FILTER (WHERE kind = 'h') AS hours,
           array_agg(key * 4294967296 + number ORDER BY key) FILTER (WHERE kind = 'w') AS ways
    FROM (SELECT e.tenant_id, e.combination, each.whole_month, each.day, each.pages, e.kind, e.key, sum(e.number) AS number
          FROM visit_entries e CROSS JOIN LATERAL analytics_rows_of(e.day, e.pages) AS each
          WHERE each.pages > 0 OR e.kind <> 'v'
          GROUP BY 1, 2, 3, 4, 5, 6, 7) entries
    GROUP BY tenant_id, combination, whole_month, day, pages) e USING (tenant_id, combination, whole_month, day, pages);

-- As it stands, in the order of that.
CREATE VIEW rollup_combined_sorted WITH (security_invoker = true) AS
SELECT tenant_id, combination, whole_month, day, visits, known, page_views, seconds, timed, engaged, bounced, bookings,
       value_minor, step0, step1, step2, step3, step4, pages, views, hours, ways, analytics_people_sorted(people) AS people
FROM rollup_combined;

-- Filters that go: nobody asked for them in a month, or no slot of the tenant is free and they were asked for the longest ago.
CREATE VIEW analytics_filters_over WITH (security_invoker = true) AS
SELECT tenant_id, slot FROM (
    SELECT tenant_id, slot, asked_on,
           row_number() OVER (PARTITION BY tenant_id ORDER BY asked_on DESC, kept_before, slot) AS place
    FROM analytics_filters) ranked
WHERE place = 30 OR asked_on < current_date - 31;
