-- The upkeep of the figures, part 5.

CREATE FUNCTION analytics_sum_days(wanted uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_custom_plan SET work_mem = '256MB' SET hash_mem_multiplier = 2 SET enable_memoize = off
SET enable_nestloop = off SET jit = off
AS $$
DECLARE
    first_day date;
    next_month date;
BEGIN
    CREATE TEMP TABLE analytics_chain (
        dimension smallint NOT NULL,
        value text NOT NULL,
        day date NOT NULL,
        before date NOT NULL,
        visitors integer NOT NULL
    ) ON COMMIT DROP;
    WITH again AS MATERIALIZED (
        SELECT visitor FROM visit_facts WHERE tenant_id = wanted AND known AND visits > 0 GROUP BY visitor HAVING count(*) > 1
    ), seen AS MATERIALIZED (
        SELECT f.visitor, f.day, f.source COLLATE "C" AS source, f.medium COLLATE "C" AS medium,
               f.campaign COLLATE "C" AS campaign, f.device COLLATE "C" AS device, f.browser COLLATE "C" AS browser,
               f.country COLLATE "C" AS country, f.pages COLLATE "C" AS pages, f.variants COLLATE "C" AS variants
        FROM visit_facts f JOIN again USING (visitor)
        WHERE f.tenant_id = wanted AND f.known AND f.visits > 0 ORDER BY f.visitor, f.day
    ), seen_pages AS MATERIALIZED (
        SELECT s.*, p.page FROM seen s CROSS JOIN LATERAL unnest(s.pages) AS p (page)
    ), steps AS (
        -- Of each slice: the days on which somebody came who had come before, on an earlier one or on the same.
        SELECT slice.dimension, slice.value, s.day, slice.before
        FROM (
            SELECT day, source, medium, campaign, device, browser, country,
                   lag(day) OVER (PARTITION BY visitor ORDER BY day) AS before0,
                   lag(day) OVER (PARTITION BY visitor, source ORDER BY day) AS before1,
                   lag(day) OVER (PARTITION BY visitor, medium ORDER BY day) AS before2,
                   lag(day) OVER (PARTITION BY visitor, campaign ORDER BY day) AS before3,
                   lag(day) OVER (PARTITION BY visitor, device ORDER BY day) AS before4,
                   lag(day) OVER (PARTITION BY visitor, browser ORDER BY day) AS before5,
                   lag(day) OVER (PARTITION BY visitor, country ORDER BY day) AS before6,
                   lag(day) OVER (PARTITION BY visitor, source, device ORDER BY day) AS before9,
                   lag(day) OVER (PARTITION BY visitor, source, country ORDER BY day) AS before10,
                   lag(day) OVER (PARTITION BY visitor, device, country ORDER BY day) AS before11
            FROM seen) s
            CROSS JOIN LATERAL (VALUES
                (0, '', before0),
                (1, source, before1),
                (2, medium, before2),
                (3, campaign, before3),
                (4, device, before4),
                (5, browser, before5),
                (6, country, before6),
                (9, source || E'\n' || device, before9),
                (10, source || E'\n' || country, before10),
                (11, device || E'\n' || country, before11)) AS slice (dimension, value, before)
        WHERE slice.before IS NOT NULL
        UNION ALL
        SELECT slice.dimension, slice.value, s.day, slice.before
        FROM (
            SELECT day, source, medium, campaign, device, browser, country, page,
                   lag(day) OVER (PARTITION BY visitor, page ORDER BY day) AS before7,
                   lag(day) OVER (PARTITION BY visitor, source, page ORDER BY day) AS before14,
                   lag(day) OVER (PARTITION BY visitor, medium, page ORDER BY day) AS before15,
                   lag(day) OVER (PARTITION BY visitor, campaign, page ORDER BY day) AS before16,
                   lag(day) OVER (PARTITION BY visitor, device, page ORDER BY day) AS before17,
                   lag(day) OVER (PARTITION BY visitor, browser, page ORDER BY day) AS before18,
                   lag(day) OVER (PARTITION BY visitor, country, page ORDER BY day) AS before19
            FROM seen_pages) s
            CROSS JOIN LATERAL (VALUES
                (7, page, before7),
                (14, source || E'\n' || page, before14),
                (15, medium || E'\n' || page, before15),
                (16, campaign || E'\n' || page, before16),
                (17, device || E'\n' || page, before17),
                (18, browser || E'\n' || page, before18),
                (19, country || E'\n' || page, before19)) AS slice (dimension, value, before)
        WHERE slice.before IS NOT NULL
        UNION ALL
        SELECT slice.dimension, slice.value, s.day, slice.before
        FROM (
            SELECT day, source, device, variant,
                   lag(day) OVER (PARTITION BY visitor, variant ORDER BY day) AS before8,
                   lag(day) OVER (PARTITION BY visitor, source, variant ORDER BY day) AS before12,
                   lag(day) OVER (PARTITION BY visitor, device, variant ORDER BY day) AS before13
            FROM seen CROSS JOIN LATERAL unnest(variants) AS x (variant)) s
            CROSS JOIN LATERAL (VALUES
                (8, variant, before8),
                (12, source || E'\n' || variant, before12),
                (13, device || E'\n' || variant, before13)) AS slice (dimension, value, before)
        WHERE slice.before IS NOT NULL
        UNION ALL
        SELECT slice.dimension, slice.value, s.day, slice.before
        FROM (
            SELECT day, page, variant,
                   lag(day) OVER (PARTITION BY visitor, page, variant ORDER BY day) AS before20
            FROM seen_pages CROSS JOIN LATERAL unnest(variants) AS x (variant)) s
            CROSS JOIN LATERAL (VALUES
                (20, page || E'\n' || variant, before20)) AS slice (dimension, value, before)
        WHERE slice.before IS NOT NULL
    )
    INSERT INTO analytics_chain
    SELECT dimension::smallint, value, day, before, count(*)::integer
    FROM steps GROUP BY dimension, value, day, before ORDER BY day;
    CREATE INDEX ON analytics_chain (day);
    FOR first_day IN
        SELECT generate_series(date_trunc('month', min(day)), max(day), interval '1 month')::date
        FROM visit_facts WHERE tenant_id = wanted
    LOOP
        next_month := first_day + interval '1 month';
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
                       FILTER (WHERE f.path <> '{}' AND f.visits > 0 AND f.bookings > 0) AS ways,
                   string_agg(uuid_send(f.visitor), '') FILTER (WHERE f.known) AS people
            FROM visit_facts f
            JOIN visit_lists l ON l.tenant_id = wanted AND l.hash = hash_array_extended(f.pages, 0)
            JOIN visit_lists w ON w.tenant_id = wanted AND w.hash = hash_array_extended(f.path, 0)
            WHERE f.tenant_id = wanted AND f.day >= first_day AND f.day < next_month
            GROUP BY f.combination, f.day, l.number
        ), tidy AS MATERIALIZED (
            SELECT c.combination, c.day, c.pages, c.visits, c.known, c.page_views, c.seconds, c.timed, c.engaged, c.bounced,
                   c.bookings, c.value_minor, c.step0, c.step1, c.step2, c.step3, c.step4,
                   CASE WHEN places = 1 THEN ARRAY[4294967296 + page_views] WHEN alone THEN views
                        ELSE analytics_added(NULL, views) END AS views,
                   CASE WHEN alone THEN hours ELSE analytics_added(NULL, hours) END AS hours,
                   CASE WHEN alone THEN ways ELSE analytics_added(NULL, ways) END AS ways, people
            FROM combined c
        ), of_pages AS MATERIALIZED (
            SELECT * FROM tidy
            UNION ALL
            SELECT combination, day, 0, sum(visits), sum(known), sum(page_views), sum(seconds), sum(timed), sum(engaged),
                   sum(bounced), sum(bookings), sum(value_minor)::bigint, sum(step0), sum(step1), sum(step2), sum(step3),
                   sum(step4), NULL,
                   CASE WHEN count(*) = 1 THEN analytics_joined(hours) ELSE analytics_added(NULL, analytics_joined(hours)) END,
                   CASE WHEN count(*) = 1 THEN analytics_joined(ways) ELSE analytics_added(NULL, analytics_joined(ways)) END,
                   string_agg(people, '')
            FROM tidy GROUP BY combination, day
        ), stored AS (
            INSERT INTO rollup_combined
            SELECT wanted, combination, false, day, visits, known, page_views, seconds, timed, engaged, bounced, bookings,
                   value_minor, step0, step1, step2, step3, step4, pages, views, hours, ways, people
            FROM of_pages ORDER BY day
        ), stored_months AS (
            INSERT INTO rollup_combined
            SELECT wanted, combination, true, month, sum(visits), sum(known), sum(page_views), sum(seconds), sum(timed),
                   sum(engaged), sum(bounced), sum(bookings), sum(value_minor), sum(step0), sum(step1), sum(step2), sum(step3),
                   sum(step4), pages,
                   CASE WHEN count(*) = 1 THEN analytics_joined(views) ELSE analytics_added(NULL, analytics_joined(views)) END,
                   CASE WHEN count(*) = 1 THEN analytics_joined(hours) ELSE analytics_added(NULL, analytics_joined(hours)) END,
                   CASE WHEN count(*) = 1 THEN analytics_joined(ways) ELSE analytics_added(NULL, analytics_joined(ways)) END,
                   string_agg(people, '')
            FROM (SELECT *, date_trunc('month', day)::date AS month FROM of_pages) each
            GROUP BY combination, month, pages ORDER BY month
        ), kinds AS MATERIALIZED (
            -- COLLATE "C": the quickest order to sort by.
            SELECT t.*, c.source COLLATE "C" AS source, c.medium COLLATE "C" AS medium, c.campaign COLLATE "C" AS campaign,
                   c.device COLLATE "C" AS device, c.browser COLLATE "C" AS browser, c.country COLLATE "C" AS country,
                   c.variants COLLATE "C" AS variants
            FROM tidy t JOIN rollup_combinations c ON c.tenant_id = wanted AND c.combination = t.combination
        ), viewed AS MATERIALIZED (
            SELECT k.*, p.page COLLATE "C" AS page, (k.views[p.place] & 4294967295)::integer AS own_views
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
            GROUP BY GROUPING SETS ((day, kind, key), (day, kind, key, source), (day, kind, key, medium),
                                    (day, kind, key, campaign), (day, kind, key, device), (day, kind, key, browser), (day, kind, key, country))
            UNION ALL
            SELECT 7::smallint, p.page COLLATE "C", e.day, e.kind, e.key, sum(e.number)::integer
            FROM entries e JOIN visit_lists l ON l.number = e.pages AND l.tenant_id = wanted
                CROSS JOIN LATERAL unnest(l.list) AS p (page)
            GROUP BY p.page COLLATE "C", e.day, e.kind, e.key
            UNION ALL
            SELECT 8::smallint, variant, day, kind, key, sum(number)::integer
            FROM entries CROSS JOIN LATERAL unnest(variants) AS x (variant) GROUP BY variant, day, kind, key
        ), chain AS MATERIALIZED (
            SELECT * FROM analytics_chain WHERE day >= first_day AND day < next_month
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
                SELECT dimension, value, day,
                       array_agg(key * 4294967296 + number ORDER BY key) FILTER (WHERE kind = 'h') AS hours,
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
            SELECT dimension, value, date_trunc('month', day)::date AS month, sum(visits) AS visits,
                   sum(page_views) AS page_views, sum(seconds) AS seconds, sum(timed) AS timed, sum(engaged) AS engaged, sum(bounced) AS bounced,
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
    END LOOP;
    DROP TABLE analytics_chain;
END
$$;
