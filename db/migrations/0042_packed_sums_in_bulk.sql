-- The sums of all visits of a tenant at once. Days come from the combinations' days, each of which stands for several visits;
-- only who was there before is told by single visits, and only by those of visitors with more than one.

CREATE FUNCTION analytics_sum_days(wanted uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_custom_plan SET work_mem = '256MB' SET hash_mem_multiplier = 2 SET enable_memoize = off
SET enable_nestloop = off SET jit = off
AS $$
BEGIN
    WITH combined AS MATERIALIZED (
        -- Integers, which are added up faster than what sum() makes of them.
        SELECT f.combination, f.day, l.number AS pages, sum(f.visits)::integer AS visits,
               (count(*) FILTER (WHERE f.known))::integer AS known, sum(f.page_views)::integer AS page_views,
               sum(f.seconds)::integer AS seconds, (count(*) FILTER (WHERE f.events > 1))::integer AS timed,
               sum(f.engaged)::integer AS engaged, sum(f.bounced)::integer AS bounced, sum(f.bookings)::integer AS bookings,
               sum(f.value_minor)::bigint AS value_minor, (count(*) FILTER (WHERE f.stage >= 0))::integer AS step0,
               (count(*) FILTER (WHERE f.stage >= 1))::integer AS step1,
               (count(*) FILTER (WHERE f.stage >= 2))::integer AS step2,
               (count(*) FILTER (WHERE f.stage >= 3))::integer AS step3,
               (count(*) FILTER (WHERE f.stage >= 4))::integer AS step4,
               count(*) = 1 AS alone, min(cardinality(f.pages)) AS places,
               analytics_joined((SELECT array_agg(place * 4294967296 + views)
                                 FROM unnest(f.page_counts) WITH ORDINALITY AS v (views, place)))
                   FILTER (WHERE cardinality(f.pages) > 1) AS views,
               array_agg(((extract(isodow FROM f.day)::bigint * 24 - 24 + f.local_hour) * 2) * 4294967296 + f.visits)
                   FILTER (WHERE f.visits > 0)
               || array_agg(((extract(isodow FROM f.day)::bigint * 24 - 24 + f.local_hour) * 2 + 1) * 4294967296 + f.bookings)
                   FILTER (WHERE f.bookings > 0) AS hours,
               array_agg(w.number * 2 * 4294967296 + 1) FILTER (WHERE f.path <> '{}' AND f.visits > 0)
               || array_agg((w.number * 2 + 1) * 4294967296 + f.bookings)
                   FILTER (WHERE f.path <> '{}' AND f.visits > 0 AND f.bookings > 0) AS ways
        FROM visit_facts f
        JOIN visit_lists l ON l.tenant_id = wanted AND l.hash = hash_array_extended(f.pages, 0)
        JOIN visit_lists w ON w.tenant_id = wanted AND w.hash = hash_array_extended(f.path, 0)
        WHERE f.tenant_id = wanted
        GROUP BY f.combination, f.day, l.number
    ), tidy AS MATERIALIZED (
        SELECT c.combination, c.day, c.pages, c.visits, c.known, c.page_views, c.seconds, c.timed, c.engaged, c.bounced,
               c.bookings, c.value_minor, c.step0, c.step1, c.step2, c.step3, c.step4,
               CASE WHEN places = 1 THEN ARRAY[4294967296 + page_views] WHEN alone THEN views
                    ELSE analytics_added(NULL, views) END AS views,
               CASE WHEN alone THEN hours ELSE analytics_added(NULL, hours) END AS hours,
               CASE WHEN alone THEN ways ELSE analytics_added(NULL, ways) END AS ways
        FROM combined c
    ), stored AS (
        INSERT INTO rollup_combined
        SELECT wanted, combination, false, day, visits, known, page_views, seconds, timed, engaged, bounced, bookings,
               value_minor, step0, step1, step2, step3, step4, pages, views, hours, ways
        FROM tidy ORDER BY day
    ), stored_months AS (
        INSERT INTO rollup_combined
        SELECT wanted, combination, true, month, sum(visits), sum(known), sum(page_views), sum(seconds), sum(timed),
               sum(engaged), sum(bounced), sum(bookings), sum(value_minor), sum(step0), sum(step1), sum(step2), sum(step3),
               sum(step4), pages,
               CASE WHEN count(*) = 1 THEN analytics_joined(views) ELSE analytics_added(NULL, analytics_joined(views)) END,
               CASE WHEN count(*) = 1 THEN analytics_joined(hours) ELSE analytics_added(NULL, analytics_joined(hours)) END,
               CASE WHEN count(*) = 1 THEN analytics_joined(ways) ELSE analytics_added(NULL, analytics_joined(ways)) END
        FROM (SELECT *, date_trunc('month', day)::date AS month FROM tidy) each
        GROUP BY combination, month, pages ORDER BY month
    ), kinds AS MATERIALIZED (
        SELECT t.*, c.source, c.medium, c.campaign, c.device, c.browser, c.country, c.variants
        FROM tidy t JOIN rollup_combinations c ON c.tenant_id = wanted AND c.combination = t.combination
    ), viewed AS MATERIALIZED (
        SELECT k.*, p.page, (k.views[p.place] & 4294967295)::integer AS own_views
        FROM kinds k JOIN visit_lists l ON l.number = k.pages AND l.tenant_id = wanted
            CROSS JOIN LATERAL unnest(l.list) WITH ORDINALITY AS p (page, place)
    ), slices AS MATERIALIZED (
        SELECT analytics_dimension(GROUPING(source, medium, campaign, device, browser, country), false) AS dimension,
               concat_ws(E'\n', source, medium, campaign, device, browser, country) AS value, day, sum(visits) AS visits,
               sum(page_views) AS page_views, sum(seconds) AS seconds, sum(timed) AS timed, sum(engaged) AS engaged,
               sum(bounced) AS bounced, sum(bookings) AS bookings, sum(value_minor) AS value_minor, sum(step0) AS step0,
               sum(step1) AS step1, sum(step2) AS step2, sum(step3) AS step3, sum(step4) AS step4
        FROM kinds
        GROUP BY GROUPING SETS ((day), (day, source), (day, medium), (day, campaign), (day, device), (day, browser),
                                (day, country), (day, source, device), (day, source, country), (day, device, country))
        UNION ALL
        SELECT analytics_dimension(GROUPING(source, medium, campaign, device, browser, country), true),
               concat_ws(E'\n', source, medium, campaign, device, browser, country, page), day, sum(visits), sum(own_views),
               sum(seconds), sum(timed), sum(engaged), sum(bounced), sum(bookings), sum(value_minor), sum(step0), sum(step1),
               sum(step2), sum(step3), sum(step4)
        FROM viewed
        GROUP BY GROUPING SETS ((day, page), (day, source, page), (day, medium, page), (day, campaign, page),
                                (day, device, page), (day, browser, page), (day, country, page))
        UNION ALL
        SELECT (CASE GROUPING(source, device) WHEN 3 THEN 8 WHEN 1 THEN 12 ELSE 13 END)::smallint,
               concat_ws(E'\n', source, device, variant), day, sum(visits), sum(page_views), sum(seconds), sum(timed),
               sum(engaged), sum(bounced), sum(bookings), sum(value_minor), sum(step0), sum(step1), sum(step2), sum(step3),
               sum(step4)
        FROM kinds CROSS JOIN LATERAL unnest(variants) AS x (variant)
        GROUP BY GROUPING SETS ((day, variant), (day, source, variant), (day, device, variant))
        UNION ALL
        SELECT 20::smallint, page || E'\n' || variant, day, sum(visits), sum(own_views), sum(seconds), sum(timed),
               sum(engaged), sum(bounced), sum(bookings), sum(value_minor), sum(step0), sum(step1), sum(step2), sum(step3),
               sum(step4)
        FROM viewed CROSS JOIN LATERAL unnest(variants) AS x (variant) GROUP BY page, variant, day
    ), entries AS MATERIALIZED (
        SELECT k.source, k.medium, k.campaign, k.device, k.browser, k.country, k.variants, k.pages, k.day, e.kind,
               e.entry >> 32 AS key, (e.entry & 4294967295)::integer AS number
        FROM kinds k CROSS JOIN LATERAL (
            SELECT 'h'::"char", unnest(k.hours) UNION ALL SELECT 'w', unnest(k.ways)) AS e (kind, entry)
    ), parts AS MATERIALIZED (
        SELECT analytics_dimension(GROUPING(source, medium, campaign, device, browser, country), false) AS dimension,
               concat_ws(E'\n', source, medium, campaign, device, browser, country) AS value, day, kind, key,
               sum(number)::integer AS number
        FROM entries
        GROUP BY GROUPING SETS ((day, kind, key), (day, kind, key, source), (day, kind, key, medium), (day, kind, key, campaign),
                                (day, kind, key, device), (day, kind, key, browser), (day, kind, key, country))
        UNION ALL
        SELECT 7::smallint, p.page, e.day, e.kind, e.key, sum(e.number)::integer
        FROM entries e JOIN visit_lists l ON l.number = e.pages AND l.tenant_id = wanted
            CROSS JOIN LATERAL unnest(l.list) AS p (page)
        GROUP BY p.page, e.day, e.kind, e.key
        UNION ALL
        SELECT 8::smallint, variant, day, kind, key, sum(number)::integer
        FROM entries CROSS JOIN LATERAL unnest(variants) AS x (variant) GROUP BY variant, day, kind, key
    ), again AS MATERIALIZED (
        SELECT visitor FROM visit_facts WHERE tenant_id = wanted AND known AND visits > 0 GROUP BY visitor HAVING count(*) > 1
    ), chain AS MATERIALIZED (
        -- Of each slice: how many came on a day after they came before, on an earlier one or on the same.
        SELECT dimension::smallint AS dimension, value, day, before, count(*)::integer AS visitors FROM (
            SELECT slice.dimension, slice.value COLLATE "C" AS value, f.day, lag(f.day) OVER (
                       PARTITION BY slice.dimension, slice.value COLLATE "C", f.visitor ORDER BY f.day) AS before
            FROM visit_facts f JOIN again USING (visitor)
            CROSS JOIN LATERAL (
                VALUES (0, ''), (1, f.source), (2, f.medium), (3, f.campaign), (4, f.device), (5, f.browser), (6, f.country),
                       (9, f.source || E'\n' || f.device), (10, f.source || E'\n' || f.country),
                       (11, f.device || E'\n' || f.country)
                UNION ALL
                SELECT each.dimension, each.value
                FROM unnest(f.pages) AS p (page)
                    CROSS JOIN LATERAL (
                        VALUES (7, p.page), (14, f.source || E'\n' || p.page), (15, f.medium || E'\n' || p.page),
                               (16, f.campaign || E'\n' || p.page), (17, f.device || E'\n' || p.page),
                               (18, f.browser || E'\n' || p.page), (19, f.country || E'\n' || p.page)
                        UNION ALL
                        SELECT 20, p.page || E'\n' || x.variant FROM unnest(f.variants) AS x (variant)
                        ) AS each (dimension, value)
                UNION ALL
                SELECT each.dimension, each.value
                FROM unnest(f.variants) AS x (variant)
                    CROSS JOIN LATERAL (VALUES (8, x.variant), (12, f.source || E'\n' || x.variant),
                                               (13, f.device || E'\n' || x.variant)) AS each (dimension, value)
                ) AS slice (dimension, value)
            WHERE f.tenant_id = wanted AND f.known AND f.visits > 0) seen
        WHERE before IS NOT NULL
        GROUP BY dimension, value, day, before
    ), days AS (
        INSERT INTO rollup_days
        SELECT wanted, s.dimension, s.value, s.day, s.visits, s.visits - coalesce(c.repeated, 0), s.page_views, s.seconds,
               s.timed, s.engaged, s.bounced, s.bookings, s.value_minor, s.step0, s.step1, s.step2, s.step3, s.step4,
               s.visits - coalesce(c.repeated, 0) - coalesce(c.returned, 0), c.returns, p.hours, p.ways
        FROM slices s
        LEFT JOIN (
            SELECT dimension, value, day, sum(visitors) FILTER (WHERE before = day) AS repeated,
                   sum(visitors) FILTER (WHERE before < day) AS returned,
                   array_agg((before - '2000-01-01')::bigint * 4294967296 + total ORDER BY before) FILTER (WHERE before < day)
                       AS returns
            FROM (SELECT *, sum(visitors) OVER (PARTITION BY dimension, value, day ORDER BY before) AS total FROM chain) r
            GROUP BY dimension, value, day) c USING (dimension, value, day)
        LEFT JOIN (
            SELECT dimension, value, day, array_agg(key * 4294967296 + number ORDER BY key) FILTER (WHERE kind = 'h') AS hours,
                   array_agg(key * 4294967296 + number ORDER BY key) FILTER (WHERE kind = 'w') AS ways
            FROM parts GROUP BY dimension, value, day) p USING (dimension, value, day)
        ORDER BY s.day
        RETURNING dimension, value, day, visits, page_views, seconds, timed, engaged, bounced, bookings, value_minor, step0,
                  step1, step2, step3, step4, new_visitors
    )
    INSERT INTO rollup_months
    SELECT wanted, s.dimension, s.value, s.month, s.visits, s.new_visitors + coalesce(c.returned, 0), s.page_views, s.seconds,
           s.timed, s.engaged, s.bounced, s.bookings, s.value_minor, s.step0, s.step1, s.step2, s.step3, s.step4,
           s.new_visitors, c.returns, p.hours, p.ways
    FROM (
        SELECT dimension, value, date_trunc('month', day)::date AS month, sum(visits) AS visits, sum(page_views) AS page_views,
               sum(seconds) AS seconds, sum(timed) AS timed, sum(engaged) AS engaged, sum(bounced) AS bounced,
               sum(bookings) AS bookings, sum(value_minor) AS value_minor, sum(step0) AS step0, sum(step1) AS step1,
               sum(step2) AS step2, sum(step3) AS step3, sum(step4) AS step4, sum(new_visitors) AS new_visitors
        FROM days GROUP BY 1, 2, 3) s
    LEFT JOIN (
        SELECT dimension, value, month, sum(visitors) AS returned,
               array_agg((before - '2000-01-01')::bigint * 4294967296 + total::bigint ORDER BY before) AS returns
        FROM (SELECT dimension, value, month, before, sum(visitors) AS visitors,
                     sum(sum(visitors)) OVER (PARTITION BY dimension, value, month ORDER BY before) AS total
              FROM (SELECT *, date_trunc('month', day)::date AS month FROM chain) seen
              WHERE before < month GROUP BY dimension, value, month, before) r
        GROUP BY dimension, value, month) c USING (dimension, value, month)
    LEFT JOIN (
        SELECT dimension, value, month, array_agg(key * 4294967296 + number ORDER BY key) FILTER (WHERE kind = 'h') AS hours,
               array_agg(key * 4294967296 + number ORDER BY key) FILTER (WHERE kind = 'w') AS ways
        FROM (SELECT dimension, value, date_trunc('month', day)::date AS month, kind, key, sum(number) AS number
              FROM parts GROUP BY 1, 2, 3, 4, 5) keys
        GROUP BY dimension, value, month) p USING (dimension, value, month);
END
$$;

CREATE OR REPLACE FUNCTION analytics_sum_up(wanted uuid) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_custom_plan SET work_mem = '256MB' SET hash_mem_multiplier = 2 SET enable_memoize = off
SET jit = off
AS $$
BEGIN
    INSERT INTO visit_lists (tenant_id, hash, list)
    SELECT wanted, hash_array_extended(list, 0), list
    FROM (SELECT pages AS list FROM visit_facts WHERE tenant_id = wanted GROUP BY pages
          UNION SELECT path FROM visit_facts WHERE tenant_id = wanted GROUP BY path) lists
    WHERE NOT EXISTS (SELECT FROM visit_lists v WHERE v.tenant_id = wanted AND v.hash = hash_array_extended(list, 0));
    INSERT INTO rollup_hours SELECT * FROM rollup_hours_wanted WHERE tenant_id = wanted ORDER BY hour;
    INSERT INTO rollup_combinations SELECT * FROM rollup_combinations_wanted WHERE tenant_id = wanted;
    PERFORM analytics_sum_days(wanted);
    PERFORM analytics_fill_arms(wanted);
    WITH facts AS (
        INSERT INTO booking_facts
        SELECT b.id, f.session_id, f.tenant_id, f.day, coalesce(b.service_type, '')::text,
               (b.status <> 'cancelled')::integer, (b.status = 'cancelled')::integer,
               CASE WHEN b.status = 'cancelled' THEN 0 ELSE coalesce(b.value_minor, 0) END
        FROM visit_facts f JOIN bookings b ON b.session_id = f.session_id
        WHERE f.tenant_id = wanted AND f.visits = 1 AND b.tenant_id = wanted AND b.status <> 'spam'
        UNION ALL
        SELECT * FROM booking_facts_of(ARRAY(SELECT id FROM bookings WHERE tenant_id = wanted AND session_id IS NULL))
        RETURNING *)
    INSERT INTO rollup_services
    SELECT wanted, day, service, sum(bookings), sum(cancelled), sum(value_minor) FROM facts GROUP BY day, service;
    RETURN (SELECT count(*) FROM visit_facts WHERE tenant_id = wanted);
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
    PERFORM analytics_fill_facts(wanted);
    RETURN analytics_sum_up(wanted);
END
$$;

-- What was there before 0040.
SELECT analytics_rebuild(id) FROM tenants;
