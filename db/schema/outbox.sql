-- Messages that wait to be sent, and webhooks.

-- True if the message is no longer true or needed: its booking is in another state, a later message replaces it, or what it
-- reminds of is over.
CREATE FUNCTION outbox_is_outdated(o outbox, b bookings) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT (CASE
        WHEN o.kind IN ('client_accepted', 'client_moved', 'client_kept') THEN b.status NOT IN ('accepted', 'confirmed')
        WHEN o.kind = 'client_question' THEN b.status <> 'waiting'
        WHEN o.kind = 'client_reminder' THEN b.status NOT IN ('accepted', 'confirmed') OR b.reminded_at IS NULL
            OR b.starts_at <= clock_timestamp()
        WHEN o.kind = 'client_deposit_reminder' THEN b.status <> 'accepted' OR b.deposit_state <> 'asked'
            OR b.deposit_reminded_at IS NULL OR b.deposit_due_at <= clock_timestamp()
        WHEN o.kind LIKE 'client%' THEN o.kind <> 'client_' || booking_status_for_client(b)
        WHEN o.kind = 'companion_expired' THEN b.status <> 'expired'
        WHEN o.kind = 'companion_agenda' THEN (o.created_at AT TIME ZONE studio_tenant_zone(o.tenant_id))::date
            < (clock_timestamp() AT TIME ZONE studio_tenant_zone(o.tenant_id))::date
            OR NOT EXISTS (SELECT FROM bookings_of_day(o.tenant_id, o.created_at))
        ELSE false END) IS TRUE
        OR (o.history_id IS NOT NULL OR o.kind = 'visitor_email') AND o.kind NOT LIKE 'companion%' AND EXISTS (
            SELECT FROM outbox n WHERE n.booking_id = o.booking_id AND n.kind LIKE 'client%' AND n.history_id > coalesce(o.history_id, 0)
                AND (o.kind <> 'visitor_email' OR n.next_at <= clock_timestamp())) -- a change that can still be undone replaces no receipt
$$;

-- True while a later change of the booking can still be undone: until then it is open which state the message should tell.
CREATE FUNCTION outbox_must_wait(o outbox) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT o.kind LIKE 'client%' AND EXISTS (
        SELECT FROM booking_history h
        WHERE h.booking_id = o.booking_id AND h.id > coalesce(o.history_id, 0) AND h.before IS NOT NULL
            AND h.at > clock_timestamp() - interval '60 seconds'
            AND NOT EXISTS (SELECT FROM outbox n WHERE n.history_id = h.id
                                AND (n.status <> 'pending' OR n.attempts > 0 OR n.next_at <= clock_timestamp())))
$$;

-- Claims messages of one channel, 'mail' or 'webhook', so that a slow webhook does not delay emails. Outdated messages are
-- deleted without being sent. Messages to a webhook that was switched off are given up. The statement is planned once.
-- Claims do not wait for the disk: if a crash loses one, the message is only tried again sooner.
CREATE FUNCTION outbox_claim(channel text, max_messages integer, lease_s integer)
RETURNS TABLE (id uuid, kind varchar, tenant_id uuid, attempts integer, payload json, refusals integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET jit = off
AS $$
#variable_conflict use_column
BEGIN
    IF NOT EXISTS (SELECT FROM outbox o WHERE o.status = 'pending' AND o.next_at <= clock_timestamp()) THEN
        RETURN;
    END IF;
    PERFORM set_config('synchronous_commit', 'off', true);
    IF channel = 'webhook' THEN
        UPDATE outbox o SET status = 'dead', reason = 'webhook_disabled', done_at = clock_timestamp()
        WHERE o.status = 'pending' AND o.next_at <= clock_timestamp()
            AND EXISTS (SELECT FROM webhooks w WHERE w.id = o.webhook_id AND NOT w.active);
    END IF;
    RETURN QUERY
    WITH due AS (
        SELECT o.id, outbox_is_outdated(o, b) AS outdated FROM outbox o JOIN bookings b ON b.id = o.booking_id
        WHERE o.status = 'pending' AND o.next_at <= clock_timestamp()
            AND (o.kind = 'webhook') = (channel = 'webhook') AND NOT outbox_must_wait(o)
        ORDER BY o.next_at LIMIT least(max_messages, 1000) FOR UPDATE OF o SKIP LOCKED
    ), outdated AS (
        DELETE FROM outbox o USING due WHERE o.id = due.id AND due.outdated
    ), claimed AS (
        UPDATE outbox o SET attempts = o.attempts + 1, next_at = clock_timestamp() + make_interval(secs => lease_s)
        FROM due WHERE o.id = due.id AND NOT due.outdated
        RETURNING o.id, o.kind, o.tenant_id, o.attempts, o.refusals, o.booking_id, o.webhook_id, o.created_at, o.history_id
    )
    SELECT c.id, c.kind, c.tenant_id, c.attempts, json_build_object(
        'booking', json_build_object('id', b.id, 'name', b.client_name, 'email', b.client_email,
            'phone', b.client_phone, 'service', b.service_type, 'message', b.message, 'duration', b.duration,
            'preferredAt', studio_iso_time(b.preferred_date), 'preferredEndAt', studio_iso_time(b.preferred_date_end),
            'timeZone', b.time_zone, 'status', b.status, 'createdAt', studio_iso_time(b.created_at),
            'startsAt', studio_iso_time(b.starts_at), 'endsAt', studio_iso_time(b.ends_at), 'placeKind', b.place_kind,
            'place', b.place, 'source', b.source, 'reasonCode', b.reason_code, 'answerBy', studio_iso_time(b.answer_by),
            'calendarSequence', b.calendar_sequence, 'depositState', b.deposit_state, 'depositMinor', b.deposit_minor,
            'depositDueAt', studio_iso_time(b.deposit_due_at), 'depositReference', b.deposit_reference,
            'clientToken', CASE WHEN c.kind LIKE 'client%' OR c.kind = 'visitor_email' THEN studio_client_token(b.id) END,
            'companionToken', CASE WHEN c.kind IN ('companion_email', 'companion_answer') THEN studio_companion_token(
                b.id, booking_standing(b.id), (extract(epoch FROM clock_timestamp()) + 72 * 3600)::bigint) END,
            'question', CASE WHEN c.kind LIKE 'client%' THEN (
                SELECT n.text FROM booking_notes n WHERE n.booking_id = b.id AND n.kind = 'question'
                ORDER BY n.created_at DESC LIMIT 1) END,
            'answer', CASE WHEN c.kind LIKE 'companion%' THEN (
                SELECT n.text FROM booking_notes n
                WHERE n.booking_id = b.id AND n.kind = 'answer' AND n.history_id = c.history_id
                ORDER BY n.created_at LIMIT 1) END,
            'words', CASE WHEN c.kind LIKE 'client%' THEN (
                SELECT n.text FROM booking_notes n
                WHERE n.booking_id = b.id AND n.kind = 'message' AND n.history_id = c.history_id
                ORDER BY n.created_at LIMIT 1) END,
            'lastAction', (SELECT h.action FROM booking_history h WHERE h.id = c.history_id),
            'agenda', CASE WHEN c.kind = 'companion_agenda' THEN booking_agenda(b.tenant_id, c.created_at) END),
        'tenant', json_build_object('id', t.id, 'name', t.name, 'subdomain', t.subdomain,
            'customDomain', t.custom_domain, 'contactEmail', t.content_config #> '{contact,email}',
            'timeZone', t.content_config #> '{location,timezone}', 'currency', t.content_config #> '{pricing,currency}',
            'emails', t.content_config -> 'bookingEmails', 'repliesToCompanion', s.rules -> 'repliesToCompanion',
            'howToPay', CASE WHEN c.kind LIKE 'client%' THEN s.rules #>> '{deposit,howToPay}' END,
            'services', t.content_config -> 'services'),
        'webhook', CASE WHEN w.id IS NOT NULL THEN json_build_object('id', w.id, 'url', w.url, 'secret', w.secret) END), c.refusals
    FROM claimed c
    JOIN bookings b ON b.id = c.booking_id AND (b.tenant_id = c.tenant_id) IS TRUE
    JOIN tenants t ON t.id = c.tenant_id
    LEFT JOIN booking_settings s ON s.tenant_id = c.tenant_id
    LEFT JOIN webhooks w ON w.id = c.webhook_id AND (w.tenant_id = c.tenant_id) IS TRUE
    ORDER BY c.created_at, c.id;
END
$$;
GRANT EXECUTE ON FUNCTION outbox_claim(text, integer, integer) TO studio_renderer;

-- The time zone of a companion's site.
CREATE FUNCTION studio_tenant_zone(tenant uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce((SELECT h.zone FROM tenant_settings_history h WHERE h.tenant_id = tenant ORDER BY h.since DESC LIMIT 1), studio_default_zone())
$$;

-- The date of a moment in a zone, or in another one where nobody knows that.
CREATE FUNCTION studio_day_in(moment timestamptz, zone text, otherwise text) RETURNS date
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN (moment AT TIME ZONE coalesce(zone, otherwise))::date;
EXCEPTION WHEN invalid_parameter_value THEN
    RETURN (moment AT TIME ZONE otherwise)::date;
END
$$;

-- The agreed bookings of the day on which that moment lies at home, each by the clock of where it takes place.
CREATE FUNCTION bookings_of_day(tenant uuid, moment timestamptz) RETURNS SETOF bookings
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT b.* FROM bookings b
    CROSS JOIN LATERAL (SELECT studio_tenant_zone(tenant) AS zone) z
    WHERE b.tenant_id = tenant AND b.status IN ('accepted', 'confirmed')
        AND b.starts_at BETWEEN moment - interval '3 days' AND moment + interval '3 days'
        AND studio_day_in(b.starts_at, b.time_zone, z.zone) = (moment AT TIME ZONE z.zone)::date
    ORDER BY b.starts_at
$$;

CREATE FUNCTION booking_agenda(tenant uuid, moment timestamptz) RETURNS json
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(json_agg(json_build_object('startsAt', studio_iso_time(b.starts_at), 'endsAt', studio_iso_time(b.ends_at),
                                               'timeZone', b.time_zone, 'service', b.service_type,
                                               'placeKind', b.place_kind, 'name', b.client_name)
                             ORDER BY b.starts_at), '[]')
    FROM bookings_of_day(tenant, moment) b
$$;

-- True while this attempt may send the message: it was neither erased with its booking nor claimed again after its lease,
-- and its webhook was not switched off.
CREATE FUNCTION outbox_is_held(message uuid, attempt integer) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM outbox o LEFT JOIN webhooks w ON w.id = o.webhook_id
                   WHERE o.id = message AND o.attempts = attempt AND (o.status = 'pending') IS TRUE
                       AND w.active IS NOT FALSE);
END
$$;
GRANT EXECUTE ON FUNCTION outbox_is_held(uuid, integer) TO studio_renderer;

CREATE FUNCTION outbox_counts(OUT pending bigint, OUT sent bigint, OUT dead bigint, OUT oldest_pending_s bigint,
                              OUT without_address bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT count(*) FILTER (WHERE status = 'pending'), count(*) FILTER (WHERE status = 'sent'),
        count(*) FILTER (WHERE status = 'dead'),
        coalesce(greatest(0, extract(epoch FROM clock_timestamp() - min(created_at) FILTER (WHERE status = 'pending'))), 0)::bigint,
        count(*) FILTER (WHERE status <> 'sent' AND reason = 'companion_without_email')
    FROM outbox
$$;
GRANT EXECUTE ON FUNCTION outbox_counts() TO studio_operator, studio_renderer;

-- The two functions below write their condition on the status so that the planner can use only the primary key: the index of
-- pending messages would be read from its start to its end for each of them.

CREATE FUNCTION outbox_failed(message uuid, code text, retry_in_s integer, for_good boolean, refused boolean DEFAULT false)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM set_config('synchronous_commit', 'off', true);
    UPDATE outbox SET reason = left(code, 100), refusals = refusals + refused::integer,
        next_at = clock_timestamp() + make_interval(secs => retry_in_s),
        status = CASE WHEN for_good THEN 'dead' ELSE 'pending' END,
        done_at = CASE WHEN for_good THEN clock_timestamp() END
    WHERE id = message AND (status = 'pending') IS TRUE;
END
$$;
GRANT EXECUTE ON FUNCTION outbox_failed(uuid, text, integer, boolean, boolean) TO studio_renderer;

CREATE FUNCTION outbox_sent(message uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE outbox SET status = 'sent', reason = '', done_at = clock_timestamp()
    WHERE id = message AND (status = 'pending') IS TRUE;
END
$$;
GRANT EXECUTE ON FUNCTION outbox_sent(uuid) TO studio_renderer;

-- Messages that could not be sent: given up, or tried and waiting for another try. Of one booking, or of all that the caller
-- may moderate. Only codes and ids; webhooks are for operators.
CREATE FUNCTION outbox_undelivered(wanted_booking uuid)
RETURNS TABLE (id uuid, booking_id uuid, tenant_id uuid, kind varchar, status varchar, attempts integer, reason varchar,
               created_at timestamptz, tried_again_at timestamptz, given_up_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT o.id, o.booking_id, o.tenant_id, o.kind, o.status, o.attempts, o.reason, o.created_at,
           CASE WHEN o.status = 'pending' THEN o.next_at END, o.done_at
    FROM outbox o CROSS JOIN studio_account() a
    WHERE (o.status = 'dead' OR (o.status = 'pending' AND o.reason <> ''))
        AND (wanted_booking IS NULL OR o.booking_id = wanted_booking)
        AND (a.role = 'operator' OR (o.kind <> 'webhook' AND (a.role = 'staff' OR a.tenant_id = o.tenant_id)))
    ORDER BY o.created_at DESC, o.id LIMIT 1000
$$;
GRANT EXECUTE ON FUNCTION outbox_undelivered(uuid) TO studio_operator, studio_staff, studio_companion;

-- Tries the message again, with all attempts if it was given up. False if it was sent, is claimed and may be on its way at
-- this moment, or is not the caller's to retry.
CREATE FUNCTION outbox_retry(message uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE outbox o SET status = 'pending', attempts = CASE WHEN o.status = 'dead' THEN 1 ELSE o.attempts END,
        refusals = 0, next_at = clock_timestamp(), done_at = NULL
    FROM studio_account() a
    WHERE o.id = message AND (o.status = 'dead' OR o.status = 'pending' AND o.next_at > clock_timestamp() + interval '15 minutes')
        AND (a.role = 'operator' OR (o.kind <> 'webhook' AND (a.role = 'staff' OR a.tenant_id = o.tenant_id)));
    RETURN FOUND;
END
$$;
GRANT EXECUTE ON FUNCTION outbox_retry(uuid) TO studio_operator, studio_staff, studio_companion;

-- True if there was such a webhook. No grant lets operators delete from the table: with it they could lock the whole table,
-- which every booking reads.
CREATE FUNCTION webhook_remove(hook uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM studio_require_operator();
    DELETE FROM webhooks w WHERE w.id = hook;
    RETURN FOUND;
END
$$;
GRANT EXECUTE ON FUNCTION webhook_remove(uuid) TO studio_operator;

GRANT SELECT (id, tenant_id, url, active, created_by, created_at), INSERT (tenant_id, url, secret), UPDATE (active)
    ON webhooks TO studio_operator;
CREATE POLICY webhooks_of_operators ON webhooks TO studio_operator
    USING ((SELECT role FROM studio_account()) = 'operator');

GRANT SELECT ON outbox TO studio_operator;
CREATE POLICY outbox_read ON outbox FOR SELECT TO studio_operator
    USING ((SELECT role FROM studio_account()) = 'operator');
