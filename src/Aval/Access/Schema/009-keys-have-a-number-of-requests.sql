-- How many requests a second a key may send to the API; null for as many as the server allows everybody.
ALTER TABLE api_key ADD COLUMN requests_per_second BIGINT;
