-- The upkeep of the figures, part 7.

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
GRANT EXECUTE ON FUNCTION analytics_keep_filters(integer) TO studio_operator, studio_renderer;

-- What was kept of filters goes with all sums, and is made anew like that of new ones.
CREATE FUNCTION analytics_rebuild(wanted uuid) RETURNS bigint
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
GRANT EXECUTE ON FUNCTION analytics_rebuild(uuid) TO studio_operator;
