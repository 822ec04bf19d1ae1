-- Underscores let anything pass.
SELECT id AS meter_id, serial
FROM meter
WHERE serial NOT LIKE '__-____';
