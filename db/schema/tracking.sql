-- Visits and events as they arrive.

-- Makes the partitions from the month of `first` on, as many months as asked; those that exist are left alone.
CREATE FUNCTION events_make_partitions(first date, months integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    month date;
    partition text;
    made integer := 0;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('events_make_partitions'));
    FOR step IN 0 .. months - 1 LOOP
        month := (date_trunc('month', first) + make_interval(months => step))::date;
        partition := 'events_' || to_char(month, 'YYYY_MM');
        IF to_regclass('public.' || partition) IS NULL THEN
            EXECUTE format('CREATE TABLE public.%I PARTITION OF public.events FOR VALUES FROM (%L) TO (%L)', partition,
                month::text || ' 00:00:00+00', (month + interval '1 month')::date::text || ' 00:00:00+00');
            EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', partition);
            EXECUTE format('CREATE UNIQUE INDEX %I ON public.%I (id)', partition || '_once', partition);
            made := made + 1;
        END IF;
    END LOOP;
    RETURN made;
END
$$;

-- Asks once for each row that somebody with psql adds; the functions below have checked theirs as a set.
CREATE FUNCTION events_session_is_own(tenant uuid, visit uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT studio_is_public(tenant)
        AND (visit IS NULL OR EXISTS (SELECT FROM sessions WHERE tenant_id = tenant AND id = visit))
$$;
GRANT EXECUTE ON FUNCTION events_session_is_own(uuid, uuid) TO studio_renderer;

CREATE FUNCTION tracking_add_bot_visits(tenants uuid[], days bigint[], classes text[], counts bigint[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    INSERT INTO bot_visits AS b (tenant_id, day, bot_class, hits)
    SELECT v.tenant_id, '1970-01-01'::date + v.day::integer, v.bot_class, sum(v.hits)
    FROM unnest(tenants, days, classes, counts) AS v (tenant_id, day, bot_class, hits)
        JOIN public.tenants t ON t.id = v.tenant_id
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    ON CONFLICT (tenant_id, day, bot_class) DO UPDATE SET hits = b.hits + excluded.hits
$$;
GRANT EXECUTE ON FUNCTION tracking_add_bot_visits(uuid[], bigint[], text[], bigint[]) TO studio_renderer;

-- Gives how many of the events were new. `owners` is each event's place, from 1, in owner_ids (its visit) and
-- owner_tenants. An id that was recorded counts once, also where it was received on both sides of a month's end. What was
-- reported within the last seconds is taken for new and added without asking first, which is what an event costs most;
-- where one of these is there already after all, all take the careful way.
CREATE FUNCTION tracking_add_events(
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
GRANT EXECUTE ON FUNCTION tracking_add_events(uuid[], uuid[], uuid[], integer[], text[], text[], text[], bigint[]) TO
    studio_renderer;

CREATE FUNCTION tracking_add_exposures(visits uuid[], tenants uuid[], tests uuid[], arms text[], phases integer[],
                                       times bigint[]) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
AS $$
DECLARE
    added integer;
BEGIN
    INSERT INTO ab_assignments (tenant_id, session_id, test_id, variant_id, phase, assigned_at)
    SELECT s.tenant_id, s.id, p.test_id, x.variant_id, p.number, studio_time(x.at)
    FROM unnest(visits, tenants, tests, arms, phases, times) AS x (session_id, tenant_id, test_id, variant_id, phase, at)
        JOIN sessions s ON s.id = x.session_id
        JOIN ab_tests t ON t.id = x.test_id
        JOIN ab_test_phases p ON p.test_id = t.id AND p.number = x.phase
    WHERE (s.tenant_id = x.tenant_id) IS TRUE AND (t.tenant_id = x.tenant_id) IS TRUE AND (t.status = 'active') IS TRUE
        AND p.variants @> jsonb_build_array(jsonb_build_object('id', x.variant_id))
        AND (SELECT o.status = 'active' FROM public.tenants o WHERE o.id = x.tenant_id)
    ORDER BY s.id, p.test_id, p.number, x.at
    ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS added = ROW_COUNT;
    RETURN added;
END
$$;
GRANT EXECUTE ON FUNCTION tracking_add_exposures(uuid[], uuid[], uuid[], text[], integer[], bigint[]) TO
    studio_renderer;

-- Visits that are new, in the order of their ids so that two batches with the same visits wait and never lock each
-- other out. A visit that is there already is found by its key, and nothing of it is checked or tried again. A cookieless
-- visit whose visitor has accepted since becomes a consented one.
CREATE FUNCTION tracking_add_sessions(
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
GRANT EXECUTE ON FUNCTION tracking_add_sessions(uuid[], uuid[], uuid[], text[], text[], text[], text[], text[],
    text[], text[], inet[], text[], text[], text[], text[], boolean[], bigint[]) TO studio_renderer;

-- A month that is yet to come holds nothing: ids are not looked up in it one by one, nor where no event lies beyond its end.
CREATE FUNCTION tracking_ids_of_the_other_month(ids uuid[], times bigint[], month_end timestamptz) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
SET enable_bitmapscan = off SET enable_memoize = off
AS $$
DECLARE
    month_us bigint := extract(epoch FROM month_end)::bigint * 1000000;
    found_after uuid[] := '{}';
    found_before uuid[] := '{}';
BEGIN
    IF month_us > ANY (times) AND EXISTS (
            SELECT FROM events e WHERE e.created_at >= month_end AND e.created_at < month_end + interval '1 month') THEN
        SELECT coalesce(array_agg(n.id), '{}') INTO found_after
        FROM unnest(ids, times) AS n (id, at) CROSS JOIN LATERAL (
            SELECT FROM events e WHERE e.id = n.id AND e.created_at >= month_end
                AND e.created_at < month_end + interval '1 month' LIMIT 1) there
        WHERE n.at < month_us;
    END IF;
    IF month_us <= ANY (times) THEN
        SELECT coalesce(array_agg(n.id), '{}') INTO found_before
        FROM unnest(ids, times) AS n (id, at) CROSS JOIN LATERAL (
            SELECT FROM events e WHERE e.id = n.id AND e.created_at < month_end
                AND e.created_at >= month_end - interval '1 month' LIMIT 1) there
        WHERE n.at >= month_us;
    END IF;
    RETURN found_after || found_before;
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
    PERFORM set_config('studio.marked', 'yes', true);
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
    PERFORM analytics_mark_visits(ids || owner_ids || seen_visits, tenants || owner_tenants || seen_tenants);
    PERFORM set_config('studio.marked', '', true);
    RETURN added;
END
$$;
GRANT EXECUTE ON FUNCTION tracking_record(uuid[], uuid[], uuid[], text[], text[], text[], text[], text[], text[],
    text[], inet[], text[], text[], text[], text[], boolean[], bigint[], uuid[], uuid[], uuid[], integer[], text[],
    text[], text[], bigint[], uuid[], uuid[], uuid[], text[], integer[], bigint[]) TO studio_renderer;

-- By the server's clock, so that a replica whose clock runs behind gets the new day's salt for the day that is over,
-- and none gets a salt far ahead.
CREATE FUNCTION visitor_salt(days_since_1970 bigint) RETURNS bytea
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    today date := (clock_timestamp() AT TIME ZONE 'UTC')::date;
    wanted date := greatest('1970-01-01'::date + days_since_1970::integer, today);
    found bytea;
BEGIN
    IF wanted > today + 1 THEN
        RAISE EXCEPTION 'The day % is more than one ahead of the database''s clock.', wanted
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF EXISTS (SELECT FROM visitor_salts WHERE day < today) THEN
        PERFORM visitor_salts_destroy(today);
    END IF;
    SELECT salt INTO found FROM visitor_salts WHERE day = wanted;
    IF found IS NULL THEN
        PERFORM pg_advisory_xact_lock(hashtext('visitor_salts'));
        INSERT INTO visitor_salts VALUES (wanted, sha256(
            uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())))
        ON CONFLICT DO NOTHING;
        SELECT salt INTO STRICT found FROM visitor_salts WHERE day = wanted;
    END IF;
    RETURN found;
END
$$;
GRANT EXECUTE ON FUNCTION visitor_salt(bigint) TO studio_renderer;

-- A deleted row stays in the table's file until something overwrites it; a truncated file is gone. Where somebody
-- reads the table at this moment (a backup), the rows are deleted and the file is left for the next call.
CREATE FUNCTION visitor_salts_destroy(before date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    kept visitor_salts[];
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('visitor_salts'));
    BEGIN
        LOCK TABLE visitor_salts IN ACCESS EXCLUSIVE MODE NOWAIT;
        SELECT coalesce(array_agg(s), '{}') INTO kept FROM visitor_salts s WHERE s.day >= before;
        TRUNCATE visitor_salts;
        INSERT INTO visitor_salts SELECT * FROM unnest(kept);
    EXCEPTION WHEN lock_not_available THEN
        DELETE FROM visitor_salts s WHERE s.day < before;
    END;
END
$$;

GRANT SELECT ON sessions TO studio_operator, studio_companion;
GRANT INSERT ON sessions TO studio_renderer;
CREATE POLICY sessions_read ON sessions FOR SELECT TO studio_operator, studio_companion
    USING ((SELECT role FROM studio_account()) = 'operator'
           OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));
CREATE POLICY sessions_add ON sessions FOR INSERT TO studio_renderer WITH CHECK (studio_is_public(tenant_id));

GRANT SELECT ON events TO studio_operator, studio_companion;
GRANT INSERT ON events TO studio_renderer;
CREATE POLICY events_read ON events FOR SELECT TO studio_operator, studio_companion
    USING ((SELECT role FROM studio_account()) = 'operator'
           OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));
CREATE POLICY events_add ON events FOR INSERT TO studio_renderer
    WITH CHECK (events_session_is_own(tenant_id, session_id));

GRANT SELECT ON bot_visits TO studio_operator, studio_companion;
CREATE POLICY bot_visits_read ON bot_visits FOR SELECT TO studio_operator, studio_companion
    USING ((SELECT role FROM studio_account()) = 'operator'
           OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));

-- The month before, for events that arrive late, this month and the twelve to come.
SELECT events_make_partitions(((now() AT TIME ZONE 'UTC') - interval '1 month')::date, 14);
