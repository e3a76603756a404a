-- What is to be done at the store and the CDN with a photo's files, who does it, and when a file counts as stored.

-- Somebody works on it at this moment. One that waits for its next attempt says what went wrong.
CREATE FUNCTION studio_is_carried_out(step photo_steps) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT step.done_at IS NULL AND step.claimed_until > clock_timestamp() AND step.problem = ''
$$;

-- A companion does the steps of her own pauses and resumes. What a person photographed or an operator asked for is done by
-- operators and the jobs alone, so that nobody can hold it up or say that it is done.
CREATE FUNCTION studio_may_do_photo_step(step photo_steps) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT studio_administers() OR (studio_may_change_photos(step.tenant_id) AND (step.reason = 'resumed'
        OR (step.reason = 'paused' AND studio_is_own_pause(step.tenant_id, step.picture))))
$$;

-- The companion paused the photo, and no operator.
CREATE FUNCTION studio_is_own_pause(tenant uuid, wanted text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM photos p JOIN accounts a ON a.login = p.paused_by
                   WHERE p.tenant_id = tenant AND p.picture = wanted AND a.tenant_id = tenant)
$$;

-- What is done with the files of a photo that is withheld: one whose release has ended is private for 30 days first, so that
-- a renewed release can show it again.
CREATE FUNCTION studio_photo_action(why text, ended_at timestamptz) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE WHEN why = 'paused' OR (why = 'ended' AND ended_at + interval '30 days' > clock_timestamp())
                THEN 'hide' ELSE 'remove' END
$$;

-- The files with which the action deals: those that were added with the photo, for "hide" and "show" as far as they are at
-- the store. Of a photo that is in no library they are those that any document of the tenant ever named.
CREATE FUNCTION studio_photo_files_of(tenant uuid, wanted text, what text) RETURNS TABLE (key text, original boolean)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    WITH added (key, original, stored) AS (
        SELECT f.key::text, f.original, f.stored_at IS NOT NULL FROM photo_files f
        WHERE f.tenant_id = tenant AND f.picture = wanted),
    documents (body) AS (
        SELECT t.photos_config::text || t.content_config::text FROM tenants t WHERE t.id = tenant
        UNION ALL SELECT r.photos_config::text || r.content_config::text FROM revisions r WHERE r.tenant_id = tenant
        UNION ALL SELECT a.variants::text FROM ab_tests a WHERE a.tenant_id = tenant),
    named (url) AS (
        SELECT m.found[1] FROM documents d,
            LATERAL regexp_matches(replace(d.body, '\/', '/'), '"(/media/[^"\\]+)"', 'g') m (found)
        WHERE NOT EXISTS (SELECT FROM added) AND strpos(d.body, substring(wanted FROM '[^/]+$')) > 0
        UNION SELECT p.photo_url::text FROM photo_releases p WHERE p.tenant_id = tenant AND NOT EXISTS (SELECT FROM added))
    SELECT a.key, a.original FROM added a WHERE what = 'remove' OR a.stored
    UNION SELECT substr(n.url, 8), false FROM named n
        WHERE wanted LIKE '/media/%' AND studio_picture_of(n.url) = wanted AND length(n.url) <= 2000
            AND NOT studio_is_of_another(tenant, n.url)
            AND (what <> 'show' OR EXISTS (SELECT FROM photo_steps h WHERE h.tenant_id = tenant AND h.action = 'hide'
                                           AND h.key = substr(n.url, 8)))
$$;

-- Asks for the action for each of the picture's files, and for the purge of those at the CDN. An earlier hide, show or purge
-- on which nobody works is given up for it. A file that is to be removed is neither hidden nor shown. An ended release
-- leaves the private original. Before them stands what the photo leaves, or comes back to. True where a step was added.
CREATE FUNCTION studio_photo_steps_add(tenant uuid, wanted text, why text, what text) RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM studio_photo_places_note(tenant, wanted, why);
    DELETE FROM photo_steps s WHERE s.tenant_id = tenant AND s.done_at IS NULL
        AND (s.action = 'purge' OR (s.action IN ('hide', 'show') AND NOT studio_is_carried_out(s)))
        AND s.key IN (SELECT f.key FROM studio_photo_files_of(tenant, wanted, what) f)
        AND (what = 'remove' OR NOT studio_is_to_be_removed(tenant, s.key));
    INSERT INTO photo_steps (tenant_id, picture, key, action, reason)
    SELECT tenant, wanted, f.key, a.action, why
    FROM studio_photo_files_of(tenant, wanted, what) f, (VALUES (what, 1), ('purge', 2)) a (action, place)
    WHERE (NOT f.original OR (a.action = 'remove' AND why <> 'ended'))
        AND (what = 'remove' OR NOT studio_is_to_be_removed(tenant, f.key))
    ORDER BY a.place, f.key
    ON CONFLICT (tenant_id, key, action) WHERE done_at IS NULL DO UPDATE SET reason = excluded.reason
        WHERE excluded.reason = 'deleted';
    RETURN FOUND;
END
$$;

CREATE FUNCTION studio_is_to_be_removed(tenant uuid, file text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM photo_steps r WHERE r.tenant_id = tenant AND r.key = file AND r.action = 'remove'
                   AND r.done_at IS NULL)
$$;

-- Gives up the steps on which nobody works. A file whose removal was tried may be gone, so that it must be sent again.
CREATE FUNCTION studio_photo_steps_cancel(tenant uuid, wanted text, reasons text[]) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
    WITH given_up AS (
        DELETE FROM photo_steps s WHERE s.tenant_id = tenant AND s.picture = wanted AND s.done_at IS NULL
            AND s.reason = ANY (reasons) AND NOT studio_is_carried_out(s)
        RETURNING s.key, s.action, s.attempts)
    UPDATE photo_files f SET stored_at = NULL FROM given_up g
    WHERE f.tenant_id = tenant AND f.key = g.key AND g.action = 'remove' AND g.attempts > 0
$$;

-- A file that the store has now was hidden, or may have been, and is not being shown again. Others are sent anew, as public.
CREATE FUNCTION studio_was_hidden(tenant uuid, wanted text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM studio_photo_files_of(tenant, wanted, 'show') f
        JOIN photo_steps h ON h.tenant_id = tenant AND h.key = f.key AND h.action = 'hide'
            AND (h.attempts > 0 OR h.done_at IS NOT NULL)
        WHERE NOT f.original AND NOT studio_is_to_be_removed(tenant, f.key)
            AND NOT EXISTS (SELECT FROM photo_steps w WHERE w.tenant_id = tenant AND w.key = h.key
                            AND w.id > h.id AND w.action = 'show'))
$$;

-- Where nothing keeps the photo away any longer: removals are given up, and hidden files are shown once it is released.
CREATE FUNCTION studio_photo_comes_back(tenant uuid, wanted text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    was_hidden boolean := studio_was_hidden(tenant, wanted);
BEGIN
    IF EXISTS (SELECT FROM studio_picture_states(tenant) s WHERE s.picture = wanted AND s.withheld) THEN
        RETURN;
    END IF;
    PERFORM studio_photo_steps_cancel(tenant, wanted, ARRAY['withdrawn', 'ended', 'deleted']);
    IF was_hidden AND EXISTS (SELECT FROM studio_picture_states(tenant) s WHERE s.picture = wanted AND s.released) THEN
        PERFORM studio_photo_steps_add(tenant, wanted, 'resumed', 'show');
    END IF;
    PERFORM tenant_changed(tenant);
END
$$;

-- Photos for which time alone asks for steps: "hide" or "remove" where a release has ended, "come back" where one has begun
-- again, or a removal failed while the photo came back.
CREATE FUNCTION studio_photos_to_follow() RETURNS TABLE (tenant_id uuid, picture text, what text)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    WITH states AS (
        SELECT s.* FROM (
            SELECT p.tenant_id FROM photo_releases p
            WHERE p.withdrawn_at IS NULL AND p.valid_until < (clock_timestamp() AT TIME ZONE 'UTC')::date
            UNION SELECT o.tenant_id FROM photo_steps o
            WHERE o.action = 'hide' OR (o.done_at IS NULL AND o.reason IN ('withdrawn', 'ended', 'deleted'))) c,
            LATERAL studio_picture_states(c.tenant_id) s
        WHERE studio_may_change_photos(c.tenant_id))
    SELECT s.tenant_id, s.picture, 'come back' FROM states s
    WHERE NOT s.withheld AND ((s.released AND studio_was_hidden(s.tenant_id, s.picture)) OR EXISTS (
        SELECT FROM photo_steps o WHERE o.tenant_id = s.tenant_id AND o.picture = s.picture
            AND o.reason IN ('withdrawn', 'ended', 'deleted') AND o.done_at IS NULL AND NOT studio_is_carried_out(o)))
    UNION ALL SELECT s.tenant_id, s.picture, a.what
    FROM states s, LATERAL (VALUES (studio_photo_action(s.why, s.ended_at))) a (what)
    WHERE s.why = 'ended' AND NOT EXISTS (
        SELECT FROM photo_steps o WHERE o.tenant_id = s.tenant_id AND o.picture = s.picture
            AND o.action IN (a.what, 'remove') AND o.asked_at >= s.ended_at)
$$;

-- Asks for them. A step that a later one of the same file makes pointless goes.
CREATE FUNCTION studio_photo_steps_follow() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    each record;
BEGIN
    FOR each IN SELECT f.tenant_id, array_agg(f.picture) AS pictures FROM studio_photos_to_follow() f GROUP BY 1 ORDER BY 1 LOOP
        PERFORM studio_lock_photos(each.tenant_id, each.pictures);
    END LOOP;
    DELETE FROM photo_steps o WHERE o.done_at IS NULL AND o.action IN ('hide', 'show', 'purge') AND NOT studio_is_carried_out(o)
        AND studio_may_change_photos(o.tenant_id)
        AND EXISTS (SELECT FROM photo_steps n WHERE n.tenant_id = o.tenant_id AND n.key = o.key AND n.id > o.id
                    AND n.done_at IS NULL AND n.action IN ('hide', 'show', 'remove'));
    FOR each IN SELECT f.* FROM studio_photos_to_follow() f ORDER BY f.tenant_id, f.picture LOOP
        IF each.what = 'come back' THEN
            PERFORM studio_photo_comes_back(each.tenant_id, each.picture);
        ELSIF studio_photo_steps_add(each.tenant_id, each.picture, 'ended', each.what) THEN
            PERFORM tenant_changed(each.tenant_id);
        END IF;
    END LOOP;
END
$$;

-- Steps that are due, oldest first, for five minutes the caller's; none while the store is not confirmed. Those of one file
-- are done in their order, so that the CDN is told when the file itself is gone.
CREATE FUNCTION photo_steps_claim(many integer) RETURNS SETOF photo_steps
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT studio_photo_store_confirmed() OR NOT (studio_administers() OR EXISTS (SELECT FROM studio_account())) THEN
        RETURN;
    END IF;
    PERFORM studio_photo_steps_follow();
    RETURN QUERY WITH due AS (
        SELECT c.id FROM photo_steps c
        WHERE c.done_at IS NULL AND c.claimed_until < clock_timestamp() AND studio_may_do_photo_step(c)
            AND NOT EXISTS (SELECT FROM photo_steps o WHERE o.tenant_id = c.tenant_id AND o.key = c.key AND o.id < c.id
                            AND o.done_at IS NULL)
        ORDER BY c.id LIMIT many FOR UPDATE SKIP LOCKED),
    claimed AS (
        UPDATE photo_steps s SET claimed_until = clock_timestamp() + interval '5 minutes', attempts = s.attempts + 1,
            problem = ''
        FROM due WHERE s.id = due.id RETURNING s.*)
    SELECT * FROM claimed ORDER BY claimed.id;
END
$$;
GRANT EXECUTE ON FUNCTION photo_steps_claim(integer) TO studio_operator, studio_companion;

-- '' where it is done; else what went wrong, and it is tried again, at first after a minute and at last every hour. A file
-- that was removed while its photo came back must be sent again: the photo is on no page until then.
CREATE FUNCTION photo_step_note(step bigint, went_wrong text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    noted photo_steps;
BEGIN
    UPDATE photo_steps s SET problem = left(went_wrong, 2000), done_at = CASE WHEN went_wrong = '' THEN clock_timestamp() END,
        claimed_until = CASE WHEN went_wrong = '' THEN '-infinity'
            ELSE clock_timestamp() + least(interval '1 hour', interval '30 seconds' * power(2, least(s.attempts, 10))) END
    WHERE s.id = step AND s.done_at IS NULL AND studio_may_do_photo_step(s) RETURNING * INTO noted;
    IF noted.action = 'remove' AND noted.done_at IS NOT NULL THEN
        UPDATE photo_files f SET stored_at = NULL
        WHERE f.tenant_id = noted.tenant_id AND f.key = noted.key AND f.stored_at IS NOT NULL;
        IF FOUND AND NOT EXISTS (SELECT FROM studio_picture_states(noted.tenant_id) s
                                 WHERE s.picture = noted.picture AND s.withheld) THEN
            PERFORM tenant_changed(noted.tenant_id);
        END IF;
    END IF;
END
$$;
GRANT EXECUTE ON FUNCTION photo_step_note(bigint, text) TO studio_operator, studio_companion;

-- Those of the tenant's files whose picture is withheld at this moment, and what is to be done with them. A file that is in
-- no library belongs to the picture that its name tells.
CREATE FUNCTION studio_photo_files_withheld(tenant uuid, keys text[])
RETURNS TABLE (key text, picture text, original boolean, action text, why text)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    WITH files (key, picture, original) AS (
        SELECT DISTINCT file, coalesce(f.picture::text, studio_picture_of(
                   '/media/' || regexp_replace(file, '/originals/([0-9a-f]{32})\.[^./]+$', '/\1'))),
               coalesce(f.original, file LIKE '%/originals/%')
        FROM unnest(keys) file LEFT JOIN photo_files f ON f.tenant_id = tenant AND f.key = file
        WHERE f.key IS NOT NULL OR studio_is_in_own_folder(tenant, '/media/' || file))
    SELECT k.key, k.picture, k.original, studio_photo_action(s.why, s.ended_at), s.why
    FROM files k JOIN studio_picture_states(tenant) s ON s.picture = k.picture
    WHERE s.withheld
$$;

-- Asks for the steps that hide or remove those of these files whose picture is withheld, and gives their keys.
CREATE FUNCTION studio_photo_keep_away(tenant uuid, keys text[]) RETURNS text[]
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    kept_away text[];
BEGIN
    PERFORM studio_lock_photos(tenant, ARRAY(
        SELECT f.picture::text FROM photo_files f WHERE f.tenant_id = tenant AND f.key = ANY (keys)));
    kept_away := ARRAY(SELECT w.key FROM studio_photo_files_withheld(tenant, keys) w ORDER BY 1);
    DELETE FROM photo_steps s WHERE s.tenant_id = tenant AND s.key = ANY (kept_away) AND s.done_at IS NULL
        AND NOT (s.action = 'show' AND studio_is_carried_out(s)); -- what hides the file again waits for it
    INSERT INTO photo_steps (tenant_id, picture, key, action, reason)
    SELECT tenant, w.picture, w.key, a.action, w.why
    FROM studio_photo_files_withheld(tenant, kept_away) w, LATERAL (VALUES (w.action, 1), ('purge', 2)) a (action, place)
    WHERE NOT w.original OR (a.action = 'remove' AND w.why <> 'ended')
    ORDER BY a.place, w.key;
    RETURN kept_away;
END
$$;

-- The sending of a photo ended early: the store may have some of these files. As photo_mark_stored() it sees to those that
-- must not stay public.
CREATE FUNCTION photo_sent_in_part(tenant uuid, keys text[]) RETURNS text[]
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM studio_require_photos(tenant);
    RETURN studio_photo_keep_away(tenant, keys);
END
$$;
GRANT EXECUTE ON FUNCTION photo_sent_in_part(uuid, text[]) TO studio_operator, studio_companion;

-- The store has these files now. Those whose picture is withheld by then must not stay public: steps that hide or remove
-- them are written in the same transaction, and one that is to be removed does not count as stored. Gives the keys of these.
-- sent_to: the store that they were sent to, which must still be the platform's; null where nothing was sent.
CREATE FUNCTION photo_mark_stored(tenant uuid, keys text[], sent_to text DEFAULT NULL) RETURNS text[]
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    kept_away text[];
    present text;
BEGIN
    PERFORM studio_require_photos(tenant);
    SELECT s.value INTO present FROM platform_settings s WHERE s.name = 'photo_store' FOR SHARE; -- a change waits
    IF NOT studio_is_same_photo_store(present, coalesce(sent_to, present)) THEN
        RAISE EXCEPTION 'Another photo store was chosen while photos were sent: they must be sent there.'
            USING ERRCODE = 'serialization_failure';
    END IF;
    IF NOT studio_photo_store_confirmed() THEN
        RAISE EXCEPTION 'The photo store is not confirmed since the restore. An operator must confirm first that it belongs to this installation.';
    END IF;
    kept_away := studio_photo_keep_away(tenant, keys);
    UPDATE photo_files f SET stored_at = clock_timestamp()
    WHERE f.tenant_id = tenant AND f.key = ANY (keys) AND f.stored_at IS NULL AND NOT studio_is_to_be_removed(tenant, f.key);
    IF FOUND THEN
        PERFORM tenant_changed(tenant);
    END IF;
    RETURN kept_away;
END
$$;
GRANT EXECUTE ON FUNCTION photo_mark_stored(uuid, text[], text) TO studio_operator, studio_companion;

-- The folder, or one bucket, whatever its public address, region and style are.
CREATE FUNCTION studio_is_same_photo_store(one text, other text) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT ROW(one::jsonb ->> 'kind', one::jsonb ->> 'endpoint', one::jsonb ->> 'bucket')
        IS NOT DISTINCT FROM ROW(other::jsonb ->> 'kind', other::jsonb ->> 'endpoint', other::jsonb ->> 'bucket')
$$;

-- Changes of the photo, of its releases and of what the store has of it wait for each other.
CREATE FUNCTION studio_lock_photo(tenant uuid, wanted text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM FROM photos p WHERE p.tenant_id = tenant AND p.picture = wanted FOR UPDATE;
END
$$;

-- Several at once: in one order, and before anything else is changed, so that no two callers wait for each other.
CREATE FUNCTION studio_lock_photos(tenant uuid, wanted text[]) RETURNS SETOF text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN QUERY SELECT p.picture::text FROM photos p WHERE p.tenant_id = tenant AND p.picture = ANY (wanted)
    ORDER BY p.picture FOR UPDATE;
END
$$;

-- For whoever changes several photos in one transaction. Gives those that are in the library.
CREATE FUNCTION photo_lock(tenant uuid, wanted text[]) RETURNS SETOF text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM studio_require_photos(tenant);
    RETURN QUERY SELECT studio_lock_photos(tenant, wanted);
END
$$;
GRANT EXECUTE ON FUNCTION photo_lock(uuid, text[]) TO studio_operator, studio_companion;

-- Whether this installation may change what is in the photo store. A restore leaves it open: the copy may name the bucket
-- of an installation that is in use.
CREATE FUNCTION studio_photo_store_confirmed() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT NOT EXISTS (SELECT FROM platform_settings s WHERE s.name = 'photo_store_confirmed' AND s.value <> 'true')
$$;

-- An operator says that it does. What is paused here is hidden there then.
CREATE FUNCTION photo_store_confirm() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT studio_administers() THEN
        RAISE EXCEPTION 'Only operators may confirm the photo store.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE platform_settings s SET value = 'true' WHERE s.name = 'photo_store_confirmed' AND s.value <> 'true';
    IF FOUND THEN
        PERFORM studio_photo_steps_add(p.tenant_id, p.picture, 'paused', 'hide') FROM photos p WHERE p.paused_at IS NOT NULL;
    END IF;
END
$$;
GRANT EXECUTE ON FUNCTION photo_store_confirm() TO studio_operator;
