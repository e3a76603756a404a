-- What a posting costs that comes around a month's end, and one whose visit is there already.

-- Ids that were recorded in the other month are looked up there one by one, along the index of ids. A plan that is free to
-- choose goes over all of the month's events and compares every one of them with the batch.
CREATE FUNCTION tracking_ids_of_the_other_month(ids uuid[], times bigint[], month_end timestamptz) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
SET enable_bitmapscan = off SET enable_memoize = off
AS $$
DECLARE
    found_after uuid[];
    found_before uuid[];
BEGIN
    SELECT coalesce(array_agg(n.id), '{}') INTO found_after
    FROM unnest(ids, times) AS n (id, at) CROSS JOIN LATERAL (
        SELECT FROM events e WHERE e.id = n.id AND e.created_at >= month_end
            AND e.created_at < month_end + interval '1 month' LIMIT 1) there
    WHERE studio_time(n.at) < month_end;
    SELECT coalesce(array_agg(n.id), '{}') INTO found_before
    FROM unnest(ids, times) AS n (id, at) CROSS JOIN LATERAL (
        SELECT FROM events e WHERE e.id = n.id AND e.created_at < month_end
            AND e.created_at >= month_end - interval '1 month' LIMIT 1) there
    WHERE studio_time(n.at) >= month_end;
    RETURN found_after || found_before;
END
$$;

-- As before, with this.
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
        already := tracking_ids_of_the_other_month(ids, times, month_end);
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

-- As before; a visit that is there already is found by its key, and nothing of it is checked or tried again.
CREATE OR REPLACE FUNCTION tracking_add_sessions(
    ids uuid[], tenants uuid[], visitors uuid[], sources text[], mediums text[], campaigns text[], terms text[],
    contents text[], referrers text[], agents text[], addresses inet[], countries text[], devices text[],
    browsers text[], bots text[], consents boolean[], starts bigint[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
AS $$
BEGIN
    INSERT INTO sessions (id, tenant_id, session_token, visitor_id, utm_source, utm_medium, utm_campaign, utm_term,
                          utm_content, referrer, user_agent, ip_address, country, device_type, browser, bot_class,
                          consented, created_at)
    SELECT s.id, s.tenant_id, s.id::text, s.visitor_id, s.utm_source, s.utm_medium, s.utm_campaign, s.utm_term,
           s.utm_content, s.referrer, s.user_agent, s.ip_address, s.country, s.device_type, s.browser, s.bot_class,
           s.consented, studio_time(s.started)
    FROM unnest(ids, tenants, visitors, sources, mediums, campaigns, terms, contents, referrers, agents, addresses,
                countries, devices, browsers, bots, consents, starts)
        AS s (id, tenant_id, visitor_id, utm_source, utm_medium, utm_campaign, utm_term, utm_content, referrer,
              user_agent, ip_address, country, device_type, browser, bot_class, consented, started)
    WHERE (SELECT t.status = 'active' FROM public.tenants t WHERE t.id = s.tenant_id)
        AND NOT EXISTS (SELECT FROM sessions held WHERE held.id = s.id)
    ORDER BY s.id
    ON CONFLICT DO NOTHING;
    IF true = ANY (consents) THEN
        UPDATE sessions s SET consented = true, visitor_id = n.visitor_id
        FROM (SELECT given.id, given.visitor_id
              FROM unnest(ids, tenants, visitors, consents) AS given (id, tenant_id, visitor_id, consented)
                  JOIN sessions held ON held.id = given.id
              WHERE given.consented AND NOT held.consented AND (held.tenant_id = given.tenant_id) IS TRUE
              ORDER BY given.id FOR UPDATE OF held) n
        WHERE s.id = n.id AND NOT s.consented;
    END IF;
END
$$;
