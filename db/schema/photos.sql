-- A companion's photo library: what may be shown, and who may change it.

-- Every picture of the tenant (of all where null) that is in the library, has a release or was taken down.
-- agreed: its releases alone let it be shown. released: visitors may get it. withheld: taken down, paused, or its releases
-- are over. hidden: withheld, or not at the store; it is shown to nobody, whatever a page says. A release counts while it is
-- not withdrawn, its person is an adult and today (UTC) is within its days; as many must count as people can be recognised,
-- at least one. After one was withdrawn or has ended, a later recording must say that the photo may be shown all the same;
-- after a person's own withdrawal that of a person, for one of the whole photo does not speak for her. why: "deleted",
-- "withdrawn", "ended" or "paused" where it is withheld, the first that holds; a person who is not an adult counts as one
-- who withdrew. ended_at: the end of the last day of the release that ended last.
CREATE FUNCTION studio_picture_states(wanted uuid)
RETURNS TABLE (tenant_id uuid, picture text, people integer, releases integer, paused boolean, stored boolean,
               released boolean, withheld boolean, hidden boolean, why text, ended_at timestamptz, agreed boolean)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    WITH today (day) AS (SELECT (clock_timestamp() AT TIME ZONE 'UTC')::date),
    each_release AS (
        SELECT p.tenant_id, studio_picture_of(p.photo_url) AS picture, p.person, p.recorded_at, p.withdrawn_at,
               p.withdrawn_at IS NULL AND NOT p.adult AS minor,
               p.adult AND p.withdrawn_at IS NULL AND coalesce(p.valid_from <= t.day, true)
                   AND coalesce(p.valid_until >= t.day, true) AS counts,
               CASE WHEN p.withdrawn_at IS NULL AND p.valid_until < t.day
                   THEN (p.valid_until + 1)::timestamp AT TIME ZONE 'UTC' END AS ended_at
        FROM photo_releases p, today t WHERE wanted IS NULL OR p.tenant_id = wanted),
    sums AS (
        SELECT r.tenant_id, r.picture, count(DISTINCT r.person) FILTER (WHERE r.counts) AS counting, bool_or(r.minor) AS minor,
               max(r.withdrawn_at) AS withdrawn_at, max(r.ended_at) AS ended_at,
               max(r.withdrawn_at) FILTER (WHERE r.person <> '') AS person_withdrawn_at,
               max(r.recorded_at) FILTER (WHERE r.counts) AS recorded_at,
               max(r.recorded_at) FILTER (WHERE r.counts AND r.person <> '') AS person_recorded_at,
               max(r.recorded_at) FILTER (WHERE r.ended_at IS NOT NULL) AS ended_recorded_at
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
               l.picture IS NULL AND d.picture IS NOT NULL AS gone, coalesce(s.minor, false) AS minor,
               s.withdrawn_at, s.ended_at, s.ended_recorded_at,
               coalesce(s.counting >= greatest(1, coalesce(l.people, 1)) AND NOT s.minor
                        AND (greatest(s.withdrawn_at, s.ended_at) IS NULL
                             OR s.recorded_at > greatest(s.withdrawn_at, s.ended_at))
                        AND (s.person_withdrawn_at IS NULL OR s.person_recorded_at > s.person_withdrawn_at), false) AS agreed
        FROM known k LEFT JOIN library l USING (tenant_id, picture) LEFT JOIN sums s USING (tenant_id, picture)
        LEFT JOIN deleted d USING (tenant_id, picture)),
    reasons AS (
        SELECT e.*, CASE
            WHEN e.gone THEN 'deleted'
            WHEN NOT e.agreed AND (e.minor OR (e.withdrawn_at IS NOT NULL
                                               AND (e.ended_recorded_at > e.withdrawn_at) IS NOT TRUE)) THEN 'withdrawn'
            WHEN NOT e.agreed AND e.ended_at IS NOT NULL THEN 'ended'
            WHEN e.paused THEN 'paused' END AS why
        FROM states e)
    SELECT e.tenant_id, e.picture, e.people, e.releases, e.paused, e.stored, e.agreed AND e.why IS NULL,
           e.why IS NOT NULL, e.why IS NOT NULL OR NOT e.stored, e.why, e.ended_at, e.agreed AND NOT e.gone
    FROM reasons e
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

-- Cheap to ask often: it changes when a release begins or ends by its date, of which nobody is notified, and with every
-- release that is withdrawn and every photo that is paused or resumed.
CREATE FUNCTION public_photo_ends() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT (SELECT count(*) FROM photo_releases p
            WHERE p.withdrawn_at IS NOT NULL OR p.valid_until < (clock_timestamp() AT TIME ZONE 'UTC')::date)
        || ' ' || (SELECT count(*) FROM photo_releases p WHERE p.valid_from <= (clock_timestamp() AT TIME ZONE 'UTC')::date)
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
    FOR EACH ROW WHEN (NEW.name IN ('photo_store', 'photo_store_confirmed')) EXECUTE FUNCTION platform_settings_notify();

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
RETURNS TABLE (picture text, releases integer, paused boolean, stored boolean, agreed boolean, released boolean, withheld boolean,
              taken_down boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT s.picture, s.releases, s.paused, s.stored, s.agreed, s.released, s.withheld, s.why IS NOT DISTINCT FROM 'deleted'
    FROM studio_picture_states(tenant) s
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

-- Adds the photo with its files. One that is there keeps what people said of it; files that it lacks are added. Of one that was
-- taken down the removals are given up, unless somebody withdrew: adding a photo again is no release.
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
    SELECT file INTO foreign_key
    FROM (SELECT substr(added_picture, 8)
          UNION ALL SELECT each ->> 'key' FROM jsonb_array_elements(facts -> 'files') each) k (file)
    WHERE NOT studio_is_in_own_folder(tenant, '/media/' || file) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'The file % is not in the companion''s own folder of the photo store. Add the picture again.', foreign_key
            USING ERRCODE = 'check_violation';
    END IF;
    INSERT INTO photos (tenant_id, picture, photo, content_hash, likeness, people, photographer, licence)
    VALUES (tenant, added_picture, described, facts ->> 'hash', (facts ->> 'likeness')::bigint, (facts ->> 'people')::integer,
            facts ->> 'photographer', facts ->> 'licence')
    ON CONFLICT DO NOTHING;
    IF FOUND AND NOT EXISTS (SELECT FROM studio_picture_states(tenant) s WHERE s.picture = added_picture AND s.withheld) THEN
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

-- Null leaves what is there. Where fewer people are said to be in a photo, it needs fewer releases: operators decide that.
CREATE FUNCTION photo_change(tenant uuid, wanted text, described json, how_many integer, photographed_by text, with_licence text)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM studio_require_photo(tenant, wanted);
    IF NOT studio_administers() AND EXISTS (SELECT FROM photos p WHERE p.tenant_id = tenant AND p.picture = wanted
                                            AND how_many < p.people) THEN
        RAISE EXCEPTION 'Only operators may lower the number of people in a photo, because it needs fewer releases then.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
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
    PERFORM studio_require_photos(tenant);
    PERFORM studio_lock_photos(tenant, ARRAY(SELECT p.picture::text FROM photos p WHERE p.tenant_id = tenant));
    IF before_picture <> '' THEN
        PERFORM studio_require_photo(tenant, before_picture);
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

-- Nobody gets the photo from now on. Drafts keep its address, and pages leave it out.
CREATE FUNCTION photo_take_down(tenant uuid, wanted text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM studio_require_photo(tenant, wanted);
    UPDATE photo_releases p SET withdrawn_at = clock_timestamp()
    WHERE p.tenant_id = tenant AND p.withdrawn_at IS NULL AND studio_picture_of(p.photo_url) = wanted;
    PERFORM studio_photo_steps_add(tenant, wanted, 'deleted', 'remove');
    DELETE FROM photos p WHERE p.tenant_id = tenant AND p.picture = wanted;
    PERFORM tenant_changed(tenant);
END
$$;
GRANT EXECUTE ON FUNCTION photo_take_down(uuid, text) TO studio_operator, studio_companion;

-- A companion resumes what she paused; what an operator paused, or both, an operator resumes. A photo that is resumed and
-- withheld all the same stays as it is at the store.
CREATE FUNCTION photo_pause(tenant uuid, wanted text, pauses boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    is_taken_over boolean;
BEGIN
    PERFORM studio_require_photo(tenant, wanted);
    IF studio_administers() THEN
        is_taken_over := pauses AND studio_is_own_pause(tenant, wanted);
        UPDATE photos p SET paused_by = session_user
        WHERE pauses AND p.tenant_id = tenant AND p.picture = wanted AND p.paused_at IS NOT NULL;
        IF is_taken_over THEN -- what she said of it may not be so
            PERFORM studio_photo_steps_add(tenant, wanted, 'paused', 'hide');
        END IF;
    ELSIF NOT pauses AND NOT studio_is_own_pause(tenant, wanted)
          AND EXISTS (SELECT FROM photos p WHERE p.tenant_id = tenant AND p.picture = wanted AND p.paused_at IS NOT NULL) THEN
        RAISE EXCEPTION '% Ask an operator to resume it.', CASE
            WHEN EXISTS (SELECT FROM photos p WHERE p.tenant_id = tenant AND p.picture = wanted AND p.paused_by IS NULL)
                THEN 'Who paused this photo is not known: it was paused before an update, or by a restore.'
            ELSE 'An operator paused this photo.' END USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE photos p SET paused_at = CASE WHEN pauses THEN clock_timestamp() END,
        paused_by = CASE WHEN pauses THEN session_user END
    WHERE p.tenant_id = tenant AND p.picture = wanted AND (p.paused_at IS NOT NULL) IS DISTINCT FROM pauses;
    IF FOUND THEN
        IF pauses THEN
            PERFORM studio_photo_steps_add(tenant, wanted, 'paused', 'hide');
        ELSIF NOT EXISTS (SELECT FROM studio_picture_states(tenant) s WHERE s.picture = wanted AND s.withheld) THEN
            PERFORM studio_photo_steps_add(tenant, wanted, 'resumed', 'show');
        END IF;
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

GRANT SELECT ON photos, photo_files, photo_steps TO studio_operator, studio_companion;
CREATE POLICY photos_read ON photos FOR SELECT TO studio_operator, studio_companion
    USING ((SELECT role FROM studio_account()) = 'operator' OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));
CREATE POLICY photo_files_read ON photo_files FOR SELECT TO studio_operator, studio_companion
    USING ((SELECT role FROM studio_account()) = 'operator' OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));
CREATE POLICY photo_steps_read ON photo_steps FOR SELECT TO studio_operator, studio_companion
    USING ((SELECT role FROM studio_account()) = 'operator' OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));
