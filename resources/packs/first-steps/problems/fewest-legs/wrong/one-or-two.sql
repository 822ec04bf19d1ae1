-- Only one and two crossings are looked at.
SELECT p.code AS port,
       CASE WHEN p.code = 'HAV' THEN 0
            WHEN EXISTS (SELECT 1 FROM sailing AS a WHERE NOT a.cancelled AND a.from_port = 'HAV' AND a.to_port = p.code) THEN 1
            WHEN EXISTS (SELECT 1 FROM sailing AS a JOIN sailing AS b ON b.from_port = a.to_port
                         WHERE NOT a.cancelled AND NOT b.cancelled AND a.from_port = 'HAV' AND b.to_port = p.code) THEN 2
       END AS legs
FROM port AS p
ORDER BY p.code;
