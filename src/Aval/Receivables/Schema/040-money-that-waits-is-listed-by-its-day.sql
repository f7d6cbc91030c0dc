-- The list of money that has found no invoice, and its sums, which need nothing else.
CREATE INDEX receipt_waiting ON receipt (date, number, currency, amount, allocated, withdrawn)
    WHERE to_sequence IS NULL AND live AND deposit_for IS NULL AND NOT on_account;
