-- A message belongs to the tenant of its booking: what the key of both held before 0027, by the booking's own id.
CREATE FUNCTION outbox_check() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (SELECT tenant_id FROM bookings WHERE id = NEW.booking_id) <> NEW.tenant_id THEN
        RAISE EXCEPTION 'A message cannot be of another tenant than its booking.'
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'outbox_booking';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER outbox_check BEFORE INSERT OR UPDATE OF tenant_id, booking_id ON outbox
    FOR EACH ROW EXECUTE FUNCTION outbox_check();
