-- One row of facts for each visit of a person, made from the raw rows and from nothing else: what the roll-ups of
-- 0014 add up. docs/analytics.md gives the definitions.

-- A visit's events, for its facts, for the path of a booking and for erasure.
CREATE INDEX events_of_session ON events (session_id, created_at);

-- What the figures depend on besides the raw rows: time zone and own hosts of a site, from the moment they stood. The
-- first row of a tenant stands from the beginning of time.
CREATE TABLE tenant_settings_history (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    since timestamptz NOT NULL,
    zone text NOT NULL,
    hosts text[] NOT NULL,
    PRIMARY KEY (tenant_id, since)
);
ALTER TABLE tenant_settings_history ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON tenant_settings_history TO studio_operator, studio_companion;
CREATE POLICY tenant_settings_history_read ON tenant_settings_history FOR SELECT TO studio_operator, studio_companion
    USING ((SELECT role FROM studio_account()) = 'operator'
           OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));

-- UTC where the document names no zone or one that the server does not know.
CREATE FUNCTION studio_zone_of(content jsonb) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    wanted text := content #>> '{location,timezone}';
BEGIN
    IF coalesce(wanted, '') = '' THEN
        RETURN 'UTC';
    END IF;
    PERFORM now() AT TIME ZONE wanted;
    RETURN wanted;
EXCEPTION WHEN invalid_parameter_value THEN
    RETURN 'UTC';
END
$$;

CREATE FUNCTION tenant_settings_note(wanted uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    now_zone text;
    now_hosts text[];
    last tenant_settings_history;
BEGIN
    SELECT studio_zone_of(t.content_config), array_remove(ARRAY[
               lower(t.custom_domain), 'www.' || lower(t.custom_domain), t.subdomain || '.localhost',
               t.subdomain || '.' || (SELECT value FROM platform_settings WHERE name = 'platform_domain')], NULL)
    INTO now_zone, now_hosts FROM tenants t WHERE t.id = wanted;
    SELECT * INTO last FROM tenant_settings_history h WHERE h.tenant_id = wanted ORDER BY since DESC LIMIT 1;
    IF (last.zone, last.hosts) IS NOT DISTINCT FROM (now_zone, now_hosts) THEN
        RETURN;
    END IF;
    IF last.since = '-infinity' AND NOT EXISTS (SELECT FROM sessions WHERE tenant_id = wanted) THEN
        UPDATE tenant_settings_history SET zone = now_zone, hosts = now_hosts WHERE tenant_id = wanted;
    ELSE
        INSERT INTO tenant_settings_history
        VALUES (wanted, CASE WHEN last.since IS NULL THEN '-infinity' ELSE clock_timestamp() END, now_zone, now_hosts);
    END IF;
END
$$;
SELECT tenant_settings_note(id) FROM tenants;

CREATE FUNCTION tenants_note_settings() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_TABLE_NAME = 'tenants' THEN
        PERFORM tenant_settings_note(NEW.id);
    ELSE
        PERFORM tenant_settings_note(id) FROM tenants;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER tenants_note_settings AFTER INSERT OR UPDATE ON tenants
    FOR EACH ROW EXECUTE FUNCTION tenants_note_settings();
CREATE TRIGGER tenants_note_settings AFTER UPDATE ON platform_settings
    FOR EACH ROW EXECUTE FUNCTION tenants_note_settings();

-- What a booking is worth is kept with it: the price that the published documents name for its service when it comes
-- in, in minor units; null where they name none.
ALTER TABLE bookings ADD COLUMN value_minor bigint CONSTRAINT bookings_value_range CHECK (value_minor >= 0);
GRANT SELECT (value_minor) ON bookings TO studio_operator, studio_companion, studio_staff;

CREATE FUNCTION studio_service_value(content jsonb, service text) RETURNS bigint
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT round((item ->> 'price')::numeric * 100)::bigint
    FROM jsonb_array_elements(CASE jsonb_typeof(content -> 'services') WHEN 'array' THEN content -> 'services'
                              ELSE '[]' END) AS services (item)
    WHERE jsonb_typeof(item -> 'price') = 'number' AND (item ->> 'price')::numeric BETWEEN 0 AND 1e12
        AND lower(service) IN (lower(item ->> 'id'), lower(item ->> 'name'))
    LIMIT 1
$$;

CREATE FUNCTION bookings_value() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    NEW.value_minor := coalesce(NEW.value_minor, (
        SELECT studio_service_value(content_config, NEW.service_type) FROM tenants WHERE id = NEW.tenant_id));
    RETURN NEW;
END
$$;
CREATE TRIGGER bookings_value BEFORE INSERT ON bookings FOR EACH ROW EXECUTE FUNCTION bookings_value();
ALTER TABLE bookings DISABLE TRIGGER USER;
UPDATE bookings b SET value_minor = studio_service_value(t.content_config, b.service_type)
FROM tenants t WHERE t.id = b.tenant_id;
ALTER TABLE bookings ENABLE TRIGGER USER;

-- Where a visit came from. The same rule is models/analytics/traffic_source.cpp; a test compares them.
CREATE FUNCTION analytics_source_name(given text) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    name text := lower(btrim(given));
BEGIN
    IF name LIKE 'www.%' THEN
        name := substr(name, 5);
    END IF;
    RETURN CASE
        WHEN name IN ('ig', 'insta', 'instagram', 'instagram.com', 'l.instagram.com', 'm.instagram.com') THEN 'instagram'
        WHEN name IN ('x', 'twitter', 't.co', 'x.com', 'twitter.com', 'mobile.twitter.com') THEN 'twitter'
        WHEN name IN ('fb', 'facebook', 'facebook.com', 'm.facebook.com', 'l.facebook.com', 'lm.facebook.com')
            THEN 'facebook'
        WHEN name IN ('tiktok', 'tiktok.com', 'vm.tiktok.com') THEN 'tiktok'
        WHEN name IN ('reddit', 'reddit.com', 'old.reddit.com', 'out.reddit.com') THEN 'reddit'
        WHEN name IN ('bsky', 'bluesky', 'bsky.app', 'go.bsky.app') THEN 'bluesky'
        WHEN name IN ('linkedin', 'linkedin.com', 'lnkd.in') THEN 'linkedin'
        WHEN name IN ('youtube', 'youtube.com', 'm.youtube.com', 'youtu.be') THEN 'youtube'
        WHEN name IN ('pinterest', 'pinterest.com', 'pin.it') THEN 'pinterest'
        WHEN name = 'google' OR name LIKE 'google.%' OR name LIKE 'news.google.%' THEN 'google'
        WHEN name IN ('bing', 'bing.com') THEN 'bing'
        WHEN name IN ('ddg', 'duckduckgo', 'duckduckgo.com') THEN 'duckduckgo'
        WHEN name IN ('yahoo', 'yahoo.com') OR name LIKE '%search.yahoo.com' THEN 'yahoo'
        WHEN name IN ('ecosia', 'ecosia.org') THEN 'ecosia'
        ELSE left(name, 100) END;
END
$$;

CREATE FUNCTION analytics_source(utm_source text, referrer text, own_hosts text[]) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN btrim(utm_source) <> '' THEN analytics_source_name(utm_source)
        WHEN btrim(referrer) <> '' AND lower(btrim(referrer)) <> ALL (coalesce(own_hosts, '{}')) THEN
            analytics_source_name(referrer)
        ELSE 'direct' END
$$;

CREATE FUNCTION analytics_medium(utm_medium text, source text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN btrim(utm_medium) <> '' THEN lower(btrim(utm_medium))
        WHEN source = 'direct' THEN 'none'
        WHEN source IN ('google', 'bing', 'duckduckgo', 'yahoo', 'ecosia') THEN 'search'
        WHEN source IN ('instagram', 'twitter', 'facebook', 'tiktok', 'reddit', 'bluesky', 'linkedin', 'youtube',
                        'pinterest') THEN 'social'
        ELSE 'referral' END
$$;

-- A booking whose visit is not known (erased) has facts of its own with visits = 0, so that bookings stay counted.
CREATE TABLE visit_facts (
    session_id uuid PRIMARY KEY, -- of such a booking: the booking's id
    tenant_id uuid NOT NULL,
    visits smallint NOT NULL,
    visitor uuid NOT NULL,       -- the visit itself where there is no consent
    known boolean NOT NULL,      -- the visitor consented, and may be there in other visits, too
    started_at timestamptz NOT NULL,
    hour timestamptz NOT NULL,   -- the instant at which the tenant's hour began
    day date NOT NULL,           -- by the tenant's clock
    local_hour smallint NOT NULL,
    source text NOT NULL,
    medium text NOT NULL,
    campaign text NOT NULL,
    device text NOT NULL,
    browser text NOT NULL,
    country text NOT NULL,
    pages text[] NOT NULL,       -- each page once, and how often it was viewed
    page_counts integer[] NOT NULL,
    variants text[] NOT NULL,    -- test:variant
    page_views integer NOT NULL,
    events integer NOT NULL,
    seconds integer NOT NULL,    -- between events, without pauses of more than 30 minutes
    engaged smallint NOT NULL,
    bounced smallint NOT NULL,
    stage smallint NOT NULL,     -- the furthest of the five, reached in their order; -1 for none
    bookings integer NOT NULL,
    value_minor bigint NOT NULL,
    path text[] NOT NULL         -- at most 7 steps, repeats folded
);
CREATE INDEX visit_facts_by_day ON visit_facts (tenant_id, day, started_at);
CREATE INDEX visit_facts_of_visitor ON visit_facts (visitor) WHERE known;
ALTER TABLE visit_facts ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON visit_facts TO studio_operator, studio_companion;
CREATE POLICY visit_facts_read ON visit_facts FOR SELECT TO studio_operator, studio_companion
    USING ((SELECT role FROM studio_account()) = 'operator'
           OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));

CREATE FUNCTION analytics_page(address text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT left(coalesce(nullif(split_part(split_part(
        CASE WHEN address LIKE '%://%' THEN regexp_replace(address, '^[a-z]+://[^/?#]*', '') ELSE address END,
        '?', 1), '#', 1), ''), '/'), 100)
$$;

-- The facts of these visits (and of bookings that have none) as the raw rows give them now. A visit counts with its
-- first thousand events, of 3 days before it began to 32 days after. One visit after the other along the indexes, so
-- that the plan does not depend on what the statistics know.
CREATE FUNCTION analytics_facts_of(ids uuid[]) RETURNS SETOF visit_facts
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET enable_bitmapscan = off SET jit = off
AS $$
    SELECT s.id, s.tenant_id, 1::smallint, coalesce(s.visitor_id, s.id), s.visitor_id IS NOT NULL, s.created_at,
           date_trunc('hour', s.created_at, h.zone), (s.created_at AT TIME ZONE h.zone)::date,
           extract(hour FROM s.created_at AT TIME ZONE h.zone)::smallint, place.source,
           analytics_medium(s.utm_medium, place.source),
           CASE WHEN btrim(s.utm_campaign) <> '' THEN btrim(s.utm_campaign)::text ELSE '(none)' END,
           coalesce(nullif(s.device_type, ''), 'unknown')::text, coalesce(nullif(s.browser, ''), 'unknown')::text,
           coalesce(s.country, 'unknown')::text, coalesce(p.pages, '{}'), coalesce(p.views, '{}'),
           coalesce(x.variants, '{}'), e.page_views::integer, e.events::integer, e.seconds::integer,
           (e.codes LIKE '%b%')::integer::smallint, (e.codes IN ('', 'a'))::integer::smallint,
           CASE WHEN b.bookings > 0 AND e.codes LIKE '%a%b%c%d%e%' THEN 4 WHEN e.codes LIKE '%a%b%c%d%' THEN 3
                WHEN e.codes LIKE '%a%b%c%' THEN 2 WHEN e.codes LIKE '%a%b%' THEN 1 WHEN e.codes LIKE '%a%' THEN 0
                ELSE -1 END::smallint,
           b.bookings::integer, b.value_minor::bigint, coalesce(e.path, '{}')
    FROM (SELECT DISTINCT unnest(ids)) AS wanted (id)
    JOIN sessions s ON s.id = wanted.id AND s.bot_class IS NULL
    CROSS JOIN LATERAL (SELECT * FROM tenant_settings_history t
                        WHERE t.tenant_id = s.tenant_id AND t.since <= s.created_at
                        ORDER BY t.since DESC LIMIT 1) h
    CROSS JOIN LATERAL (SELECT analytics_source(s.utm_source, s.referrer, h.hosts) OFFSET 0) place (source)
    CROSS JOIN LATERAL (
        SELECT count(*) AS events, coalesce(string_agg(code, '' ORDER BY place), '') AS codes,
               count(*) FILTER (WHERE code = 'a') AS page_views,
               array_agg(step) FILTER (WHERE code = 'a') AS viewed,
               round(coalesce(sum(pause) FILTER (WHERE pause <= 1800), 0)) AS seconds,
               (array_agg(step ORDER BY place) FILTER (WHERE step IS DISTINCT FROM step_before))[1:7] AS path
        FROM (
            SELECT code, step, row_number() OVER in_order AS place,
                   extract(epoch FROM created_at - lag(created_at) OVER in_order) AS pause,
                   lag(step) OVER (PARTITION BY step IS NULL ORDER BY created_at, code, step) AS step_before
            FROM (
                SELECT e.created_at,
                       CASE e.event_type WHEN 'page_view' THEN 'a' WHEN 'photo_click' THEN 'b'
                           WHEN 'pricing_view' THEN 'c' WHEN 'form_start' THEN 'd' WHEN 'form_submit' THEN 'e'
                           WHEN 'email_click' THEN 'x' WHEN 'phone_click' THEN 'x' WHEN 'social_click' THEN 'x'
                           ELSE '' END COLLATE "C" AS code,
                       CASE e.event_type WHEN 'page_view' THEN analytics_page(e.page_url)
                           WHEN 'photo_click' THEN 'photo_engagement' WHEN 'form_submit' THEN 'booking_submit'
                           WHEN 'hero_photo_viewed' THEN NULL WHEN 'ab_test_assigned' THEN NULL
                           ELSE e.event_type END COLLATE "C" AS step
                FROM events e
                WHERE e.session_id = s.id AND e.tenant_id = s.tenant_id
                    AND e.created_at >= s.created_at - interval '3 days'
                    AND e.created_at < s.created_at + interval '32 days'
                ORDER BY e.created_at LIMIT 1000) raw
            WINDOW in_order AS (ORDER BY created_at, code, step)) ordered) e
    CROSS JOIN LATERAL (
        SELECT array_agg(page ORDER BY page) AS pages, array_agg(views ORDER BY page) AS views
        FROM (SELECT page COLLATE "C" AS page, count(*)::integer AS views FROM unnest(e.viewed) AS v (page) GROUP BY 1) v) p
    CROSS JOIN LATERAL (
        SELECT array_agg(DISTINCT a.test_id || ':' || a.variant_id) AS variants
        FROM ab_assignments a WHERE a.session_id = s.id AND a.tenant_id = s.tenant_id) x
    CROSS JOIN LATERAL (
        SELECT count(*) AS bookings, coalesce(sum(b.value_minor), 0) AS value_minor
        FROM bookings b WHERE b.session_id = s.id AND b.tenant_id = s.tenant_id
            AND b.status NOT IN ('cancelled', 'spam')) b
    UNION ALL
    SELECT b.id, b.tenant_id, 0::smallint, b.id, false, b.created_at, date_trunc('hour', b.created_at, h.zone),
           (b.created_at AT TIME ZONE h.zone)::date, extract(hour FROM b.created_at AT TIME ZONE h.zone)::smallint,
           'unknown', 'unknown', '(none)', 'unknown', 'unknown', 'unknown', '{}', '{}', '{}', 0, 0, 0,
           0::smallint, 0::smallint, (-1)::smallint, 1, coalesce(b.value_minor, 0), '{}'
    FROM (SELECT DISTINCT unnest(ids)) AS wanted (id)
    JOIN bookings b ON b.id = wanted.id AND b.session_id IS NULL AND b.status NOT IN ('cancelled', 'spam')
    CROSS JOIN LATERAL (SELECT * FROM tenant_settings_history t
                        WHERE t.tenant_id = b.tenant_id AND t.since <= b.created_at
                        ORDER BY t.since DESC LIMIT 1) h
$$;
