#!/usr/bin/env python3
"""Writes engine/catalogue/generated/*.inc from a real PostgreSQL 15.

  generate.py [--dsn DSN] OUTPUT_FOLDER

Without --dsn a private cluster is made in a temporary folder (unix socket only) and removed again. The rows are
pg_catalog's own, as the newest minor release has them: what a minor release added (ADDED) is put in where an older
server lacks it. What is left out is what no query can name: functions over `internal`, and the row types of the system
tables.
"""
import argparse
import json
import os
import pwd
import shutil
import subprocess
import sys
import tempfile

PROGRAMS = "/usr/lib/postgresql/15/bin"
KEEP_TYPE = "t.typnamespace = 'pg_catalog'::regnamespace and (t.typtype <> 'c' ) and t.typrelid = 0 " \
            "and (t.typelem = 0 or not exists (select 1 from pg_type e where e.oid = t.typelem and e.typrelid <> 0))"
TYPES = f"""
select t.oid::int8 as oid, typname, typlen, typbyval, typtype, typcategory, typispreferred, typelem::int8 as typelem,
       typarray::int8 as typarray, typcollation::int8 as typcollation, i.prosrc as input, o.prosrc as output,
       (typsubscript::oid <> 0 and typsubscript::regproc::text = 'array_subscript_handler' and typlen = -1) as is_array
from pg_type t join pg_proc i on i.oid = typinput join pg_proc o on o.oid = typoutput
where {KEEP_TYPE} order by t.oid"""
FUNCTIONS = """
select p.oid::int8 as oid, proname, prosrc, l.lanname, prorettype::int8 as result,
       array(select a::int8 from unnest(proargtypes) with ordinality u(a, n) order by n) as args,
       array(select format_type(a, null) from unnest(proargtypes) with ordinality u(a, n) order by n) as arg_words,
       array(select t.typname from unnest(proargtypes) with ordinality u(a, n) join pg_type t on t.oid = a order by n) as arg_names,
       pronargdefaults as defaults, provariadic::int8 as variadic, prokind, provolatile, proisstrict, proretset, procost,
       proargnames, proargmodes, array(select a::int8 from unnest(proallargtypes) a) as allargs,
       case when pronargdefaults > 0 then array(select pg_get_function_arg_default(p.oid, n) from generate_series(
           pronargs - pronargdefaults + 1, pronargs) n) end as default_texts
from pg_proc p join pg_language l on l.oid = prolang
where pronamespace = 'pg_catalog'::regnamespace and prokind in ('f', 'a', 'w')
  and not 'internal'::regtype = any(proargtypes::oid[]) and prorettype <> 'internal'::regtype
order by p.oid"""
ADDED = [{"oid": 4551, "proname": "binary_upgrade_set_next_attribute_versions",
          "prosrc": "binary_upgrade_set_next_attribute_versions", "lanname": "c", "result": 2278, "args": [3221],
          "arg_names": ["_pg_lsn"], "defaults": 0, "variadic": 0, "prokind": "f", "provolatile": "v", "proisstrict": True,
          "proretset": False, "procost": 1, "proargnames": None, "proargmodes": None, "allargs": None, "default_texts": None}]
OPERATORS = """
select oid::int8 as oid, oprname, oprleft::int8 as l, oprright::int8 as r, oprresult::int8 as result,
       oprcode::oid::int8 as code, oprcom::int8 as com, oprnegate::int8 as neg, oprcanmerge, oprcanhash
from pg_operator where oprnamespace = 'pg_catalog'::regnamespace and oprcode <> 0 order by oid"""
CASTS = """
select castsource::int8 as s, casttarget::int8 as t, castfunc::int8 as f, castcontext, castmethod
from pg_cast order by castsource, casttarget"""
AGGREGATES = """
select a.aggfnoid::oid::int8 as f, aggkind, aggnumdirectargs as direct, aggsortop::int8 as sortop from pg_aggregate a
join pg_proc p on p.oid = a.aggfnoid where p.pronamespace = 'pg_catalog'::regnamespace order by 1"""
ORDERINGS = """
select t.oid::int8 as type, lt.oid::int8 as lt, eq.oid::int8 as eq, gt.oid::int8 as gt,
       exists (select 1 from pg_opclass h where h.opcmethod = (select oid from pg_am where amname = 'hash')
               and h.opcdefault and h.opcintype = oc.opcintype) as can_hash
from pg_type t
join lateral (select * from pg_opclass oc where oc.opcmethod = (select oid from pg_am where amname = 'btree')
              and oc.opcdefault and (oc.opcintype = t.oid)) oc on true
join pg_amop l on l.amopfamily = oc.opcfamily and l.amopstrategy = 1 and l.amoplefttype = oc.opcintype and l.amoprighttype = oc.opcintype
join pg_operator lt on lt.oid = l.amopopr
join pg_amop e on e.amopfamily = oc.opcfamily and e.amopstrategy = 3 and e.amoplefttype = oc.opcintype and e.amoprighttype = oc.opcintype
join pg_operator eq on eq.oid = e.amopopr
join pg_amop g on g.amopfamily = oc.opcfamily and g.amopstrategy = 5 and g.amoplefttype = oc.opcintype and g.amoprighttype = oc.opcintype
join pg_operator gt on gt.oid = g.amopopr
where t.typrelid = 0 order by t.oid"""


class Cluster:
    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix="sqlgym-catalogue-")
        self.user = []
        if os.geteuid() == 0:
            account = pwd.getpwnam("postgres")
            os.chown(self.folder, account.pw_uid, account.pw_gid)
            self.user = ["runuser", "-u", "postgres", "--"]
        data = self.folder + "/data"
        subprocess.run(self.user + [PROGRAMS + "/initdb", "-D", data, "-A", "trust", "-U", "postgres", "-N",
                                    "--encoding=UTF8", "--locale=C.UTF-8"], check=True, stdout=subprocess.DEVNULL)
        subprocess.run(self.user + [PROGRAMS + "/pg_ctl", "-D", data, "-w", "-l", self.folder + "/log", "-o",
                                    f"-c listen_addresses='' -k {self.folder}", "start"], check=True, stdout=subprocess.DEVNULL)
        return f"host={self.folder} user=postgres dbname=postgres"

    def __exit__(self, *_):
        subprocess.run(self.user + [PROGRAMS + "/pg_ctl", "-D", self.folder + "/data", "-m", "immediate", "stop"],
                       stdout=subprocess.DEVNULL)
        shutil.rmtree(self.folder)


def rows(dsn, sql):
    out = subprocess.run(["psql", dsn, "-XAtqc", f"select row_to_json(q) from ({sql}) q"], check=True, capture_output=True, text=True)
    return [json.loads(line) for line in out.stdout.splitlines()]


def quoted(text):
    return json.dumps(text, ensure_ascii=True)


def flag(value):
    return "true" if value else "false"


class Pool:
    """Many short lists in one array."""

    def __init__(self, name, element):
        self.name, self.element, self.items, self.seen = name, element, [], {}

    def span(self, items):
        if not items:
            return "{}"
        key = tuple(items)
        if key not in self.seen:
            self.seen[key] = len(self.items)
            self.items += items
        return "{%s + %d, %d}" % (self.name, self.seen[key], len(items))

    def text(self):
        return "constexpr %s %s[] = {%s};\n" % (self.element, self.name, ", ".join(self.items))


def symbol(f):
    if f["lanname"] in ("internal", "c"):
        return f["prosrc"]
    return "sql:%s(%s)" % (f["proname"], ",".join(f["arg_names"]))


def function_rows(functions):
    oids, words = Pool("kOidPool", "Oid"), Pool("kWordPool", "std::string_view")
    lines = []
    for f in functions:
        names, modes, everything = f["proargnames"] or [], f["proargmodes"] or [], f["allargs"] or []
        out_names = [quoted(n) for n, m in zip(names, modes) if m in ("o", "t", "b")]
        out_types = [str(a) for a, m in zip(everything, modes) if m in ("o", "t", "b")]
        in_names = [quoted(n) for i, n in enumerate(names) if not modes or modes[i] in ("i", "b", "v")] if names else []
        lines.append("    {%d, %s, %s, %d, %s, %d, %d, '%s', '%s', %s, %s, %sf, %s, %s, %s, %s}," % (
            f["oid"], quoted(f["proname"]), quoted(symbol(f)), f["result"], oids.span([str(a) for a in f["args"]]), f["defaults"],
            f["variadic"], f["prokind"], f["provolatile"], flag(f["proisstrict"]), flag(f["proretset"]),
            repr(float(f["procost"])), words.span(out_names), oids.span(out_types), words.span(in_names),
            words.span([quoted(t or "") for t in f["default_texts"] or []])))
    return oids.text() + words.text(), lines


def table(element, name, lines):
    return "constexpr %s %s[] = {\n%s\n};\n" % (element, name, "\n".join(lines))


def by_name(element, name, source, items):
    order = sorted(range(len(items)), key=lambda i: (items[i][0].encode(), items[i][1]))
    return "constexpr const %s *%s[] = {\n%s\n};\n" % (element, name, "\n".join("    &%s[%d]," % (source, i) for i in order))


def write(folder, name, text):
    with open(os.path.join(folder, name), "w", encoding="ascii") as out:
        out.write("// Generated by packaging/catalogue/generate.py from PostgreSQL 15; not edited by hand.\n" + text)


def with_added(functions):
    """The functions by oid, those of later minor releases among them."""
    there = {f["oid"] for f in functions}
    return sorted(functions + [f for f in ADDED if f["oid"] not in there], key=lambda f: f["oid"])


def generate(dsn, folder):
    version = rows(dsn, "select current_setting('server_version_num')::int / 10000 as major")[0]["major"]
    if version != 15:
        sys.exit("PostgreSQL 15 is needed, this is %d" % version)
    types, functions, operators = rows(dsn, TYPES), with_added(rows(dsn, FUNCTIONS)), rows(dsn, OPERATORS)
    write(folder, "types.inc", table("TypeRow", "kTypes", [
        "    {%d, %s, %d, %s, '%s', '%s', %s, %d, %d, %d, %s, %s, %s}," % (
            t["oid"], quoted(t["typname"]), t["typlen"], flag(t["typbyval"]), t["typtype"], t["typcategory"],
            flag(t["typispreferred"]), t["typelem"], t["typarray"], t["typcollation"], quoted(t["input"]), quoted(t["output"]),
            flag(t["is_array"])) for t in types]) + by_name("TypeRow", "kTypesByName", "kTypes", [(t["typname"], t["oid"]) for t in types]))
    pools, lines = function_rows(functions)
    write(folder, "functions.inc", pools + table("FunctionRow", "kFunctions", lines) +
          by_name("FunctionRow", "kFunctionsByName", "kFunctions", [(f["proname"], f["oid"]) for f in functions]))
    write(folder, "operators.inc", table("OperatorRow", "kOperators", [
        "    {%d, %s, %d, %d, %d, %d, %d, %d, %s, %s}," % (o["oid"], quoted(o["oprname"]), o["l"], o["r"], o["result"], o["code"],
                                                     o["com"], o["neg"], flag(o["oprcanmerge"]), flag(o["oprcanhash"]))
        for o in operators]) + by_name("OperatorRow", "kOperatorsByName", "kOperators", [(o["oprname"], o["oid"]) for o in operators]))
    write(folder, "casts.inc", table("CastRow", "kCasts", [
        "    {%d, %d, %d, CastContext{'%s'}, CastMethod{'%s'}}," % (c["s"], c["t"], c["f"], c["castcontext"], c["castmethod"])
        for c in rows(dsn, CASTS)]))
    named = {f["oid"]: f for f in functions}

    def key(f):
        return "%s(%s)" % (f["proname"], ",".join(f["arg_names"]) or "*")
    write(folder, "aggregates.inc", table("AggregateRow", "kAggregates", [
        "    {%d, '%s', %d, %d, %s}," % (a["f"], a["aggkind"], a["direct"], a["sortop"], quoted(key(named[a["f"]])))
        for a in rows(dsn, AGGREGATES) if a["f"] in named]))
    write(folder, "orderings.inc", table("OrderingRow", "kOrderings", [
        "    {%d, %d, %d, %d, %s}," % (o["type"], o["lt"], o["eq"], o["gt"], flag(o["can_hash"])) for o in rows(dsn, ORDERINGS)]))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--dsn")
    parser.add_argument("folder")
    arguments = parser.parse_args()
    if arguments.dsn:
        generate(arguments.dsn, arguments.folder)
    else:
        with Cluster() as dsn:
            generate(dsn, arguments.folder)


if __name__ == "__main__":
    main()
