-- Without the letters the name is another.
SELECT t.id, t.name
FROM tool AS t
WHERE replace(lower(t.name), 'saw', '') <> lower(t.name);
