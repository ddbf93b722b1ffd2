#!/usr/bin/env bash
# Backs a database up over REST and proves the copy: creates the source, tests it, requests a backup, follows it to its end, shows
# what was written, downloads every file of it and compares their SHA-256. Needs bash, curl 7.71 or newer, and Python 3 to read JSON.
#
#   export HOLDFAST_TOKEN=$(cat data/keys/local-token)   # or one of the page Tokens: administrator; operator where the source is there
#   PGHOST=db PGPORT=5432 PGDATABASE=shop PGUSER=backup PGPASSWORD=secret docs/examples/backup.sh shop [DIRECTORY]
#
# Exit code 0: completed, downloaded and compared. 1: not, and why is on standard error. 2: called wrongly.
set -euo pipefail

if [ $# -lt 1 ] || [ $# -gt 2 ] || [ -z "${HOLDFAST_TOKEN:-}" ] || [ -z "${PGHOST:-}" ] || [ -z "${PGDATABASE:-}" ] || [ -z "${PGUSER:-}" ]; then
  echo "usage: HOLDFAST_TOKEN=... PGHOST=... [PGPORT=...] PGDATABASE=... PGUSER=... [PGPASSWORD=...] $0 SOURCE [DIRECTORY]" >&2
  exit 2
fi
name=$1
directory=${2:-.}
api=${HOLDFAST_API:-http://127.0.0.1:8080}
# One key for one backup, however often it is asked for: who gives the key of a run that was broken off goes on with its backup.
key=${HOLDFAST_IDEMPOTENCY_KEY:-$(python3 -c 'import uuid; print(uuid.uuid4())')}

umask 077
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Secrets in files of this user, not in arguments, which every user of the machine can read.
printf 'header = "Authorization: Bearer %s"\n' "$HOLDFAST_TOKEN" >"$work/token"

json() { # json PYTHON: runs it with the last answer as `it`
  python3 -c "import json, sys; it = json.load(open(sys.argv[1], encoding='utf-8')); $1" "$work/answer"
}

# Every call may be repeated: a backup carries its key, and a second source of the same name would be refused.
call() { # call METHOD PATH [curl's arguments]: leaves the answer in $work/answer and its status in $status; 1 where it is refused
  local method=$1 path=$2
  shift 2
  rm -f "$work/answer"
  status=$(curl -K "$work/token" --silent --show-error --retry 5 --retry-connrefused --max-time 120 \
    -X "$method" "$api$path" -o "$work/answer" -w '%{http_code}' "$@")
  case $status in 2??) return 0 ;; *) return 1 ;; esac
}

post_json() { call POST "$1" -H 'Content-Type: application/json' --data-binary "@$work/body" "${@:2}"; }

refused() { # what the API says is wrong, as problem+json, and how to set it right; what failed on the way there, curl has said
  [ "$status" != 000 ] || exit 1
  json 'print(it.get("status"), it.get("code"), "-", it.get("title"))
for part in [it.get("detail")] + [(e.get("pointer") or e.get("parameter") or e.get("header") or "") + " " + e["message"] for e in it.get("errors") or []]:
    if part: print("  " + part)
if it.get("fix"): print("  fix: " + it["fix"])' >&2 2>/dev/null || echo "$api answered with status $status, and not as Holdfast does" >&2
  exit 1
}

failure='
def tell(failure):
    print(failure["code"], "-", failure["summary"])
    print("  cause: " + failure["cause"])
    if failure.get("detail"): print("  detail: " + failure["detail"])
    for remedy in failure["remedies"]:
        print("  fix: " + remedy["title"])
        for command in remedy["commands"]: print("    $ " + command)
'

# 1. The source, unless it is there from an earlier run. Its password is sealed at once and never comes back.
source='' cursor=''
while call GET "/api/v1/sources?limit=200${cursor:+&cursor=$cursor}" || refused; do
  source=$(SOURCE=$name json 'import os; print(*[s["id"] for s in it["items"] if s["name"] == os.environ["SOURCE"]])')
  cursor=$(json 'print(it.get("next") or "")')
  if [ -n "$source" ] || [ -z "$cursor" ]; then break; fi
done
if [ -n "$source" ]; then
  echo "source $name is there already, and used as it is: $source"
else
  SOURCE=$name python3 -c 'import json, os
e = os.environ
print(json.dumps({"name": e["SOURCE"], "host": e["PGHOST"], "port": int(e.get("PGPORT", "5432")), "database": e["PGDATABASE"],
                  "username": e["PGUSER"], "password": e.get("PGPASSWORD")}))' >"$work/body"
  post_json /api/v1/sources || refused
  source=$(json 'print(it["id"])')
  echo "created source $name: $source"
fi

# 2. Would a backup succeed now? The answer is 200 for bad news too.
call POST "/api/v1/sources/$source/test" || refused
json "print(*['%-8s%s' % (c['status'], c['name']) for c in it['checks']], sep='\n')"
if ! json 'sys.exit(0 if it["passed"] else 1)'; then
  json "$failure
for c in it['checks']:
    if c['status'] == 'failed': tell(c['failure'])" >&2
  exit 1
fi

# 3. The backup. 202: from now on it is remembered, and ends in exactly one outcome.
SOURCE=$source python3 -c 'import json, os; print(json.dumps({"source": os.environ["SOURCE"]}))' >"$work/body"
post_json /api/v1/backups -H "Idempotency-Key: $key" || refused
backup=$(json 'print(it["id"])')
echo "requested backup $backup with key $key"

# 4. To its end. To be told instead of asking: curl -N $api/api/v1/events, or a queue at the broker, as subscriber.py does.
state=''
while call GET "/api/v1/backups/$backup" || refused; do
  previous=$state
  state=$(json 'print(it["status"], it.get("phase") or "")')
  [ "$state" = "$previous" ] || echo "$state"
  case $state in completed* | failed* | cancelled*) break ;; esac
  sleep 1
done
case $state in
  failed*) json "${failure}tell(it['failure'])" >&2; exit 1 ;;
  cancelled*) echo "somebody has cancelled it" >&2; exit 1 ;;
esac

# 5. What there is.
json 'print(it["path"], *[a["sha256"] + "  " + a["file"] for a in it["artifacts"]], sep="\n")'

# 6. All of it, here. The download of an artifact that was changed on the volume breaks off; curl says so then.
copy=$directory/$backup
json 'import urllib.parse
for a in it["artifacts"]: print(a["sha256"], urllib.parse.quote(a["file"]), a["file"])' >"$work/artifacts"
while read -r told address file; do
  status=$(curl -K "$work/token" --silent --show-error --create-dirs "$api/api/v1/backups/$backup/artifacts/$address" \
    -o "$copy/$file.part" -w '%{http_code}')
  if [ "$status" != 200 ]; then
    mv "$copy/$file.part" "$work/answer"
    refused
  fi
  seen=$(python3 -c 'import hashlib, sys
digest = hashlib.sha256()
with open(sys.argv[1], "rb") as file:
    for block in iter(lambda: file.read(1 << 20), b""): digest.update(block)
print(digest.hexdigest())' "$copy/$file.part")
  if [ "$seen" != "$told" ]; then
    echo "$copy/$file.part has the SHA-256 $seen instead of $told" >&2
    exit 1
  fi
  mv "$copy/$file.part" "$copy/$file"
  echo "downloaded and compared: $copy/$file"
done <"$work/artifacts"
