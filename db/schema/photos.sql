-- A companion's photo library: what may be shown, who may change it, and the steps that take files out of the store.

-- Every picture of the tenant (of all where null) that is in the library, has a release or was taken down.
-- agreed: its releases alone let it be shown. released: visitors may get it. withheld: taken down, paused, or its releases are over; hidden: that, or not at the store;
-- nobody gets it then, whatever a page says. A release counts while it is not withdrawn, its
-- person is an adult and today (UTC) is within its days; as many must count as people can be recognised, at least one. After
-- one was withdrawn or has ended, a later recording must say that the photo may be shown all the same.
CREATE FUNCTION studio_picture_states(wanted uuid)
RETURNS TABLE (tenant_id uuid, picture text, people integer, releases integer, paused boolean, stored boolean,
               released boolean, withheld boolean, hidden boolean, agreed boolean)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    WITH today (day) AS (SELECT (clock_timestamp() AT TIME ZONE 'UTC')::date),
    each_release AS (
        SELECT p.tenant_id, studio_picture_of(p.photo_url) AS picture, p.person, p.recorded_at,
               p.withdrawn_at IS NULL AND NOT p.adult AS minor,
               p.adult AND p.withdrawn_at IS NULL AND coalesce(p.valid_from <= t.day, true)
                   AND coalesce(p.valid_until >= t.day, true) AS counts,
               coalesce(p.withdrawn_at, CASE WHEN p.valid_until < t.day
                   THEN (p.valid_until + 1)::timestamp AT TIME ZONE 'UTC' END) AS over_at
        FROM photo_releases p, today t WHERE wanted IS NULL OR p.tenant_id = wanted),
    sums AS (
        SELECT r.tenant_id, r.picture, count(DISTINCT r.person) FILTER (WHERE r.counts) AS counting, bool_or(r.minor) AS minor,
               max(r.over_at) AS over_at, max(r.recorded_at) FILTER (WHERE r.counts) AS recorded_at
        FROM each_release r GROUP BY 1, 2),
    library AS (
        SELECT p.tenant_id, p.picture::text, p.people, p.paused_at IS NOT NULL AS paused,
               NOT EXISTS (SELECT FROM photo_files f WHERE f.tenant_id = p.tenant_id AND f.picture = p.picture
                           AND NOT f.original AND f.stored_at IS NULL) AS stored
        FROM photos p WHERE wanted IS NULL OR p.tenant_id = wanted),
    deleted AS (
        SELECT DISTINCT s.tenant_id, s.picture::text FROM photo_steps s
        WHERE s.reason = 'deleted' AND (wanted IS NULL OR s.tenant_id = wanted)),
    known AS (
        SELECT l.tenant_id, l.picture FROM library l UNION SELECT s.tenant_id, s.picture FROM sums s
        UNION SELECT d.tenant_id, d.picture FROM deleted d),
    states AS (
        SELECT k.tenant_id, k.picture, l.people, coalesce(s.counting, 0)::integer AS releases,
               coalesce(l.paused, false) AS paused, coalesce(l.stored, true) AS stored,
               l.picture IS NULL AND d.picture IS NOT NULL AS gone, s.over_at IS NOT NULL OR coalesce(s.minor, false) AS was_over,
               coalesce(s.counting >= greatest(1, coalesce(l.people, 1)) AND NOT s.minor
                        AND (s.over_at IS NULL OR s.recorded_at > s.over_at), false) AS agreed
        FROM known k LEFT JOIN library l USING (tenant_id, picture) LEFT JOIN sums s USING (tenant_id, picture)
        LEFT JOIN deleted d USING (tenant_id, picture))
    SELECT e.tenant_id, e.picture, e.people, e.releases, e.paused, e.stored, e.agreed AND NOT e.paused AND NOT e.gone,
           w.withheld, w.withheld OR NOT e.stored, e.agreed AND NOT e.gone
    FROM states e, LATERAL (SELECT e.gone OR e.paused OR (e.was_over AND NOT e.agreed)) w (withheld)
$$;

CREATE FUNCTION studio_is_released(tenant uuid, url text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT NOT studio_is_of_another(tenant, url)
        AND EXISTS (SELECT FROM studio_picture_states(tenant) s WHERE s.released AND s.picture = studio_picture_of(url))
$$;

-- Why these photos may not be shown, each in words; no row for one that may.
CREATE FUNCTION studio_photo_problems(tenant uuid, urls text[]) RETURNS TABLE (url text, problem text)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT u.url, CASE
        WHEN studio_is_of_another(tenant, u.url)
            THEN format('the photo %s belongs to another companion and must be added again', u.url)
        WHEN s.paused THEN format('the photo %s is paused: resume it or leave it out', u.url)
        WHEN s.released IS NOT TRUE AND NOT EXISTS (
                SELECT FROM photos p WHERE p.tenant_id = s.tenant_id AND p.picture = s.picture)
            AND EXISTS (SELECT FROM photo_steps d
                        WHERE d.tenant_id = s.tenant_id AND d.picture = s.picture AND d.reason = 'deleted')
            THEN format('the photo %s was taken down: leave it out, or put another one in its place', u.url)
        WHEN s.released IS NOT TRUE AND s.people > s.releases AND s.people > 1
            THEN format('the photo %s shows %s people, and for %s of them no release is recorded', u.url, s.people,
                        s.people - s.releases)
        WHEN s.released IS NOT TRUE THEN format('no release is recorded for the photo %s', u.url)
        ELSE format('the photo %s is not at the platform''s store yet', u.url) END
    FROM (SELECT DISTINCT each FROM unnest(urls) each WHERE each <> '') u (url)
    LEFT JOIN studio_picture_states(tenant) s ON s.picture = studio_picture_of(u.url)
    WHERE s.released IS NOT TRUE OR NOT s.stored OR studio_is_of_another(tenant, u.url)
$$;

-- What the public service may know of the library: the pictures of all tenants that it shows to nobody, and those that an
-- active tenant may show.
CREATE FUNCTION public_hidden_pictures() RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT DISTINCT s.picture FROM (
        SELECT p.tenant_id FROM photo_releases p
            WHERE p.withdrawn_at IS NOT NULL OR NOT p.adult OR p.valid_until < (clock_timestamp() AT TIME ZONE 'UTC')::date
        UNION SELECT p.tenant_id FROM photos p WHERE p.paused_at IS NOT NULL
        UNION SELECT f.tenant_id FROM photo_files f WHERE f.stored_at IS NULL
        UNION SELECT d.tenant_id FROM photo_steps d WHERE d.reason = 'deleted') tenant,
        LATERAL studio_picture_states(tenant.tenant_id) s
    WHERE s.hidden
$$;
GRANT EXECUTE ON FUNCTION public_hidden_pictures() TO studio_renderer;

CREATE FUNCTION public_released_pictures(tenant uuid) RETURNS json
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT json_agg(s.picture) FROM studio_picture_states(tenant) s
    WHERE s.released AND NOT s.hidden AND studio_is_public(tenant)
$$;
GRANT EXECUTE ON FUNCTION public_released_pictures(uuid) TO studio_renderer;

-- Cheap to ask often: it changes when a release ends by its date, of which nobody is notified, and with every release that is
-- withdrawn and every photo that is paused or resumed.
CREATE FUNCTION public_photo_ends() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT (SELECT count(*) FROM photo_releases p
            WHERE p.withdrawn_at IS NOT NULL OR p.valid_until < (clock_timestamp() AT TIME ZONE 'UTC')::date)
        || ' ' || (SELECT count(*) FROM photos p WHERE p.paused_at IS NOT NULL)
$$;
GRANT EXECUTE ON FUNCTION public_photo_ends() TO studio_renderer;

-- Where pages find their photos; a bucket's keys are in no table.
CREATE FUNCTION public_photo_store() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT value FROM platform_settings WHERE name = 'photo_store'
$$;
GRANT EXECUTE ON FUNCTION public_photo_store() TO studio_renderer;

CREATE FUNCTION platform_settings_notify() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM pg_notify('tenant_changed', '');
    RETURN NULL;
END
$$;
CREATE TRIGGER platform_settings_notify AFTER UPDATE ON platform_settings
    FOR EACH ROW WHEN (NEW.name = 'photo_store') EXECUTE FUNCTION platform_settings_notify();

-- The service delivers none of these pictures, in none of their sizes, even if another tenant shows the same photo.
CREATE VIEW public_withdrawn_photos WITH (security_barrier) AS
SELECT picture AS photo_url FROM public_hidden_pictures() picture;
GRANT SELECT ON public_withdrawn_photos TO studio_renderer;

-- The same for people's programs, without photos that are merely not at the store yet, because drafts show those.
CREATE FUNCTION photo_hidden_pictures() RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT DISTINCT s.picture FROM tenants t, LATERAL studio_picture_states(t.id) s
    WHERE s.withheld
        AND (studio_administers() OR t.id = (SELECT a.tenant_id FROM studio_account() a))
$$;
GRANT EXECUTE ON FUNCTION photo_hidden_pictures() TO studio_operator, studio_companion;

-- One tenant's pictures for the programs of people, so that these rules stand here alone.
CREATE FUNCTION photo_states(tenant uuid)
RETURNS TABLE (picture text, releases integer, paused boolean, stored boolean, agreed boolean, released boolean, withheld boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT s.picture, s.releases, s.paused, s.stored, s.agreed, s.released, s.withheld FROM studio_picture_states(tenant) s
    WHERE studio_administers() OR s.tenant_id = (SELECT a.tenant_id FROM studio_account() a)
$$;
GRANT EXECUTE ON FUNCTION photo_states(uuid) TO studio_operator, studio_companion;

CREATE FUNCTION studio_may_change_photos(tenant uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT studio_administers() OR EXISTS (SELECT FROM studio_account() a WHERE a.tenant_id = tenant AND a.may_edit)
$$;

CREATE FUNCTION studio_require_photos(tenant uuid) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF studio_may_change_photos(tenant) IS NOT TRUE THEN
        RAISE EXCEPTION 'Only operators and the companion herself, where she may edit, may change her photos.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
END
$$;

CREATE FUNCTION studio_require_photo(tenant uuid, wanted text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM studio_require_photos(tenant);
    PERFORM FROM photos p WHERE p.tenant_id = tenant AND p.picture = wanted FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'The photo % is not in the library.', wanted USING ERRCODE = 'no_data_found';
    END IF;
END
$$;

-- What is to be done at the store for each of the picture's files. Of a photo that is in no library the files are those that
-- the tenant's published and latest documents name. An ended release leaves the private original, so that the photo can be
-- shown again. Before them stands what the photo leaves, or comes back to.
CREATE FUNCTION studio_photo_steps_add(tenant uuid, wanted text, why text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    what text := CASE why WHEN 'paused' THEN 'hide' WHEN 'resumed' THEN 'show' ELSE 'remove' END;
BEGIN
    DELETE FROM photo_steps s WHERE s.tenant_id = tenant AND s.picture = wanted AND s.done_at IS NULL
        AND s.claimed_until < clock_timestamp() AND s.action IN ('hide', 'show', 'purge');
    PERFORM studio_photo_places_note(tenant, wanted, why);
    WITH documents (body) AS (
        SELECT unnest(ARRAY[t.photos_config, t.content_config]) FROM tenants t WHERE t.id = tenant
        UNION ALL SELECT unnest(ARRAY[r.photos_config::jsonb, r.content_config::jsonb]) FROM (
            SELECT * FROM revisions WHERE tenant_id = tenant ORDER BY number DESC LIMIT 1) r
        UNION ALL SELECT a.variants FROM ab_tests a WHERE a.tenant_id = tenant),
    files (key, original) AS (
        SELECT f.key::text, f.original FROM photo_files f WHERE f.tenant_id = tenant AND f.picture = wanted
        UNION SELECT substr(value #>> '{}', 8), false
            FROM documents d, LATERAL jsonb_path_query(d.body, 'strict $.**', '{}', true) value
            WHERE wanted LIKE '/media/%' AND jsonb_typeof(value) = 'string' AND studio_picture_of(value #>> '{}') = wanted
                AND NOT EXISTS (SELECT FROM photo_files f WHERE f.tenant_id = tenant AND f.picture = wanted)
        UNION SELECT substr(p.photo_url, 8), false FROM photo_releases p
            WHERE wanted LIKE '/media/%' AND p.tenant_id = tenant AND studio_picture_of(p.photo_url) = wanted
                AND NOT EXISTS (SELECT FROM photo_files f WHERE f.tenant_id = tenant AND f.picture = wanted)),
    asked AS (
        SELECT f.key, a.action, a.place FROM files f, (VALUES (what, 1), ('purge', 2)) a (action, place)
        WHERE NOT f.original OR (a.action = 'remove' AND why <> 'ended'))
    INSERT INTO photo_steps (tenant_id, picture, key, action, reason)
    SELECT tenant, wanted, q.key, q.action, why FROM asked q ORDER BY q.place, q.key
    ON CONFLICT (tenant_id, key, action) WHERE done_at IS NULL DO UPDATE SET reason = excluded.reason
        WHERE excluded.reason = 'deleted';
END
$$;

-- Cancels the steps that nobody has begun, so that these files stay at the store.
CREATE FUNCTION studio_photo_steps_cancel(tenant uuid, wanted text, reasons text[]) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
    DELETE FROM photo_steps s WHERE s.tenant_id = tenant AND s.picture = wanted AND s.done_at IS NULL AND s.attempts = 0
        AND s.reason = ANY (reasons)
$$;

-- Adds the photo with its files. A photo that exists keeps what people entered; only missing files are added.
CREATE FUNCTION photo_add(tenant uuid, added_picture text, described json, facts jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    foreign_key text;
BEGIN
    PERFORM studio_require_photos(tenant);
    SELECT '/media/' || file INTO foreign_key
    FROM (SELECT substr(added_picture, 8)
          UNION ALL SELECT each ->> 'key' FROM jsonb_array_elements(facts -> 'files') each) k (file)
    WHERE studio_is_of_another(tenant, '/media/' || file) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'The photo % belongs to another companion. Add the picture again for this one.', foreign_key
            USING ERRCODE = 'check_violation';
    END IF;
    INSERT INTO photos (tenant_id, picture, photo, content_hash, likeness, people, photographer, licence)
    VALUES (tenant, added_picture, described, facts ->> 'hash', (facts ->> 'likeness')::bigint, (facts ->> 'people')::integer,
            facts ->> 'photographer', facts ->> 'licence')
    ON CONFLICT DO NOTHING;
    IF FOUND THEN
        PERFORM studio_photo_steps_cancel(tenant, added_picture, ARRAY['deleted']);
    END IF;
    INSERT INTO photo_files AS f (tenant_id, picture, key, content_type, bytes, original, stored_at)
    SELECT tenant, added_picture, each ->> 'key', each ->> 'type', (each ->> 'bytes')::bigint, (each ->> 'original')::boolean,
           CASE WHEN (each ->> 'stored')::boolean THEN clock_timestamp() END
    FROM jsonb_array_elements(facts -> 'files') each
    ON CONFLICT (tenant_id, key) DO UPDATE SET stored_at = coalesce(f.stored_at, excluded.stored_at);
    IF (SELECT count(*) FROM photo_files f WHERE f.tenant_id = tenant AND f.picture = added_picture) > 100 THEN
        RAISE EXCEPTION 'A photo can have at most 100 files.' USING ERRCODE = 'check_violation';
    END IF;
    PERFORM tenant_changed(tenant);
END
$$;
GRANT EXECUTE ON FUNCTION photo_add(uuid, text, json, jsonb) TO studio_operator, studio_companion;

-- Null keeps the stored value.
CREATE FUNCTION photo_change(tenant uuid, wanted text, described json, how_many integer, photographed_by text, with_licence text)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM studio_require_photo(tenant, wanted);
    UPDATE photos p SET photo = coalesce(described, p.photo), people = coalesce(how_many, p.people),
        photographer = coalesce(photographed_by, p.photographer), licence = coalesce(with_licence, p.licence)
    WHERE p.tenant_id = tenant AND p.picture = wanted;
    PERFORM tenant_changed(tenant);
END
$$;
GRANT EXECUTE ON FUNCTION photo_change(uuid, text, json, integer, text, text) TO studio_operator, studio_companion;

CREATE FUNCTION photo_move(tenant uuid, wanted text[], before_picture text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF before_picture <> '' THEN
        PERFORM studio_require_photo(tenant, before_picture);
    ELSE
        PERFORM studio_require_photos(tenant);
    END IF;
    WITH present AS (
        SELECT p.picture, row_number() OVER (ORDER BY p.position NULLS FIRST, p.added_at DESC, p.picture) AS place
        FROM photos p WHERE p.tenant_id = tenant),
    ordered AS (
        SELECT p.picture, row_number() OVER (ORDER BY
            CASE WHEN p.picture = ANY (wanted) THEN (SELECT b.place FROM present b WHERE b.picture = before_picture) ELSE p.place END
                NULLS LAST,
            p.picture <> ALL (wanted), array_position(wanted, p.picture::text)) AS place
        FROM present p)
    UPDATE photos p SET position = o.place FROM ordered o
    WHERE p.tenant_id = tenant AND p.picture = o.picture AND p.position IS DISTINCT FROM o.place;
    PERFORM tenant_changed(tenant);
END
$$;
GRANT EXECUTE ON FUNCTION photo_move(uuid, text[], text) TO studio_operator, studio_companion;

CREATE FUNCTION photo_mark_stored(tenant uuid, keys text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM studio_require_photos(tenant);
    UPDATE photo_files f SET stored_at = clock_timestamp()
    WHERE f.tenant_id = tenant AND f.key = ANY (keys) AND f.stored_at IS NULL;
    IF FOUND THEN
        PERFORM tenant_changed(tenant);
    END IF;
END
$$;
GRANT EXECUTE ON FUNCTION photo_mark_stored(uuid, text[]) TO studio_operator, studio_companion;

-- From now on the photo is shown to nobody. Drafts keep its address, and pages leave it out.
CREATE FUNCTION photo_take_down(tenant uuid, wanted text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM studio_require_photo(tenant, wanted);
    UPDATE photo_releases p SET withdrawn_at = clock_timestamp()
    WHERE p.tenant_id = tenant AND p.withdrawn_at IS NULL AND studio_picture_of(p.photo_url) = wanted;
    PERFORM studio_photo_steps_add(tenant, wanted, 'deleted');
    DELETE FROM photos p WHERE p.tenant_id = tenant AND p.picture = wanted;
    PERFORM tenant_changed(tenant);
END
$$;
GRANT EXECUTE ON FUNCTION photo_take_down(uuid, text) TO studio_operator, studio_companion;

CREATE FUNCTION photo_pause(tenant uuid, wanted text, pauses boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM studio_require_photo(tenant, wanted);
    UPDATE photos p SET paused_at = CASE WHEN pauses THEN clock_timestamp() END
    WHERE p.tenant_id = tenant AND p.picture = wanted AND (p.paused_at IS NOT NULL) IS DISTINCT FROM pauses;
    IF FOUND THEN
        PERFORM studio_photo_steps_add(tenant, wanted, CASE WHEN pauses THEN 'paused' ELSE 'resumed' END);
        PERFORM tenant_changed(tenant);
    END IF;
END
$$;
GRANT EXECUTE ON FUNCTION photo_pause(uuid, text, boolean) TO studio_operator, studio_companion;

CREATE FUNCTION photo_keep_originals(tenant uuid, keeps boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM studio_require_photos(tenant);
    UPDATE tenants t SET keeps_originals = keeps WHERE t.id = tenant;
END
$$;
GRANT EXECUTE ON FUNCTION photo_keep_originals(uuid, boolean) TO studio_operator, studio_companion;

-- Adds the steps for releases whose last day is over, unless they exist already.
CREATE FUNCTION studio_end_releases() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    each record;
BEGIN
    FOR each IN
        SELECT p.tenant_id, studio_picture_of(p.photo_url) AS picture, max(p.valid_until) AS last_day FROM photo_releases p
        WHERE p.withdrawn_at IS NULL AND p.valid_until < (clock_timestamp() AT TIME ZONE 'UTC')::date
            AND studio_may_change_photos(p.tenant_id)
        GROUP BY 1, 2
    LOOP
        IF NOT EXISTS (SELECT FROM photo_steps s WHERE s.tenant_id = each.tenant_id AND s.picture = each.picture
                       AND s.reason IN ('ended', 'withdrawn', 'deleted')
                       AND s.asked_at >= (each.last_day + 1)::timestamp AT TIME ZONE 'UTC')
           AND EXISTS (SELECT FROM studio_picture_states(each.tenant_id) s
                       WHERE s.picture = each.picture AND s.withheld AND NOT s.paused) THEN
            PERFORM studio_photo_steps_add(each.tenant_id, each.picture, 'ended');
            PERFORM tenant_changed(each.tenant_id);
        END IF;
    END LOOP;
END
$$;

-- Claims due steps for five minutes, oldest first. The steps of one file are done in order, so that the CDN is told after
-- the file itself is gone.
CREATE FUNCTION photo_steps_claim(many integer) RETURNS SETOF photo_steps
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM studio_end_releases() WHERE EXISTS (SELECT FROM studio_account()) OR studio_administers();
    RETURN QUERY WITH due AS (
        SELECT c.id FROM photo_steps c
        WHERE c.done_at IS NULL AND c.claimed_until < clock_timestamp() AND studio_may_change_photos(c.tenant_id)
            AND NOT EXISTS (SELECT FROM photo_steps o WHERE o.tenant_id = c.tenant_id AND o.key = c.key AND o.id < c.id
                            AND o.done_at IS NULL)
        ORDER BY c.id LIMIT many FOR UPDATE SKIP LOCKED),
    claimed AS (
        UPDATE photo_steps s SET claimed_until = clock_timestamp() + interval '5 minutes', attempts = s.attempts + 1
        FROM due WHERE s.id = due.id RETURNING s.*)
    SELECT * FROM claimed ORDER BY claimed.id;
END
$$;
GRANT EXECUTE ON FUNCTION photo_steps_claim(integer) TO studio_operator, studio_companion;

-- Notes a step as done if `went_wrong` is ''; else it is tried again, first after a minute and finally every hour.
CREATE FUNCTION photo_step_note(step bigint, went_wrong text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    noted photo_steps;
BEGIN
    UPDATE photo_steps s SET problem = left(went_wrong, 2000), done_at = CASE WHEN went_wrong = '' THEN clock_timestamp() END,
        claimed_until = CASE WHEN went_wrong = '' THEN '-infinity'
            ELSE clock_timestamp() + least(interval '1 hour', interval '30 seconds' * power(2, least(s.attempts, 10))) END
    WHERE s.id = step AND s.done_at IS NULL AND (studio_administers()
        OR s.tenant_id = (SELECT a.tenant_id FROM studio_account() a WHERE a.may_edit)) RETURNING * INTO noted;
    IF noted.action = 'remove' AND noted.done_at IS NOT NULL THEN
        UPDATE photo_files f SET stored_at = NULL WHERE f.tenant_id = noted.tenant_id AND f.key = noted.key;
    END IF;
END
$$;
GRANT EXECUTE ON FUNCTION photo_step_note(bigint, text) TO studio_operator, studio_companion;

-- Records one person's release, '' for one of the whole photo; it replaces an earlier one of the same person and photo.
CREATE FUNCTION photo_release_record_person(tenant uuid, url text, who text, is_adult boolean, what text, first_day date,
                                            last_day date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM studio_require_operator();
    DELETE FROM photo_releases p WHERE p.tenant_id = tenant AND p.person = who AND p.photo_url <> url
        AND studio_picture_of(p.photo_url) = studio_picture_of(url);
    INSERT INTO photo_releases AS p (tenant_id, photo_url, person, adult, scope, valid_from, valid_until)
    VALUES (tenant, url, who, is_adult, what, first_day, last_day)
    ON CONFLICT ON CONSTRAINT photo_releases_once DO UPDATE SET adult = excluded.adult, scope = excluded.scope,
        valid_from = excluded.valid_from, valid_until = excluded.valid_until, withdrawn_at = NULL,
        recorded_by = session_user, recorded_at = clock_timestamp();
    PERFORM studio_photo_steps_cancel(tenant, studio_picture_of(url), ARRAY['withdrawn', 'ended'])
    WHERE studio_is_released(tenant, url);
END
$$;
GRANT EXECUTE ON FUNCTION photo_release_record_person(uuid, text, text, boolean, text, date, date) TO studio_operator;

-- True if that person had a release. From then on the photo is shown to nobody.
CREATE FUNCTION photo_release_withdraw_person(tenant uuid, url text, who text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM studio_require_operator();
    UPDATE photo_releases p SET withdrawn_at = clock_timestamp()
    WHERE p.tenant_id = tenant AND p.withdrawn_at IS NULL AND p.person = who
        AND studio_picture_of(p.photo_url) = studio_picture_of(url);
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM studio_photo_steps_add(tenant, studio_picture_of(url), 'withdrawn');
    RETURN true;
END
$$;
GRANT EXECUTE ON FUNCTION photo_release_withdraw_person(uuid, text, text) TO studio_operator;

GRANT SELECT ON photos, photo_files, photo_steps TO studio_operator, studio_companion;
CREATE POLICY photos_read ON photos FOR SELECT TO studio_operator, studio_companion
    USING ((SELECT role FROM studio_account()) = 'operator' OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));
CREATE POLICY photo_files_read ON photo_files FOR SELECT TO studio_operator, studio_companion
    USING ((SELECT role FROM studio_account()) = 'operator' OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));
CREATE POLICY photo_steps_read ON photo_steps FOR SELECT TO studio_operator, studio_companion
    USING ((SELECT role FROM studio_account()) = 'operator' OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));
