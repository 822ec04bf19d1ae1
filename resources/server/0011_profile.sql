-- What two devices say about one learner is put together column by column: a device that changes the company does not bring
-- back the name that it had before the other one changed it.

-- An object of the columns that change: {"first_name": "Ada", "company_name": null}. What it does not name stays.
CREATE FUNCTION api.change_profile(changes jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' AS $$
DECLARE
    caller varchar := private.require_user();
    now_there jsonb;
BEGIN
    IF pg_catalog.jsonb_typeof(changes) IS DISTINCT FROM 'object' OR EXISTS (
        SELECT FROM pg_catalog.jsonb_each(changes) c
        WHERE c.key NOT IN ('first_name', 'last_name', 'company_name', 'linkedin_url', 'profile_image_url')
           OR pg_catalog.jsonb_typeof(c.value) NOT IN ('string', 'null')) THEN
        RAISE EXCEPTION 'these are no changes of a profile' USING ERRCODE = '22023';
    END IF;
    SELECT pg_catalog.to_jsonb(u) INTO now_there FROM (
        SELECT x.first_name, x.last_name, x.company_name, x.linkedin_url, x.profile_image_url FROM public.users x
        WHERE x.id = caller FOR UPDATE) u;
    now_there := now_there || changes;
    PERFORM api.edit_profile(now_there->>'first_name', now_there->>'last_name', now_there->>'company_name',
                             now_there->>'linkedin_url', now_there->>'profile_image_url');
END $$;

GRANT EXECUTE ON FUNCTION api.change_profile(jsonb) TO sqlgym_client;
