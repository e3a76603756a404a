-- What time brings to bookings: nobody answered in time, a deposit did not arrive, a date is near.

-- When an unanswered request expires: one that waits for its client at the end of the time to answer, a pending one also
-- when its day is over.
CREATE FUNCTION booking_expires_at(b bookings) RETURNS timestamptz
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT CASE WHEN b.status IN ('waiting', 'proposed') THEN b.answer_by
        WHEN b.starts_at IS NOT NULL THEN greatest(b.starts_at, b.answer_by)
        ELSE coalesce(b.answer_by + interval '30 days', b.created_at + interval '31 days') END
$$;

-- Whether the client of a request that is spam hears that it expired, like others: a blocked one, and one whose request
-- somebody marked. What the form's trap caught was never confirmed.
CREATE FUNCTION booking_expiry_is_told(b bookings, now_is timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT b.source = 'site' AND b.mail_wanted IS NOT FALSE AND booking_expires_at(b) > now_is - interval '1 day' AND booking_may_tell_expiry(b)
        AND (b.blocked OR EXISTS (SELECT FROM booking_history h WHERE h.booking_id = b.id AND h.action = 'spam'))
        AND booking_status_for_client(b) <> 'cancelled'
$$;

-- Changes all bookings that are due, in the order of their ids; returns how many changed. The service calls it every minute;
-- two replicas never change the same booking.
CREATE FUNCTION booking_run_due(clock timestamptz, max_rows integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET lock_timeout = '2s' AS $$
DECLARE
    now_is timestamptz := studio_retention_clock(clock);
    b bookings;
    changed integer := 0;
BEGIN
    PERFORM studio_require_janitor();
    UPDATE booking_history SET before = NULL WHERE id IN (
        SELECT h.id FROM booking_history h WHERE h.before IS NOT NULL AND h.at < now_is - interval '2 minutes'
        LIMIT max_rows FOR UPDATE SKIP LOCKED);
    FOR b IN SELECT * FROM bookings k
             WHERE k.status IN ('pending', 'waiting', 'proposed') AND k.erased_at IS NULL
                 AND (k.answer_by < now_is) IS NOT FALSE AND booking_expires_at(k) < now_is
             ORDER BY k.id LIMIT max_rows FOR UPDATE SKIP LOCKED LOOP
        PERFORM studio_booking_change(b, 'expire', 'service', '{}', 0);
        changed := changed + 1;
    END LOOP;
    FOR b IN SELECT * FROM bookings k -- to its client, spam looks like a request that nobody answered
             WHERE k.status = 'spam' AND k.reminded_at IS NULL AND k.erased_at IS NULL AND booking_expires_at(k) < now_is
             ORDER BY k.id LIMIT max_rows FOR UPDATE SKIP LOCKED LOOP
        UPDATE bookings SET reminded_at = now_is WHERE id = b.id; -- once
        IF booking_expiry_is_told(b, now_is) THEN
            INSERT INTO outbox (tenant_id, booking_id, kind) VALUES (b.tenant_id, b.id, 'client_expired');
        END IF;
    END LOOP;
    FOR b IN SELECT * FROM bookings k
             WHERE k.status = 'accepted' AND k.deposit_state IN ('asked', 'overdue') AND k.deposit_due_at < now_is
                 AND (k.deposit_due_at <= k.starts_at) IS NOT FALSE AND (k.starts_at > now_is) IS NOT FALSE -- not if it has begun
                 AND k.erased_at IS NULL
             ORDER BY k.id LIMIT max_rows FOR UPDATE SKIP LOCKED LOOP
        UPDATE bookings SET deposit_state = 'overdue' WHERE id = b.id;
        b.deposit_state := 'overdue';
        PERFORM studio_booking_change(b, 'release', 'service', '{"reason_code": "no_deposit"}', 0);
        changed := changed + 1;
    END LOOP;
    FOR b IN SELECT k.* FROM bookings k JOIN booking_settings s ON s.tenant_id = k.tenant_id
             WHERE k.status IN ('accepted', 'confirmed') AND k.reminded_at IS NULL AND booking_writes_to_client(k) AND k.erased_at IS NULL
                 AND k.starts_at > now_is
                 AND k.starts_at < now_is + make_interval(hours => booking_number(s.rules, 'reminderHours'))
                 AND k.changed_at < now_is - interval '2 hours'
             ORDER BY k.id LIMIT max_rows FOR UPDATE OF k SKIP LOCKED LOOP
        UPDATE bookings SET reminded_at = now_is WHERE id = b.id;
        INSERT INTO outbox (tenant_id, booking_id, kind) VALUES (b.tenant_id, b.id, 'client_reminder');
        changed := changed + 1;
    END LOOP;
    FOR b IN SELECT k.* FROM bookings k JOIN booking_settings s ON s.tenant_id = k.tenant_id
             WHERE k.status = 'accepted' AND k.deposit_state = 'asked' AND k.deposit_reminded_at IS NULL AND booking_writes_to_client(k)
                 AND k.erased_at IS NULL AND k.deposit_due_at > now_is
                 AND k.deposit_due_at < now_is + make_interval(hours => booking_number(s.rules, 'depositReminderHours'))
                 AND k.changed_at < now_is - interval '2 hours'
             ORDER BY k.id LIMIT max_rows FOR UPDATE OF k SKIP LOCKED LOOP
        UPDATE bookings SET deposit_reminded_at = now_is WHERE id = b.id;
        INSERT INTO outbox (tenant_id, booking_id, kind) VALUES (b.tenant_id, b.id, 'client_deposit_reminder');
        changed := changed + 1;
    END LOOP;
    RETURN changed + booking_send_agendas(now_is);
END
$$;
GRANT EXECUTE ON FUNCTION booking_run_due(timestamptz, integer) TO studio_renderer, studio_operator;

-- The agenda of the day goes once a morning to each companion who wants it and has a booking that day, by her own clock. It is
-- attached to the first of them, because a message belongs to a booking.
CREATE FUNCTION booking_send_agendas(now_is timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    each record;
    sent integer := 0;
BEGIN
    FOR each IN
        SELECT s.tenant_id, (now_is AT TIME ZONE z.zone)::date AS today, z.zone
        FROM booking_settings s
        CROSS JOIN LATERAL (SELECT studio_tenant_zone(s.tenant_id) AS zone) z
        WHERE s.rules ->> 'agendaAt' ~ '^[0-2][0-9]:[0-5][0-9]$'
            AND (now_is AT TIME ZONE z.zone)::time >= (s.rules ->> 'agendaAt')::time
            AND (s.agenda_day IS NULL OR s.agenda_day < (now_is AT TIME ZONE z.zone)::date)
        ORDER BY s.tenant_id FOR UPDATE OF s SKIP LOCKED
    LOOP
        UPDATE booking_settings SET agenda_day = each.today WHERE tenant_id = each.tenant_id;
        INSERT INTO outbox (tenant_id, booking_id, kind, created_at) -- the day that it is of
        SELECT b.tenant_id, b.id, 'companion_agenda', now_is FROM bookings_of_day(each.tenant_id, now_is) b
        ORDER BY b.starts_at LIMIT 1;
        IF FOUND THEN
            sent := sent + 1;
        END IF;
    END LOOP;
    RETURN sent;
END
$$;
