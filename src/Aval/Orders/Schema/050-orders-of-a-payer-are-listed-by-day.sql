-- What has happened with a payer is told from the last day back, its orders among the rest.
CREATE INDEX sales_order_by_payer_and_day ON sales_order (payer, order_date, number) WHERE to_sequence IS NULL;
