CREATE INDEX incident_by_customer ON incident (customer, date) WHERE to_sequence IS NULL;
