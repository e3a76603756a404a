-- What people do with a booking: decide and undo.

-- True for staff and operators, and for a companion whose booking it is.
CREATE FUNCTION studio_may_moderate(tenant uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM studio_account() a
                   WHERE a.role IN ('operator', 'staff') OR a.role = 'companion' AND a.tenant_id = tenant)
$$;

-- The booking that occupies some of this time, null if none does. After booking_release_holds() also one whose hold is over: it
-- could not give its time back because somebody works on it.
CREATE FUNCTION booking_in_the_way(tenant uuid, starts timestamptz, ends timestamptz, except_booking uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT b.id FROM bookings b
    WHERE b.tenant_id = tenant AND b.holds AND b.id IS DISTINCT FROM except_booking
        AND tsrange(b.starts_at AT TIME ZONE 'UTC', (b.ends_at AT TIME ZONE 'UTC') + make_interval(mins => b.buffer_minutes))
            && tsrange(starts AT TIME ZONE 'UTC', ends AT TIME ZONE 'UTC')
    ORDER BY b.starts_at LIMIT 1
$$;

-- Frees the times of requests whose hold is over. Called before a time is booked, so that nothing depends on a job that runs
-- on time.
CREATE FUNCTION booking_release_holds(tenant uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    UPDATE bookings SET holds = false, held_until = NULL
    WHERE id IN (SELECT b.id FROM bookings b
                 WHERE b.tenant_id = tenant AND b.holds AND b.held_until <= clock_timestamp()
                 ORDER BY b.id FOR UPDATE SKIP LOCKED) -- waiting for the lock here could end in a deadlock
$$;

-- The fields that an undo restores.
CREATE FUNCTION booking_fields_before(b bookings) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT jsonb_build_object(
        'status', b.status, 'starts_at', b.starts_at, 'ends_at', b.ends_at, 'buffer_minutes', b.buffer_minutes, 'holds', b.holds,
        'held_until', b.held_until, 'answer_by', b.answer_by, 'place_kind', b.place_kind, 'place', b.place,
        'reason_code', b.reason_code, 'move_asked_at', b.move_asked_at, 'calendar_sequence', b.calendar_sequence,
        'deposit_state', b.deposit_state, 'deposit_minor', b.deposit_minor, 'deposit_due_at', b.deposit_due_at,
        'deposit_reference', b.deposit_reference, 'deposit_received_at', b.deposit_received_at,
        'deposit_method', b.deposit_method, 'reminded_at', b.reminded_at, 'deposit_reminded_at', b.deposit_reminded_at,
        'mail_wanted', b.mail_wanted)
$$;

-- Whether the client is written to where a decision does not say: as an earlier one said, else who asked on the site and is
-- not blocked.
CREATE FUNCTION booking_writes_to_client(b bookings) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT b.client_email IS NOT NULL AND coalesce(b.mail_wanted, b.source = 'site' AND NOT b.blocked)
$$;

-- Anyone can enter another person's address in the form, so that at most three of these emails go to an address within a day.
CREATE FUNCTION booking_may_tell_expiry(b bookings) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT count(*) < 3 FROM (
        SELECT FROM bookings k JOIN outbox o ON o.booking_id = k.id AND o.kind = 'client_expired'
        WHERE lower(k.client_email) = lower(b.client_email) AND o.created_at > clock_timestamp() - interval '1 day' LIMIT 3) told
$$;

-- The messages that tell people of a change.
CREATE FUNCTION booking_messages_of(b bookings, action text, actor_kind text, wanted boolean) RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    to_client text := CASE action
        WHEN 'accept' THEN 'client_accepted' WHEN 'agree' THEN 'client_accepted' WHEN 'decline' THEN 'client_declined'
        WHEN 'propose' THEN 'client_proposed' WHEN 'ask' THEN 'client_question' WHEN 'move' THEN 'client_moved'
        WHEN 'keep' THEN 'client_kept'
        WHEN 'cancel' THEN 'client_cancelled' WHEN 'confirm' THEN 'client_confirmed' WHEN 'release' THEN 'client_released'
        WHEN 'expire' THEN 'client_expired' END;
    to_companion text := CASE
        WHEN action IN ('answer', 'agree', 'refuse', 'ask_move') THEN 'companion_answer'
        WHEN action = 'cancel' AND actor_kind = 'client' THEN 'companion_cancelled'
        WHEN action = 'release' THEN 'companion_released'
        WHEN action = 'expire' THEN 'companion_expired' END;
BEGIN
    IF b.client_email IS NULL OR NOT coalesce(wanted, booking_writes_to_client(b))
       OR action = 'expire' AND NOT booking_may_tell_expiry(b) THEN
        to_client := NULL;
    END IF;
    RETURN array_remove(ARRAY[to_client, to_companion], NULL);
END
$$;

-- Raises for times that a booking cannot have.
CREATE FUNCTION booking_check_times(starts timestamptz, ends timestamptz) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF ends <= starts THEN
        RAISE EXCEPTION 'end: must be later than the start.' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF ends > starts + interval '744 hours' THEN
        RAISE EXCEPTION 'end: a booking lasts at most 31 days.' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF starts > clock_timestamp() + interval '731 days' THEN
        RAISE EXCEPTION 'start: must be within the next two years.' USING ERRCODE = 'invalid_parameter_value';
    END IF;
END
$$;

-- The one place where a booking changes its state. The caller has checked who asks and holds the row. Gives {"outcome"}:
-- "done" with version, status and the id of the change; "not_allowed"; "overlap" with the booking that stands in the way;
-- "blocked" with start and end of the blocked time, unless `details` say over_block.
CREATE FUNCTION studio_booking_change(b bookings, action text, actor_kind text, details jsonb, delay_s integer) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    before jsonb := booking_fields_before(b);
    former_status text := b.status;
    next_status text := booking_next_status(action, b.status);
    settings booking_settings;
    starts timestamptz := studio_time((details ->> 'start_us')::bigint);
    ends timestamptz := studio_time((details ->> 'end_us')::bigint);
    lasts interval := coalesce(b.ends_at - b.starts_at, interval '1 hour');
    buffer smallint;
    deposit jsonb;
    change_id bigint;
    other uuid;
    over_block boolean := coalesce((details ->> 'over_block')::boolean, false);
    blocked_by time_blocks;
BEGIN
    IF next_status IS NULL OR action = 'keep' AND b.move_asked_at IS NULL
       OR action IN ('complete', 'no_show') AND b.starts_at > clock_timestamp() THEN
        RETURN jsonb_build_object('outcome', 'not_allowed', 'status', b.status, 'version', b.version);
    END IF;
    PERFORM booking_limit_changes(b, actor_kind);
    SELECT * INTO settings FROM booking_settings s WHERE s.tenant_id = b.tenant_id;
    buffer := coalesce(booking_number(settings.availability, 'bufferMinutes'), 0);
    IF action IN ('accept', 'decline', 'propose', 'ask', 'move', 'keep', 'cancel', 'confirm') THEN -- of which the client is told
        b.mail_wanted := coalesce((details ->> 'mail')::boolean, b.mail_wanted);
    END IF;
    IF action IN ('accept', 'propose', 'move') THEN
        IF action <> 'accept' AND starts IS NULL THEN
            RAISE EXCEPTION 'start: another time is needed, for example 2027-03-01T18:00.' USING ERRCODE = 'invalid_parameter_value';
        END IF;
        IF action <> 'accept' AND starts <= clock_timestamp() THEN -- a meeting that took place may be accepted afterwards
            RAISE EXCEPTION 'start: must be later than now.' USING ERRCODE = 'invalid_parameter_value';
        END IF;
        b.starts_at := coalesce(starts, b.starts_at);
        b.ends_at := coalesce(ends, CASE WHEN starts IS NULL THEN b.ends_at END, b.starts_at + lasts);
        IF b.starts_at IS NULL THEN
            RAISE EXCEPTION 'start: this booking has no time yet; enter when it begins.' USING ERRCODE = 'invalid_parameter_value';
        END IF;
        PERFORM booking_check_times(b.starts_at, b.ends_at);
        b.place_kind := CASE WHEN details ? 'place_kind' THEN nullif(details ->> 'place_kind', '') ELSE b.place_kind END;
        b.place := CASE WHEN details ? 'place' THEN nullif(btrim(details ->> 'place'), '') ELSE b.place END;
    END IF;
    IF next_status IN ('accepted', 'confirmed') THEN
        b.holds := b.starts_at IS NOT NULL;
        b.ends_at := coalesce(b.ends_at, b.starts_at + lasts);
        b.held_until := NULL;
        b.answer_by := NULL;
        b.move_asked_at := CASE action WHEN 'ask_move' THEN clock_timestamp() WHEN 'confirm' THEN b.move_asked_at END;
        IF former_status NOT IN ('accepted', 'confirmed') THEN
            b.buffer_minutes := buffer;
            IF action <> 'reopen' AND coalesce(b.deposit_state, 'returned') = 'returned'
               AND (details -> 'deposit') IS DISTINCT FROM 'false' THEN
                deposit := booking_deposit_rule(b);
            END IF;
        END IF;
        IF action IN ('accept', 'agree', 'move') THEN
            b.reminded_at := NULL;
            b.calendar_sequence := b.calendar_sequence + (action = 'move' OR b.calendar_sequence > 0)::integer;
            IF b.deposit_state IN ('asked', 'overdue') THEN
                b.deposit_due_at := least(b.deposit_due_at, b.starts_at);
            END IF;
        END IF;
        IF action IN ('accept', 'agree', 'move', 'reopen') AND b.deposit_state IN ('asked', 'overdue')
           AND b.deposit_due_at <= clock_timestamp() THEN -- the client gets new time to pay it
            b.deposit_state := 'asked';
            b.deposit_due_at := booking_deposit_due(b, settings.rules -> 'deposit', NULL);
            b.deposit_reminded_at := NULL;
        END IF;
    ELSIF next_status = 'proposed' THEN
        b.holds := settings.availability IS NOT NULL;
        b.buffer_minutes := buffer;
        b.answer_by := least(clock_timestamp() + make_interval(hours => coalesce(booking_number(settings.rules, 'clientAnswerHours'), 48)),
                             b.starts_at);
        b.held_until := CASE WHEN b.holds THEN b.answer_by END;
    ELSIF next_status = 'waiting' THEN
        b.answer_by := clock_timestamp() + make_interval(hours => coalesce(booking_number(settings.rules, 'clientAnswerHours'), 48));
        b.held_until := CASE WHEN b.holds THEN b.answer_by END;
    ELSIF next_status = 'pending' THEN
        b.answer_by := clock_timestamp() + make_interval(hours => coalesce(booking_number(settings.rules, 'answerHours'), 24));
        b.reason_code := NULL;
        b.deposit_state := CASE WHEN b.deposit_state IN ('received', 'kept', 'returned') THEN b.deposit_state END;
        IF action = 'refuse' THEN
            b.ends_at := coalesce(b.asked_ends_at, b.preferred_date_end, b.preferred_date + lasts);
            b.starts_at := b.preferred_date;
        END IF;
        b.holds := b.holds AND action = 'answer'; -- with an answer the client keeps the time
        b.held_until := CASE WHEN b.holds THEN b.answer_by END;
    ELSE
        IF b.calendar_sequence > 0 OR former_status IN ('accepted', 'confirmed') THEN
            b.calendar_sequence := b.calendar_sequence + 1;
        END IF;
        b.holds := false;
        b.held_until := NULL;
        b.answer_by := CASE WHEN next_status = 'spam' THEN b.answer_by END; -- what the client sees does not change
        b.move_asked_at := NULL;
        b.reason_code := coalesce(details ->> 'reason_code', CASE action WHEN 'release' THEN 'no_deposit' END);
    END IF;
    IF deposit IS NOT NULL THEN
        b.deposit_state := 'asked';
        b.deposit_minor := (deposit ->> 'minor')::bigint;
        b.deposit_due_at := (deposit ->> 'due_at')::timestamptz;
        b.deposit_reference := coalesce(b.deposit_reference, booking_new_reference()); -- the client may have paid with it
        b.deposit_received_at := NULL;
        b.deposit_method := NULL;
    ELSIF action = 'confirm' THEN
        b.deposit_state := CASE WHEN b.deposit_state IS NULL THEN NULL ELSE 'received' END;
        b.deposit_received_at := CASE WHEN b.deposit_state IS NULL THEN NULL
                                      ELSE coalesce(studio_time((details ->> 'received_us')::bigint), clock_timestamp()) END;
        b.deposit_method := nullif(btrim(details ->> 'method'), '');
    END IF;
    IF action = 'agree' THEN -- to a time that was proposed over a block on purpose
        over_block := coalesce((SELECT (h.details ->> 'over_block')::boolean FROM booking_history h
                                WHERE h.booking_id = b.id AND h.action = 'propose' ORDER BY h.id DESC LIMIT 1), false);
    END IF;
    IF action IN ('accept', 'propose', 'move', 'agree') THEN
        SELECT * INTO blocked_by FROM time_blocks t
        WHERE t.tenant_id = b.tenant_id AND t.starts_at < b.ends_at AND t.ends_at > b.starts_at ORDER BY t.starts_at LIMIT 1;
        IF FOUND AND NOT over_block THEN
            RETURN jsonb_build_object('outcome', 'blocked', 'status', former_status, 'version', b.version,
                                      'block_start', studio_iso_time(blocked_by.starts_at),
                                      'block_end', studio_iso_time(blocked_by.ends_at));
        END IF;
    END IF;
    PERFORM booking_release_holds(b.tenant_id);
    BEGIN
        UPDATE bookings SET status = next_status, version = b.version + 1, changed_at = clock_timestamp(), starts_at = b.starts_at,
            ends_at = b.ends_at, buffer_minutes = b.buffer_minutes, holds = b.holds, held_until = b.held_until,
            answer_by = b.answer_by, place_kind = b.place_kind, place = b.place, reason_code = b.reason_code,
            move_asked_at = b.move_asked_at, calendar_sequence = b.calendar_sequence, reminded_at = b.reminded_at,
            deposit_state = b.deposit_state, deposit_minor = b.deposit_minor, deposit_due_at = b.deposit_due_at,
            deposit_reference = b.deposit_reference, deposit_received_at = b.deposit_received_at,
            deposit_method = b.deposit_method, deposit_reminded_at = CASE WHEN deposit IS NULL THEN b.deposit_reminded_at END,
            mail_wanted = b.mail_wanted, words_gone = false
        WHERE id = b.id;
    EXCEPTION WHEN exclusion_violation THEN
        other := booking_in_the_way(b.tenant_id, b.starts_at, b.ends_at + make_interval(mins => b.buffer_minutes), b.id);
        RETURN jsonb_build_object('outcome', 'overlap', 'status', former_status, 'version', b.version, 'other', other);
    END;
    UPDATE booking_history h SET before = NULL WHERE h.booking_id = b.id AND h.before IS NOT NULL;
    INSERT INTO booking_history (booking_id, tenant_id, actor_kind, action, from_status, to_status, version, details, before)
    VALUES (b.id, b.tenant_id, actor_kind, action, former_status, next_status, b.version + 1,
            jsonb_strip_nulls(jsonb_build_object(
                'start', CASE WHEN action IN ('accept', 'propose', 'move', 'agree') THEN studio_iso_time(b.starts_at) END,
                'end', CASE WHEN action IN ('accept', 'propose', 'move', 'agree') THEN studio_iso_time(b.ends_at) END,
                'reason', b.reason_code, 'over_block', CASE WHEN blocked_by.id IS NOT NULL THEN true END,
                'deposit_minor', CASE WHEN deposit IS NOT NULL THEN b.deposit_minor END)),
            CASE WHEN actor_kind = 'person' THEN before END)
    RETURNING id INTO change_id;
    PERFORM booking_add_words(b, change_id, action, actor_kind, details);
    INSERT INTO outbox (tenant_id, booking_id, kind, history_id, next_at)
    SELECT b.tenant_id, b.id, m.kind, change_id, clock_timestamp() + make_interval(secs => delay_s)
    FROM unnest(booking_messages_of(b, action, actor_kind, (details ->> 'mail')::boolean)) AS m (kind);
    RETURN jsonb_build_object('outcome', 'done', 'status', next_status, 'version', b.version + 1, 'change', change_id);
END
$$;

-- Limits the changes of one booking, so that nobody fills the disk with them.
CREATE FUNCTION booking_limit_changes(b bookings, actor_kind text) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF actor_kind = 'person' AND b.version >= 1000 THEN
        RAISE EXCEPTION 'A booking can be changed at most 1000 times.' USING ERRCODE = 'check_violation';
    END IF;
END
$$;

-- Stores the text of a change: to the client, by the client, or for those who moderate.
CREATE FUNCTION booking_add_words(b bookings, change_id bigint, action text, actor_kind text, details jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    message text := nullif(btrim(details ->> 'message'), '');
    reason text := nullif(btrim(details ->> 'reason'), '');
BEGIN
    IF action = 'ask' AND message IS NULL THEN
        RAISE EXCEPTION 'question: write what the client should answer.' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF char_length(message) > 4000 OR char_length(reason) > 4000 THEN
        RAISE EXCEPTION 'text: at most 4000 characters.' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF message IS NOT NULL THEN
        INSERT INTO booking_notes (booking_id, tenant_id, kind, text, history_id, author_kind)
        VALUES (b.id, b.tenant_id, CASE WHEN actor_kind = 'client' THEN 'answer' WHEN action = 'ask' THEN 'question' ELSE 'message' END,
                message, change_id, CASE WHEN actor_kind = 'service' THEN 'person' ELSE actor_kind END);
    END IF;
    IF reason IS NOT NULL THEN
        INSERT INTO booking_notes (booking_id, tenant_id, kind, text, history_id, author_kind)
        VALUES (b.id, b.tenant_id, 'reason', reason, change_id, CASE WHEN actor_kind = 'service' THEN 'person' ELSE actor_kind END);
    END IF;
END
$$;

-- Who changed the booking last, to tell a person whose change came too late.
CREATE FUNCTION booking_last_change(booking uuid) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT jsonb_build_object('action', h.action, 'to_status', h.to_status, 'at', studio_iso_time(h.at), 'by', CASE h.actor_kind
               WHEN 'person' THEN account_name(h.actor) ELSE h.actor_kind END)
    FROM booking_history h WHERE h.booking_id = booking ORDER BY h.id DESC LIMIT 1
$$;

-- Locks the booking for a decision. Returns why the decision is refused: "not_found", or "changed" if the booking is no
-- longer the version that the person saw; else null. `seen_version` null means any version.
CREATE FUNCTION booking_hold_to_decide(booking uuid, seen_version integer) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    b bookings;
BEGIN
    SELECT * INTO b FROM bookings k WHERE k.id = booking AND k.erased_at IS NULL AND studio_may_moderate(k.tenant_id) FOR UPDATE;
    RETURN CASE WHEN NOT FOUND THEN jsonb_build_object('outcome', 'not_found')
                WHEN b.version <> seen_version THEN booking_changed(b) END;
END
$$;

CREATE FUNCTION booking_changed(b bookings) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT jsonb_build_object('outcome', 'changed', 'status', b.status, 'version', b.version, 'last', booking_last_change(b.id))
$$;

-- Decides. `seen_version` is the one that the person saw; null decides whatever it is. What `details` may hold: start_us,
-- end_us, place_kind, place, reason_code, reason (stays inside), message (goes to the client), deposit: false, mail: true or
-- false, over_block: true. No grant on the table lets people update: it would let them hold every booking, for which erasures
-- and the retention would wait.
CREATE FUNCTION booking_act(booking uuid, seen_version integer, action text, details jsonb DEFAULT '{}',
                            delay_s integer DEFAULT 10) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET lock_timeout = '5s' AS $$
DECLARE
    refusal constant jsonb := booking_hold_to_decide(booking, seen_version);
    b bookings;
BEGIN
    IF refusal IS NOT NULL THEN
        RETURN refusal;
    END IF;
    SELECT * INTO b FROM bookings k WHERE k.id = booking;
    IF action IN ('answer', 'agree', 'refuse', 'ask_move', 'expire', 'confirm', 'unconfirm', 'release') THEN -- not for people, or done by booking_deposit()
        RETURN jsonb_build_object('outcome', 'not_allowed', 'status', b.status, 'version', b.version);
    END IF;
    RETURN studio_booking_change(b, action, 'person', details, greatest(0, least(delay_s, 60)));
END
$$;
GRANT EXECUTE ON FUNCTION booking_act(uuid, integer, text, jsonb, integer) TO studio_operator, studio_staff, studio_companion;

-- Undoes the caller's own last change if none of its messages was sent: "done", "changed", "too_late", "overlap" or
-- "not_found".
CREATE FUNCTION booking_undo(booking uuid, seen_version integer) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET lock_timeout = '5s' AS $$
DECLARE
    b bookings;
    former bookings;
    change booking_history;
    refusal constant jsonb := booking_hold_to_decide(booking, seen_version);
BEGIN
    IF refusal IS NOT NULL THEN
        RETURN refusal;
    END IF;
    SELECT * INTO b FROM bookings k WHERE k.id = booking;
    SELECT * INTO change FROM booking_history h WHERE h.booking_id = b.id ORDER BY h.id DESC LIMIT 1;
    IF seen_version IS NULL OR change.actor IS DISTINCT FROM session_user OR change.before IS NULL THEN
        RETURN booking_changed(b);
    END IF;
    PERFORM FROM outbox o WHERE o.history_id = change.id FOR UPDATE;
    IF change.at < clock_timestamp() - interval '60 seconds'
        OR EXISTS (SELECT FROM outbox o WHERE o.history_id = change.id AND (o.status <> 'pending' OR o.attempts > 0)) THEN
        RETURN jsonb_build_object('outcome', 'too_late', 'status', b.status, 'version', b.version);
    END IF;
    former := jsonb_populate_record(b, change.before);
    PERFORM booking_release_holds(b.tenant_id);
    BEGIN
        PERFORM set_config('studio.undone_booking', b.id::text, true);
        UPDATE bookings SET status = former.status, version = b.version + 1, changed_at = clock_timestamp(),
            starts_at = former.starts_at, ends_at = former.ends_at, buffer_minutes = former.buffer_minutes, holds = former.holds,
            held_until = former.held_until, answer_by = former.answer_by, place_kind = former.place_kind, place = former.place,
            reason_code = former.reason_code, move_asked_at = former.move_asked_at,
            calendar_sequence = former.calendar_sequence, deposit_state = former.deposit_state,
            deposit_minor = former.deposit_minor, deposit_due_at = former.deposit_due_at,
            deposit_reference = former.deposit_reference, deposit_received_at = former.deposit_received_at,
            deposit_method = former.deposit_method, reminded_at = former.reminded_at,
            deposit_reminded_at = former.deposit_reminded_at, mail_wanted = former.mail_wanted
        WHERE id = b.id;
        PERFORM set_config('studio.undone_booking', '', true);
    EXCEPTION WHEN exclusion_violation THEN
        RETURN jsonb_build_object('outcome', 'overlap', 'status', b.status, 'version', b.version, 'other', booking_in_the_way(
            b.tenant_id, former.starts_at, former.ends_at + make_interval(mins => former.buffer_minutes), b.id));
    END;
    DELETE FROM outbox o WHERE o.history_id = change.id;
    DELETE FROM booking_notes n WHERE n.history_id = change.id;
    UPDATE booking_history h SET before = NULL WHERE h.booking_id = b.id AND h.before IS NOT NULL;
    INSERT INTO booking_history (booking_id, tenant_id, actor_kind, action, from_status, to_status, version)
    VALUES (b.id, b.tenant_id, 'person', 'undo', b.status, former.status, b.version + 1);
    RETURN jsonb_build_object('outcome', 'done', 'status', former.status, 'version', b.version + 1);
END
$$;
GRANT EXECUTE ON FUNCTION booking_undo(uuid, integer) TO studio_operator, studio_staff, studio_companion;

-- Tells open booking queues that something changed, so that they read again what they may read. No payload, because every
-- login can listen.
CREATE FUNCTION bookings_notify() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_catalog.pg_notify('bookings_changed', '');
    RETURN NULL;
END
$$;
CREATE TRIGGER bookings_notify AFTER INSERT OR UPDATE ON bookings FOR EACH STATEMENT EXECUTE FUNCTION bookings_notify();
CREATE TRIGGER bookings_notify AFTER INSERT OR DELETE ON booking_notes FOR EACH STATEMENT EXECUTE FUNCTION bookings_notify();

GRANT SELECT (id, booking_id, tenant_id, at, actor_kind, actor, action, from_status, to_status, version, details) ON booking_history
    TO studio_operator, studio_staff, studio_companion;
CREATE POLICY booking_history_read ON booking_history FOR SELECT TO studio_operator, studio_staff, studio_companion
    USING ((SELECT role FROM studio_account()) IN ('operator', 'staff')
           OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));
GRANT SELECT ON booking_notes TO studio_operator, studio_staff, studio_companion;
CREATE POLICY booking_notes_read ON booking_notes FOR SELECT TO studio_operator, studio_staff, studio_companion
    USING ((SELECT role FROM studio_account()) IN ('operator', 'staff')
           OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));
GRANT SELECT (id, booking_id, tenant_id, login, at) ON client_card_reads TO studio_operator;
CREATE POLICY client_card_reads_read ON client_card_reads FOR SELECT TO studio_operator
    USING ((SELECT role FROM studio_account()) = 'operator');
