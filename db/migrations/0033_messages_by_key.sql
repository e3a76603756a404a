-- A message is of its booking and of her tenant by one key, whatever is moved or changed on either side; what 0031 checked by
-- a trigger saw only changes of the message. The key begins with the booking's id: 0027 says why.
DROP TRIGGER outbox_check ON outbox;
DROP FUNCTION outbox_check();
ALTER TABLE outbox DROP CONSTRAINT outbox_booking;
ALTER TABLE bookings DROP CONSTRAINT bookings_in_tenant, ADD CONSTRAINT bookings_in_tenant UNIQUE (id, tenant_id);
ALTER TABLE outbox ADD CONSTRAINT outbox_booking FOREIGN KEY (booking_id, tenant_id) REFERENCES bookings (id, tenant_id)
    ON DELETE CASCADE;
