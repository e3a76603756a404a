-- Erasure, what is stored of a visitor, and the hashes that are stored so that nothing erased comes back.

-- A hash in place of a value that must not be stored. Only this database can compare it: no login can read the key.
CREATE FUNCTION studio_keyed_hash(kind text, value text) RETURNS bytea
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN (SELECT sha256(k.key || convert_to(kind || ':' || value, 'UTF8')) FROM hash_keys k);
END
$$;

CREATE FUNCTION studio_is_erased(wanted_kind text, value text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM erased_subjects e
                   WHERE e.kind = wanted_kind AND e.key_hash = studio_keyed_hash(wanted_kind, value));
END
$$;

-- `visits`, with null at each position at which `subjects` has an erased subject.
CREATE FUNCTION studio_without_erased(wanted_kind text, subjects uuid[], visits uuid[]) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_bitmapscan = off SET jit = off
AS $$
DECLARE
    hash_key bytea := (SELECT key FROM hash_keys WHERE only_one);
BEGIN
    RETURN (SELECT coalesce(array_agg(CASE WHEN NOT EXISTS (
                       SELECT FROM erased_subjects e WHERE e.kind = wanted_kind
                           AND e.key_hash = sha256(hash_key || convert_to(wanted_kind || ':' || v.subject, 'UTF8')))
                   THEN v.visit END ORDER BY v.place), '{}')
            FROM unnest(subjects, visits) WITH ORDINALITY AS v (subject, visit, place));
END
$$;

CREATE FUNCTION studio_note_erased(kind text, value text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO erased_subjects AS e (kind, key_hash)
    VALUES (studio_note_erased.kind, studio_keyed_hash(studio_note_erased.kind, value))
    ON CONFLICT ON CONSTRAINT erased_subjects_pkey DO UPDATE SET erased_at = excluded.erased_at;
END
$$;

-- Deletes these visits of one tenant with everything that was recorded in them. Bookings stay and lose the link to them.
CREATE FUNCTION studio_erase_visits(tenant uuid, visits uuid[], OUT sessions integer, OUT events integer,
                                    OUT assignments integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    began timestamptz;
BEGIN
    -- Waits for transactions that write to one of these visits.
    PERFORM FROM open_visits o WHERE o.tenant_id = tenant AND o.visit_id = ANY (visits) ORDER BY o.key FOR UPDATE;
    PERFORM FROM sessions s WHERE s.id = ANY (visits) AND s.tenant_id = tenant ORDER BY s.id FOR UPDATE;
    SELECT min(s.created_at) INTO began FROM sessions s WHERE s.id = ANY (visits) AND s.tenant_id = tenant;
    DELETE FROM events e WHERE e.tenant_id = tenant AND e.session_id = ANY (visits)
        AND e.created_at >= began - interval '3 days';
    GET DIAGNOSTICS events = ROW_COUNT;
    UPDATE bookings b SET session_id = CASE WHEN b.session_id <> ALL (visits) THEN b.session_id END,
        source_visit_id = CASE WHEN b.source_visit_id <> ALL (visits) THEN b.source_visit_id END,
        conversion_path = CASE WHEN b.session_id <> ALL (visits) THEN b.conversion_path END
    WHERE b.tenant_id = tenant AND (b.session_id = ANY (visits) OR b.source_visit_id = ANY (visits));
    DELETE FROM ab_assignments a WHERE a.session_id = ANY (visits) AND a.tenant_id = tenant;
    GET DIAGNOSTICS assignments = ROW_COUNT;
    DELETE FROM sessions s WHERE s.id = ANY (visits) AND s.tenant_id = tenant;
    GET DIAGNOSTICS sessions = ROW_COUNT;
END
$$;

-- Erases all visits of these visitors, has their later events dropped, and gives the receipt; none if there was nothing.
CREATE FUNCTION studio_erase_visitors(wanted_tenant uuid, wanted_kind text, tenants uuid[], visitors uuid[],
                                      erased_bookings integer) RETURNS SETOF erasures
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    each record;
    gone record;
    total integer[] := '{0,0,0}';
BEGIN
    FOR each IN SELECT DISTINCT v.tenant_id, v.visitor_id FROM unnest(tenants, visitors) AS v (tenant_id, visitor_id)
                ORDER BY 1, 2 LOOP
        PERFORM studio_note_erased('visitor', each.visitor_id::text);
        -- Waits for transactions that record a visit of this visitor; later ones find the visitor erased.
        PERFORM tracking_open_visit(each.tenant_id, each.visitor_id, gen_random_uuid());
        SELECT * INTO gone FROM studio_erase_visits(each.tenant_id, ARRAY(
            SELECT s.id FROM sessions s WHERE s.tenant_id = each.tenant_id AND s.visitor_id = each.visitor_id));
        DELETE FROM open_visits o WHERE o.tenant_id = each.tenant_id AND o.key = each.visitor_id;
        -- Rows of visits are deleted after 24 months, their facts later, with the whole month: in between no raw row is left
        -- whose deletion would delete the facts.
        DELETE FROM visit_facts f WHERE f.tenant_id = each.tenant_id AND f.visitor = uuid_hash_extended(each.visitor_id, 0)
            AND f.day <= (clock_timestamp() - interval '24 months')::date + 1;
        total := ARRAY[total[1] + gone.sessions, total[2] + gone.events, total[3] + gone.assignments];
    END LOOP;
    IF total = '{0,0,0}' AND erased_bookings = 0 THEN
        RETURN;
    END IF;
    RETURN QUERY INSERT INTO erasures (tenant_id, kind, sessions, events, assignments, bookings)
        VALUES (wanted_tenant, wanted_kind, total[1], total[2], total[3], erased_bookings) RETURNING *;
END
$$;

-- The functions that people and the service call give up if another transaction locks a row for more than five seconds: then
-- nothing is erased, and the error tells the caller to try again.
CREATE FUNCTION privacy_forget_visitor(wanted_tenant uuid, wanted_visitor uuid) RETURNS SETOF erasures
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET lock_timeout = '5s' AS $$
    SELECT * FROM studio_erase_visitors(wanted_tenant, 'visitor', ARRAY[wanted_tenant], ARRAY[wanted_visitor], 0)
$$;
GRANT EXECUTE ON FUNCTION privacy_forget_visitor(uuid, uuid) TO studio_renderer;

-- A visit without consent may be that of several people behind one address, so it is not erased; its bookings lose the link
-- to it. Events that arrive later for an erased one are dropped.
CREATE FUNCTION privacy_forget_session(wanted_tenant uuid, wanted_session uuid) RETURNS SETOF erasures
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET lock_timeout = '5s' AS $$
DECLARE
    visit record;
    gone record;
    of_it uuid[];
BEGIN
    PERFORM studio_require_moderator();
    SELECT s.tenant_id, s.consented INTO visit FROM sessions s
    WHERE s.id = wanted_session AND (wanted_tenant IS NULL OR s.tenant_id = wanted_tenant);
    IF NOT FOUND THEN
        RETURN;
    END IF;
    IF NOT visit.consented THEN
        of_it := ARRAY(SELECT b.id FROM bookings b WHERE b.tenant_id = visit.tenant_id
                           AND wanted_session IN (b.session_id, b.source_visit_id));
        IF cardinality(of_it) > 0 THEN
            PERFORM studio_unlink_bookings(of_it);
            RETURN QUERY INSERT INTO erasures (tenant_id, kind, sessions, events, assignments, bookings)
                VALUES (wanted_tenant, 'session', 0, 0, 0, cardinality(of_it)) RETURNING *;
        END IF;
        RETURN;
    END IF;
    PERFORM studio_note_erased('visit', wanted_session::text);
    SELECT * INTO gone FROM studio_erase_visits(visit.tenant_id, ARRAY[wanted_session]);
    RETURN QUERY INSERT INTO erasures (tenant_id, kind, sessions, events, assignments, bookings)
        VALUES (wanted_tenant, 'session', gone.sessions, gone.events, gone.assignments, 0) RETURNING *;
END
$$;
GRANT EXECUTE ON FUNCTION privacy_forget_session(uuid, uuid) TO studio_operator, studio_staff;

CREATE FUNCTION studio_unlink_bookings(ids uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE bookings SET session_id = NULL, source_visit_id = NULL, conversion_path = NULL WHERE id = ANY (ids);
END
$$;

-- Whether these words name the client of a booking: by email address, by telephone number, or by a name of four letters or more.
CREATE FUNCTION studio_names_client(words text, b bookings) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(strpos(lower(words), lower(nullif(b.client_email, ''))) > 0, false)
        OR char_length(b.client_name) >= 4 AND strpos(lower(words), lower(b.client_name)) > 0
        OR EXISTS (SELECT FROM unnest(studio_phone_digits(b)) AS p (digits) -- the last eight: without what may stand before
                   WHERE char_length(p.digits) >= 8
                       AND strpos(regexp_replace(words, '[^0-9]', '', 'g'), right(p.digits, 8)) > 0)
$$;

-- The bookings keep status, value and the time at which they came, for the figures, and nothing else.
CREATE FUNCTION studio_erase_bookings(ids uuid[]) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    many integer;
BEGIN
    PERFORM studio_unlink_bookings(ids);
    PERFORM studio_note_erased('request', b.tenant_id || ':' || b.idempotency_key)
    FROM bookings b WHERE b.id = ANY (ids) AND b.idempotency_key IS NOT NULL;
    WITH gone AS ( -- of agendas that wait: one that is on its way names whoever is erased, and another is made
        DELETE FROM outbox o USING (SELECT DISTINCT b.tenant_id FROM bookings b WHERE b.id = ANY (ids)) of_them
        WHERE o.tenant_id = of_them.tenant_id AND o.kind = 'companion_agenda' AND o.status = 'pending'
        RETURNING o.tenant_id, o.created_at)
    INSERT INTO outbox (tenant_id, booking_id, kind, created_at)
    SELECT gone.tenant_id, other.id, 'companion_agenda', gone.created_at
    FROM gone CROSS JOIN LATERAL (SELECT d.id FROM bookings_of_day(gone.tenant_id, gone.created_at) d
                                  WHERE d.id <> ALL (ids) ORDER BY d.starts_at LIMIT 1) other;
    DELETE FROM outbox o WHERE o.booking_id = ANY (ids);
    UPDATE blocked_clients c SET reason = '' FROM bookings b -- the block itself is a hash, and outlives the erasure
    WHERE b.id = ANY (ids) AND c.reason <> '' AND c.value_hash = ANY (
        studio_client_hash('email', b.client_email)
        || studio_phone_hashes(b.client_phones, coalesce(b.client_phone_normal, b.client_phone)) || b.client_key);
    UPDATE time_blocks t SET note = '' FROM bookings b
    WHERE b.id = ANY (ids) AND t.tenant_id = b.tenant_id AND t.note <> '' AND studio_names_client(t.note, b);
    DELETE FROM booking_attempts a USING bookings b WHERE b.id = ANY (ids) AND a.client_key = b.client_key;
    DELETE FROM booking_notes n WHERE n.booking_id = ANY (ids);
    DELETE FROM client_card_reads r WHERE r.booking_id = ANY (ids);
    UPDATE booking_history h SET details = '{}', before = NULL WHERE h.booking_id = ANY (ids);
    DELETE FROM client_marks m USING bookings b
    WHERE b.id = ANY (ids) AND m.tenant_id = b.tenant_id AND m.value_hash = ANY (
        studio_client_hash('email', b.client_email)
        || studio_phone_hashes(b.client_phones, coalesce(b.client_phone_normal, b.client_phone)));
    UPDATE bookings b SET client_name = 'Erased', client_email = 'erased@erased.invalid', client_phone = NULL, buffer_minutes = 0, calendar_sequence = 0,
        reason_code = NULL, flagged_reason = NULL, words_gone = true, mail_wanted = NULL,
        client_phone_normal = NULL, client_phones = NULL,
        service_type = NULL, preferred_date = NULL, preferred_date_end = NULL, asked_ends_at = NULL, duration = NULL, time_zone = NULL, client_time_zone = NULL,
        message = NULL, terms_accepted_at = NULL, client_key = NULL, idempotency_key = NULL,
        request_hash = NULL, starts_at = NULL, ends_at = NULL, holds = false, held_until = NULL, answer_by = NULL,
        place_kind = NULL, place = NULL, screening = NULL, consent_at = NULL, consent_version = NULL, move_asked_at = NULL,
        deposit_state = NULL, deposit_minor = NULL, deposit_due_at = NULL, deposit_reference = NULL, deposit_received_at = NULL,
        deposit_method = NULL, reminded_at = NULL, deposit_reminded_at = NULL, changed_at = clock_timestamp(),
        version = b.version + 1, erased_at = clock_timestamp()
    WHERE b.id = ANY (ids);
    GET DIAGNOSTICS many = ROW_COUNT;
    RETURN many;
END
$$;

-- Erases these bookings and, with consent, the visitors who sent them.
CREATE FUNCTION studio_erase_clients(wanted_tenant uuid, wanted_kind text, ids uuid[]) RETURNS SETOF erasures
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    tenants uuid[];
    visitors uuid[];
BEGIN
    SELECT coalesce(array_agg(s.tenant_id), '{}'), coalesce(array_agg(s.visitor_id), '{}') INTO tenants, visitors
    FROM bookings b JOIN sessions s ON s.id IN (b.session_id, b.source_visit_id)
    WHERE b.id = ANY (ids) AND s.tenant_id = b.tenant_id AND s.visitor_id IS NOT NULL;
    RETURN QUERY SELECT * FROM studio_erase_visitors(wanted_tenant, wanted_kind, tenants, visitors, studio_erase_bookings(ids));
END
$$;

-- Erases everything about the person with this address.
CREATE FUNCTION privacy_erase_email(wanted_tenant uuid, email text) RETURNS SETOF erasures
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET lock_timeout = '5s' AS $$
DECLARE
    address text := lower(btrim(email));
    bookings_of_hers uuid[];
BEGIN
    PERFORM studio_require_moderator();
    IF coalesce(address, '') = '' THEN
        RAISE EXCEPTION 'An email address is needed.' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    SELECT array_agg(b.id) INTO bookings_of_hers FROM bookings b
    WHERE lower(b.client_email) = address AND b.erased_at IS NULL AND (wanted_tenant IS NULL OR b.tenant_id = wanted_tenant);
    IF bookings_of_hers IS NULL THEN
        RETURN;
    END IF;
    PERFORM studio_note_erased('email', coalesce(wanted_tenant::text, '') || ':' || address);
    RETURN QUERY SELECT * FROM studio_erase_clients(wanted_tenant, 'email', bookings_of_hers);
END
$$;
GRANT EXECUTE ON FUNCTION privacy_erase_email(uuid, text) TO studio_operator, studio_staff;

-- The digits of a booking's telephone numbers: as they are compared, and as they were typed.
CREATE FUNCTION studio_phone_digits(b bookings) RETURNS text[]
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT array_agg(DISTINCT regexp_replace(p.number, '[^0-9]', '', 'g'))
    FROM unnest(b.client_phones || ARRAY[b.client_phone_normal, b.client_phone]::text[]) AS p (number)
$$;

-- The same by telephone number, in the normal form ("+61412345678") or as it was typed.
CREATE FUNCTION privacy_erase_phone(wanted_tenant uuid, number text) RETURNS SETOF erasures
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET lock_timeout = '5s' AS $$
DECLARE
    digits text := regexp_replace(number, '[^0-9]', '', 'g');
    bookings_of_hers uuid[];
BEGIN
    PERFORM studio_require_moderator();
    IF char_length(coalesce(digits, '')) < 6 THEN
        RAISE EXCEPTION 'A telephone number of at least six digits is needed.' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    SELECT array_agg(b.id) INTO bookings_of_hers FROM bookings b
    WHERE digits = ANY (studio_phone_digits(b)) AND b.erased_at IS NULL AND (wanted_tenant IS NULL OR b.tenant_id = wanted_tenant);
    IF bookings_of_hers IS NULL THEN
        RETURN;
    END IF;
    PERFORM studio_note_erased('phone', coalesce(wanted_tenant::text, '') || ':' || digits);
    RETURN QUERY SELECT * FROM studio_erase_clients(wanted_tenant, 'phone', bookings_of_hers);
END
$$;
GRANT EXECUTE ON FUNCTION privacy_erase_phone(uuid, text) TO studio_operator, studio_staff;

-- Erases one booking and, with consent, the visitor who sent it: for one with neither address nor number.
CREATE FUNCTION privacy_erase_booking(wanted_tenant uuid, booking uuid) RETURNS SETOF erasures
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET lock_timeout = '5s' AS $$
BEGIN
    PERFORM studio_require_moderator();
    PERFORM FROM bookings b
    WHERE b.id = booking AND b.erased_at IS NULL AND (wanted_tenant IS NULL OR b.tenant_id = wanted_tenant);
    IF NOT FOUND THEN
        RETURN;
    END IF;
    PERFORM studio_note_erased('booking', booking::text);
    RETURN QUERY SELECT * FROM studio_erase_clients(wanted_tenant, 'booking', ARRAY[booking]);
END
$$;
GRANT EXECUTE ON FUNCTION privacy_erase_booking(uuid, uuid) TO studio_operator, studio_staff;

-- How much is stored about a visitor, for the page on which visitors see and erase it.
CREATE FUNCTION privacy_visitor_data(wanted_tenant uuid, wanted_visitor uuid, OUT sessions integer, OUT events integer,
                                     OUT assignments integer, OUT first_at timestamptz, OUT last_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    visits uuid[];
BEGIN
    SELECT coalesce(array_agg(s.id), '{}'), count(*), min(s.created_at), max(s.created_at)
    INTO visits, sessions, first_at, last_at
    FROM sessions s WHERE s.tenant_id = wanted_tenant AND s.visitor_id = wanted_visitor;
    SELECT count(*) INTO events FROM events e WHERE e.tenant_id = wanted_tenant AND e.session_id = ANY (visits)
        AND e.created_at >= first_at - interval '3 days';
    SELECT count(*) INTO assignments FROM ab_assignments a WHERE a.session_id = ANY (visits);
END
$$;
GRANT EXECUTE ON FUNCTION privacy_visitor_data(uuid, uuid) TO studio_renderer;

-- What a restored backup must do again: erase these, withdraw these photos, keep those away that nobody may see, for whatever
-- reason, disable these accounts. The first row shows which database made the hashes.
CREATE FUNCTION privacy_erased_subjects() RETURNS TABLE (kind text, key_hash bytea, erased_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
BEGIN
    IF NOT studio_administers() THEN
        RAISE EXCEPTION 'Only an operator may do that.' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN QUERY SELECT 'key', studio_keyed_hash('key', ''), clock_timestamp()
        UNION ALL (SELECT e.kind::text, e.key_hash, e.erased_at FROM erased_subjects e ORDER BY e.erased_at, e.key_hash)
        UNION ALL SELECT 'photo', studio_keyed_hash('photo', p.tenant_id || ':' || studio_picture_of(p.photo_url)),
                         max(p.withdrawn_at)
                  FROM photo_releases p WHERE p.withdrawn_at IS NOT NULL GROUP BY p.tenant_id, studio_picture_of(p.photo_url)
        UNION ALL SELECT 'hidden', studio_keyed_hash('hidden', s.tenant_id || ':' || s.picture), clock_timestamp()
                  FROM studio_picture_states(NULL) s WHERE NOT s.released
        UNION ALL SELECT 'account', studio_keyed_hash('account', a.login), clock_timestamp() FROM accounts a WHERE a.disabled;
END
$$;
GRANT EXECUTE ON FUNCTION privacy_erased_subjects() TO studio_operator;

-- The subjects by which a booking may have been erased, as studio_note_erased() was given them.
CREATE FUNCTION studio_subjects_of(b bookings) RETURNS TABLE (kind text, value text)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT contact.kind, place.tenant || ':' || contact.value
    FROM (SELECT 'email', lower(b.client_email)
          UNION SELECT 'phone', digits FROM unnest(studio_phone_digits(b)) AS digits) AS contact (kind, value)
    CROSS JOIN (VALUES (''), (b.tenant_id::text)) AS place (tenant)
    WHERE contact.value <> ''
    UNION ALL SELECT 'booking', b.id::text
$$;

-- Erases again whom these hashes name, as far as it is not younger than the erasure, withdraws the photos whose release was
-- withdrawn, pauses those that could be shown here and could not there (of one that is in no library the release is withdrawn
-- and its files are hidden), but for those that were resumed or released since, and disables the accounts that were disabled. Granted to nobody: for the schema's owner.
CREATE FUNCTION privacy_apply_erasures(kinds text[], hashes text[], times bigint[], OUT sessions integer,
                                       OUT bookings integer, OUT photos integer, OUT disabled_accounts integer,
                                       OUT paused_photos integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    each record;
    gone record;
BEGIN
    IF NOT EXISTS (SELECT FROM unnest(kinds, hashes) AS g (kind, hash)
                   WHERE g.kind = 'key' AND decode(g.hash, 'hex') = studio_keyed_hash('key', '')) THEN
        RAISE EXCEPTION 'These erasures come from another database.' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    sessions := 0;
    bookings := 0;
    INSERT INTO erased_subjects AS e (kind, key_hash, erased_at)
    SELECT g.kind, decode(g.hash, 'hex'), max(studio_time(g.at)) FROM unnest(kinds, hashes, times) AS g (kind, hash, at)
    WHERE g.kind NOT IN ('key', 'photo', 'hidden', 'account') GROUP BY 1, 2
    ON CONFLICT ON CONSTRAINT erased_subjects_pkey DO UPDATE SET erased_at = greatest(e.erased_at, excluded.erased_at);
    bookings := coalesce(studio_erase_bookings(ARRAY(
        SELECT b.id FROM bookings b WHERE b.erased_at IS NULL AND EXISTS (
            SELECT FROM erased_subjects e JOIN studio_subjects_of(b) AS subject (kind, value)
                ON e.kind = subject.kind AND e.key_hash = studio_keyed_hash(subject.kind, subject.value)
            WHERE b.created_at <= e.erased_at))), 0);
    FOR each IN SELECT s.tenant_id, array_agg(s.id) AS visits FROM sessions s
                WHERE s.consented AND EXISTS (
                    SELECT FROM erased_subjects e WHERE s.created_at <= e.erased_at AND (e.kind, e.key_hash) IN (
                        ('visitor', studio_keyed_hash('visitor', s.visitor_id::text)),
                        ('visit', studio_keyed_hash('visit', s.id::text))))
                GROUP BY s.tenant_id ORDER BY 1 LOOP
        SELECT * INTO gone FROM studio_erase_visits(each.tenant_id, each.visits);
        sessions := sessions + gone.sessions;
    END LOOP;
    UPDATE photo_releases p SET withdrawn_at = greatest(studio_time(g.at), p.recorded_at)
    FROM unnest(kinds, hashes, times) AS g (kind, hash, at)
    WHERE g.kind = 'photo' AND p.withdrawn_at IS NULL AND p.recorded_at <= studio_time(g.at)
        AND decode(g.hash, 'hex') = studio_keyed_hash('photo', p.tenant_id || ':' || studio_picture_of(p.photo_url));
    GET DIAGNOSTICS photos = ROW_COUNT;
    PERFORM studio_photo_steps_add(gone_photo.tenant_id, gone_photo.picture, 'withdrawn', 'remove') FROM (
        SELECT s.tenant_id, s.picture FROM studio_picture_states(NULL) s
        WHERE s.why = 'withdrawn') gone_photo;
    paused_photos := 0;
    FOR each IN
        SELECT DISTINCT s.tenant_id, s.picture FROM studio_picture_states(NULL) s
        JOIN unnest(kinds, hashes, times) AS g (kind, hash, at)
            ON decode(g.hash, 'hex') = studio_keyed_hash('hidden', s.tenant_id || ':' || s.picture)
        WHERE g.kind = 'hidden' AND s.released AND NOT EXISTS ( -- nobody showed it again since
            SELECT FROM photo_steps o WHERE o.tenant_id = s.tenant_id AND o.picture = s.picture AND o.reason = 'resumed'
                AND o.asked_at > studio_time(g.at))
            AND NOT EXISTS ( -- nor released it since
                SELECT FROM photo_releases p WHERE p.tenant_id = s.tenant_id AND studio_picture_of(p.photo_url) = s.picture
                    AND p.recorded_at > studio_time(g.at))
    LOOP
        UPDATE photos p SET paused_at = clock_timestamp(), paused_by = NULL WHERE p.tenant_id = each.tenant_id AND p.picture = each.picture;
        IF FOUND THEN
            PERFORM studio_photo_steps_add(each.tenant_id, each.picture, 'paused', 'hide');
        ELSE
            UPDATE photo_releases p SET withdrawn_at = clock_timestamp()
            WHERE p.tenant_id = each.tenant_id AND p.withdrawn_at IS NULL AND studio_picture_of(p.photo_url) = each.picture;
            PERFORM studio_photo_steps_add(each.tenant_id, each.picture, 'withdrawn', 'hide');
        END IF;
        paused_photos := paused_photos + 1;
    END LOOP;
    UPDATE accounts a SET disabled = true FROM unnest(kinds, hashes) AS g (kind, hash)
    WHERE g.kind = 'account' AND NOT a.disabled AND decode(g.hash, 'hex') = studio_keyed_hash('account', a.login);
    GET DIAGNOSTICS disabled_accounts = ROW_COUNT;
END
$$;

GRANT SELECT ON erasures TO studio_operator, studio_staff;
CREATE POLICY erasures_read ON erasures FOR SELECT TO studio_operator, studio_staff
    USING ((SELECT role FROM studio_account()) IN ('operator', 'staff'));
