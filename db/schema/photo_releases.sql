-- Releases of photos: recorded, withdrawn, and what that asks for at the store.

-- A person who withdrew speaks for herself: a release of the whole photo is refused while her withdrawal stands.
CREATE FUNCTION studio_require_no_withdrawal(tenant uuid, url text) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    withdrawn record;
BEGIN
    SELECT p.person, p.withdrawn_at INTO withdrawn
    FROM studio_picture_states(tenant) s JOIN photo_releases p ON studio_picture_of(p.photo_url) = s.picture
    WHERE s.picture = studio_picture_of(url) AND s.why IN ('withdrawn', 'deleted')
        AND p.tenant_id = tenant AND p.person <> '' AND p.withdrawn_at IS NOT NULL
    ORDER BY p.withdrawn_at DESC LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'The release of % for the photo % was withdrawn on %. Only recording the release of that person by itself gives it back.',
            withdrawn.person, url, to_char(withdrawn.withdrawn_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') USING ERRCODE = 'check_violation';
    END IF;
END
$$;

-- A release of the whole photo that is there, or there again after it was withdrawn or has ended, in all the picture's sizes.
-- Releases of persons stay as they are.
CREATE FUNCTION photo_release_record(tenant uuid, url text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM studio_require_operator();
    PERFORM studio_lock_photo(tenant, studio_picture_of(url));
    PERFORM studio_require_no_withdrawal(tenant, url);
    UPDATE photo_releases p SET withdrawn_at = NULL, recorded_by = session_user, recorded_at = clock_timestamp(),
        valid_until = CASE WHEN p.valid_until >= (clock_timestamp() AT TIME ZONE 'UTC')::date THEN p.valid_until END
    WHERE p.tenant_id = tenant AND p.person = '' AND studio_picture_of(p.photo_url) = studio_picture_of(url)
        AND (p.withdrawn_at IS NOT NULL OR p.valid_until < (clock_timestamp() AT TIME ZONE 'UTC')::date);
    INSERT INTO photo_releases (tenant_id, photo_url) VALUES (tenant, url) ON CONFLICT ON CONSTRAINT photo_releases_once DO NOTHING;
    PERFORM studio_photo_comes_back(tenant, studio_picture_of(url));
END
$$;
GRANT EXECUTE ON FUNCTION photo_release_record(uuid, text) TO studio_operator;

-- One person's release, '' for one of the whole photo; replaces an earlier one of the same person and photo, also one that
-- the person withdrew. A person who is not an adult takes the photo away.
CREATE FUNCTION photo_release_record_person(tenant uuid, url text, who text, is_adult boolean, what text, first_day date,
                                            last_day date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM studio_require_operator();
    IF last_day < (clock_timestamp() AT TIME ZONE 'UTC')::date THEN
        RAISE EXCEPTION 'The last day of the release, %, is over already. Enter today (UTC) or a later day; to take the photo away, withdraw the release.',
            last_day USING ERRCODE = 'check_violation';
    END IF;
    PERFORM studio_lock_photo(tenant, studio_picture_of(url));
    PERFORM studio_require_no_withdrawal(tenant, url) WHERE who = '';
    DELETE FROM photo_releases p WHERE p.tenant_id = tenant AND p.person = who AND p.photo_url <> url
        AND studio_picture_of(p.photo_url) = studio_picture_of(url);
    INSERT INTO photo_releases AS p (tenant_id, photo_url, person, adult, scope, valid_from, valid_until)
    VALUES (tenant, url, who, is_adult, what, first_day, last_day)
    ON CONFLICT ON CONSTRAINT photo_releases_once DO UPDATE SET adult = excluded.adult, scope = excluded.scope,
        valid_from = excluded.valid_from, valid_until = excluded.valid_until, withdrawn_at = NULL,
        recorded_by = session_user, recorded_at = clock_timestamp();
    IF is_adult THEN
        PERFORM studio_photo_comes_back(tenant, studio_picture_of(url));
    ELSE
        PERFORM studio_photo_steps_add(tenant, studio_picture_of(url), 'withdrawn', 'remove');
    END IF;
END
$$;
GRANT EXECUTE ON FUNCTION photo_release_record_person(uuid, text, text, boolean, text, date, date) TO studio_operator;

-- Records the same release for several photos at once. Left out are those that may not be shown since a withdrawal, and those for
-- which the same person withdrew, and it gives the withdrawn releases: each is given back only by recording it by itself.
CREATE FUNCTION photo_releases_record(tenant uuid, urls text[], who text, is_adult boolean, what text, first_day date,
                                      last_day date)
RETURNS TABLE (photo_url text, person text, withdrawn_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    each text;
    withdrawn text[];
BEGIN
    PERFORM studio_require_operator();
    PERFORM studio_lock_photos(tenant, ARRAY(SELECT studio_picture_of(u.url) FROM unnest(urls) u (url)));
    withdrawn := ARRAY(
        SELECT s.picture FROM photo_releases p JOIN studio_picture_states(tenant) s ON s.picture = studio_picture_of(p.photo_url)
        WHERE p.tenant_id = tenant AND p.withdrawn_at IS NOT NULL AND (p.person = who OR NOT s.agreed));
    FOR each IN
        SELECT DISTINCT u.url FROM unnest(urls) u (url) WHERE studio_picture_of(u.url) <> ALL (withdrawn) ORDER BY 1
    LOOP
        IF who = '' AND first_day IS NULL AND last_day IS NULL AND is_adult THEN
            PERFORM photo_release_record(tenant, each);
        ELSE
            PERFORM photo_release_record_person(tenant, each, who, is_adult, what, first_day, last_day);
        END IF;
    END LOOP;
    RETURN QUERY SELECT DISTINCT u.url, p.person::text, p.withdrawn_at
    FROM unnest(urls) u (url) JOIN photo_releases p ON studio_picture_of(p.photo_url) = studio_picture_of(u.url)
    WHERE p.tenant_id = tenant AND p.withdrawn_at IS NOT NULL AND studio_picture_of(u.url) = ANY (withdrawn)
    ORDER BY 1, 2;
END
$$;
GRANT EXECUTE ON FUNCTION photo_releases_record(uuid, text[], text, boolean, text, date, date) TO studio_operator;

-- Removes the photo in all its sizes from every page at once, without another publish, and asks for its files to be taken out
-- of the store. True if it had a release.
CREATE FUNCTION photo_release_withdraw(tenant uuid, url text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM studio_require_operator();
    PERFORM studio_lock_photo(tenant, studio_picture_of(url));
    UPDATE photo_releases p SET withdrawn_at = clock_timestamp()
    WHERE p.tenant_id = tenant AND p.withdrawn_at IS NULL AND studio_picture_of(p.photo_url) = studio_picture_of(url);
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM studio_photo_steps_add(tenant, studio_picture_of(url), 'withdrawn', 'remove');
    RETURN true;
END
$$;
GRANT EXECUTE ON FUNCTION photo_release_withdraw(uuid, text) TO studio_operator;

-- True where that person had a release. The photo reaches nobody from then on.
CREATE FUNCTION photo_release_withdraw_person(tenant uuid, url text, who text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM studio_require_operator();
    PERFORM studio_lock_photo(tenant, studio_picture_of(url));
    UPDATE photo_releases p SET withdrawn_at = clock_timestamp()
    WHERE p.tenant_id = tenant AND p.withdrawn_at IS NULL AND p.person = who
        AND studio_picture_of(p.photo_url) = studio_picture_of(url);
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM studio_photo_steps_add(tenant, studio_picture_of(url), 'withdrawn', 'remove');
    RETURN true;
END
$$;
GRANT EXECUTE ON FUNCTION photo_release_withdraw_person(uuid, text, text) TO studio_operator;
