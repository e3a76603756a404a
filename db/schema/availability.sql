-- When a companion can be booked: settings, tours, blocked time, imported calendars and calendar feeds.

-- Raises for a value of the wrong type, because a wrong value of one companion would stop the jobs for all.
CREATE FUNCTION booking_check_number(document jsonb, path text[], lowest numeric, highest numeric) RETURNS void
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    value jsonb := document #> path;
BEGIN
    IF coalesce(jsonb_typeof(value), 'null') <> 'null' AND (CASE WHEN jsonb_typeof(value) = 'number'
            THEN value::numeric <> trunc(value::numeric) OR value::numeric NOT BETWEEN lowest AND highest ELSE true END) THEN
        RAISE EXCEPTION '%: must be a whole number from % to %.', array_to_string(path, '.'), lowest, highest
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
END
$$;

CREATE FUNCTION booking_check_settings(availability jsonb, rules jsonb) RETURNS void
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM booking_check_number(availability, '{bufferMinutes}', 0, 1440);
    PERFORM booking_check_number(availability, '{holdHours}', 0, 8760);
    PERFORM booking_check_number(rules, '{answerHours}', 1, 8760);
    PERFORM booking_check_number(rules, '{clientAnswerHours}', 1, 8760);
    PERFORM booking_check_number(rules, '{reminderHours}', 0, 8760);
    PERFORM booking_check_number(rules, '{depositReminderHours}', 0, 8760);
    PERFORM booking_check_number(rules, '{deposit,dueHours}', 1, 8760);
    PERFORM booking_check_number(rules, '{deposit,amountMinor}', 0, 100000000000);
    PERFORM booking_check_number(rules, '{deposit,percent}', 0, 100);
    IF coalesce(jsonb_typeof(rules #> '{deposit,howToPay}'), 'null') <> 'null' AND (jsonb_typeof(rules #> '{deposit,howToPay}') <> 'string'
        OR char_length(rules #>> '{deposit,howToPay}') > 2000) THEN -- 500 characters of at most four code points
        RAISE EXCEPTION 'deposit.howToPay: must be a text of at most 500 characters.' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF coalesce(jsonb_typeof(rules -> 'agendaAt'), 'null') <> 'null'
        AND (rules ->> 'agendaAt' ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$') IS NOT TRUE AND rules ->> 'agendaAt' <> '' THEN
        RAISE EXCEPTION 'agendaAt: must be a time of day, for example 08:30.' USING ERRCODE = 'invalid_parameter_value';
    END IF;
END
$$;

-- For everyone who may moderate the companion's bookings; models/booking checks the documents completely. False if another
-- person changed them after `seen_version` (0: there were none).
CREATE FUNCTION booking_settings_save(tenant uuid, seen_version integer, new_availability jsonb, new_rules jsonb) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT studio_may_moderate(tenant) THEN
        RAISE EXCEPTION 'There is no such companion.' USING ERRCODE = 'no_data_found';
    END IF;
    PERFORM booking_check_settings(new_availability, new_rules);
    IF seen_version = 0 THEN
        INSERT INTO booking_settings (tenant_id, availability, rules) VALUES (tenant, new_availability, coalesce(new_rules, '{}'))
        ON CONFLICT (tenant_id) DO NOTHING;
    ELSE
        UPDATE booking_settings s SET availability = new_availability, rules = coalesce(new_rules, '{}'), version = s.version + 1,
            changed_at = clock_timestamp(), changed_by = session_user
        WHERE s.tenant_id = tenant AND s.version = seen_version;
    END IF;
    RETURN FOUND;
END
$$;
GRANT EXECUTE ON FUNCTION booking_settings_save(uuid, integer, jsonb, jsonb) TO studio_operator, studio_staff, studio_companion;

CREATE FUNCTION time_block_add(tenant uuid, start_us bigint, end_us bigint, words text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    added uuid;
BEGIN
    IF NOT studio_may_moderate(tenant) THEN
        RAISE EXCEPTION 'There is no such companion.' USING ERRCODE = 'no_data_found';
    END IF;
    IF (SELECT count(*) FROM time_blocks t WHERE t.tenant_id = tenant AND t.import_id IS NULL) >= 5000 THEN
        RAISE EXCEPTION 'A companion can have at most 5000 blocked times. Remove old ones first.' USING ERRCODE = 'check_violation';
    END IF;
    INSERT INTO time_blocks (tenant_id, starts_at, ends_at, note)
    VALUES (tenant, studio_time(start_us), studio_time(end_us), coalesce(words, '')) RETURNING id INTO added;
    RETURN added;
END
$$;
GRANT EXECUTE ON FUNCTION time_block_add(uuid, bigint, bigint, text) TO studio_operator, studio_staff, studio_companion;

CREATE FUNCTION tour_add(tenant uuid, tour jsonb) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    added uuid;
BEGIN
    IF NOT studio_may_moderate(tenant) THEN
        RAISE EXCEPTION 'There is no such companion.' USING ERRCODE = 'no_data_found';
    END IF;
    IF (SELECT count(*) FROM tours t WHERE t.tenant_id = tenant) >= 200 THEN
        RAISE EXCEPTION 'A companion can have at most 200 tours. Remove old ones first.' USING ERRCODE = 'check_violation';
    END IF;
    PERFORM clock_timestamp() AT TIME ZONE (tour ->> 'timezone'); -- refuses an unknown time zone
    INSERT INTO tours (tenant_id, city, time_zone, first_day, last_day, visibility, visible_from, weekly, incall, outcall)
    VALUES (tenant, tour ->> 'city', tour ->> 'timezone', (tour ->> 'firstDay')::date, (tour ->> 'lastDay')::date,
            coalesce(tour ->> 'visibility', 'now'), (tour ->> 'visibleFrom')::date, nullif(tour -> 'weekly', 'null'),
            (tour ->> 'incall')::boolean, (tour ->> 'outcall')::boolean)
    RETURNING id INTO added;
    RETURN added;
END
$$;
GRANT EXECUTE ON FUNCTION tour_add(uuid, jsonb) TO studio_operator, studio_staff, studio_companion;

-- Sets what pages show of a tour: 'now' everything, 'later' everything from a day on, 'month' the month alone.
CREATE FUNCTION tour_set_shown(tenant uuid, tour uuid, shown text, from_day date) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE tours t SET visibility = shown, visible_from = from_day
    WHERE t.id = tour AND t.tenant_id = tenant AND studio_may_moderate(tenant);
    RETURN FOUND;
END
$$;
GRANT EXECUTE ON FUNCTION tour_set_shown(uuid, uuid, text, date) TO studio_operator, studio_staff, studio_companion;

-- Replaces all busy times of an imported calendar; if they are the same, nothing is written and nobody is notified.
CREATE FUNCTION calendar_import_replace(tenant uuid, import uuid, starts bigint[], ends bigint[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF cardinality(starts) > 5000 THEN
        RAISE EXCEPTION 'A calendar can hold at most 5000 busy times.' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS ((SELECT t.starts_at, t.ends_at FROM time_blocks t WHERE t.import_id = import
                EXCEPT ALL SELECT studio_time(b.at), studio_time(b.until) FROM unnest(starts, ends) AS b (at, until))
               UNION ALL
               (SELECT studio_time(b.at), studio_time(b.until) FROM unnest(starts, ends) AS b (at, until)
                EXCEPT ALL SELECT t.starts_at, t.ends_at FROM time_blocks t WHERE t.import_id = import)) THEN
        DELETE FROM time_blocks t WHERE t.import_id = import;
        INSERT INTO time_blocks (tenant_id, starts_at, ends_at, import_id)
        SELECT tenant, studio_time(b.at), studio_time(b.until), import FROM unnest(starts, ends) AS b (at, until);
    END IF;
END
$$;

CREATE FUNCTION calendar_import_require_room(tenant uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT studio_may_moderate(tenant) THEN
        RAISE EXCEPTION 'There is no such companion.' USING ERRCODE = 'no_data_found';
    END IF;
    IF (SELECT count(*) FROM calendar_imports i WHERE i.tenant_id = tenant) >= 20 THEN
        RAISE EXCEPTION 'A companion can have at most 20 imported calendars. Remove one first.' USING ERRCODE = 'check_violation';
    END IF;
END
$$;

-- The busy times of a file; `import` null creates a calendar of that name, else they replace those of an earlier file.
CREATE FUNCTION calendar_import_save(tenant uuid, import uuid, wanted_name text, starts bigint[], ends bigint[], new_report jsonb)
RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF import IS NULL THEN
        PERFORM calendar_import_require_room(tenant);
        INSERT INTO calendar_imports (tenant_id, name) VALUES (tenant, wanted_name) RETURNING id INTO import;
    END IF;
    UPDATE calendar_imports i SET read_at = clock_timestamp(), tried_at = clock_timestamp(), report = coalesce(new_report, '{}')
    WHERE i.id = import AND i.tenant_id = tenant AND i.url IS NULL AND studio_may_moderate(tenant);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'There is no such calendar from a file.' USING ERRCODE = 'no_data_found';
    END IF;
    PERFORM calendar_import_replace(tenant, import, starts, ends);
    RETURN import;
END
$$;
GRANT EXECUTE ON FUNCTION calendar_import_save(uuid, uuid, text, bigint[], bigint[], jsonb)
    TO studio_operator, studio_staff, studio_companion;

-- A calendar at an address: the service reads it at once and then regularly. `zone_names` tells what the time zones mean
-- that no table of zones knows.
CREATE FUNCTION calendar_import_follow(tenant uuid, wanted_name text, address text, zone_names jsonb) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    added uuid;
BEGIN
    PERFORM calendar_import_require_room(tenant);
    INSERT INTO calendar_imports (tenant_id, name, url, zones, next_read_at)
    VALUES (tenant, wanted_name, address, coalesce(zone_names, '{}'), clock_timestamp()) RETURNING id INTO added;
    RETURN added;
END
$$;
GRANT EXECUTE ON FUNCTION calendar_import_follow(uuid, text, text, jsonb) TO studio_operator, studio_staff, studio_companion;

-- The service reads it as soon as it can, once a minute at most. `zone_names` null keeps the stored ones.
CREATE FUNCTION calendar_import_refresh(tenant uuid, import uuid, zone_names jsonb) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE calendar_imports i SET zones = coalesce(zone_names, i.zones),
        next_read_at = least(i.next_read_at, greatest(clock_timestamp(), i.tried_at + interval '1 minute'))
    WHERE i.id = import AND i.tenant_id = tenant AND i.url IS NOT NULL AND studio_may_moderate(tenant);
    RETURN FOUND;
END
$$;
GRANT EXECUTE ON FUNCTION calendar_import_refresh(uuid, uuid, jsonb) TO studio_operator, studio_staff, studio_companion;

-- For the service: one calendar that is due. No other call gets it for `lease_s` seconds, also if the service crashes over
-- it.
CREATE FUNCTION calendar_import_claim(lease_s integer)
RETURNS TABLE (id uuid, tenant_id uuid, url varchar, zone text, zones jsonb, failures integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    UPDATE calendar_imports i SET next_read_at = clock_timestamp() + make_interval(secs => lease_s), tried_at = clock_timestamp()
    WHERE i.id = (SELECT c.id FROM calendar_imports c WHERE c.next_read_at <= clock_timestamp()
                  ORDER BY c.next_read_at LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING i.id, i.tenant_id, i.url, studio_tenant_zone(i.tenant_id), i.zones, i.failures;
END
$$;
GRANT EXECUTE ON FUNCTION calendar_import_claim(integer) TO studio_renderer;

-- Stores what was read from a claimed calendar. Does nothing if it was removed meanwhile.
CREATE FUNCTION calendar_import_read(import uuid, starts bigint[], ends bigint[], new_report jsonb, again_s integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    owner_id uuid;
BEGIN
    UPDATE calendar_imports i SET read_at = clock_timestamp(), problem = '', report = coalesce(new_report, '{}'), failures = 0,
        next_read_at = clock_timestamp() + make_interval(secs => again_s)
    WHERE i.id = import AND i.url IS NOT NULL RETURNING i.tenant_id INTO owner_id;
    IF FOUND THEN
        PERFORM calendar_import_replace(owner_id, import, starts, ends);
        PERFORM pg_notify('bookings_changed', '');
    END IF;
END
$$;
GRANT EXECUTE ON FUNCTION calendar_import_read(uuid, bigint[], bigint[], jsonb, integer) TO studio_renderer;

-- For a claimed calendar that could not be read: the stored busy times stay.
CREATE FUNCTION calendar_import_unread(import uuid, why text, again_s integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE calendar_imports i SET problem = left(why, 200), failures = i.failures + 1,
        next_read_at = clock_timestamp() + make_interval(secs => again_s)
    WHERE i.id = import AND i.url IS NOT NULL;
    PERFORM pg_notify('bookings_changed', '');
END
$$;
GRANT EXECUTE ON FUNCTION calendar_import_unread(uuid, text, integer) TO studio_renderer;

CREATE FUNCTION calendar_feed_add(tenant uuid, hash bytea, wanted_titles text) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    added uuid;
BEGIN
    IF NOT studio_may_moderate(tenant) THEN
        RAISE EXCEPTION 'There is no such companion.' USING ERRCODE = 'no_data_found';
    END IF;
    DELETE FROM calendar_feeds f WHERE f.tenant_id = tenant AND f.revoked_at < clock_timestamp() - interval '90 days';
    IF (SELECT count(*) FROM calendar_feeds f WHERE f.tenant_id = tenant AND f.revoked_at IS NULL) >= 20 THEN
        RAISE EXCEPTION 'A companion can have at most 20 calendar addresses. Revoke one first.' USING ERRCODE = 'check_violation';
    END IF;
    INSERT INTO calendar_feeds (tenant_id, token_hash, titles) VALUES (tenant, hash, wanted_titles) RETURNING id INTO added;
    RETURN added;
END
$$;
GRANT EXECUTE ON FUNCTION calendar_feed_add(uuid, bytea, text) TO studio_operator, studio_staff, studio_companion;

-- Removes a 'block' that a person entered, a 'tour' or an imported 'calendar' with its busy times, or ends a 'feed'. True if
-- the companion has such an entry and the caller may remove it.
CREATE FUNCTION availability_remove(tenant uuid, what text, wanted uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT studio_may_moderate(tenant) THEN
        RETURN false;
    END IF;
    CASE what
    WHEN 'block' THEN
        DELETE FROM time_blocks t WHERE t.id = wanted AND t.tenant_id = tenant AND t.import_id IS NULL;
    WHEN 'tour' THEN
        DELETE FROM tours t WHERE t.id = wanted AND t.tenant_id = tenant;
    WHEN 'calendar' THEN
        DELETE FROM calendar_imports i WHERE i.id = wanted AND i.tenant_id = tenant;
    WHEN 'feed' THEN
        UPDATE calendar_feeds f SET revoked_at = clock_timestamp()
        WHERE f.id = wanted AND f.tenant_id = tenant AND f.revoked_at IS NULL;
    END CASE;
    RETURN FOUND;
END
$$;
GRANT EXECUTE ON FUNCTION availability_remove(uuid, text, uuid) TO studio_operator, studio_staff, studio_companion;

-- The companion's tours that are not over, as models/booking/tour.h reads them.
CREATE FUNCTION studio_tours(tenant uuid, from_day date) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'city', t.city, 'timezone', t.time_zone,
               'firstDay', t.first_day, 'lastDay', t.last_day, 'visibility', t.visibility, 'visibleFrom', t.visible_from,
               'weekly', t.weekly, 'incall', t.incall, 'outcall', t.outcall) ORDER BY t.first_day), '[]')
    FROM tours t WHERE t.tenant_id = tenant AND t.last_day >= from_day
$$;

-- Everything that decides which times can be booked: {"availability", "rules", "tours", "busy": [[start_us, end_us], …]}. It
-- does not tell bookings from blocked time.
CREATE FUNCTION studio_calendar(tenant uuid, first_us bigint, last_us bigint) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT jsonb_build_object(
        'availability', s.availability, 'rules', coalesce(s.rules, '{}'),
        'tours', studio_tours(tenant, (studio_time(first_us) - interval '2 days')::date),
        'busy', (SELECT coalesce(jsonb_agg(jsonb_build_array((extract(epoch FROM x.starts_at) * 1000000)::bigint,
                                                             (extract(epoch FROM x.ends_at) * 1000000)::bigint)
                                           ORDER BY x.starts_at), '[]')
                 FROM (SELECT b.starts_at, b.ends_at + make_interval(mins => b.buffer_minutes) AS ends_at FROM bookings b
                       WHERE b.tenant_id = tenant AND b.holds AND (b.held_until IS NULL OR b.held_until > clock_timestamp())
                       UNION ALL
                       SELECT t.starts_at, t.ends_at FROM time_blocks t WHERE t.tenant_id = tenant) x
                 WHERE x.starts_at < studio_time(last_us) AND x.ends_at > studio_time(first_us)))
    FROM (SELECT) one LEFT JOIN booking_settings s ON s.tenant_id = tenant
$$;

-- For the public service: of active companions only.
CREATE FUNCTION public_calendar(tenant uuid, first_us bigint, last_us bigint) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT jsonb_set(c, '{busy}', (c -> 'busy') || booking_blocked_times(tenant))
    FROM studio_calendar(tenant, first_us, last_us) AS c WHERE studio_is_public(tenant)
$$;
GRANT EXECUTE ON FUNCTION public_calendar(uuid, bigint, bigint) TO studio_renderer;

CREATE FUNCTION booking_calendar(tenant uuid, first_us bigint, last_us bigint) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT studio_calendar(tenant, first_us, last_us) WHERE studio_may_moderate(tenant)
$$;
GRANT EXECUTE ON FUNCTION booking_calendar(uuid, bigint, bigint) TO studio_operator, studio_staff, studio_companion;

-- What a calendar program that knows the secret sees: {"titles", "busy"}; null for anybody else.
CREATE FUNCTION public_calendar_feed(tenant uuid, hash bytea) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT jsonb_build_object('titles', f.titles, 'busy', (
        SELECT coalesce(jsonb_agg(jsonb_build_object('id', x.id, 'start_us', (extract(epoch FROM x.starts_at) * 1000000)::bigint,
                   'end_us', (extract(epoch FROM x.ends_at) * 1000000)::bigint, 'booked', x.booked) ORDER BY x.starts_at), '[]')
        FROM (SELECT b.id, b.starts_at, b.ends_at, true AS booked FROM bookings b
              WHERE b.tenant_id = tenant AND b.status IN ('accepted', 'confirmed')
              UNION ALL
              SELECT t.id, t.starts_at, t.ends_at, false FROM time_blocks t WHERE t.tenant_id = tenant AND t.import_id IS NULL) x
        WHERE x.ends_at > clock_timestamp() - interval '31 days'))
    FROM calendar_feeds f WHERE f.tenant_id = tenant AND f.token_hash = hash AND f.revoked_at IS NULL
$$;
GRANT EXECUTE ON FUNCTION public_calendar_feed(uuid, bytea) TO studio_renderer;

-- Tells the public service, whose pages show availability and tours.
CREATE FUNCTION availability_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM tenant_changed(coalesce(NEW.tenant_id, OLD.tenant_id));
    PERFORM pg_notify('bookings_changed', '');
    RETURN NULL;
END
$$;
CREATE TRIGGER availability_changed AFTER INSERT OR UPDATE OF availability, rules OR DELETE ON booking_settings
    FOR EACH ROW EXECUTE FUNCTION availability_changed();
CREATE TRIGGER availability_changed AFTER INSERT OR UPDATE OR DELETE ON tours
    FOR EACH ROW EXECUTE FUNCTION availability_changed();

CREATE FUNCTION time_blocks_notify() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM pg_notify('bookings_changed', '');
    RETURN NULL;
END
$$;
CREATE TRIGGER time_blocks_notify AFTER INSERT OR DELETE ON time_blocks FOR EACH STATEMENT EXECUTE FUNCTION time_blocks_notify();

GRANT SELECT ON booking_settings, tours, time_blocks TO studio_operator, studio_staff, studio_companion;
GRANT SELECT (id, tenant_id, name, host, zones, read_at, tried_at, problem, report, created_by, created_at) ON calendar_imports
    TO studio_operator, studio_staff, studio_companion;
GRANT SELECT (id, tenant_id, titles, created_by, created_at, revoked_at) ON calendar_feeds
    TO studio_operator, studio_staff, studio_companion;
CREATE POLICY booking_settings_read ON booking_settings FOR SELECT TO studio_operator, studio_staff, studio_companion
    USING ((SELECT role FROM studio_account()) IN ('operator', 'staff')
           OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));
CREATE POLICY tours_read ON tours FOR SELECT TO studio_operator, studio_staff, studio_companion
    USING ((SELECT role FROM studio_account()) IN ('operator', 'staff')
           OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));
CREATE POLICY time_blocks_read ON time_blocks FOR SELECT TO studio_operator, studio_staff, studio_companion
    USING ((SELECT role FROM studio_account()) IN ('operator', 'staff')
           OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));
CREATE POLICY calendar_imports_read ON calendar_imports FOR SELECT TO studio_operator, studio_staff, studio_companion
    USING ((SELECT role FROM studio_account()) IN ('operator', 'staff')
           OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));
CREATE POLICY calendar_feeds_read ON calendar_feeds FOR SELECT TO studio_operator, studio_staff, studio_companion
    USING ((SELECT role FROM studio_account()) IN ('operator', 'staff')
           OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));

CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON booking_settings
    FOR EACH ROW EXECUTE FUNCTION audit_write('tenant_id', 'version');
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON tours
    FOR EACH ROW EXECUTE FUNCTION audit_write('id', 'city', 'first_day', 'last_day', 'visibility');
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON calendar_feeds
    FOR EACH ROW EXECUTE FUNCTION audit_write('id', 'titles', 'created_by', 'revoked_at');
CREATE TRIGGER audit AFTER INSERT OR DELETE ON calendar_imports FOR EACH ROW EXECUTE FUNCTION audit_write('id', 'host', 'created_by');
