ALTER TABLE customer ADD COLUMN sales_owner TEXT;
CREATE INDEX customer_by_sales_owner ON customer (lower(sales_owner)) WHERE to_sequence IS NULL AND sales_owner IS NOT NULL;
