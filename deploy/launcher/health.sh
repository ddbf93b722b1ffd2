# shellcheck shell=bash
# Waits until the stack is healthy, and says why it is not.
# shellcheck disable=SC2154,SC2034  # here, project, stack ...: set in ../../holdfast and in the files beside this one

health() { # health SERVICE: healthy, starting, unhealthy, exited, restarting ... or missing
  local id
  id=$(container "$1")
  [ -n "$id" ] || { echo missing; return 0; }
  docker inspect -f '{{if and (eq .State.Status "running") .State.Health}}{{.State.Health.Status}}{{else}}{{.State.Status}}{{end}}' "$id" 2>/dev/null ||
    echo missing
}

refuses() { # refuses SERVICE: whether it runs and says itself that it is not ready
  local id
  id=$(container "$1")
  # What was answered before the container was last started says nothing any more.
  [ -n "$id" ] && docker inspect -f '{{println "since" .State.StartedAt}}{{range .State.Health.Log}}{{println (.Start.UTC.Format "2006-01-02T15:04:05") .Output}}{{end}}' "$id" 2>/dev/null |
    awk '$1 == "since" { since = substr($2, 1, 19); next } NF > 1 && $1 >= since { n = $2 == "503" ? n + 1 : 0 } END { exit n < 3 }'
}

restarts() { # restarts SERVICE
  local id
  id=$(container "$1")
  [ -z "$id" ] || docker inspect -f '{{.RestartCount}}' "$id" 2>/dev/null
}

failing='' # the service that await_healthy has given up on
await_healthy() { # await_healthy SECONDS SERVICE...: 1 where one is not healthy in time, or will not be
  local until=$((SECONDS + $1)) started=$SECONDS service now waiting crashed
  shift
  while :; do
    waiting='' failing=''
    for service in "$@"; do
      now=$(health "$service")
      [ "$now" != healthy ] || continue
      waiting="$waiting${waiting:+, }$service $now"
      [ -n "$failing" ] || failing=$service
      crashed=$(restarts "$service")
      if [ "$now" = unhealthy ] || [ "${crashed:-0}" -ge 3 ] || refuses "$service"; then
        end_progress
        failing=$service
        return 1
      fi
    done
    [ -n "$waiting" ] || { end_progress; return 0; }
    [ $SECONDS -lt $until ] || { end_progress; return 1; }
    progress "Waiting: $waiting" $((SECONDS - started))
    sleep 1
  done
}

storage_code() { # why the worker can't use its volume, as a code; nothing where that is not the reason
  local code
  code=$(get backup-worker /internal/v1/doctor | grep -o 'STORAGE_[A-Z_]*' | head -n 1) || true
  [ -n "$code" ] || code=$(logs backup-worker --tail 200 | grep -o 'STORAGE_[A-Z_]*' | tail -n 1) || true
  printf '%s' "$code"
}

logs() { # logs SERVICE OPTION...: what its container has written since it has started
  local id since
  id=$(container "$1")
  shift
  [ -n "$id" ] || return 0
  since=$(docker inspect -f '{{.State.StartedAt}}' "$id" 2>/dev/null) || return 0
  docker logs --since "$since" "$@" "$id" 2>&1
}

plain() { # log lines for people: of JSON only the time, the level and the message
  sed -E 's/^\{"@timestamp":"([^"]*)".*"level":"([A-Z]*)".*"message":"(([^"\\]|\\.)*)".*/\1 \2 \3/' | cut -c 1-300
}

explain_failure() { # says which service is not healthy, and why
  local code='' now
  now=$(health "$failing")
  [ "$failing" != backup-worker ] || code=$(storage_code)
  [ -n "$code" ] || ! refuses "$failing" || now="it runs, and says that it is not ready"
  printf 'holdfast: %s is not healthy: %s\n' "$failing" "${code:-$now}" >&2
  printf 'Its log ends with:\n' >&2
  logs "$failing" --tail 12 | plain | sed 's/^/  /' >&2
  [ -z "$code" ] || printf '%s\n' "The worker can't use its volume ($code)." \
    "  See why:    ./holdfast doctor --docker" >&2
  case $code in
    STORAGE_PERMISSION_DENIED) printf '%s\n' "  Repair it:  ./holdfast volume repair" >&2 ;;
  esac
}
