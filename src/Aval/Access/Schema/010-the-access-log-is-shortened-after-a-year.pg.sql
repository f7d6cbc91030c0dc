-- What a year has passed over may be taken out, as a rule of retention says; nothing younger, and nothing is ever changed. Ids begin with the millisecond.
DROP TRIGGER access_log_is_not_changed ON access_log;
CREATE TRIGGER access_log_is_not_changed BEFORE UPDATE OR TRUNCATE ON access_log FOR EACH STATEMENT EXECUTE FUNCTION access_log_only_grows();
CREATE TRIGGER access_log_is_not_shortened BEFORE DELETE ON access_log FOR EACH ROW
WHEN (OLD.id >= lpad(to_hex((extract(epoch FROM now())::bigint - 31536000) * 1000), 12, '0')) EXECUTE FUNCTION access_log_only_grows();
