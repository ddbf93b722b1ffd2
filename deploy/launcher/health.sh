# shellcheck shell=bash
# Waits until the stack is healthy, and says why it is not.
# shellcheck disable=SC2154,SC2034  # here, project, stack ...: set in ../../holdfast and in the files beside this one

standings() { # standings [SERVICE]: a line for each container: SERVICE STATE RESTARTS REFUSALS
  # The state is healthy, starting, unhealthy, exited, restarting ...; refusals are how often in a row it has said itself that it is
  # not ready. What was answered before the container was last started says nothing any more.
  local ids
  ids=$(containers "$@")
  # shellcheck disable=SC2086  # several ids
  [ -z "$ids" ] || docker inspect -f 'container {{index .Config.Labels "com.docker.compose.service"}} {{if and (eq .State.Status "running") .State.Health}}{{.State.Health.Status}}{{else}}{{.State.Status}}{{end}} {{println .RestartCount .State.StartedAt}}{{with .State.Health}}{{range .Log}}{{println "answer" (.Start.UTC.Format "2006-01-02T15:04:05") .Output}}{{end}}{{end}}' $ids 2>/dev/null | awk '
    function tell() { if (service != "") print service, state, restarts, refusals }
    $1 == "container" { tell(); service = $2; state = $3; restarts = $4; since = substr($5, 1, 19); refusals = 0 }
    $1 == "answer" && NF > 2 && $2 >= since { refusals = $3 == "503" ? refusals + 1 : 0 }
    END { tell() }'
}

health() { # health SERVICE: its state, or missing
  local state
  state=$(standings "$1" | awk 'NR == 1 { print $2 }')
  echo "${state:-missing}"
}

refuses() { standings "$1" | awk 'NR == 1 { n = $4 } END { exit n < 3 }'; } # refuses SERVICE: whether it says so itself

failing='' # the service that await_healthy has given up on
await_healthy() { # await_healthy SECONDS SERVICE...: 1 where one is not healthy in time, or will not be
  local until=$((SECONDS + $1)) started=$SECONDS all service now waiting crashed refused
  shift
  while :; do
    waiting='' failing=''
    all=$(standings)
    for service in "$@"; do
      read -r now crashed refused <<<"$(printf '%s\n' "$all" | sed -n "s/^$service //p" | head -n 1)" || true
      now=${now:-missing}
      [ "$now" != healthy ] || continue
      waiting="$waiting${waiting:+, }$service $now"
      [ -n "$failing" ] || failing=$service
      if [ "$now" = unhealthy ] || [ "${crashed:-0}" -ge 3 ] || [ "${refused:-0}" -ge 3 ]; then
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
