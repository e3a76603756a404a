-- The upkeep of the figures, part 6.

-- With the people of combinations, whose order says nothing.
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
        ('rollup_combinations', 'combination', 'SELECT * FROM rollup_combinations_wanted WHERE tenant_id = $1'),
        ('rollup_combined_sorted', 'combination, whole_month, day, pages',
         'SELECT * FROM rollup_combined_wanted WHERE tenant_id = $1'),
        ('arm_visitors', 'test_id, phase, visitor', $q$SELECT * FROM arm_visitors_of(
             ARRAY(SELECT DISTINCT visitor FROM visit_facts WHERE tenant_id = $1 AND known AND variants <> '{}'),
             ARRAY(SELECT session_id FROM visit_facts WHERE tenant_id = $1 AND NOT known AND variants <> '{}'))
             WHERE tenant_id = $1$q$),
        ('rollup_arms', 'test_id, phase, day, variant_id', 'SELECT * FROM rollup_arms_wanted WHERE tenant_id = $1'),
        ('booking_facts', 'booking_id, visit', $q$SELECT * FROM booking_facts_of(ARRAY(
             SELECT session_id FROM bookings WHERE tenant_id = $1 AND session_id IS NOT NULL
             UNION SELECT id FROM bookings WHERE tenant_id = $1 AND session_id IS NULL))$q$),
        ('rollup_services', 'day, service', 'SELECT * FROM rollup_services_wanted WHERE tenant_id = $1'),
        ('page_load_days', 'day', $q$SELECT * FROM page_loads_of(
             $1, ((now() - interval '24 months') AT TIME ZONE 'UTC')::date, (now() AT TIME ZONE 'UTC')::date + 1)$q$))
        AS pairs (name, keys, recount)
    LOOP
        RETURN QUERY EXECUTE format(
            'SELECT replace(%1$L, ''_sorted'', ''''), concat_ws('' '', %2$s), s.content::text, w.content::text
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
GRANT EXECUTE ON FUNCTION analytics_differences(uuid) TO studio_operator;

-- With one sorting of a visit's events instead of four; pauses are looked for where one may be too long.
CREATE FUNCTION analytics_facts_of(ids uuid[]) RETURNS SETOF visit_facts
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

-- What these visits make in the filters that are kept; of one of them alone where it is named. As visit_filter_slices says, but
-- all of a filter's sums from one reading of its visits.
CREATE FUNCTION analytics_filter_sums_of(ids uuid[], only_slot smallint DEFAULT NULL) RETURNS rollup_hours[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET enable_memoize = off SET jit = off
    SET work_mem = '32MB' AS $$
    WITH f AS MATERIALIZED (
        SELECT v.*, 100 + k.slot * 10 AS first,
               CASE WHEN k.page IS NULL THEN v.page_views ELSE v.page_counts[array_position(v.pages, k.page)] END AS own_views
        FROM visit_facts v
        JOIN analytics_filters k ON k.tenant_id = v.tenant_id AND v.day < k.kept_before AND analytics_filter_holds(k, v)
        WHERE v.session_id = ANY (ids) AND (only_slot IS NULL OR k.slot = only_slot))
    SELECT array_agg(ROW(s.*)::rollup_hours) FROM (
        SELECT tenant_id,
               (first + analytics_dimension(GROUPING(source, medium, campaign, device, browser, country), false))::smallint,
               concat(source, medium, campaign, device, browser, country), day, '-infinity'::timestamptz, 0::smallint,
               sum(visits)::integer, 0, sum(own_views)::integer, sum(seconds)::bigint,
               (count(*) FILTER (WHERE events > 1))::integer, sum(engaged)::integer, sum(bounced)::integer,
               sum(bookings)::integer, sum(value_minor)::bigint,
               (count(*) FILTER (WHERE stage >= 0))::integer, (count(*) FILTER (WHERE stage >= 1))::integer,
               (count(*) FILTER (WHERE stage >= 2))::integer, (count(*) FILTER (WHERE stage >= 3))::integer,
               (count(*) FILTER (WHERE stage >= 4))::integer
        FROM f
        GROUP BY GROUPING SETS ((tenant_id, first, day), (tenant_id, first, day, source), (tenant_id, first, day, medium),
                                (tenant_id, first, day, campaign), (tenant_id, first, day, device),
                                (tenant_id, first, day, browser), (tenant_id, first, day, country))
        UNION ALL
        SELECT tenant_id, (first + 7)::smallint, page, day, '-infinity', 0::smallint,
               sum(visits)::integer, 0, sum(views)::integer, sum(seconds)::bigint, (count(*) FILTER (WHERE events > 1))::integer,
               sum(engaged)::integer, sum(bounced)::integer, sum(bookings)::integer, sum(value_minor)::bigint,
               (count(*) FILTER (WHERE stage >= 0))::integer, (count(*) FILTER (WHERE stage >= 1))::integer,
               (count(*) FILTER (WHERE stage >= 2))::integer, (count(*) FILTER (WHERE stage >= 3))::integer,
               (count(*) FILTER (WHERE stage >= 4))::integer
        FROM f CROSS JOIN LATERAL unnest(f.pages, f.page_counts) AS p (page, views) GROUP BY tenant_id, first, page, day
        UNION ALL
        SELECT tenant_id, (first + 8)::smallint, variant, day, '-infinity', 0::smallint,
               sum(visits)::integer, 0, sum(own_views)::integer, sum(seconds)::bigint,
               (count(*) FILTER (WHERE events > 1))::integer, sum(engaged)::integer, sum(bounced)::integer,
               sum(bookings)::integer, sum(value_minor)::bigint,
               (count(*) FILTER (WHERE stage >= 0))::integer, (count(*) FILTER (WHERE stage >= 1))::integer,
               (count(*) FILTER (WHERE stage >= 2))::integer, (count(*) FILTER (WHERE stage >= 3))::integer,
               (count(*) FILTER (WHERE stage >= 4))::integer
        FROM f CROSS JOIN LATERAL unnest(f.variants) AS x (variant) GROUP BY tenant_id, first, variant, day) s
$$;

CREATE FUNCTION analytics_filter_parts_of(ids uuid[], only_slot smallint DEFAULT NULL) RETURNS analytics_part[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET enable_memoize = off SET jit = off
    SET work_mem = '32MB' AS $$
    SELECT array_agg(ROW(p.*)::analytics_part) FROM (
        SELECT tenant_id, dimension, value, day, kind, key, sum(number)::integer
        FROM visit_filter_parts
        WHERE session_id = ANY (ids) AND (only_slot IS NULL OR slot = only_slot)
        GROUP BY tenant_id, dimension, value, day, kind, key) p
$$;

-- Nothing is asked about what visits were that are new.
CREATE FUNCTION analytics_recount(ids uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_custom_plan
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET enable_memoize = off SET jit = off
    SET work_mem = '32MB' AS $$
DECLARE
    persons uuid[];
    kept boolean;
    taken rollup_hours[];
    added rollup_hours[];
    taken_parts analytics_part[];
    added_parts analytics_part[];
    taken_returns analytics_return[];
    taken_combinations rollup_combinations[];
    taken_combined rollup_combined[];
    returns analytics_return[];
    parts analytics_part[];
BEGIN
    kept := EXISTS (SELECT FROM analytics_filters WHERE kept_before > '-infinity');
    persons := ARRAY(SELECT visitor FROM visit_facts WHERE session_id = ANY (ids) AND known
                     UNION SELECT visitor_id FROM sessions WHERE id = ANY (ids) AND visitor_id IS NOT NULL);
    IF EXISTS (SELECT FROM visit_facts WHERE session_id = ANY (ids)) THEN
        taken := analytics_sums_of(ids);
        taken_parts := analytics_parts_of(ids);
        IF kept THEN
            taken := taken || analytics_filter_sums_of(ids);
            taken_parts := taken_parts || analytics_filter_parts_of(ids);
        END IF;
        taken_combinations := analytics_combinations_of(ids);
        taken_combined := analytics_combined_of(ids);
    END IF;
    IF persons <> '{}' THEN
        taken := taken || analytics_hour_visitors_of(persons);
        taken_returns := analytics_returns_of(persons);
    END IF;
    DELETE FROM visit_facts WHERE session_id = ANY (ids);
    INSERT INTO visit_facts SELECT * FROM analytics_facts_of(ids);
    PERFORM analytics_number_lists(ids);
    added := analytics_sums_of(ids);
    added_parts := analytics_parts_of(ids);
    IF kept THEN
        added := added || analytics_filter_sums_of(ids);
        added_parts := added_parts || analytics_filter_parts_of(ids);
    END IF;
    IF persons <> '{}' THEN
        added := added || analytics_hour_visitors_of(persons);
        SELECT array_agg(ROW(c.*)::analytics_return) INTO returns FROM (
            SELECT tenant_id, dimension, value, seen, before, sum(sign * visitors)::integer AS visitors
            FROM (SELECT -1 AS sign, t.* FROM unnest(taken_returns) t
                  UNION ALL SELECT 1, a.* FROM unnest(analytics_returns_of(persons)) a) both_sides
            GROUP BY tenant_id, dimension, value, seen, before HAVING sum(sign * visitors) <> 0) c;
    END IF;
    SELECT array_agg(ROW(c.*)::analytics_part) INTO parts FROM (
        SELECT tenant_id, dimension, value, day, kind, key, sum(sign * number)::integer
        FROM (SELECT -1 AS sign, t.* FROM unnest(taken_parts) t
              UNION ALL SELECT 1, a.* FROM unnest(added_parts) a) both_sides
        GROUP BY tenant_id, dimension, value, day, kind, key HAVING sum(sign * number) <> 0) c;
    PERFORM analytics_apply_sums(taken, added, returns, parts);
    IF returns IS NOT NULL THEN
        PERFORM analytics_apply_returns(returns);
    END IF;
    PERFORM analytics_apply_combinations(taken_combinations, analytics_combinations_of(ids), taken_combined,
                                         analytics_combined_of(ids));
    PERFORM arm_visitors_renew(persons, ids);
    PERFORM booking_facts_renew(ids);
END
$$;

-- The slot of a filter and the days before which it is kept; it is kept from now on. No row for a tenant who is not one's own,
-- nor where the filter is not known yet. Until the transaction ends its sums stay: what takes sums away needs the lock alone.
CREATE FUNCTION analytics_ask_filter(wanted uuid, given_source text, given_medium text, given_campaign text, given_device text,
                                     given_browser text, given_country text, given_page text, given_variant text)
RETURNS TABLE (filter_slot smallint, filter_kept_before date)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    found analytics_filters;
    may_write boolean := NOT current_setting('transaction_read_only')::boolean;
BEGIN
    IF NOT EXISTS (SELECT FROM studio_account() a
                   WHERE a.role = 'operator' OR a.role = 'companion' AND a.tenant_id = wanted)
            OR octet_length(concat(given_source, given_medium, given_campaign, given_device, given_browser, given_country,
                                   given_page, given_variant)) > 2000 THEN
        RETURN;
    END IF;
    IF NOT pg_try_advisory_xact_lock_shared(hashtext('analytics_filters')) THEN
        RETURN;
    END IF;
    SELECT * INTO found FROM analytics_filters k
    WHERE k.tenant_id = wanted AND (k.source, k.medium, k.campaign, k.device, k.browser, k.country, k.page, k.variant)
        IS NOT DISTINCT FROM (given_source, given_medium, given_campaign, given_device, given_browser, given_country, given_page,
                              given_variant);
    IF found.slot IS NOT NULL THEN
        IF may_write AND found.asked_on <> current_date THEN
            UPDATE analytics_filters SET asked_on = current_date WHERE (tenant_id, slot) = (
                SELECT k.tenant_id, k.slot FROM analytics_filters k
                WHERE (k.tenant_id, k.slot) = (wanted, found.slot) FOR UPDATE SKIP LOCKED);
        END IF;
        RETURN QUERY SELECT found.slot, found.kept_before;
    ELSIF may_write THEN
        INSERT INTO analytics_filters (tenant_id, slot, source, medium, campaign, device, browser, country, page, variant)
        SELECT t.id, free.slot, given_source, given_medium, given_campaign, given_device, given_browser, given_country,
               given_page, given_variant
        FROM tenants t, generate_series(0, 29) AS free (slot)
        WHERE t.id = wanted AND NOT EXISTS (SELECT FROM analytics_filters k WHERE (k.tenant_id, k.slot) = (wanted, free.slot))
        ORDER BY free.slot LIMIT 1
        ON CONFLICT DO NOTHING;
    END IF;
END
$$;
GRANT EXECUTE ON FUNCTION analytics_ask_filter(uuid, text, text, text, text, text, text, text, text) TO
    studio_operator, studio_companion;
