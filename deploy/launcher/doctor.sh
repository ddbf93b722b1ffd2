# shellcheck shell=bash
# ./holdfast doctor --docker.
# shellcheck disable=SC2154,SC2034  # here, project, stack ...: set in ../../holdfast and in the files beside this one

failed_checks=0
verdict() { # verdict PASS|FAIL NAME TITLE EVIDENCE [FIX...]
  local fix
  printf '%s  %s: %s\n' "$1" "$2" "$3"
  [ -z "$4" ] || printf '%s\n' "$4" | sed 's/^/        /'
  if [ "$1" = FAIL ]; then
    failed_checks=$((failed_checks + 1))
    shift 4
    for fix in "$@"; do printf '      fix  %s\n' "$fix"; done
  fi
}

in_worker() { compose exec -T backup-worker "$@" 2>&1; }

check_user() {
  local seen
  if seen=$(in_worker id) && case $seen in "uid=$app_user("*" gid=$app_user("*) : ;; *) false ;; esac; then
    verdict PASS container-user "the worker runs as appuser, UID $app_user" "$seen"
  else
    verdict FAIL container-user "the worker does not run, or not as UID $app_user" "${seen:-no answer}; state: $(health backup-worker)" \
      "./holdfast deploy $(running_version)    # remove any 'user:' for backup-worker from your Compose files" "docker compose logs backup-worker"
  fi
}

writable=''
check_directory() {
  local seen
  # shellcheck disable=SC2016  # for the shell in the container
  if seen=$(in_worker bash -c 'ls -la /app/backups; p=$(mktemp /app/backups/.probe-XXXXXX) && rm "$p"'); then
    writable=1
    verdict PASS directory-permissions "the worker can write to /app/backups" "$(printf '%s\n' "$seen" | head -n 12)"
  else
    verdict FAIL directory-permissions "the worker can't write to /app/backups" "$(printf '%s\n' "$seen" | head -n 12)" "$(
      case $seen in
        *"Permission denied"*) echo "./holdfast volume repair" ;;
        *) echo "./holdfast doctor --api $(api_address)    # has the remedies for this" ;;
      esac)"
  fi
}

check_volume() {
  local seen wrong
  # shellcheck disable=SC2016  # for the shell in the container
  seen=$(as_root "$mount_type" "$mount_source" '
    cd /volume
    find . -xdev \( ! -uid '$app_user' -o ! -gid '$app_user' \) -printf "x\n" | wc -l
    stat -c "%A %u:%g %n" . | sed "s/ \.$/ (the volume itself)/"
    find . -xdev -mindepth 1 \( ! -uid '$app_user' -o ! -gid '$app_user' \) -printf "%M %U:%G %P\n" | head -n 5' 2>&1) || seen="?
$seen"
  wrong=${seen%%$'\n'*}
  seen="$mount_type $mount_source
${seen#*$'\n'}"
  if [ "$wrong" = 0 ]; then
    verdict PASS volume-ownership "everything on the volume belongs to UID and GID $app_user" "$seen"
  else
    verdict FAIL volume-ownership "$wrong entries on the volume do not belong to UID and GID $app_user" "$seen" "./holdfast volume repair"
  fi
}

check_log() {
  local lines now
  lines=$(logs backup-worker | grep -e '"level":"ERROR"' -e 'STORAGE_' -e 'Permission denied' | tail -n 3 | plain) || true
  now=$(health backup-worker)
  if [ "$now" = healthy ] && { [ -n "$writable" ] || [ -z "$lines" ]; }; then
    verdict PASS worker-log "the worker is healthy${lines:+, and what its log tells of is over}" "${lines:-no errors since it has started}"
  else
    verdict FAIL worker-log "the worker's log tells of trouble; the container is $now" "${lines:-$(logs backup-worker --tail 5 | plain)}" \
      "./holdfast doctor --api $(api_address)    # has the remedies" "docker compose logs --tail 100 backup-worker"
  fi
}

first_of() { # first_of JSON NAME: the first text of that name, or nothing
  printf '%s' "$1" | { grep -o "\"$2\" *: *\"[^\"]*\"" || true; } | head -n 1 | sed 's/.*: *"\(.*\)"$/\1/'
}

url_encoded() { # url_encoded TEXT (RFC 3986, 2.1), byte by byte
  local LC_ALL=C text=$1 i c
  for ((i = 0; i < ${#text}; i++)); do
    c=${text:i:1}
    case $c in
      [A-Za-z0-9._~-]) printf '%s' "$c" ;;
      *) printf '%%%02X' $(($(printf '%d' "'$c") & 255)) ;;
    esac
  done
}

check_failed_backup() {
  local failed id source completed text
  if ! failed=$(get api-service '/api/v1/backups?status=failed&limit=1'); then
    verdict FAIL failed-backup-log "the catalogue can't be read" "${failed:-no answer}; state: $(health api-service)" "docker compose logs api-service"
    return
  fi
  id=$(first_of "$failed" id)
  if [ -z "$id" ]; then
    verdict PASS failed-backup-log "no backup has failed" ""
    return
  fi
  source=$(first_of "$failed" source)
  completed=$(first_of "$(get api-service "/api/v1/backups?status=completed&limit=1&source=$(url_encoded "$source")" || true)" id)
  text="backup $id of $source: $(first_of "$failed" code)
$(get api-service "/api/v1/backups/$id/log" | tail -n 6 | cut -c 1-300)"
  if [[ $completed > $id ]]; then # ids begin with the time
    verdict PASS failed-backup-log "the newest failed backup was followed by one that is complete" "$text"
  else
    verdict FAIL failed-backup-log "the newest backup of $source has failed" "$text" \
      "Do what its remedies say:  $(api_address)/backups/$id, and retry it there"
  fi
}

doctor_docker() {
  need_docker
  find_installation
  find_mount
  check_user
  check_directory
  check_volume
  check_log
  check_failed_backup
  [ $failed_checks = 0 ] || { printf '%s of 5 checks have failed.\n' $failed_checks; exit 1; }
  say "All 5 checks have passed."
}
