-- The deposit of a booking: what the companion's rules ask, and what people enter.

-- A reference that says nothing, for a bank transfer: nine characters without I, L, O and U, and one that checks them.
CREATE FUNCTION booking_new_reference() RETURNS text
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    letters constant text := '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
    bytes bytea := uuid_send(gen_random_uuid());
    reference text := '';
    total integer := 0;
    place integer;
BEGIN
    FOREACH place IN ARRAY ARRAY[0, 1, 2, 3, 4, 5, 7, 9, 10] LOOP -- the others hold the version of the uuid
        reference := reference || substr(letters, get_byte(bytes, place) % 32 + 1, 1);
        total := total * 2 + get_byte(bytes, place) % 32;
    END LOOP;
    RETURN reference || substr(letters, total % 31 + 1, 1);
END
$$;

-- The deposit of an acceptance by the companion's rules: {"minor", "due_at"}, null where none is asked.
CREATE FUNCTION booking_deposit_rule(b bookings) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    rule jsonb := (SELECT s.rules -> 'deposit' FROM booking_settings s WHERE s.tenant_id = b.tenant_id);
    minor bigint;
BEGIN
    minor := CASE rule ->> 'kind'
        WHEN 'amount' THEN (rule ->> 'amountMinor')::numeric::bigint
        WHEN 'share' THEN round(b.value_minor * (rule ->> 'percent')::numeric / 100)::bigint END;
    IF minor IS NULL OR minor <= 0 OR b.starts_at <= clock_timestamp() THEN
        RETURN NULL;
    END IF;
    RETURN jsonb_build_object('minor', minor, 'due_at', booking_deposit_due(b, rule, NULL));
END
$$;

-- When a deposit is due: as wanted, else by the rule, and not later than the booking begins.
CREATE FUNCTION booking_deposit_due(b bookings, rule jsonb, wanted timestamptz) RETURNS timestamptz
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT least(coalesce(wanted, clock_timestamp() + make_interval(hours => coalesce(booking_number(rule, 'dueHours'), 48))),
                 CASE WHEN b.starts_at > clock_timestamp() THEN b.starts_at END)
$$;

-- The deposit: 'asked' with minor and due_us, 'received' with method and received_us, 'returned', 'kept'. Where it is received,
-- an accepted booking is confirmed. One that was returned can be asked for again, and so can, until the booking begins, one that
-- was entered as received by mistake: a confirmed booking is accepted then.
CREATE FUNCTION booking_deposit(booking uuid, seen_version integer, what text, details jsonb DEFAULT '{}',
                                delay_s integer DEFAULT 10) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET lock_timeout = '5s' AS $$
DECLARE
    refusal constant jsonb := booking_hold_to_decide(booking, seen_version);
    b bookings;
    next_status text;
    rule jsonb;
    change_id bigint;
BEGIN
    IF refusal IS NOT NULL THEN
        RETURN refusal;
    END IF;
    SELECT * INTO b FROM bookings k WHERE k.id = booking;
    IF what = 'received' AND b.status = 'accepted' AND b.deposit_state IN ('asked', 'overdue') THEN
        RETURN studio_booking_change(b, 'confirm', 'person', details, greatest(0, least(delay_s, 60)));
    END IF;
    PERFORM booking_limit_changes(b, 'person');
    IF (CASE what WHEN 'asked' THEN
                      b.status = 'accepted' AND coalesce(b.deposit_state, 'asked') IN ('asked', 'overdue', 'returned')
                      OR b.status IN ('accepted', 'confirmed') AND b.deposit_state IN ('received', 'returned')
                          AND b.starts_at > clock_timestamp()
                     WHEN 'received' THEN b.deposit_state IN ('asked', 'overdue')
                     WHEN 'returned' THEN b.deposit_state IN ('received', 'kept')
                     WHEN 'kept' THEN b.deposit_state = 'received' ELSE false END) IS NOT TRUE THEN
        RETURN jsonb_build_object('outcome', 'not_allowed', 'status', b.status, 'version', b.version);
    END IF;
    IF what = 'asked' AND coalesce((details ->> 'minor')::bigint, b.deposit_minor, 0) <= 0 THEN
        RAISE EXCEPTION 'amount: a deposit must be more than 0.' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF what = 'asked' AND studio_time((details ->> 'due_us')::bigint) <= clock_timestamp() THEN
        RAISE EXCEPTION 'due: must be later than now.' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    rule := (SELECT s.rules -> 'deposit' FROM booking_settings s WHERE s.tenant_id = b.tenant_id);
    next_status := CASE WHEN what = 'asked' THEN coalesce(booking_next_status('unconfirm', b.status), b.status) ELSE b.status END;
    UPDATE bookings SET status = next_status, version = version + 1, changed_at = clock_timestamp(), deposit_state = what,
        deposit_minor = CASE WHEN what = 'asked' THEN coalesce((details ->> 'minor')::bigint, deposit_minor) ELSE deposit_minor END,
        deposit_due_at = CASE WHEN what = 'asked' THEN booking_deposit_due(b, rule, studio_time((details ->> 'due_us')::bigint))
            ELSE deposit_due_at END,
        deposit_reminded_at = CASE WHEN what = 'asked' THEN NULL ELSE deposit_reminded_at END,
        deposit_reference = coalesce(deposit_reference, booking_new_reference()),
        deposit_received_at = CASE what WHEN 'received' THEN coalesce(studio_time((details ->> 'received_us')::bigint),
            clock_timestamp()) WHEN 'asked' THEN NULL ELSE deposit_received_at END,
        deposit_method = CASE WHEN words_gone OR what = 'asked' THEN NULL -- what is deleted by now is not written again
            ELSE coalesce(nullif(btrim(details ->> 'method'), ''), deposit_method) END,
        mail_wanted = CASE WHEN what = 'asked' THEN coalesce((details ->> 'mail')::boolean, mail_wanted) ELSE mail_wanted END
    WHERE id = b.id;
    UPDATE booking_history h SET before = NULL WHERE h.booking_id = b.id AND h.before IS NOT NULL;
    INSERT INTO booking_history (booking_id, tenant_id, actor_kind, action, from_status, to_status, version, details, before)
    VALUES (b.id, b.tenant_id, 'person', 'deposit_' || what, b.status, next_status, b.version + 1,
            jsonb_strip_nulls(jsonb_build_object('deposit_minor', CASE WHEN what = 'asked' THEN
                coalesce((details ->> 'minor')::bigint, b.deposit_minor) ELSE b.deposit_minor END)),
            booking_fields_before(b))
    RETURNING id INTO change_id;
    IF what = 'asked' AND booking_messages_of(b, 'accept', 'person', (details ->> 'mail')::boolean) <> '{}' THEN
        INSERT INTO outbox (tenant_id, booking_id, kind, history_id, next_at)
        VALUES (b.tenant_id, b.id, 'client_accepted', change_id, clock_timestamp() + make_interval(secs => greatest(0, least(delay_s, 60))));
    END IF;
    RETURN jsonb_build_object('outcome', 'done', 'status', next_status, 'version', b.version + 1, 'change', change_id);
END
$$;
GRANT EXECUTE ON FUNCTION booking_deposit(uuid, integer, text, jsonb, integer) TO studio_operator, studio_staff, studio_companion;
