-- How the sums of 0040 are kept: as before, what a visit's facts were is taken off and what they are is added.

CREATE TYPE analytics_return AS (
    tenant_id uuid, dimension smallint, value text, seen date, before date, visitors integer);
CREATE TYPE analytics_part AS (
    tenant_id uuid, dimension smallint, value text, day date, kind "char", key bigint, number integer);

-- Gives the pages and journeys of these visits their numbers. Needs the lock of analytics_refresh, as all that writes here.
CREATE FUNCTION analytics_number_lists(ids uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO visit_lists (tenant_id, hash, list)
    SELECT DISTINCT ON (f.tenant_id, hash_array_extended(each.list, 0)) f.tenant_id, hash_array_extended(each.list, 0), each.list
    FROM visit_facts f CROSS JOIN LATERAL (VALUES (f.pages), (f.path)) AS each (list)
    WHERE f.session_id = ANY (ids) AND NOT EXISTS (
        SELECT FROM visit_lists v WHERE v.tenant_id = f.tenant_id AND v.hash = hash_array_extended(each.list, 0));
END
$$;

-- What a GROUPING SETS over (source, medium, campaign, device, browser, country) made, by what GROUPING says of them: the
-- number of the dimension in 0014 and 0040, of pages where the sets name a page besides.
CREATE FUNCTION analytics_dimension(grouped integer, of_pages boolean) RETURNS smallint
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE grouped
        WHEN 63 THEN CASE WHEN of_pages THEN 7 ELSE 0 END WHEN 31 THEN CASE WHEN of_pages THEN 14 ELSE 1 END
        WHEN 47 THEN CASE WHEN of_pages THEN 15 ELSE 2 END WHEN 55 THEN CASE WHEN of_pages THEN 16 ELSE 3 END
        WHEN 59 THEN CASE WHEN of_pages THEN 17 ELSE 4 END WHEN 61 THEN CASE WHEN of_pages THEN 18 ELSE 5 END
        WHEN 62 THEN CASE WHEN of_pages THEN 19 ELSE 6 END WHEN 27 THEN 9 WHEN 30 THEN 10 WHEN 58 THEN 11 END::smallint
$$;

-- The sums that these visits make: everything by the hour, with the visitors who are in no other visit; each other dimension
-- by the day alone.
CREATE OR REPLACE FUNCTION analytics_sums_of(ids uuid[]) RETURNS rollup_hours[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH f AS MATERIALIZED (SELECT * FROM visit_facts WHERE session_id = ANY (ids)),
    viewed AS MATERIALIZED (
        SELECT f.*, p.page, p.views FROM f CROSS JOIN LATERAL unnest(f.pages, f.page_counts) AS p (page, views))
    SELECT array_agg(ROW(s.*)::rollup_hours) FROM (
        SELECT tenant_id, 0::smallint, '', day, hour, local_hour, sum(visits)::integer, coalesce(sum(visits) FILTER (WHERE NOT known), 0)::integer, sum(page_views)::integer, sum(seconds)::bigint,
               (count(*) FILTER (WHERE events > 1))::integer, sum(engaged)::integer, sum(bounced)::integer,
               sum(bookings)::integer, sum(value_minor)::bigint, (count(*) FILTER (WHERE stage >= 0))::integer,
               (count(*) FILTER (WHERE stage >= 1))::integer, (count(*) FILTER (WHERE stage >= 2))::integer,
               (count(*) FILTER (WHERE stage >= 3))::integer, (count(*) FILTER (WHERE stage >= 4))::integer
        FROM f GROUP BY tenant_id, day, hour, local_hour
        UNION ALL
        SELECT tenant_id, analytics_dimension(GROUPING(source, medium, campaign, device, browser, country), false),
               concat_ws(E'\n', source, medium, campaign, device, browser, country), day, '-infinity', 0::smallint,
               sum(visits)::integer, 0, sum(page_views)::integer, sum(seconds)::bigint,
               (count(*) FILTER (WHERE events > 1))::integer, sum(engaged)::integer, sum(bounced)::integer,
               sum(bookings)::integer, sum(value_minor)::bigint, (count(*) FILTER (WHERE stage >= 0))::integer,
               (count(*) FILTER (WHERE stage >= 1))::integer, (count(*) FILTER (WHERE stage >= 2))::integer,
               (count(*) FILTER (WHERE stage >= 3))::integer, (count(*) FILTER (WHERE stage >= 4))::integer
        FROM f
        GROUP BY GROUPING SETS ((tenant_id, day, source), (tenant_id, day, medium), (tenant_id, day, campaign),
                                (tenant_id, day, device), (tenant_id, day, browser), (tenant_id, day, country),
                                (tenant_id, day, source, device), (tenant_id, day, source, country),
                                (tenant_id, day, device, country))
        UNION ALL
        SELECT tenant_id, analytics_dimension(GROUPING(source, medium, campaign, device, browser, country), true),
               concat_ws(E'\n', source, medium, campaign, device, browser, country, page), day, '-infinity', 0::smallint,
               sum(visits)::integer, 0, sum(views)::integer, sum(seconds)::bigint,
               (count(*) FILTER (WHERE events > 1))::integer, sum(engaged)::integer, sum(bounced)::integer,
               sum(bookings)::integer, sum(value_minor)::bigint, (count(*) FILTER (WHERE stage >= 0))::integer,
               (count(*) FILTER (WHERE stage >= 1))::integer, (count(*) FILTER (WHERE stage >= 2))::integer,
               (count(*) FILTER (WHERE stage >= 3))::integer, (count(*) FILTER (WHERE stage >= 4))::integer
        FROM viewed
        GROUP BY GROUPING SETS ((tenant_id, day, page), (tenant_id, day, source, page), (tenant_id, day, medium, page),
                                (tenant_id, day, campaign, page), (tenant_id, day, device, page),
                                (tenant_id, day, browser, page), (tenant_id, day, country, page))
        UNION ALL
        SELECT tenant_id, (CASE GROUPING(source, device) WHEN 3 THEN 8 WHEN 1 THEN 12 ELSE 13 END)::smallint,
               concat_ws(E'\n', source, device, variant), day, '-infinity', 0::smallint, sum(visits)::integer, 0, sum(page_views)::integer, sum(seconds)::bigint,
               (count(*) FILTER (WHERE events > 1))::integer, sum(engaged)::integer, sum(bounced)::integer,
               sum(bookings)::integer, sum(value_minor)::bigint, (count(*) FILTER (WHERE stage >= 0))::integer,
               (count(*) FILTER (WHERE stage >= 1))::integer, (count(*) FILTER (WHERE stage >= 2))::integer,
               (count(*) FILTER (WHERE stage >= 3))::integer, (count(*) FILTER (WHERE stage >= 4))::integer
        FROM f CROSS JOIN LATERAL unnest(variants) AS x (variant)
        GROUP BY GROUPING SETS ((tenant_id, day, variant), (tenant_id, day, source, variant),
                                (tenant_id, day, device, variant))
        UNION ALL
        SELECT tenant_id, 20::smallint, page || E'\n' || variant, day, '-infinity', 0::smallint, sum(visits)::integer, 0, sum(views)::integer, sum(seconds)::bigint,
               (count(*) FILTER (WHERE events > 1))::integer, sum(engaged)::integer, sum(bounced)::integer,
               sum(bookings)::integer, sum(value_minor)::bigint, (count(*) FILTER (WHERE stage >= 0))::integer,
               (count(*) FILTER (WHERE stage >= 1))::integer, (count(*) FILTER (WHERE stage >= 2))::integer,
               (count(*) FILTER (WHERE stage >= 3))::integer, (count(*) FILTER (WHERE stage >= 4))::integer
        FROM viewed CROSS JOIN LATERAL unnest(variants) AS x (variant) GROUP BY tenant_id, page, variant, day) s
$$;

CREATE FUNCTION analytics_parts_of(ids uuid[]) RETURNS analytics_part[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH e AS MATERIALIZED (SELECT * FROM visit_entries WHERE session_id = ANY (ids) AND kind <> 'v')
    SELECT array_agg(ROW(p.*)::analytics_part) FROM (
        SELECT tenant_id, analytics_dimension(GROUPING(source, medium, campaign, device, browser, country), false),
               concat_ws(E'\n', source, medium, campaign, device, browser, country), day, kind, key, sum(number)::integer
        FROM e
        GROUP BY GROUPING SETS ((tenant_id, day, kind, key), (tenant_id, day, kind, key, source),
                                (tenant_id, day, kind, key, medium), (tenant_id, day, kind, key, campaign),
                                (tenant_id, day, kind, key, device), (tenant_id, day, kind, key, browser),
                                (tenant_id, day, kind, key, country))
        UNION ALL
        SELECT tenant_id, 7::smallint, page, day, kind, key, sum(number)::integer
        FROM e CROSS JOIN LATERAL unnest(page_list) AS p (page) GROUP BY tenant_id, page, day, kind, key
        UNION ALL
        SELECT tenant_id, 8::smallint, variant, day, kind, key, sum(number)::integer
        FROM e CROSS JOIN LATERAL unnest(variants) AS x (variant) GROUP BY tenant_id, variant, day, kind, key) p
$$;

-- How many visits were made, on which days, by known visitors who had come before, on the same day or an earlier one.
CREATE FUNCTION analytics_returns_of(wanted uuid[]) RETURNS analytics_return[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT array_agg(ROW(r.*)::analytics_return) FROM (
        SELECT tenant_id, dimension, value, day, before, count(*)::integer FROM (
            SELECT tenant_id, dimension, value, day,
                   lag(day) OVER (PARTITION BY tenant_id, dimension, value, visitor ORDER BY day) AS before
            FROM visit_slices
            WHERE visitor = ANY (ARRAY(SELECT visitor FROM visit_facts WHERE visitor = ANY (wanted) AND known
                                       GROUP BY visitor HAVING count(*) > 1))
                AND known AND visits > 0) chain
        WHERE before IS NOT NULL
        GROUP BY tenant_id, dimension, value, day, before) r
$$;

CREATE OR REPLACE FUNCTION analytics_hour_visitors_of(wanted uuid[]) RETURNS rollup_hours[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT array_agg(ROW(s.*)::rollup_hours) FROM (
        SELECT tenant_id, 0::smallint, '', day, hour, local_hour, 0, count(DISTINCT visitor)::integer,
               0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
        FROM visit_facts WHERE visitor = ANY (wanted) AND known
        GROUP BY tenant_id, day, hour, local_hour) s
$$;

-- Adds `added` to the sums and takes `taken` off. Rows that nothing is left in go.
CREATE FUNCTION analytics_apply_sums(taken rollup_hours[], added rollup_hours[], returns analytics_return[],
                                     parts analytics_part[]) RETURNS void
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

    INSERT INTO rollup_hours AS r
    SELECT * FROM unnest(changes) WHERE dimension = 0 ORDER BY tenant_id, day, hour
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
           sum(step4), sum(new_visitors), NULL, array_agg(entry ORDER BY entry) FILTER (WHERE kind = 'h'),
           array_agg(entry ORDER BY entry) FILTER (WHERE kind = 'w')
    FROM (SELECT tenant_id, dimension, value, day, visits, visits AS visitors, page_views, seconds, timed, engaged, bounced,
                 bookings, value_minor, step0, step1, step2, step3, step4, visits AS new_visitors, NULL::"char" AS kind,
                 NULL::bigint AS entry FROM unnest(changes)
          UNION ALL
          SELECT tenant_id, dimension, value, seen, 0, CASE WHEN before < seen THEN 0 ELSE -visitors END, 0, 0, 0, 0, 0, 0,
                 0, 0, 0, 0, 0, 0, -visitors, NULL, NULL FROM unnest(returns)
          UNION ALL
          SELECT tenant_id, dimension, value, day, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, kind, key * 4294967296 + number
          FROM unnest(parts)) c
    GROUP BY tenant_id, dimension, value, day ORDER BY tenant_id, dimension, value, day
    ON CONFLICT (tenant_id, dimension, value, day) DO UPDATE SET
        visits = r.visits + excluded.visits, visitors = r.visitors + excluded.visitors,
        page_views = r.page_views + excluded.page_views, seconds = r.seconds + excluded.seconds,
        timed = r.timed + excluded.timed, engaged = r.engaged + excluded.engaged, bounced = r.bounced + excluded.bounced,
        bookings = r.bookings + excluded.bookings, value_minor = r.value_minor + excluded.value_minor,
        step0 = r.step0 + excluded.step0, step1 = r.step1 + excluded.step1, step2 = r.step2 + excluded.step2,
        step3 = r.step3 + excluded.step3, step4 = r.step4 + excluded.step4,
        new_visitors = r.new_visitors + excluded.new_visitors,
        hours = CASE WHEN excluded.hours IS NULL THEN r.hours ELSE analytics_added(r.hours, excluded.hours) END,
        ways = CASE WHEN excluded.ways IS NULL THEN r.ways ELSE analytics_added(r.ways, excluded.ways) END;
    INSERT INTO rollup_months AS r
    SELECT tenant_id, dimension, value, month, sum(visits), sum(visitors), sum(page_views), sum(seconds), sum(timed),
           sum(engaged), sum(bounced), sum(bookings), sum(value_minor), sum(step0), sum(step1), sum(step2), sum(step3),
           sum(step4), sum(new_visitors), NULL, array_agg(entry ORDER BY entry) FILTER (WHERE kind = 'h'),
           array_agg(entry ORDER BY entry) FILTER (WHERE kind = 'w')
    FROM (SELECT tenant_id, dimension, value, date_trunc('month', day)::date AS month, visits, visits AS visitors,
                 page_views, seconds, timed, engaged, bounced, bookings, value_minor, step0, step1, step2, step3, step4,
                 visits AS new_visitors, NULL::"char" AS kind, NULL::bigint AS entry FROM unnest(changes)
          UNION ALL
          SELECT tenant_id, dimension, value, date_trunc('month', seen)::date, 0,
                 CASE WHEN before < date_trunc('month', seen) THEN 0 ELSE -visitors END, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                 -visitors, NULL, NULL FROM unnest(returns)
          UNION ALL
          SELECT tenant_id, dimension, value, date_trunc('month', day)::date, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, kind,
                 key * 4294967296 + sum(number)
          FROM unnest(parts) GROUP BY tenant_id, dimension, value, date_trunc('month', day)::date, kind, key
          HAVING sum(number) <> 0) c
    GROUP BY tenant_id, dimension, value, month ORDER BY tenant_id, dimension, value, month
    ON CONFLICT (tenant_id, dimension, value, day) DO UPDATE SET
        visits = r.visits + excluded.visits, visitors = r.visitors + excluded.visitors,
        page_views = r.page_views + excluded.page_views, seconds = r.seconds + excluded.seconds,
        timed = r.timed + excluded.timed, engaged = r.engaged + excluded.engaged, bounced = r.bounced + excluded.bounced,
        bookings = r.bookings + excluded.bookings, value_minor = r.value_minor + excluded.value_minor,
        step0 = r.step0 + excluded.step0, step1 = r.step1 + excluded.step1, step2 = r.step2 + excluded.step2,
        step3 = r.step3 + excluded.step3, step4 = r.step4 + excluded.step4,
        new_visitors = r.new_visitors + excluded.new_visitors,
        hours = CASE WHEN excluded.hours IS NULL THEN r.hours ELSE analytics_added(r.hours, excluded.hours) END,
        ways = CASE WHEN excluded.ways IS NULL THEN r.ways ELSE analytics_added(r.ways, excluded.ways) END;

    DELETE FROM rollup_hours WHERE ctid = ANY (ARRAY(
        SELECT r.place FROM unnest(changes) c CROSS JOIN LATERAL (
            SELECT h.ctid FROM rollup_hours h
            WHERE (h.tenant_id, h.dimension, h.value, h.day, h.hour) = (c.tenant_id, 0, '', c.day, c.hour)
                AND h.visits = 0 AND h.bookings = 0 OFFSET 0) AS r (place)
        WHERE c.dimension = 0 AND c.visits <= 0));
    DELETE FROM rollup_days_of_everything WHERE ctid = ANY (ARRAY(
        SELECT r.place FROM (
            SELECT DISTINCT tenant_id, dimension, value, day FROM unnest(changes)
            WHERE dimension = 0 AND (visits < 0 OR bookings < 0)) c
        CROSS JOIN LATERAL (
            SELECT s.ctid FROM rollup_days_of_everything s
            WHERE (s.tenant_id, s.dimension, s.value, s.day) = (c.tenant_id, c.dimension, c.value, c.day)
                AND s.visits = 0 AND s.bookings = 0 OFFSET 0) AS r (place)));
    DELETE FROM rollup_days_of_values WHERE ctid = ANY (ARRAY(
        SELECT r.place FROM (
            SELECT DISTINCT tenant_id, dimension, value, day FROM unnest(changes)
            WHERE dimension <> 0 AND (visits < 0 OR bookings < 0)) c
        CROSS JOIN LATERAL (
            SELECT s.ctid FROM rollup_days_of_values s
            WHERE (s.tenant_id, s.dimension, s.value, s.day) = (c.tenant_id, c.dimension, c.value, c.day)
                AND s.visits = 0 AND s.bookings = 0 OFFSET 0) AS r (place)));
    DELETE FROM rollup_months_of_everything WHERE ctid = ANY (ARRAY(
        SELECT r.place FROM (
            SELECT DISTINCT tenant_id, dimension, value, date_trunc('month', day)::date AS day FROM unnest(changes)
            WHERE dimension = 0 AND (visits < 0 OR bookings < 0)) c
        CROSS JOIN LATERAL (
            SELECT s.ctid FROM rollup_months_of_everything s
            WHERE (s.tenant_id, s.dimension, s.value, s.day) = (c.tenant_id, c.dimension, c.value, c.day)
                AND s.visits = 0 AND s.bookings = 0 OFFSET 0) AS r (place)));
    DELETE FROM rollup_months_of_values WHERE ctid = ANY (ARRAY(
        SELECT r.place FROM (
            SELECT DISTINCT tenant_id, dimension, value, date_trunc('month', day)::date AS day FROM unnest(changes)
            WHERE dimension <> 0 AND (visits < 0 OR bookings < 0)) c
        CROSS JOIN LATERAL (
            SELECT s.ctid FROM rollup_months_of_values s
            WHERE (s.tenant_id, s.dimension, s.value, s.day) = (c.tenant_id, c.dimension, c.value, c.day)
                AND s.visits = 0 AND s.bookings = 0 OFFSET 0) AS r (place)));
END
$$;

-- After analytics_apply_sums, which makes the rows.
CREATE FUNCTION analytics_apply_returns(returns analytics_return[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE rollup_days r SET returns = analytics_returned(r.returns, c.changes)
    FROM (SELECT tenant_id, dimension, value, seen,
                 array_agg((before - '2000-01-01')::bigint * 4294967296 + visitors) AS changes
          FROM unnest(returns) WHERE before < seen GROUP BY 1, 2, 3, 4) c
    WHERE (r.tenant_id, r.dimension, r.value, r.day) = (c.tenant_id, c.dimension, c.value, c.seen);
    UPDATE rollup_months r SET returns = analytics_returned(r.returns, c.changes)
    FROM (SELECT tenant_id, dimension, value, date_trunc('month', seen)::date AS month,
                 array_agg((before - '2000-01-01')::bigint * 4294967296 + visitors) AS changes
          FROM unnest(returns) WHERE before < date_trunc('month', seen) GROUP BY 1, 2, 3, 4) c
    WHERE (r.tenant_id, r.dimension, r.value, r.day) = (c.tenant_id, c.dimension, c.value, c.month);
END
$$;

-- By day only, and the entries of packed sums one by one; whoever applies them adds them up and makes the months.
CREATE OR REPLACE FUNCTION analytics_combined_of(ids uuid[]) RETURNS rollup_combined[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT array_agg(ROW(c.*)::rollup_combined) FROM (
        SELECT f.tenant_id, f.combination, false, f.day, sum(f.visits)::integer, (count(*) FILTER (WHERE f.known))::integer,
               sum(f.page_views)::integer, sum(f.seconds)::bigint, (count(*) FILTER (WHERE f.events > 1))::integer,
               sum(f.engaged)::integer, sum(f.bounced)::integer, sum(f.bookings)::integer, sum(f.value_minor)::bigint,
               (count(*) FILTER (WHERE f.stage >= 0))::integer, (count(*) FILTER (WHERE f.stage >= 1))::integer,
               (count(*) FILTER (WHERE f.stage >= 2))::integer, (count(*) FILTER (WHERE f.stage >= 3))::integer,
               (count(*) FILTER (WHERE f.stage >= 4))::integer, l.number,
               analytics_joined((SELECT array_agg(place * 4294967296 + views)
                                 FROM unnest(f.page_counts) WITH ORDINALITY AS v (views, place))),
               array_agg(((extract(isodow FROM f.day)::bigint * 24 - 24 + f.local_hour) * 2) * 4294967296 + f.visits)
                   FILTER (WHERE f.visits > 0)
               || array_agg(((extract(isodow FROM f.day)::bigint * 24 - 24 + f.local_hour) * 2 + 1) * 4294967296 + f.bookings)
                   FILTER (WHERE f.bookings > 0),
               array_agg(w.number * 2 * 4294967296 + 1) FILTER (WHERE f.path <> '{}' AND f.visits > 0)
               || array_agg((w.number * 2 + 1) * 4294967296 + f.bookings)
                   FILTER (WHERE f.path <> '{}' AND f.visits > 0 AND f.bookings > 0)
        FROM visit_facts f
        JOIN visit_lists l ON l.tenant_id = f.tenant_id AND l.hash = hash_array_extended(f.pages, 0) AND l.list = f.pages
        JOIN visit_lists w ON w.tenant_id = f.tenant_id AND w.hash = hash_array_extended(f.path, 0) AND w.list = f.path
        WHERE f.session_id = ANY (ids) GROUP BY f.tenant_id, f.combination, f.day, l.number) c
$$;

CREATE OR REPLACE FUNCTION analytics_apply_combinations(taken rollup_combinations[], added rollup_combinations[],
                                                        taken_sums rollup_combined[], added_sums rollup_combined[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO rollup_combinations AS r
    SELECT tenant_id, combination, source, medium, campaign, device, browser, country, variants, sum(sign * visits),
           sum(sign * bookings)
    FROM (SELECT -1 AS sign, t.* FROM unnest(taken) t UNION ALL SELECT 1, a.* FROM unnest(added) a) c
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 HAVING sum(sign * visits) <> 0 OR sum(sign * bookings) <> 0 ORDER BY 1, 2
    ON CONFLICT (tenant_id, combination) DO UPDATE
        SET visits = r.visits + excluded.visits, bookings = r.bookings + excluded.bookings;
    DELETE FROM rollup_combinations r USING unnest(taken) t
    WHERE (r.tenant_id, r.combination) = (t.tenant_id, t.combination) AND r.visits = 0 AND r.bookings = 0;

    WITH changed AS MATERIALIZED (
        SELECT -1 AS sign, t.* FROM unnest(taken_sums) t UNION ALL SELECT 1, a.* FROM unnest(added_sums) a
    ), entries AS (
        SELECT c.tenant_id, c.combination, each.whole_month, each.day, c.pages, e.kind,
               e.key * 4294967296 + sum(c.sign * (e.entry - e.key * 4294967296)::integer) AS entry
        FROM changed c
            CROSS JOIN LATERAL (
                SELECT packed.kind, packed.entry, (packed.entry + 2147483648) >> 32
                FROM (SELECT 'v'::"char", unnest(c.views) UNION ALL SELECT 'h', unnest(c.hours)
                      UNION ALL SELECT 'w', unnest(c.ways)) AS packed (kind, entry)) AS e (kind, entry, key)
            CROSS JOIN LATERAL (VALUES (false, c.day), (true, date_trunc('month', c.day)::date)) AS each (whole_month, day)
        GROUP BY 1, 2, 3, 4, 5, 6, e.key HAVING sum(c.sign * (e.entry - e.key * 4294967296)::integer) <> 0
    )
    INSERT INTO rollup_combined AS r
    SELECT tenant_id, combination, whole_month, day, sum(visits), sum(known), sum(page_views), sum(seconds), sum(timed),
           sum(engaged), sum(bounced), sum(bookings), sum(value_minor), sum(step0), sum(step1), sum(step2), sum(step3),
           sum(step4), pages, array_agg(entry ORDER BY entry) FILTER (WHERE kind = 'v'),
           array_agg(entry ORDER BY entry) FILTER (WHERE kind = 'h'), array_agg(entry ORDER BY entry) FILTER (WHERE kind = 'w')
    FROM (SELECT c.tenant_id, c.combination, each.whole_month, each.day, c.pages, sum(sign * visits) AS visits,
                 sum(sign * known) AS known, sum(sign * page_views) AS page_views, sum(sign * seconds) AS seconds,
                 sum(sign * timed) AS timed, sum(sign * engaged) AS engaged, sum(sign * bounced) AS bounced,
                 sum(sign * bookings) AS bookings, sum(sign * value_minor) AS value_minor, sum(sign * step0) AS step0,
                 sum(sign * step1) AS step1, sum(sign * step2) AS step2, sum(sign * step3) AS step3,
                 sum(sign * step4) AS step4, NULL::"char" AS kind, NULL::bigint AS entry
          FROM changed c
              CROSS JOIN LATERAL (VALUES (false, c.day), (true, date_trunc('month', c.day)::date)) AS each (whole_month, day)
          GROUP BY 1, 2, 3, 4, 5
          HAVING (sum(sign * visits), sum(sign * known), sum(sign * page_views), sum(sign * seconds), sum(sign * timed),
                  sum(sign * engaged), sum(sign * bounced), sum(sign * bookings), sum(sign * value_minor), sum(sign * step0),
                  sum(sign * step1), sum(sign * step2), sum(sign * step3), sum(sign * step4))
              <> (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
          UNION ALL
          SELECT tenant_id, combination, whole_month, day, pages, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, kind, entry
          FROM entries) c
    GROUP BY tenant_id, combination, whole_month, day, pages ORDER BY tenant_id, combination, whole_month, day, pages
    ON CONFLICT (tenant_id, combination, whole_month, day, pages) DO UPDATE SET
        visits = r.visits + excluded.visits, known = r.known + excluded.known,
        page_views = r.page_views + excluded.page_views, seconds = r.seconds + excluded.seconds,
        timed = r.timed + excluded.timed, engaged = r.engaged + excluded.engaged, bounced = r.bounced + excluded.bounced,
        bookings = r.bookings + excluded.bookings, value_minor = r.value_minor + excluded.value_minor,
        step0 = r.step0 + excluded.step0, step1 = r.step1 + excluded.step1, step2 = r.step2 + excluded.step2,
        step3 = r.step3 + excluded.step3, step4 = r.step4 + excluded.step4,
        views = CASE WHEN excluded.views IS NULL THEN r.views ELSE analytics_added(r.views, excluded.views) END,
        hours = CASE WHEN excluded.hours IS NULL THEN r.hours ELSE analytics_added(r.hours, excluded.hours) END,
        ways = CASE WHEN excluded.ways IS NULL THEN r.ways ELSE analytics_added(r.ways, excluded.ways) END;
    DELETE FROM rollup_combined r
    USING (SELECT DISTINCT t.tenant_id, t.combination, each.whole_month, each.day, t.pages
           FROM unnest(taken_sums) t
               CROSS JOIN LATERAL (VALUES (false, t.day), (true, date_trunc('month', t.day)::date)) AS each (whole_month, day)) c
    WHERE (r.tenant_id, r.combination, r.whole_month, r.day, r.pages)
            = (c.tenant_id, c.combination, c.whole_month, c.day, c.pages)
        AND r.visits = 0 AND r.bookings = 0;
END
$$;

CREATE OR REPLACE FUNCTION analytics_recount(ids uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
    persons uuid[];
    taken rollup_hours[];
    taken_hours rollup_hours[];
    taken_parts analytics_part[];
    taken_returns analytics_return[];
    taken_combinations rollup_combinations[];
    taken_combined rollup_combined[];
    returns analytics_return[];
    parts analytics_part[];
BEGIN
    persons := ARRAY(SELECT visitor FROM visit_facts WHERE session_id = ANY (ids) AND known
                     UNION SELECT visitor_id FROM sessions WHERE id = ANY (ids) AND visitor_id IS NOT NULL);
    taken := analytics_sums_of(ids);
    taken_parts := analytics_parts_of(ids);
    taken_combinations := analytics_combinations_of(ids);
    taken_combined := analytics_combined_of(ids);
    taken_hours := analytics_hour_visitors_of(persons);
    taken_returns := analytics_returns_of(persons);
    DELETE FROM visit_facts WHERE session_id = ANY (ids);
    INSERT INTO visit_facts SELECT * FROM analytics_facts_of(ids);
    PERFORM analytics_number_lists(ids);
    SELECT array_agg(ROW(c.*)::analytics_return) INTO returns FROM (
        SELECT tenant_id, dimension, value, seen, before, sum(sign * visitors)::integer AS visitors
        FROM (SELECT -1 AS sign, t.* FROM unnest(taken_returns) t
              UNION ALL SELECT 1, a.* FROM unnest(analytics_returns_of(persons)) a) both_sides
        GROUP BY tenant_id, dimension, value, seen, before HAVING sum(sign * visitors) <> 0) c;
    SELECT array_agg(ROW(c.*)::analytics_part) INTO parts FROM (
        SELECT tenant_id, dimension, value, day, kind, key, sum(sign * number)::integer
        FROM (SELECT -1 AS sign, t.* FROM unnest(taken_parts) t
              UNION ALL SELECT 1, a.* FROM unnest(analytics_parts_of(ids)) a) both_sides
        GROUP BY tenant_id, dimension, value, day, kind, key HAVING sum(sign * number) <> 0) c;
    PERFORM analytics_apply_sums(taken || taken_hours, analytics_sums_of(ids) || analytics_hour_visitors_of(persons), returns,
                                 parts);
    PERFORM analytics_apply_returns(returns);
    PERFORM analytics_apply_combinations(taken_combinations, analytics_combinations_of(ids), taken_combined,
                                         analytics_combined_of(ids));
    PERFORM arm_visitors_renew(persons, ids);
    PERFORM booking_facts_renew(ids);
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
        ('rollup_combinations', 'combination', 'SELECT * FROM rollup_combinations_wanted WHERE tenant_id = $1'),
        ('rollup_combined', 'combination, whole_month, day, pages',
         'SELECT * FROM rollup_combined_wanted WHERE tenant_id = $1'),
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
    -- Lists that were changed, or given two numbers, would be told by no sum that names them.
    RETURN QUERY SELECT 'visit_lists', v.number::text, v::text, ''
    FROM visit_lists v WHERE v.tenant_id = wanted AND v.hash <> hash_array_extended(v.list, 0) ORDER BY 2;
END
$$;

-- Along the keys, as before.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['analytics_apply_sums', 'analytics_apply_returns', 'analytics_apply_combinations',
                                'analytics_recount', 'analytics_hour_visitors_of', 'analytics_returns_of',
                                'analytics_combined_of', 'analytics_parts_of', 'analytics_sums_of',
                                'analytics_number_lists'] LOOP
        EXECUTE format('ALTER FUNCTION %I SET enable_seqscan = off', name);
        EXECUTE format('ALTER FUNCTION %I SET enable_hashjoin = off', name);
        EXECUTE format('ALTER FUNCTION %I SET enable_mergejoin = off', name);
        EXECUTE format('ALTER FUNCTION %I SET enable_memoize = off', name);
        EXECUTE format('ALTER FUNCTION %I SET jit = off', name);
        EXECUTE format('ALTER FUNCTION %I SET work_mem = %L', name, '32MB');
    END LOOP;
END
$$;
