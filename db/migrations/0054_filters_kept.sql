-- A filter of several things that was asked for is kept from then on: it has sums of its own, as a tenant has, of everything
-- in it and of each dimension, which the upkeep adds to and takes from like all others. So its figures are read from a few
-- rows, however many visits she has. What was never asked for is put together from combinations meanwhile, as before.

-- Null is any; a variant that ends in a colon is a whole test. Sums are kept of the days before kept_before: of none, then of
-- more and more, at last of all.
CREATE TABLE analytics_filters (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    slot smallint NOT NULL CONSTRAINT analytics_filters_slot_value CHECK (slot BETWEEN 0 AND 29),
    source text,
    medium text,
    campaign text,
    device text,
    browser text,
    country text,
    page text,
    variant text,
    asked_on date NOT NULL DEFAULT current_date,
    kept_before date NOT NULL DEFAULT '-infinity',
    PRIMARY KEY (tenant_id, slot),
    CONSTRAINT analytics_filters_once UNIQUE NULLS NOT DISTINCT (
        tenant_id, source, medium, campaign, device, browser, country, page, variant)
);
ALTER TABLE analytics_filters ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON analytics_filters TO studio_operator, studio_companion;
CREATE POLICY analytics_filters_read ON analytics_filters FOR SELECT TO studio_operator, studio_companion
    USING ((SELECT role FROM studio_account()) = 'operator'
           OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));

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

CREATE OR REPLACE VIEW visit_slices WITH (security_invoker = true) AS
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

CREATE OR REPLACE VIEW visit_parts WITH (security_invoker = true) AS
SELECT e.session_id, e.tenant_id, slice.dimension::smallint AS dimension, slice.value, e.day, e.kind, e.key, e.number
FROM visit_entries e
CROSS JOIN LATERAL (
    VALUES (0, ''), (1, e.source), (2, e.medium), (3, e.campaign), (4, e.device), (5, e.browser), (6, e.country)
    UNION ALL SELECT 7, unnest(e.page_list)
    UNION ALL SELECT 8, unnest(e.variants)) AS slice (dimension, value)
WHERE e.kind <> 'v'
UNION ALL
SELECT session_id, tenant_id, dimension, value, day, kind, key, number FROM visit_filter_parts;

-- What these visits make in the filters that are kept; of one of them alone where it is named. As visit_filter_slices says, but
-- all of a filter's sums from one reading of its visits.
CREATE FUNCTION analytics_filter_sums_of(ids uuid[], only_slot smallint DEFAULT NULL) RETURNS rollup_hours[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
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
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT array_agg(ROW(p.*)::analytics_part) FROM (
        SELECT tenant_id, dimension, value, day, kind, key, sum(number)::integer
        FROM visit_filter_parts
        WHERE session_id = ANY (ids) AND (only_slot IS NULL OR slot = only_slot)
        GROUP BY tenant_id, dimension, value, day, kind, key) p
$$;

-- As before, with these; and nothing is asked about what visits were that are new.
CREATE OR REPLACE FUNCTION analytics_recount(ids uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
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
GRANT EXECUTE ON FUNCTION analytics_ask_filter(uuid, text, text, text, text, text, text, text, text)
    TO studio_operator, studio_companion;

-- Filters that go: nobody asked for them in a month, or no slot of the tenant is free and they were asked for the longest ago.
CREATE VIEW analytics_filters_over WITH (security_invoker = true) AS
SELECT tenant_id, slot FROM (
    SELECT tenant_id, slot, asked_on,
           row_number() OVER (PARTITION BY tenant_id ORDER BY asked_on DESC, kept_before, slot) AS place
    FROM analytics_filters) ranked
WHERE place = 30 OR asked_on < current_date - 31;

-- Takes the next step: filters that are over go, unless somebody reads just now; then one that is not kept whole is kept of some
-- days more, of as many as hold about `most` visits of the tenant. False where nothing is left to do, null where the upkeep is
-- at work.
CREATE FUNCTION analytics_keep_filters(most integer) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_custom_plan SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
SET enable_memoize = off SET jit = off SET work_mem = '32MB'
AS $$
DECLARE
    over analytics_filters_over;
    filter analytics_filters;
    since date;
    until date;
    ids uuid[];
    persons uuid[];
    returns analytics_return[];
BEGIN
    PERFORM studio_require_analyst();
    IF NOT EXISTS (SELECT FROM analytics_filters WHERE kept_before < 'infinity')
            AND NOT EXISTS (SELECT FROM analytics_filters_over) THEN
        RETURN false;
    END IF;
    IF NOT pg_try_advisory_xact_lock(hashtext('analytics')) THEN
        RETURN NULL;
    END IF;
    IF EXISTS (SELECT FROM analytics_filters_over) AND pg_try_advisory_xact_lock(hashtext('analytics_filters')) THEN
        FOR over IN SELECT * FROM analytics_filters_over LOOP
            DELETE FROM analytics_filters k WHERE (k.tenant_id, k.slot) = (over.tenant_id, over.slot);
            DELETE FROM rollup_days r WHERE r.tenant_id = over.tenant_id
                AND r.dimension BETWEEN 100 + over.slot * 10 AND 108 + over.slot * 10;
            DELETE FROM rollup_months r WHERE r.tenant_id = over.tenant_id
                AND r.dimension BETWEEN 100 + over.slot * 10 AND 108 + over.slot * 10;
        END LOOP;
    END IF;

    SELECT * INTO filter FROM analytics_filters WHERE kept_before < 'infinity' ORDER BY tenant_id, slot LIMIT 1;
    IF filter.slot IS NULL THEN
        RETURN false;
    END IF;
    since := filter.kept_before;
    SELECT coalesce(min(day) FILTER (WHERE so_far > most AND place > 1), 'infinity') INTO until
    FROM (SELECT day, sum(visits) OVER (ORDER BY day), row_number() OVER (ORDER BY day) FROM rollup_days
          WHERE tenant_id = filter.tenant_id AND dimension = 0 AND day >= since) AS days (day, so_far, place);
    ids := ARRAY(
        SELECT f.session_id FROM visit_facts f
        WHERE f.tenant_id = filter.tenant_id AND f.day >= since AND f.day < until
            AND f.combination = ANY (ARRAY(
                SELECT c.combination FROM rollup_combinations c
                WHERE c.tenant_id = filter.tenant_id AND (filter.source IS NULL OR filter.source = c.source)
                    AND (filter.medium IS NULL OR filter.medium = c.medium)
                    AND (filter.campaign IS NULL OR filter.campaign = c.campaign)
                    AND (filter.device IS NULL OR filter.device = c.device)
                    AND (filter.browser IS NULL OR filter.browser = c.browser)
                    AND (filter.country IS NULL OR filter.country = c.country)))
            AND analytics_filter_holds(filter, f));
    UPDATE analytics_filters k SET kept_before = until WHERE (k.tenant_id, k.slot) = (filter.tenant_id, filter.slot);
    persons := ARRAY(SELECT DISTINCT visitor FROM visit_facts WHERE session_id = ANY (ids) AND known);
    SELECT array_agg(ROW(r.*)::analytics_return) INTO returns FROM (
        SELECT tenant_id, dimension, value, day, before, count(*)::integer FROM (
            SELECT tenant_id, dimension, value, day,
                   lag(day) OVER (PARTITION BY tenant_id, dimension, value, visitor ORDER BY day) AS before
            FROM visit_filter_slices
            WHERE tenant_id = filter.tenant_id AND slot = filter.slot AND visitor = ANY (persons) AND known AND visits > 0) chain
        WHERE before IS NOT NULL AND day >= since
        GROUP BY tenant_id, dimension, value, day, before) r;
    PERFORM analytics_apply_sums('{}', analytics_filter_sums_of(ids, filter.slot), returns,
                                 analytics_filter_parts_of(ids, filter.slot));
    PERFORM analytics_apply_returns(returns);
    RETURN until < 'infinity' OR EXISTS (SELECT FROM analytics_filters WHERE kept_before < 'infinity');
END
$$;
GRANT EXECUTE ON FUNCTION analytics_keep_filters(integer) TO studio_renderer, studio_operator;

-- As before; what was kept of filters goes with all sums, and is made anew like that of new ones.
CREATE OR REPLACE FUNCTION analytics_rebuild(wanted uuid) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_custom_plan SET work_mem = '256MB'
AS $$
DECLARE
    visits bigint;
BEGIN
    PERFORM studio_require_administrator();
    PERFORM pg_advisory_xact_lock(hashtext('analytics'));
    DELETE FROM analytics_dirty WHERE tenant_id = wanted;
    DELETE FROM visit_facts WHERE tenant_id = wanted;
    DELETE FROM visit_lists WHERE tenant_id = wanted;
    DELETE FROM rollup_hours WHERE tenant_id = wanted;
    DELETE FROM rollup_days WHERE tenant_id = wanted;
    DELETE FROM rollup_months WHERE tenant_id = wanted;
    UPDATE analytics_filters SET kept_before = '-infinity' WHERE tenant_id = wanted;
    DELETE FROM rollup_combinations WHERE tenant_id = wanted;
    DELETE FROM rollup_combined WHERE tenant_id = wanted;
    DELETE FROM arm_visitors WHERE tenant_id = wanted;
    DELETE FROM rollup_arms WHERE tenant_id = wanted;
    DELETE FROM booking_facts WHERE tenant_id = wanted;
    DELETE FROM rollup_services WHERE tenant_id = wanted;
    PERFORM pg_advisory_xact_lock(hashtext('page_loads'));
    DELETE FROM page_load_days WHERE tenant_id = wanted;
    INSERT INTO page_load_days
    SELECT * FROM page_loads_of(wanted, ((now() - interval '24 months') AT TIME ZONE 'UTC')::date,
                                (now() AT TIME ZONE 'UTC')::date + 1);
    PERFORM analytics_fill_facts(wanted);
    visits := analytics_sum_up(wanted);
    PERFORM pg_advisory_xact_lock(hashtext('analytics_filters')); -- no answer is read half before and half after
    RETURN visits;
END
$$;

-- Along the keys, as before.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['analytics_filter_sums_of', 'analytics_filter_parts_of', 'analytics_recount'] LOOP
        EXECUTE format('ALTER FUNCTION %I SET enable_seqscan = off', name);
        EXECUTE format('ALTER FUNCTION %I SET enable_hashjoin = off', name);
        EXECUTE format('ALTER FUNCTION %I SET enable_mergejoin = off', name);
        EXECUTE format('ALTER FUNCTION %I SET enable_memoize = off', name);
        EXECUTE format('ALTER FUNCTION %I SET jit = off', name);
        EXECUTE format('ALTER FUNCTION %I SET work_mem = %L', name, '32MB');
    END LOOP;
END
$$;
