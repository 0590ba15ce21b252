-- What a database holds, one line a thing, in words that PostgreSQL 15 and 18 share: `tests/persistence/test_migrations.py`
-- compares it with `catalogue.txt`. The migrating login is left out: it differs from one place to the next.
with ours as (
    select c.oid, c.relname, c.relkind, c.relrowsecurity, c.relforcerowsecurity, c.relacl, c.relowner
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'S', 'f')
)
select line from (
    select format('relation %s kind=%s row_security=%s forced=%s', relname, relkind, relrowsecurity, relforcerowsecurity)
    as line from ours
    union all
    select format('column %s.%s %s%s%s%s', o.relname, a.attname, format_type(a.atttypid, a.atttypmod),
        case when l.collname <> 'default' then ' collate ' || l.collname else '' end,
        case when a.attnotnull then ' not null' else '' end,
        coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), ''))
    from ours o join pg_attribute a on a.attrelid = o.oid and a.attnum > 0 and not a.attisdropped
    left join pg_collation l on l.oid = a.attcollation
    left join pg_attrdef d on d.adrelid = o.oid and d.adnum = a.attnum
    union all
    select format('constraint %s on %s: %s%s', k.conname, o.relname, pg_get_constraintdef(k.oid),
        case when k.convalidated then '' else ' (not valid)' end)
    from ours o join pg_constraint k on k.conrelid = o.oid where k.contype in ('c', 'p', 'u', 'x', 'f')
    union all
    select 'index ' || replace(pg_get_indexdef(i.indexrelid), 'public.', '')
    from ours o join pg_index i on i.indrelid = o.oid
    union all
    select format('trigger enabled=%s %s', t.tgenabled, replace(pg_get_triggerdef(t.oid), 'public.', ''))
    from ours o join pg_trigger t on t.tgrelid = o.oid where not t.tgisinternal
    union all
    select format('policy %s on %s for %s to %s permissive=%s using (%s) check (%s)', p.polname, o.relname, p.polcmd,
        (select string_agg(case r when 0 then 'public' else r::regrole::text end, ',' order by r::regrole::text)
            from unnest(p.polroles) r),
        p.polpermissive, pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
    from ours o join pg_policy p on p.polrelid = o.oid
    union all
    select format('grant %s on %s to %s', x.privilege_type, o.relname,
        case x.grantee when 0 then 'public' else x.grantee::regrole::text end)
    from ours o, aclexplode(o.relacl) x where x.grantee <> o.relowner
    union all
    select format('grant %s (%s) on %s to %s', x.privilege_type, a.attname, o.relname,
        case x.grantee when 0 then 'public' else x.grantee::regrole::text end)
    from ours o join pg_attribute a on a.attrelid = o.oid, aclexplode(a.attacl) x where x.grantee <> o.relowner
    union all
    select format('function %s language=%s definer=%s settings=%s %s', p.oid::regprocedure, l.lanname, p.prosecdef,
        p.proconfig, case when l.lanname = 'internal' then '' else regexp_replace(p.prosrc, '\s+', ' ', 'g') end)
    from pg_proc p join pg_language l on l.oid = p.prolang where p.pronamespace = 'public'::regnamespace
    union all
    select format('range type %s of %s, several: %s', r.rngtypid::regtype, r.rngsubtype::regtype,
        r.rngmultitypid::regtype)
    from pg_range r join pg_type t on t.oid = r.rngtypid where t.typnamespace = 'public'::regnamespace
) found
order by line collate "C"
