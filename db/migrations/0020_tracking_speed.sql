-- What recording costs: docs/benchmarks.md has the figures.

-- As before, of immutable parts, so that it becomes part of the statement that uses it. Exact to the microsecond
-- until the year 2255.
CREATE OR REPLACE FUNCTION studio_time(microseconds bigint) RETURNS timestamptz
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT to_timestamp(microseconds / 1000000.0::float8)
$$;

-- As before; but what was reported within the last seconds is taken for new and added without asking first, which is
-- what an event costs most. Where one of these is there already after all, all take the careful way.
CREATE OR REPLACE FUNCTION tracking_add_events(
    owner_ids uuid[], owner_tenants uuid[], ids uuid[], owners integer[], types text[], data text[], pages text[],
    times bigint[]) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
AS $$
DECLARE
    own boolean[];
    first_at bigint;
    last_at bigint;
    new_from bigint := (extract(epoch FROM clock_timestamp()) * 1000000)::bigint - 3000000;
    first_time timestamptz;
    last_time timestamptz;
    month_end timestamptz;
    already uuid[] := '{}';
    added integer := 0;
    added_before integer := 0;
BEGIN
    SELECT array_agg((SELECT t.status = 'active' FROM tenants t WHERE t.id = o.tenant_id)
                     AND (SELECT (s.tenant_id = o.tenant_id) IS TRUE FROM sessions s WHERE s.id = o.id)
                     ORDER BY o.place) INTO own
    FROM unnest(owner_ids, owner_tenants) WITH ORDINALITY AS o (id, tenant_id, place);
    SELECT min(at), max(at) INTO first_at, last_at FROM unnest(times) AS at;
    first_time := studio_time(first_at);
    last_time := studio_time(last_at);
    month_end := date_trunc('month', last_time + interval '2 days', 'UTC');
    IF first_time - interval '2 days' < month_end THEN
        IF first_time - interval '5 minutes' < month_end AND month_end < last_time + interval '5 minutes' THEN
            PERFORM pg_advisory_xact_lock(hashtext('tracking_add_events at a month''s end'));
        END IF;
        SELECT coalesce(array_agg(DISTINCT e.id), '{}') INTO already
        FROM unnest(ids, times) AS n (id, at)
            JOIN events e ON e.id = n.id AND e.created_at >= month_end - interval '1 month'
                AND e.created_at < month_end + interval '1 month'
        WHERE (e.created_at < month_end) <> (studio_time(n.at) < month_end);
    END IF;
    IF last_at >= new_from THEN
        BEGIN
            INSERT INTO events (id, session_id, tenant_id, event_type, event_data, page_url, created_at)
            SELECT e.id, owner_ids[e.owner], owner_tenants[e.owner], e.event_type, e.event_data::jsonb, e.page_url,
                   studio_time(e.at)
            FROM unnest(ids, owners, types, data, pages, times)
                AS e (id, owner, event_type, event_data, page_url, at)
            WHERE e.at >= new_from AND own[e.owner] AND e.id <> ALL (already)
            ORDER BY e.id;
            GET DIAGNOSTICS added_before = ROW_COUNT;
        EXCEPTION WHEN unique_violation THEN
            new_from := last_at + 1;
        END;
    END IF;
    IF first_at < new_from THEN
        INSERT INTO events (id, session_id, tenant_id, event_type, event_data, page_url, created_at)
        SELECT e.id, owner_ids[e.owner], owner_tenants[e.owner], e.event_type, e.event_data::jsonb, e.page_url,
               studio_time(e.at)
        FROM unnest(ids, owners, types, data, pages, times) AS e (id, owner, event_type, event_data, page_url, at)
        WHERE e.at < new_from AND own[e.owner] AND e.id <> ALL (already)
        ORDER BY e.id
        ON CONFLICT DO NOTHING;
        GET DIAGNOSTICS added = ROW_COUNT;
    END IF;
    RETURN added_before + added;
END
$$;

-- A whole batch in one statement; gives how many of the events were new.
CREATE FUNCTION tracking_record(
    ids uuid[], tenants uuid[], visitors uuid[], sources text[], mediums text[], campaigns text[], terms text[],
    contents text[], referrers text[], agents text[], addresses inet[], countries text[], devices text[],
    browsers text[], bots text[], consents boolean[], starts bigint[],
    owner_ids uuid[], owner_tenants uuid[], event_ids uuid[], owners integer[], types text[], data text[],
    pages text[], times bigint[],
    seen_visits uuid[], seen_tenants uuid[], seen_tests uuid[], seen_arms text[], seen_phases integer[],
    seen_times bigint[]) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    added integer := 0;
BEGIN
    IF ids <> '{}' THEN
        PERFORM tracking_add_sessions(ids, tenants, visitors, sources, mediums, campaigns, terms, contents, referrers,
                                      agents, addresses, countries, devices, browsers, bots, consents, starts);
    END IF;
    IF event_ids <> '{}' THEN
        added := tracking_add_events(owner_ids, owner_tenants, event_ids, owners, types, data, pages, times);
    END IF;
    IF seen_visits <> '{}' THEN
        PERFORM tracking_add_exposures(seen_visits, seen_tenants, seen_tests, seen_arms, seen_phases, seen_times);
    END IF;
    RETURN added;
END
$$;
GRANT EXECUTE ON FUNCTION tracking_record(uuid[], uuid[], uuid[], text[], text[], text[], text[], text[], text[],
    text[], inet[], text[], text[], text[], text[], boolean[], bigint[], uuid[], uuid[], uuid[], integer[], text[],
    text[], text[], bigint[], uuid[], uuid[], uuid[], text[], integer[], bigint[]) TO studio_renderer;
