-- The kinds are an array.
SELECT m.id, m.serial, m.kind
FROM meter AS m
WHERE m.kind = ANY ('{water,heat}')
  AND m.installed_on IS NOT NULL
  AND m.removed_on IS NULL;
