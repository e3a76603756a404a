-- The end of what the client asked for, to which a refused proposal goes back. In preferred_date_end stands only what a client
-- named; the length may also be that of the service.
ALTER TABLE bookings ADD COLUMN asked_ends_at timestamptz;
