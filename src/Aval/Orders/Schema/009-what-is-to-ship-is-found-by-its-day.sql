-- What was released and has not left, by the day on which it should; and the held orders of whoever entered them.
CREATE INDEX sales_order_to_ship ON sales_order (ship_date, number) WHERE to_sequence IS NULL AND status = 'released';
CREATE INDEX sales_order_held_of ON sales_order (entered_by, number) WHERE to_sequence IS NULL AND status = 'held';
