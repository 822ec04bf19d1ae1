-- Whether the caller is on the leaderboard: with more learners than places nobody can tell from the board itself.
CREATE FUNCTION api.on_leaderboard() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT COALESCE((SELECT p.leaderboard FROM private.preferences p WHERE p.user_id = (SELECT api.current_user_id())), false)
$$;
GRANT EXECUTE ON FUNCTION api.on_leaderboard() TO sqlgym_client;
