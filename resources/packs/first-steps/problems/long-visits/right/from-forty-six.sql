-- Minutes are whole numbers, so more than 45 is 46 or more.
SELECT id, minutes
FROM visit
WHERE minutes >= 46;
