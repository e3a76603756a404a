-- Who is written to, how much can be answered, and when a client's card was opened.
ALTER TABLE bookings
    ADD COLUMN mail_wanted boolean NOT NULL DEFAULT false, -- the client is written to although entered by hand or blocked
    DROP CONSTRAINT bookings_screening_size,
    -- Twelve answers of 1000 characters, of four bytes each.
    ADD CONSTRAINT bookings_screening_size CHECK (octet_length(screening::text) <= 60000);
-- Of another transaction than the reader's, it is written down for good.
ALTER TABLE client_card_reads ADD COLUMN opened_in xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE INDEX booking_notes_by_time ON booking_notes (created_at);
