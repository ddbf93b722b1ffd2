# shellcheck shell=bash
# ./holdfast volume repair and ./holdfast volume reset.
# shellcheck disable=SC2154,SC2034  # here, project, stack ...: set in ../../holdfast and in the files beside this one

usage_volume() {
  cat <<'T'
Usage: ./holdfast volume repair [--check]
       ./holdfast volume reset [--yes]

repair  Gives everything on the volume of the backups back to the worker (UID and GID 1001, directories 0750, files 0640). Stops the
        worker meanwhile, and nothing else. Every backup stays; how many there are, and whether their files are unchanged, is counted
        before and after. Links are not followed. Safe to repeat.
        --check  read every file and compare it with the SHA-256 in its manifest; without it that is done up to 2 GB

reset   Deletes the volume WITH ALL BACKUPS ON IT and makes a new one. Lists what will be lost first, and asks for the volume's name.
        --yes    don't ask, for scripts

  -h, --help   this text
T
}

mount_type='' mount_source=''
find_mount() { # sets what the worker has under /app/backups: "volume NAME" or "bind PATH"
  local id mounted=''
  id=$(container backup-worker)
  [ -z "$id" ] || mounted=$(docker inspect -f '{{range .Mounts}}{{if eq .Destination "/app/backups"}}{{.Type}} {{if eq .Type "volume"}}{{.Name}}{{else}}{{.Source}}{{end}}{{end}}{{end}}' "$id" 2>/dev/null) || true
  if [ -z "$mounted" ]; then
    mounted="volume ${project}_backup_files"
    [ -z "$dev" ] || mounted="bind $here/dev_backups"
  fi
  mount_type=${mounted%% *}
  mount_source=${mounted#* }
}

on_volume() { # on_volume OPTION... TYPE SOURCE SCRIPT: in a container of its own without a network, the volume at /volume
  local options=() image
  while [ $# -gt 3 ]; do options+=("$1"); shift; done
  image=holdfast-backup-worker:$(running_version)
  docker image inspect "$image" >/dev/null 2>&1 || image=postgres:17
  # Not at /app/backups, and nocopy: Docker would give an empty volume the owner that the image has there, and hide what is wrong.
  local mount="type=$1,source=$2,target=/volume"
  [ "$1" != volume ] || mount="$mount,volume-nocopy"
  docker run --rm --network none --read-only --security-opt no-new-privileges --cap-drop ALL \
    ${options[@]+"${options[@]}"} --mount "$mount" --no-healthcheck --entrypoint /bin/bash "$image" -ec "$3" </dev/null
}

as_root() { # as_root TYPE SOURCE SCRIPT
  on_volume --user 0:0 --cap-add CHOWN --cap-add FOWNER --cap-add DAC_OVERRIDE "$1" "$2" "$3"
}

# shellcheck disable=SC2016  # for the shell in the container
readonly count_script='
cd /volume
n=$(find . -xdev -path ./.part -prune -o -name manifest.json -type f -print | wc -l)
printf "%s %s" "$n" "$(du -sk . | cut -f 1)"'

volume_summary() { # "BACKUPS KILOBYTES" on the volume
  find_mount
  as_root "$mount_type" "$mount_source" "$count_script" 2>/dev/null
}

# Prints a line each: entries, how many of them were wrong, backups before and after, whether the files are the same, how many were read
# and which of those differ from their manifest. To look prints the first two and the number of backups, and changes nothing. Find names what it looks at itself, so
# that a link is changed and never followed; -xdev stays on the volume.
repair_script() { # repair_script look|repair|check
  cat <<T
app=$app_user do=$1
T
  cat <<'T'
cd /volume
backups() { find . -xdev -path ./.part -prune -o -type f -name manifest.json -print | LC_ALL=C sort; }
state() { { find . -xdev -type f -printf '%p %s %T@\n' | LC_ALL=C sort; backups | tr '\n' '\0' | xargs -0r sha256sum; } | sha256sum; }
wrong() {
  find ./.part -maxdepth 0 -type d ! -perm 0700 -printf 'x\n' 2>/dev/null || true
  find . -xdev \( ! -uid $app -o ! -gid $app \) -printf 'x\n'
  find . -xdev -type d ! -path ./.part ! -path './.part/*' ! -perm 0750 -printf 'x\n'
  find . -xdev -type f ! -path './.part/*' ! -perm 0640 -printf 'x\n'
}
entries=$(find . -xdev -printf 'x\n' | wc -l) repaired=$(wrong | wc -l)
if [ $do = look ]; then
  printf '%s\n' "$entries" "$repaired" "$(backups | wc -l)"
  exit
fi
before=$(backups | wc -l) was=$(state)
find . -xdev \( ! -uid $app -o ! -gid $app \) -exec chown -h $app:$app {} +
find . -xdev -type d ! -path ./.part ! -path './.part/*' ! -perm 0750 -exec chmod 0750 {} +
find . -xdev -type f ! -path './.part/*' ! -perm 0640 -exec chmod 0640 {} +
[ ! -d .part ] || [ -L .part ] || chmod 0700 .part
after=$(backups | wc -l)
[ "$was" = "$(state)" ] && files=same || files=changed
checked=0 bad=''
if [ $do = check ] || [ "$(du -sk . | cut -f 1)" -le 2097152 ]; then
  while IFS= read -r manifest; do
    while IFS= read -r -d '' file; do
      [ "$file" != "$manifest" ] || continue
      sum=$(sha256sum <"$file")
      checked=$((checked + 1))
      grep -qF "${sum%% *}" "$manifest" || bad=$bad${bad:+, }$file
    done < <(find "${manifest%/*}" -xdev -type f -print0)
  done < <(backups)
fi
printf '%s\n' "$entries" "$repaired" "$before" "$after" "$files" "$checked" "$bad"
T
}

repair_volume() { # repair_volume repair|check
  local output entries='' repaired='' before='' after files checked bad started=$SECONDS on
  need_docker
  find_installation
  find_mount
  mkdir -p "$here/target"
  on="$mount_type $mount_source"
  [ "$mount_type" != volume ] || docker volume inspect "$mount_source" >/dev/null 2>&1 || die "there is no volume $mount_source; ./holdfast deploy makes it"
  if [ "$1" = repair ]; then # where nothing is wrong, no backup has to be interrupted
    output=$(as_root "$mount_type" "$mount_source" "$(repair_script look)" 2>"$here/target/repair-$project.log") || output=''
    { read -r entries && read -r repaired && read -r before || true; } <<<"$output"
    if [ "${repaired:-1}" = 0 ]; then
      say "Nothing to repair: all $entries entries of the $on have the owner and the permissions that they need."
      say "Backups: $before."
      return 0
    fi
  fi
  trap resume_worker EXIT # whatever ends this: a worker that stays stopped takes no backups, and alerts nobody
  compose stop backup-worker >/dev/null 2>&1 || die "the worker could not be stopped"
  output=$(as_root "$mount_type" "$mount_source" "$(repair_script "$1")" 2>"$here/target/repair-$project.log") || {
    tail -n 5 "$here/target/repair-$project.log" >&2
    die "the $on could not be repaired" "Is it mounted read-only, on NFS with root_squash, or has a file the attribute i (lsattr)?"
  }
  { read -r entries && read -r repaired && read -r before && read -r after && read -r files && read -r checked && IFS= read -r bad || true; } <<<"$output"
  say "Repaired the $on: owner $app_user:$app_user, directories 0750, files 0640 ($entries entries looked at)."
  say "Backups: $before before, $after after; sizes and manifests $([ "$files" = same ] && echo unchanged || echo CHANGED)$(
    [ "$checked" = 0 ] || printf ', %s files have the SHA-256 of their manifest' "$checked")."
  trap - EXIT
  resume_worker
  [ "$before/$files" = "$after/same" ] || die "something else has written to the $on meanwhile; see what with: docker ps --filter volume=$mount_source"
  [ -z "$bad" ] || die "these files are not what their manifest says: $bad"
  await_healthy 180 backup-worker || { explain_failure; die "the volume is repaired, but the worker is not healthy"; }
  say "The worker is healthy again after $((SECONDS - started)) s."
}

resume_worker() {
  VERSION=$(running_version) compose up -d --no-build --no-deps backup-worker >"$here/target/compose-$project.log" 2>&1 || {
    tail -n 5 "$here/target/compose-$project.log" >&2
    die "the worker could not be started again"
  }
}

list_losses() {
  # shellcheck disable=SC2016  # for the shell in the container
  as_root "$mount_type" "$mount_source" '
    cd /volume
    find . -xdev -type f -name manifest.json -printf "%h\n" | LC_ALL=C sort | while IFS= read -r d; do
      printf "  %6s  %s\n" "$(du -sh "$d" | cut -f 1)" "${d#./}"
    done
    find . -xdev -mindepth 1 -maxdepth 1 -type f ! -name .holdfast-volume -printf "  %s bytes  %f, which is no backup of this version\n"
    printf "%s\n" "$(find . -xdev -path ./.part -prune -o -type f -name manifest.json -print | wc -l) backups, $(du -sh . | cut -f 1) in all"'
}

reset_volume() { # reset_volume YES
  local answer='' version users started=$SECONDS
  if [ -z "$1" ] && { [ ! -t 0 ] || [ -z "$terminal" ]; }; then
    die "reset deletes every backup and asks first, which needs a terminal" "For a script: ./holdfast volume reset --yes"
  fi
  need_docker
  find_installation
  find_mount
  mkdir -p "$here/target"
  [ "$mount_type" = volume ] || die "the backups lie in the directory $mount_source, which is yours to delete" "Stop the worker first: docker compose stop backup-worker"
  docker volume inspect "$mount_source" >/dev/null 2>&1 || die "there is no volume $mount_source; ./holdfast deploy makes it"
  say "The volume $mount_source will be deleted. This will be lost:"
  list_losses || die "what is on the volume could not be listed; nothing was deleted"
  if [ -z "$1" ]; then
    printf 'Type the name of the volume to delete it: '
    IFS= read -r answer || true
    [ "$answer" = "$mount_source" ] || die "that is not its name; nothing was deleted"
  fi
  version=$(running_version)
  compose rm -sf backup-worker >/dev/null 2>&1 || die "the worker could not be stopped; nothing was deleted"
  if ! docker volume rm "$mount_source" >/dev/null 2>"$here/target/compose-$project.log"; then
    users=$(docker ps -a --filter "volume=$mount_source" --format '{{.Names}}' | tr '\n' ' ')
    VERSION=$version compose up -d --no-build --no-deps backup-worker >/dev/null 2>&1 || true
    die "the volume could not be deleted: $(tail -n 1 "$here/target/compose-$project.log")" "Containers that use it: ${users:-none}"
  fi
  VERSION=$version compose up -d --no-build --no-deps backup-worker >"$here/target/compose-$project.log" 2>&1 || {
    tail -n 5 "$here/target/compose-$project.log" >&2
    die "the worker could not be started again"
  }
  await_healthy 180 backup-worker || { explain_failure; die "the volume is new, but the worker is not healthy"; }
  say "The volume $mount_source is new and empty, and the worker healthy after $((SECONDS - started)) s."
  say "The catalogue still tells of the old backups; their files are gone."
}

volume() {
  local action='' argument how=repair yes=''
  for argument in "$@"; do
    case $argument in
      -h | --help) usage_volume; exit 0 ;;
      --check) how=check ;;
      --yes) yes=1 ;;
      -*) misused "unknown option for volume: $argument; see ./holdfast volume --help" ;;
      repair | reset) [ -z "$action" ] || misused "volume does one thing at a time; see ./holdfast volume --help"; action=$argument ;;
      *) misused "volume can repair and reset, not '$argument'; see ./holdfast volume --help" ;;
    esac
  done
  case $action in
    repair) [ -z "$yes" ] || misused "--yes is for reset: repair deletes nothing"; repair_volume $how ;;
    reset) [ $how = repair ] || misused "--check is for repair"; reset_volume "$yes" ;;
    *) misused "volume repair or volume reset? see ./holdfast volume --help" ;;
  esac
}
