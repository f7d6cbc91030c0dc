-- What a year has passed over may be taken out, as a rule of retention says; nothing younger, and nothing is ever changed. Ids begin with the millisecond.
DROP TRIGGER access_log_is_not_shortened;
CREATE TRIGGER access_log_is_not_shortened BEFORE DELETE ON access_log
WHEN OLD.id >= printf('%012x', (CAST(strftime('%s', 'now') AS INTEGER) - 31536000) * 1000)
BEGIN SELECT RAISE(ABORT, 'the access log only grows'); END;
