-- Interest or costs; null for what most invoices ask for: goods and services.
ALTER TABLE invoice ADD COLUMN charge TEXT;
