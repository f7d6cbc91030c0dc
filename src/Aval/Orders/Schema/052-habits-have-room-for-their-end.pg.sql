-- Each order ends the version of its customer's habit before it. Where the page has room for that, no index entry is written.
ALTER TABLE order_habit SET (fillfactor = 60);
