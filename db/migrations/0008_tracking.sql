-- Visits and events as the public service records them: in batches, each row once, for active tenants only.

ALTER TABLE sessions
    ALTER COLUMN session_token SET DEFAULT gen_random_uuid()::text,
    DROP CONSTRAINT sessions_token_taken, -- the id tells visits apart; a second unique index tells nothing more
    ADD COLUMN visitor_id uuid,           -- only with consent
    ADD COLUMN consented boolean NOT NULL DEFAULT false,
    ADD COLUMN bot_class varchar(20) CONSTRAINT sessions_bot_class_value CHECK (
        bot_class IN ('search', 'ai', 'seo', 'monitoring', 'social', 'headless', 'other')),
    ADD CONSTRAINT sessions_visitor_consented CHECK (visitor_id IS NULL OR consented);
CREATE INDEX sessions_of_visitor ON sessions (tenant_id, visitor_id) WHERE visitor_id IS NOT NULL;

ALTER TABLE ab_tests ADD COLUMN phase integer NOT NULL DEFAULT 1 CONSTRAINT ab_tests_phase_value CHECK (phase > 0);
ALTER TABLE ab_assignments
    ADD COLUMN phase integer NOT NULL DEFAULT 1 CONSTRAINT ab_assignments_phase_value CHECK (phase > 0),
    DROP CONSTRAINT ab_assignments_once,
    ADD CONSTRAINT ab_assignments_once UNIQUE (session_id, test_id, phase);

-- Asks once for each row that somebody with psql adds; the functions below have checked theirs as a set.
CREATE FUNCTION events_session_is_own(tenant uuid, visit uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT studio_is_public(tenant)
        AND (visit IS NULL OR EXISTS (SELECT FROM sessions WHERE tenant_id = tenant AND id = visit))
$$;
GRANT EXECUTE ON FUNCTION events_session_is_own(uuid, uuid) TO studio_renderer;
DROP POLICY events_add ON events;
CREATE POLICY events_add ON events FOR INSERT TO studio_renderer
    WITH CHECK (events_session_is_own(tenant_id, session_id));
DROP TRIGGER events_of_own_sessions ON events;
DROP FUNCTION events_of_own_sessions();

-- An id is unique within its month: an index over all partitions would have to hold created_at, too.
ALTER TABLE events DROP CONSTRAINT events_pkey;
DO $$
DECLARE
    leaf regclass;
BEGIN
    FOR leaf IN SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent = 'public.events'::regclass LOOP
        EXECUTE format('CREATE UNIQUE INDEX %I ON %s (id)', leaf::text || '_once', leaf);
    END LOOP;
END
$$;

CREATE OR REPLACE FUNCTION events_make_partitions(first date, months integer) RETURNS integer
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
SELECT events_make_partitions(((now() AT TIME ZONE 'UTC') - interval '1 month')::date, 14);

CREATE FUNCTION studio_time(microseconds bigint) RETURNS timestamptz
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT '1970-01-01 00:00:00+00'::timestamptz + microseconds * interval '1 microsecond'
$$;

-- The functions below keep one plan, made while the tables may be empty. Their conditions leave it no choice but the
-- primary keys: an index that begins with the tenant would read all her visits for each row.

-- Visits that are new, in the order of their ids so that two batches with the same visits wait and never lock each
-- other out. A cookieless visit whose visitor has accepted since becomes a consented one.
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

-- Gives how many of the events were new. `owners` is each event's place, from 1, in owner_ids (its visit) and
-- owner_tenants. An id that was recorded before counts once, also where the two were received on different sides of a
-- month's end.
CREATE FUNCTION tracking_add_events(owner_ids uuid[], owner_tenants uuid[], ids uuid[], owners integer[], types text[],
                                    data text[], pages text[], times bigint[]) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
AS $$
DECLARE
    own boolean[];
    first_time timestamptz;
    last_time timestamptz;
    month_end timestamptz;
    already uuid[] := '{}';
    added integer;
BEGIN
    SELECT array_agg((SELECT t.status = 'active' FROM tenants t WHERE t.id = o.tenant_id)
                     AND (SELECT (s.tenant_id = o.tenant_id) IS TRUE FROM sessions s WHERE s.id = o.id)
                     ORDER BY o.place) INTO own
    FROM unnest(owner_ids, owner_tenants) WITH ORDINALITY AS o (id, tenant_id, place);
    SELECT studio_time(min(at)), studio_time(max(at)) INTO first_time, last_time FROM unnest(times) AS at;
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
    INSERT INTO events (id, session_id, tenant_id, event_type, event_data, page_url, created_at)
    SELECT e.id, owner_ids[e.owner], owner_tenants[e.owner], e.event_type, e.event_data::jsonb, e.page_url,
           studio_time(e.at)
    FROM unnest(ids, owners, types, data, pages, times) AS e (id, owner, event_type, event_data, page_url, at)
    WHERE own[e.owner] AND e.id <> ALL (already)
    ORDER BY e.id
    ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS added = ROW_COUNT;
    RETURN added;
END
$$;

CREATE TABLE bot_visits (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    day date NOT NULL,
    bot_class varchar(20) NOT NULL CONSTRAINT bot_visits_class_value CHECK (
        bot_class IN ('search', 'ai', 'seo', 'monitoring', 'social', 'headless', 'other')),
    hits bigint NOT NULL CONSTRAINT bot_visits_hits_value CHECK (hits > 0),
    PRIMARY KEY (tenant_id, day, bot_class)
);
ALTER TABLE bot_visits ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON bot_visits TO studio_operator, studio_companion;
CREATE POLICY bot_visits_read ON bot_visits FOR SELECT TO studio_operator, studio_companion
    USING ((SELECT role FROM studio_account()) = 'operator'
           OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));

CREATE FUNCTION tracking_add_bot_visits(tenants uuid[], days bigint[], classes text[], counts bigint[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    INSERT INTO bot_visits AS b (tenant_id, day, bot_class, hits)
    SELECT v.tenant_id, '1970-01-01'::date + v.day::integer, v.bot_class, sum(v.hits)
    FROM unnest(tenants, days, classes, counts) AS v (tenant_id, day, bot_class, hits)
        JOIN public.tenants t ON t.id = v.tenant_id
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    ON CONFLICT (tenant_id, day, bot_class) DO UPDATE SET hits = b.hits + excluded.hits
$$;

-- The day's random salt of the cookieless count. It is in no backup, and gone when its day is.
CREATE TABLE visitor_salts (
    day date PRIMARY KEY,
    salt bytea NOT NULL CONSTRAINT visitor_salts_size CHECK (octet_length(salt) = 32)
);
ALTER TABLE visitor_salts ENABLE ROW LEVEL SECURITY;

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

GRANT EXECUTE ON FUNCTION tracking_add_sessions(uuid[], uuid[], uuid[], text[], text[], text[], text[], text[], text[],
    text[], inet[], text[], text[], text[], text[], boolean[], bigint[]),
    tracking_add_events(uuid[], uuid[], uuid[], integer[], text[], text[], text[], bigint[]),
    tracking_add_bot_visits(uuid[], bigint[], text[], bigint[]), visitor_salt(bigint) TO studio_renderer;
