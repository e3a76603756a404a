-- The time zone of the client's own clock, as the form's script tells it; null where it is not known.

ALTER TABLE bookings ADD COLUMN client_time_zone varchar(64);
