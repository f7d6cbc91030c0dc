-- A key that was made by a key that somebody made is in that one's hand.
ALTER TABLE api_key ADD COLUMN maker TEXT;
