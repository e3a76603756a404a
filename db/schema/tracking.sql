-- Visits and events as they arrive.

-- Adds an empty partition. Unlike CREATE TABLE … PARTITION OF, it neither waits for readers of the table nor makes them
-- wait.
CREATE FUNCTION partition_add(parent text, name text, first text, after text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    EXECUTE format('CREATE TABLE public.%I (LIKE public.%I INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', name, parent);
    EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE public.%I ATTACH PARTITION public.%I FOR VALUES FROM (%L) TO (%L)', parent, name, first, after);
END
$$;

-- Makes the partitions from the month of `first` on, as many months as asked; those that exist are left alone.
CREATE FUNCTION events_make_partitions(first date, months integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    month date;
    partition text;
    made integer := 0;
BEGIN
    PERFORM FROM job_locks WHERE name = 'partitions' FOR UPDATE;
    FOR step IN 0 .. months - 1 LOOP
        month := (date_trunc('month', first) + make_interval(months => step))::date;
        partition := 'events_' || to_char(month, 'YYYY_MM');
        IF to_regclass('public.' || partition) IS NULL THEN
            PERFORM partition_add('events', partition, month::text || ' 00:00:00+00',
                                  (month + interval '1 month')::date::text || ' 00:00:00+00');
            EXECUTE format('CREATE UNIQUE INDEX %I ON public.%I (id)', partition || '_once', partition);
            made := made + 1;
        END IF;
    END LOOP;
    RETURN made;
END
$$;

-- For the policy on events that are inserted directly. tracking_record() checks a whole batch at once instead.
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

-- 30 minutes without an event end a visit, with consent and without, by the server's clock, so that all replicas agree and
-- no device's clock matters. Returns a visit for each place of the arrays: the visit that is open under the key; where there
-- is none, a new visit under the given id; without a key the given id. Rows are locked in the order of the keys, so that
-- writers wait for each other and never end in a deadlock.
CREATE FUNCTION tracking_open_visits(ids uuid[], tenants uuid[], keys uuid[]) RETURNS uuid[]
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    now_is timestamptz := clock_timestamp();
    visits uuid[];
BEGIN
    WITH opened AS (
        INSERT INTO open_visits AS o (tenant_id, key, visit_id, last_at)
        SELECT DISTINCT ON (s.tenant_id, s.key) s.tenant_id, s.key, s.id, now_is
        FROM unnest(ids, tenants, keys) AS s (id, tenant_id, key)
        WHERE s.key IS NOT NULL ORDER BY s.tenant_id, s.key
        ON CONFLICT (tenant_id, key) DO UPDATE SET
            visit_id = CASE WHEN o.last_at < excluded.last_at - interval '30 minutes' THEN excluded.visit_id
                            ELSE o.visit_id END,
            last_at = greatest(o.last_at, excluded.last_at)
        RETURNING o.tenant_id, o.key, o.visit_id
    )
    SELECT array_agg(coalesce(o.visit_id, s.id) ORDER BY s.place) INTO visits
    FROM unnest(ids, tenants, keys) WITH ORDINALITY AS s (id, tenant_id, key, place)
        LEFT JOIN opened o ON o.tenant_id = s.tenant_id AND o.key = s.key;
    RETURN coalesce(visits, '{}');
END
$$;

-- The visit of one sender, for a form that is opened.
CREATE FUNCTION tracking_open_visit(tenant uuid, key uuid, fresh_visit uuid) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN (tracking_open_visits(ARRAY[fresh_visit], ARRAY[tenant], ARRAY[key]))[1];
END
$$;

-- Deletes the rows of visits that are over. A row that is being written at this moment is skipped, because its visit
-- continues.
CREATE FUNCTION tracking_close_idle_visits() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    closed integer;
BEGIN
    DELETE FROM open_visits o USING (
        SELECT tenant_id, key FROM open_visits WHERE last_at < clock_timestamp() - interval '30 minutes'
        FOR UPDATE SKIP LOCKED) idle
    WHERE o.tenant_id = idle.tenant_id AND o.key = idle.key;
    GET DIAGNOSTICS closed = ROW_COUNT;
    RETURN closed;
END
$$;

-- The functions below keep one plan, which may be made while the tables are empty. Their conditions leave the planner only
-- the primary keys: an index that begins with the tenant would read all of its visits for each row.

-- Visits that are new, in the order of their ids; gives which were added. Without consent a row contains only values that
-- many visitors share.
CREATE FUNCTION tracking_add_sessions(
    ids uuid[], tenants uuid[], visitors uuid[], sources text[], mediums text[], campaigns text[], terms text[],
    contents text[], referrers text[], agents text[], addresses inet[], countries text[], devices text[],
    browsers text[], bots text[], consents boolean[], starts bigint[]) RETURNS uuid[]
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
AS $$
DECLARE
    made uuid[];
BEGIN
    WITH added AS (
        INSERT INTO sessions (id, tenant_id, session_token, visitor_id, utm_source, utm_medium, utm_campaign, utm_term,
                              utm_content, referrer, user_agent, ip_address, country, device_type, browser, bot_class,
                              consented, created_at)
        SELECT s.id, s.tenant_id, s.id::text, s.visitor_id, s.utm_source, s.utm_medium, s.utm_campaign,
               CASE WHEN s.consented THEN s.utm_term END, CASE WHEN s.consented THEN s.utm_content END,
               CASE WHEN s.consented THEN s.referrer END, CASE WHEN s.consented THEN s.user_agent END,
               CASE WHEN s.consented THEN s.ip_address END, s.country, s.device_type,
               CASE WHEN s.consented THEN s.browser END, s.bot_class, s.consented, studio_time(s.started)
        FROM unnest(ids, tenants, visitors, sources, mediums, campaigns, terms, contents, referrers, agents, addresses,
                    countries, devices, browsers, bots, consents, starts)
            AS s (id, tenant_id, visitor_id, utm_source, utm_medium, utm_campaign, utm_term, utm_content, referrer,
                  user_agent, ip_address, country, device_type, browser, bot_class, consented, started)
        WHERE s.id IS NOT NULL AND (SELECT t.status = 'active' FROM public.tenants t WHERE t.id = s.tenant_id)
            AND NOT EXISTS (SELECT FROM sessions held WHERE held.id = s.id)
        ORDER BY s.id
        ON CONFLICT DO NOTHING
        RETURNING id)
    SELECT array_agg(id) INTO made FROM added;
    RETURN coalesce(made, '{}');
END
$$;

-- Deletes those of the batch's new visits whose events were all recorded before, in other visits.
CREATE FUNCTION tracking_remove_empty(made uuid[], visits uuid[], places integer[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
AS $$
BEGIN
    DELETE FROM sessions s WHERE s.id = ANY (made) AND s.id IN (SELECT visits[place] FROM unnest(places) AS place)
        AND NOT EXISTS (SELECT FROM events e WHERE e.session_id = s.id
                            AND e.created_at >= s.created_at - interval '3 days');
END
$$;

-- Ids that were recorded in the other month are looked up there one by one, along the index of ids. Otherwise the planner
-- would read all of the month's events and compare each with the batch.
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

-- Gives how many of the events were new. `places` is each event's place, from 1, in `visits` and `tenants`; those that
-- are not `own` are left out. An id that was recorded before counts once, also where the two times lie on different sides
-- of a month's end. Events of the last seconds are assumed to be new and added without looking up their ids, which would be
-- the largest cost of an event; if one of these ids exists already, the whole batch is added again by the statement that
-- looks up every id.
CREATE FUNCTION tracking_add_events(
    visits uuid[], tenants uuid[], own boolean[], ids uuid[], places integer[], types text[], data text[],
    pages text[], times bigint[]) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
AS $$
DECLARE
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
    SELECT min(at), max(at) INTO first_at, last_at FROM unnest(times) AS at;
    first_time := studio_time(first_at);
    last_time := studio_time(last_at);
    month_end := date_trunc('month', last_time + interval '2 days', 'UTC');
    IF first_time - interval '2 days' < month_end THEN
        IF first_time - interval '5 minutes' < month_end AND month_end < last_time + interval '5 minutes' THEN
            PERFORM FROM job_locks WHERE name = 'tracking_month_end' FOR UPDATE;
        END IF;
        already := tracking_ids_of_the_other_month(ids, times, month_end);
    END IF;
    IF last_at >= new_from THEN
        BEGIN
            INSERT INTO events (id, session_id, tenant_id, event_type, event_data, page_url, created_at)
            SELECT e.id, visits[e.place], tenants[e.place], e.event_type, e.event_data::jsonb, e.page_url,
                   studio_time(e.at)
            FROM unnest(ids, places, types, data, pages, times)
                AS e (id, place, event_type, event_data, page_url, at)
            WHERE e.at >= new_from AND own[e.place] AND e.id <> ALL (already)
            ORDER BY e.id;
            GET DIAGNOSTICS added_before = ROW_COUNT;
        EXCEPTION WHEN unique_violation THEN
            new_from := last_at + 1;
        END;
    END IF;
    IF first_at < new_from THEN
        INSERT INTO events (id, session_id, tenant_id, event_type, event_data, page_url, created_at)
        SELECT e.id, visits[e.place], tenants[e.place], e.event_type, e.event_data::jsonb, e.page_url,
               studio_time(e.at)
        FROM unnest(ids, places, types, data, pages, times) AS e (id, place, event_type, event_data, page_url, at)
        WHERE e.at < new_from AND own[e.place] AND e.id <> ALL (already)
        ORDER BY e.id
        ON CONFLICT DO NOTHING;
        GET DIAGNOSTICS added = ROW_COUNT;
    END IF;
    RETURN added_before + added;
END
$$;

CREATE FUNCTION tracking_add_exposures(
    visits uuid[], tenants uuid[], own boolean[], places integer[], tests uuid[], variants text[], phases integer[],
    times bigint[]) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
AS $$
DECLARE
    added integer;
BEGIN
    INSERT INTO ab_assignments (tenant_id, session_id, test_id, variant_id, phase, assigned_at)
    SELECT t.tenant_id, visits[x.place], p.test_id, x.variant_id, p.number, studio_time(x.at)
    FROM unnest(places, tests, variants, phases, times) AS x (place, test_id, variant_id, phase, at)
        JOIN ab_tests t ON t.id = x.test_id
        JOIN ab_test_phases p ON p.test_id = t.id AND p.number = x.phase
    WHERE own[x.place] AND (t.tenant_id = tenants[x.place]) IS TRUE AND (t.status = 'active') IS TRUE
        AND p.variants @> jsonb_build_array(jsonb_build_object('id', x.variant_id))
    ORDER BY visits[x.place], p.test_id, p.number, x.at
    ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS added = ROW_COUNT;
    RETURN added;
END
$$;

-- Which of these belong to the batch: visits of tenants that are active, recorded for the same visitor or, without
-- consent, for none. Those behind the batch's own sessions were recorded earlier.
CREATE FUNCTION tracking_own_visits(visits uuid[], tenants uuid[], visitors uuid[]) RETURNS boolean[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
AS $$
BEGIN
    RETURN (SELECT array_agg(
                (SELECT t.status = 'active' FROM tenants t WHERE t.id = v.tenant_id)
                AND (SELECT (s.tenant_id = v.tenant_id) IS TRUE
                         AND (v.place > cardinality(visitors) OR s.visitor_id IS NOT DISTINCT FROM visitors[v.place])
                     FROM sessions s WHERE s.id = v.id)
                ORDER BY v.place)
            FROM unnest(visits, tenants) WITH ORDINALITY AS v (id, tenant_id, place));
END
$$;

-- A whole batch in one statement; gives how many of the events were new. `places` and `seen_places` count the batch's
-- sessions first, then `earlier_ids`.
CREATE FUNCTION tracking_record(
    ids uuid[], tenants uuid[], keys uuid[], visitors uuid[], sources text[], mediums text[], campaigns text[],
    terms text[], contents text[], referrers text[], agents text[], addresses inet[], countries text[],
    devices text[], browsers text[], bots text[], consents boolean[], starts bigint[],
    earlier_ids uuid[], earlier_tenants uuid[],
    event_ids uuid[], places integer[], types text[], data text[], pages text[], times bigint[],
    seen_places integer[], seen_tests uuid[], seen_variants text[], seen_phases integer[], seen_times bigint[])
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET jit = off AS $$
DECLARE
    visits uuid[] := tracking_open_visits(ids, tenants, keys);
    owners uuid[] := tenants || earlier_tenants;
    own boolean[];
    made uuid[] := '{}';
    added integer := 0;
BEGIN
    IF EXISTS (SELECT FROM erased_subjects) THEN -- their places become null, and nothing is recorded of them
        visits := studio_without_erased('visit', visits, studio_without_erased('visitor', visitors, visits));
    END IF;
    IF ids <> '{}' THEN
        made := tracking_add_sessions(visits, tenants, visitors, sources, mediums, campaigns, terms, contents,
                                      referrers, agents, addresses, countries, devices, browsers, bots, consents,
                                      starts);
    END IF;
    visits := visits || earlier_ids;
    own := tracking_own_visits(visits, owners, visitors);
    IF event_ids <> '{}' THEN
        added := tracking_add_events(visits, owners, own, event_ids, places, types, data, pages, times);
        IF added < cardinality(event_ids) AND made <> '{}' THEN
            PERFORM tracking_remove_empty(made, visits, places);
            own := tracking_own_visits(visits, owners, visitors);
        END IF;
        PERFORM analytics_touch(owners, visits);
    END IF;
    IF seen_places <> '{}' THEN
        PERFORM tracking_add_exposures(visits, owners, own, seen_places, seen_tests, seen_variants, seen_phases,
                                       seen_times);
    END IF;
    RETURN added;
END
$$;

-- A visitor accepts the cookie: a new visit under the visitor's id begins with the events that this page load reported,
-- whose ids only this browser knows. They leave the visit without consent; everything else stays in it, because it may
-- belong to other people. Repeating the call changes nothing. Returns how many events moved.
CREATE FUNCTION tracking_accept(
    tenant uuid, fresh_visit uuid, visitor uuid, agent text, address inet, country text, device text,
    browser text, bot text, event_ids uuid[]) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET jit = off
AS $$
DECLARE
    since timestamptz := clock_timestamp() - interval '1 day';
    until timestamptz := clock_timestamp() + interval '1 day'; -- and no later months
    visit uuid;
    moving uuid[];
    left_visits uuid[];
    began timestamptz;
    arrival jsonb;
BEGIN
    IF NOT studio_is_public(tenant) THEN
        RETURN 0;
    END IF;
    visit := tracking_open_visit(tenant, visitor, fresh_visit); -- waits for an erasure that is not committed yet
    IF studio_is_erased('visitor', visitor::text) OR studio_is_erased('visit', visit::text) THEN
        RETURN 0;
    END IF;
    SELECT coalesce(array_agg(e.id), '{}'), coalesce(array_agg(DISTINCT e.session_id), '{}'), min(e.created_at),
        (array_agg(e.event_data ORDER BY e.created_at) FILTER (WHERE e.event_type = 'page_view'))[1]
    INTO moving, left_visits, began, arrival
    FROM events e JOIN sessions s ON s.id = e.session_id
    WHERE e.id = ANY (event_ids) AND e.created_at >= since AND e.created_at < until AND (e.tenant_id = tenant) IS TRUE
        AND (s.tenant_id = tenant) IS TRUE AND NOT s.consented;
    IF moving = '{}' THEN -- the visit begins with the first event that arrives with the cookie
        RETURN 0;
    END IF;
    visit := tracking_open_visit(tenant, visitor, fresh_visit);
    INSERT INTO sessions (id, tenant_id, session_token, visitor_id, utm_source, utm_medium, utm_campaign, user_agent,
                          ip_address, country, device_type, browser, bot_class, consented, created_at)
    SELECT visit, tenant, visit::text, visitor, arrival ->> 'utmSource', arrival ->> 'utmMedium',
           arrival ->> 'utmCampaign', agent, address, tracking_accept.country, device, tracking_accept.browser, bot,
           true, coalesce(began, clock_timestamp())
    WHERE NOT EXISTS (SELECT FROM sessions held WHERE held.id = visit)
    ON CONFLICT DO NOTHING;
    -- Later writers of these visits wait, so that a visit that becomes empty can be deleted.
    PERFORM FROM open_visits o WHERE o.tenant_id = tenant AND o.visit_id = ANY (left_visits) ORDER BY o.key FOR UPDATE;
    UPDATE events e SET session_id = visit
    WHERE e.id = ANY (moving) AND e.created_at >= since AND e.created_at < until;
    PERFORM tracking_move_exposures(tenant, visit, left_visits);
    WITH emptied AS (
        DELETE FROM sessions s WHERE s.id = ANY (left_visits)
            AND NOT EXISTS (SELECT FROM events e WHERE e.session_id = s.id AND e.created_at >= since - interval '2 days')
            AND NOT EXISTS (SELECT FROM bookings b WHERE b.session_id = s.id OR b.source_visit_id = s.id)
        RETURNING s.id)
    DELETE FROM open_visits o USING emptied WHERE o.tenant_id = tenant AND o.visit_id = emptied.id;
    RETURN cardinality(moving);
END
$$;

-- Moves assignments with the events that report them: a visit keeps a variant if one of its events says that it was seen.
CREATE FUNCTION tracking_move_exposures(tenant uuid, to_visit uuid, from_visits uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off
AS $$
BEGIN
    INSERT INTO ab_assignments (tenant_id, session_id, test_id, variant_id, phase, assigned_at)
    SELECT a.tenant_id, to_visit, a.test_id, a.variant_id, a.phase, a.assigned_at FROM ab_assignments a
    WHERE a.session_id = ANY (from_visits) AND EXISTS (
        SELECT FROM events e WHERE e.session_id = to_visit AND e.event_type = 'ab_test_assigned'
            AND e.event_data ->> 'testId' = a.test_id::text AND e.event_data ->> 'variantId' = a.variant_id)
    ON CONFLICT DO NOTHING;
    DELETE FROM ab_assignments a WHERE a.session_id = ANY (from_visits) AND NOT EXISTS (
        SELECT FROM events e WHERE e.session_id = a.session_id AND e.event_type = 'ab_test_assigned'
            AND e.event_data ->> 'testId' = a.test_id::text);
END
$$;

GRANT EXECUTE ON FUNCTION tracking_record(uuid[], uuid[], uuid[], uuid[], text[], text[], text[], text[], text[], text[],
    text[], inet[], text[], text[], text[], text[], boolean[], bigint[], uuid[], uuid[], uuid[], integer[], text[],
    text[], text[], bigint[], integer[], uuid[], text[], integer[], bigint[]),
    tracking_open_visit(uuid, uuid, uuid), tracking_close_idle_visits(),
    tracking_accept(uuid, uuid, uuid, text, inet, text, text, text, text, uuid[]) TO studio_renderer;

-- The day's random salt of the keys without consent. Days are those of the server's clock: a replica whose clock is behind
-- gets today's salt for a day that is over, and none gets a salt far ahead. If two create a salt at once, the second waits
-- and gets the first one's.
CREATE FUNCTION visitor_salt(days_since_1970 bigint) RETURNS bytea
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    today date := (clock_timestamp() AT TIME ZONE 'UTC')::date;
    wanted date := greatest('1970-01-01'::date + days_since_1970::integer, today);
    found bytea;
BEGIN
    IF wanted > today + 1 THEN
        RAISE EXCEPTION 'The day % is more than one day ahead of the database''s clock.', wanted
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF EXISTS (SELECT FROM visitor_salts WHERE day < today) THEN
        PERFORM visitor_salts_destroy(today);
    END IF;
    SELECT salt INTO found FROM visitor_salts WHERE day = wanted;
    IF found IS NULL THEN
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
-- reads or writes the table at this moment, the rows are deleted and the file is left for the next call.
CREATE FUNCTION visitor_salts_destroy(before date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    kept visitor_salts[];
BEGIN
    LOCK TABLE visitor_salts IN ACCESS EXCLUSIVE MODE NOWAIT;
    SELECT coalesce(array_agg(s), '{}') INTO kept FROM visitor_salts s WHERE s.day >= before;
    TRUNCATE visitor_salts;
    INSERT INTO visitor_salts SELECT * FROM unnest(kept);
EXCEPTION WHEN lock_not_available THEN
    DELETE FROM visitor_salts s WHERE s.day < before;
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

-- Hours are counted since 1970.
CREATE FUNCTION capped_hours_add(tenants uuid[], hours bigint[], dropped bigint[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    INSERT INTO capped_hours AS c (tenant_id, hour, dropped)
    SELECT n.tenant, to_timestamp(n.hour * 3600), n.dropped
    FROM unnest(tenants, hours, dropped) AS n (tenant, hour, dropped) JOIN public.tenants t ON t.id = n.tenant
    ORDER BY n.tenant, n.hour
    ON CONFLICT (tenant_id, hour) DO UPDATE SET dropped = c.dropped + excluded.dropped
$$;
GRANT EXECUTE ON FUNCTION capped_hours_add(uuid[], bigint[], bigint[]) TO studio_renderer;

GRANT SELECT ON capped_hours TO studio_operator, studio_staff, studio_companion;
CREATE POLICY capped_hours_read ON capped_hours FOR SELECT TO studio_operator, studio_staff, studio_companion
    USING ((SELECT role FROM studio_account()) IN ('operator', 'staff')
           OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));
