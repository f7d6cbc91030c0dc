-- What money was worth more on its day than the part of the invoice that it paid, in the payer's credit currency; below zero for a loss.
ALTER TABLE settlement ADD COLUMN exchange_difference BIGINT;
