-- Blocks: of a client, by keyed hashes of address, number or internet address.

-- Adds one block, of a client with several numbers one for each. `kind` is 'email', 'phone' or 'address' (an internet address);
-- `value` is the email address or phone number itself, or a booking's id: then the client of that booking is blocked. A booking from a blocked email address or
-- number is stored as spam with the usual answer; one from a blocked internet address is pending with a flag, because other
-- people may share the address. Ends after `hours`: an internet address after 4 unless given, at most 24; the others after a
-- year. True where the block is new or lasts longer than it did.
CREATE FUNCTION block_client(tenant uuid, kind text, value text, why text, hours integer DEFAULT NULL) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    max_hours constant integer := CASE kind WHEN 'address' THEN 24 ELSE 10 * 365 * 24 END;
    lasting integer := coalesce(hours, CASE kind WHEN 'address' THEN 4 ELSE 365 * 24 END);
    hashes bytea[];
BEGIN
    IF NOT studio_may_moderate(tenant) THEN
        RAISE EXCEPTION 'Only staff and operators may do that, and a companion for her own site.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF kind IS NULL OR kind NOT IN ('email', 'phone', 'address') THEN
        RAISE EXCEPTION 'A block needs an email address, a phone number or an internet address.'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF lasting NOT BETWEEN 1 AND max_hours THEN
        RAISE EXCEPTION 'A block of this kind must last from 1 to % hours.', max_hours USING ERRCODE = 'invalid_parameter_value';
    END IF;
    hashes := block_hashes(kind, value);
    IF (SELECT count(*) FROM blocked_clients c WHERE c.tenant_id = tenant) >= 10000 THEN
        RAISE EXCEPTION 'A companion can have at most 10000 blocks. Remove old ones first.' USING ERRCODE = 'check_violation';
    END IF;
    INSERT INTO blocked_clients AS c (tenant_id, kind, value_hash, reason, expires_at)
    SELECT tenant, block_client.kind, each.hash, coalesce(why, ''), clock_timestamp() + make_interval(hours => lasting)
    FROM unnest(hashes) AS each (hash)
    ON CONFLICT (value_hash, coalesce(tenant_id, '00000000-0000-0000-0000-000000000000')) DO UPDATE
        SET created_at = clock_timestamp(), expires_at = excluded.expires_at, reason = excluded.reason,
            created_by = session_user
        WHERE c.expires_at < excluded.expires_at;
    RETURN FOUND;
END
$$;
GRANT EXECUTE ON FUNCTION block_client(uuid, text, text, text, integer) TO studio_operator, studio_staff, studio_companion;

-- Blocks the client of one booking, all kinds or none. Gives the ids of the blocks that did not exist before, by which the caller
-- can take them back; one that lasted already is only prolonged.
CREATE FUNCTION block_booking(booking uuid, kinds text[], why text, address_hours integer) RETURNS uuid[]
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    tenant uuid := (SELECT b.tenant_id FROM bookings b
                    WHERE b.id = booking AND b.erased_at IS NULL AND studio_may_moderate(b.tenant_id));
    kind text;
    hashes bytea[];
    known uuid[];
    added uuid[] := '{}';
BEGIN
    IF tenant IS NULL THEN
        RAISE EXCEPTION 'There is no such booking, or this login has no access to it.' USING ERRCODE = 'no_data_found';
    END IF;
    FOREACH kind IN ARRAY kinds LOOP
        hashes := block_hashes(kind, booking::text);
        known := ARRAY(SELECT c.id FROM blocked_clients c WHERE c.tenant_id = tenant AND c.value_hash = ANY (hashes)
                           AND c.expires_at > clock_timestamp());
        PERFORM block_client(tenant, kind, booking::text, why, CASE kind WHEN 'address' THEN address_hours END);
        added := added || ARRAY(SELECT c.id FROM blocked_clients c WHERE c.tenant_id = tenant AND c.value_hash = ANY (hashes)
                                    AND c.id <> ALL (known));
    END LOOP;
    RETURN added;
END
$$;
GRANT EXECUTE ON FUNCTION block_booking(uuid, text[], text, integer) TO studio_operator, studio_staff, studio_companion;

-- What is compared with later requests; of a booking's client the hash of each number.
CREATE FUNCTION block_hashes(kind text, value text) RETURNS bytea[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    hashes bytea[];
BEGIN
    IF value ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN
        SELECT CASE kind WHEN 'email' THEN ARRAY[studio_client_hash('email', b.client_email)]
                         WHEN 'phone' THEN studio_phone_hashes(b.client_phones, coalesce(b.client_phone_normal, b.client_phone))
                         ELSE ARRAY[b.client_key] END
        INTO hashes FROM bookings b WHERE b.id = value::uuid AND b.erased_at IS NULL AND studio_may_moderate(b.tenant_id);
        IF coalesce(cardinality(array_remove(hashes, NULL)), 0) = 0 THEN
            RAISE EXCEPTION 'There is no such booking, or its address or number was erased.'
                USING ERRCODE = 'no_data_found';
        END IF;
    ELSIF kind <> 'address' THEN
        hashes := ARRAY[studio_client_hash(kind, value)];
    END IF;
    IF coalesce(cardinality(array_remove(hashes, NULL)), 0) = 0 THEN
        RAISE EXCEPTION 'A block needs an email address, a phone number or a booking.'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    RETURN array_remove(hashes, NULL);
END
$$;

-- True where there was such a block; a companion's own site's only. No grant on the table lets people delete: it would let them lock the whole table, which
-- every booking reads.
CREATE FUNCTION block_remove(block uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    DELETE FROM blocked_clients c WHERE c.id = block AND studio_may_moderate(c.tenant_id);
    RETURN FOUND;
END
$$;
GRANT EXECUTE ON FUNCTION block_remove(uuid) TO studio_operator, studio_staff, studio_companion;

GRANT SELECT ON blocked_clients TO studio_operator, studio_staff;
GRANT SELECT (id, tenant_id, kind, reason, created_by, created_at, expires_at) ON blocked_clients TO studio_companion;
CREATE POLICY blocked_clients_read ON blocked_clients FOR SELECT TO studio_operator, studio_staff, studio_companion
    USING ((SELECT role FROM studio_account()) IN ('operator', 'staff')
           OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));
