-- The upkeep of the figures, part 2.

-- The same of all of a tenant's visits at once as arm_visitors_of.
CREATE FUNCTION analytics_fill_arms(wanted uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_custom_plan SET work_mem = '256MB' SET enable_memoize = off SET jit = off
AS $$
BEGIN
    WITH zones AS MATERIALIZED (
        SELECT since, lead(since, 1, 'infinity') OVER (ORDER BY since) AS until, zone
        FROM tenant_settings_history WHERE tenant_id = wanted
    ), shown AS (
        SELECT DISTINCT ON (a.test_id, a.phase, v.visitor) a.test_id, a.phase, v.visitor, a.variant_id, a.assigned_at
        FROM visit_facts v JOIN ab_assignments a ON a.session_id = v.session_id
        WHERE v.tenant_id = wanted AND a.tenant_id = wanted AND v.variants <> '{}'
        ORDER BY a.test_id, a.phase, v.visitor, a.assigned_at, a.variant_id
    ), booked AS (
        SELECT v.visitor, b.created_at FROM visit_facts v JOIN bookings b ON b.session_id = v.session_id
        WHERE v.tenant_id = wanted AND b.tenant_id = wanted AND v.bookings > 0 AND b.status NOT IN ('cancelled', 'spam')
    ), converted AS (
        SELECT s.test_id, s.phase, s.visitor, min(b.created_at) AS at
        FROM shown s JOIN booked b ON b.visitor = s.visitor AND b.created_at >= s.assigned_at GROUP BY 1, 2, 3
    ), filled AS (
    INSERT INTO arm_visitors
    SELECT wanted, s.test_id, s.phase, s.visitor, s.variant_id,
           (s.assigned_at AT TIME ZONE coalesce((
               SELECT zone FROM zones z WHERE s.assigned_at >= z.since AND s.assigned_at < z.until), 'UTC'))::date,
           (c.at AT TIME ZONE coalesce((SELECT zone FROM zones z WHERE c.at >= z.since AND c.at < z.until), 'UTC'))::date
    FROM shown s LEFT JOIN converted c USING (test_id, phase, visitor)
    RETURNING *)
    INSERT INTO rollup_arms
    SELECT wanted, test_id, phase, each.day, variant_id, sum(each.visitors), sum(each.conversions)
    FROM filled f CROSS JOIN LATERAL (VALUES (f.day, 1, 0), (f.converted, 0, 1)) AS each (day, visitors, conversions)
    WHERE each.day IS NOT NULL GROUP BY 2, 3, 4, 5;
END
$$;

-- Marks. The functions below mark what they write themselves, in one statement, and say so; a row that somebody else adds
-- marks its visit one by one. A trigger that sees a statement's rows as a table would have every row copied for it.
CREATE FUNCTION analytics_mark() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_LEVEL = 'ROW' THEN
        IF TG_TABLE_NAME = 'sessions' THEN
            INSERT INTO analytics_dirty (session_id, tenant_id) VALUES (NEW.id, NEW.tenant_id);
        ELSIF TG_TABLE_NAME = 'bookings' THEN
            INSERT INTO analytics_dirty (session_id, tenant_id)
            SELECT each.id, NEW.tenant_id FROM (VALUES (NEW.session_id), (NEW.id)) AS each (id) WHERE each.id IS NOT NULL;
        ELSIF NEW.session_id IS NOT NULL THEN
            INSERT INTO analytics_dirty (session_id, tenant_id) VALUES (NEW.session_id, NEW.tenant_id);
        END IF;
    ELSIF TG_TABLE_NAME = 'sessions' THEN
        INSERT INTO analytics_dirty (session_id, tenant_id) SELECT DISTINCT id, tenant_id FROM changed;
    ELSIF TG_TABLE_NAME = 'bookings' THEN
        INSERT INTO analytics_dirty (session_id, tenant_id)
        SELECT each.id, c.tenant_id FROM changed c CROSS JOIN LATERAL (VALUES (c.session_id), (c.id)) each (id)
        WHERE each.id IS NOT NULL;
    ELSE
        INSERT INTO analytics_dirty (session_id, tenant_id)
        SELECT DISTINCT session_id, tenant_id FROM changed WHERE session_id IS NOT NULL;
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION analytics_mark_visits(visits uuid[], tenants uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO analytics_dirty (session_id, tenant_id)
    SELECT DISTINCT v.id, v.tenant_id FROM unnest(visits, tenants) AS v (id, tenant_id) WHERE v.id IS NOT NULL;
END
$$;

-- Brings the figures up to date for the visits of at most so many marks, of those that were first marked at least `rested`
-- ago; gives how many marks it took, null where another one is at work.
CREATE FUNCTION analytics_refresh(most integer, rested interval DEFAULT '0') RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_custom_plan -- the visits are hashed, however many
AS $$
DECLARE
    due uuid[];
    taken integer;
BEGIN
    PERFORM studio_require_analyst();
    IF NOT pg_try_advisory_xact_lock(hashtext('analytics')) THEN
        RETURN NULL;
    END IF;
    due := ARRAY(SELECT DISTINCT session_id FROM (
        SELECT session_id FROM analytics_dirty WHERE marked_at <= clock_timestamp() - rested LIMIT most) marks);
    IF due = '{}' THEN
        RETURN 0;
    END IF;
    DELETE FROM analytics_dirty WHERE session_id = ANY (due);
    GET DIAGNOSTICS taken = ROW_COUNT;
    PERFORM analytics_recount(due);
    RETURN taken;
END
$$;
GRANT EXECUTE ON FUNCTION analytics_refresh(integer, interval) TO studio_operator, studio_renderer;

-- Two packed sums together; the second may hold negative numbers and a key several times.
CREATE FUNCTION analytics_added(one bigint[], other bigint[]) RETURNS bigint[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT array_agg(key * 4294967296 + number ORDER BY key)
    FROM (SELECT key, sum((entry - key * 4294967296)::integer) AS number
          FROM (SELECT entry, (entry + 2147483648) >> 32 AS key FROM unnest(one || other) AS each (entry)) entries
          GROUP BY key) sums
    WHERE number <> 0
$$;

-- The numbers of `returns` are running totals, so that one look finds how many were last seen before a day.
CREATE FUNCTION analytics_returned(totals bigint[], changes bigint[]) RETURNS bigint[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT array_agg(key * 4294967296 + total ORDER BY key)
    FROM (SELECT key, (sum(number) OVER (ORDER BY key))::bigint AS total
          FROM (SELECT key, sum(number) AS number
                FROM (SELECT entry >> 32 AS key,
                             ((entry & 4294967295) - lag(entry & 4294967295, 1, 0::bigint) OVER (ORDER BY entry))::integer AS number
                      FROM unnest(totals) AS before (entry)
                      UNION ALL
                      SELECT (entry + 2147483648) >> 32, (entry - ((entry + 2147483648) >> 32) * 4294967296)::integer
                      FROM unnest(changes) AS change (entry)) entries
                GROUP BY key) sums
          WHERE number <> 0) running
$$;

-- Gives the pages and journeys of these visits their numbers. Needs the lock of analytics_refresh, as all that writes here.
CREATE FUNCTION analytics_number_lists(ids uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET enable_memoize = off SET jit = off
    SET work_mem = '32MB' AS $$
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
CREATE FUNCTION analytics_sums_of(ids uuid[]) RETURNS rollup_hours[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET enable_memoize = off SET jit = off
    SET work_mem = '32MB' AS $$
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
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET enable_memoize = off SET jit = off
    SET work_mem = '32MB' AS $$
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
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET enable_memoize = off SET jit = off
    SET work_mem = '32MB' AS $$
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

CREATE FUNCTION analytics_hour_visitors_of(wanted uuid[]) RETURNS rollup_hours[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET enable_memoize = off SET jit = off
    SET work_mem = '32MB' AS $$
    SELECT array_agg(ROW(s.*)::rollup_hours) FROM (
        SELECT tenant_id, 0::smallint, '', day, hour, local_hour, 0, count(DISTINCT visitor)::integer,
               0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
        FROM visit_facts WHERE visitor = ANY (wanted) AND known
        GROUP BY tenant_id, day, hour, local_hour) s
$$;
