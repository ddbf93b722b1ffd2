# shellcheck shell=bash
# The launcher's commands for the Compose stack; sourced by ../holdfast, whose words (say, die, progress ...) it uses.
# Nothing but Docker with Compose is needed here: no JDK, no curl.
# shellcheck disable=SC2154  # here, jdk, maven, terminal: set in ../holdfast

readonly services="api-service backup-worker notification-service"
readonly stack="postgres rabbitmq backup-worker notification-service api-service"
readonly app_user=1001
env_file=${HOLDFAST_ENV_FILE:-$here/.env}
readonly jars=$here/target/images
readonly images_log=$here/target/images.log

# ---------------------------------------------------------------------------------------------------------------- words

usage_deploy() {
  cat <<'T'
Usage: ./holdfast deploy [VERSION] [--build] [--build-only] [--dev] [--timeout SECONDS]

Starts Holdfast as five containers with Docker Compose, or moves a running one to another version, and waits until every one is
healthy. The first time it writes .env with random passwords; what is in it is never changed.

  VERSION            tag of the images; built where they are not there. Without it: latest (with --dev: dev), built anew where the
                     sources have changed
  --build            build the images though they are there
  --build-only       build the images and start nothing
  --dev              for work on Holdfast: backups in ./dev_backups, readable logs, debuggers on 127.0.0.1:5005 to 5007
  --timeout SECONDS  how long to wait until all are healthy (default 300)
  -h, --help         this text

HOLDFAST_PORT in .env or the environment is the port of the API on 127.0.0.1 (default 8080), COMPOSE_PROJECT_NAME the name of the
installation (default holdfast), PG_MAJORS the versions of pg_dump in the worker's image (default 17). Images are built by Docker
alone; where this machine has a JDK and Maven, these make the jars, which is quicker. HOLDFAST_ENV_FILE names another file than .env,
for a second installation. To go back: ./holdfast rollback VERSION
T
}

usage_rollback() {
  cat <<'T'
Usage: ./holdfast rollback VERSION [--timeout SECONDS]

Goes back to a version whose images are still on this machine, waits until every container is healthy, and then looks whether the
catalogue of backups can be read and the volume can be written to, with the same backups on it. Nothing is deleted, and the
database stays as the newer version has left it: changes of its schema only add, so that the version before still runs on it.

  --timeout SECONDS  how long to wait until all are healthy (default 300)
  -h, --help         this text
T
}

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

# ---------------------------------------------------------------------------------------------------------------- docker

need_docker() {
  local error
  command -v docker >/dev/null || die "docker was not found on the PATH" \
    "Install Docker with its Compose plugin (https://docs.docker.com/engine/install), or use ./holdfast up, which needs neither."
  if ! error=$(docker version --format '{{.Server.Version}}' 2>&1); then
    case $error in
      *"permission denied"*) die "user $(id -un) may not use the Docker engine" "sudo usermod -aG docker $(id -un)    # then log in again" ;;
    esac
    die "the Docker engine does not answer" "Start it, for example: sudo systemctl start docker" "docker says: ${error##*$'\n'}"
  fi
  docker compose version >/dev/null 2>&1 || die "docker has no Compose plugin" \
    "Install it: https://docs.docker.com/compose/install (Debian and Ubuntu: apt-get install docker-compose-plugin or docker-compose-v2)"
}

dev=''
compose() { # compose ARGUMENT...: on this installation, wherever it is called from
  local files=(-f "$here/docker-compose.yml") environment=()
  [ -z "$dev" ] || files+=(-f "$here/docker-compose.dev.yml")
  # What plain docker compose would read as well.
  [ ! -e "$here/docker-compose.override.yml" ] || files+=(-f "$here/docker-compose.override.yml")
  [ -z "${COMPOSE_FILE:-}" ] || files=()
  [ ! -e "$env_file" ] || environment=(--env-file "$env_file")
  docker compose --ansi never --progress plain --project-directory "$here" ${environment[@]+"${environment[@]}"} ${files[@]+"${files[@]}"} "$@" </dev/null
}

project='' state=''
find_installation() { # sets project, state and dev: which installation this is, and how it was deployed
  [ -e "$env_file" ] || die "nothing is deployed here: there is no $env_file" "./holdfast deploy"
  project=$(compose config 2>/dev/null | sed -n 's/^name: //p')
  [ -n "$project" ] || die "docker-compose.yml or $env_file can't be read: $(compose config --quiet 2>&1 | tail -n 1)"
  state=$here/.deployed/$project
  [ "$(remembered mode)" != development ] || dev=1
}

remembered() { # remembered NAME: what the last deploy of this installation has written down
  [ ! -r "$state" ] || sed -n "s/^$1=//p" "$state" | tail -n 1
}

remember() { # remember VERSION
  local previous
  previous=$(remembered version)
  [ "$previous" != "$1" ] || previous=$(remembered previous)
  mkdir -p "${state%/*}"
  printf 'version=%s\nprevious=%s\nmode=%s\n' "$1" "$previous" "${dev:+development}" >"$state.new"
  mv "$state.new" "$state"
}

container() { compose ps -aq "$1" 2>/dev/null | head -n 1; } # container SERVICE: its id, or nothing

running_version() { # the tag that the worker's container was made from, or what was deployed last
  local id image=''
  id=$(container backup-worker)
  [ -z "$id" ] || image=$(docker inspect -f '{{.Config.Image}}' "$id" 2>/dev/null) || true
  case $image in holdfast-*:*) printf '%s\n' "${image##*:}" ;; *) image=$(remembered version); printf '%s\n' "${image:-latest}" ;; esac
}

get() { # get SERVICE PATH: an answer of the service, asked for inside its container
  compose exec -T "$1" holdfast-get "$2" 2>/dev/null
}

# ------------------------------------------------------------------------------------------------------------- first run

random_password() { LC_ALL=C tr -dc 'A-Za-z0-9' 2>/dev/null < <(head -c 4096 /dev/urandom) | head -c 32 || true; }

write_env() { # adds what is missing to .env; never changes what is there
  local name added=0
  if [ ! -e "$env_file" ]; then
    (umask 077 && printf '%s\n' "# Made by ./holdfast deploy; read by Docker Compose. Whoever has the passwords has the databases: keep it as private as it is." \
      >"$env_file") 2>/dev/null || die "the passwords can't be written to $env_file"
  fi
  chmod 600 "$env_file" # somebody may have written settings into it before there was a secret
  for name in POSTGRES_PASSWORD HOLDFAST_API_DATABASE_PASSWORD HOLDFAST_WORKER_DATABASE_PASSWORD \
    HOLDFAST_NOTIFICATION_DATABASE_PASSWORD HOLDFAST_API_BROKER_PASSWORD HOLDFAST_WORKER_BROKER_PASSWORD \
    HOLDFAST_NOTIFICATION_BROKER_PASSWORD HOLDFAST_INTERNAL_TOKEN; do
    if ! grep -q "^$name=." "$env_file"; then
      [ -z "$(tail -c 1 "$env_file")" ] || printf '\n' >>"$env_file"
      printf '%s=%s\n' "$name" "$(random_password)" >>"$env_file" || die "the passwords can't be written to $env_file"
      added=$((added + 1))
    fi
  done
  [ $added = 0 ] || say "Wrote $added random passwords to $env_file"
}

open_mounts() { # what the database and the broker read of this directory, they read as users of their own
  chmod -R a+rX "$here/deploy/postgres" "$here/deploy/rabbitmq" 2>/dev/null || true
}

prepare_bind() { # ./dev_backups, with the owner that it needs: Docker would make it for root
  local directory=$here/dev_backups
  mkdir -p "$directory" || die "the directory for backups can't be made: $directory"
  if [ "$(stat -c %u "$directory" 2>/dev/null || stat -f %u "$directory")" != $app_user ]; then
    if [ -n "$(ls -A "$directory")" ]; then
      say "$directory is not owned by UID $app_user, with something in it. If backups fail: ./holdfast volume repair"
    else
      as_root "bind" "$directory" "chown $app_user:$app_user /volume && chmod 0755 /volume"
    fi
  fi
}

# ---------------------------------------------------------------------------------------------------------------- images

image_is_there() { # image_is_there VERSION: of all three
  local service
  for service in $services; do
    docker image inspect "holdfast-$service:$1" >/dev/null 2>&1 || return 1
  done
}

versions() { # that could be rolled back to
  docker image ls --format '{{.Tag}}' holdfast-backup-worker 2>/dev/null | grep -v '<none>' | tr '\n' ' '
}

sources() { # a fingerprint of what the images are made from
  printf '%s-%s-%s' "$( (cd "$here" && find deploy .dockerignore -type f -print0 | LC_ALL=C sort -z | xargs -0 cksum | cksum) | tr ' ' '.')" \
    "$(fingerprint | tr ' ' '.')" "${dev:+development}$(printf '%s' "${PG_MAJORS:-}" | tr ' ' '.')"
}

is_current() { # is_current VERSION: whether its images are made from these sources
  local service now
  now=$(sources)
  for service in $services; do
    [ "$(docker image inspect -f '{{index .Config.Labels "dev.holdfast.sources"}}' "holdfast-$service:$1" 2>/dev/null)" = "$now" ] || return 1
  done
}

run_logged() { # run_logged LOG WORDS COMMAND...: a command with its output in a file, and a line that shows that it goes on
  local log=$1 words=$2 started=$SECONDS pid
  shift 2
  "$@" >"$log" 2>&1 </dev/null &
  pid=$!
  trap 'kill $pid 2>/dev/null; exit 130' INT TERM
  while kill -0 $pid 2>/dev/null; do
    progress "$words" $((SECONDS - started))
    sleep 0.5
  done
  end_progress
  trap - INT TERM
  wait $pid
}

package_jars() {
  cd "$here" && JAVA_HOME=$jdk "$maven" -B -T 1C -Dstyle.color=never -Dmaven.test.skip=true -Dspotless.check.skip=true \
    -Dmdep.analyze.skip=true -pl api-service,backup-worker,notification-service -am package
}

jars_outside() { # makes the jars with this machine's JDK and Maven; 1 where it has none, so that Docker has to
  local service found
  if [ "${HOLDFAST_BUILD:-}" != never ]; then
    (find_jdk && find_maven) >/dev/null 2>&1 || return 1
    find_jdk
    find_maven
    mkdir -p "$here/target"
    if ! run_logged "$build_log" "Building the jars" package_jars; then
      grep '^\[ERROR\]' "$build_log" | head -n 15 >&2 || tail -n 15 "$build_log" >&2
      die "the build failed; its whole output is in $build_log"
    fi
  fi
  rm -rf "$jars"
  mkdir -p "$jars"
  for service in $services; do
    found=$(find "$here/$service/target" -maxdepth 1 -name "$service-*-exec.jar" 2>/dev/null | head -n 1)
    [ -n "$found" ] || { rm -rf "$jars"; return 1; }
    cp "$found" "$jars/$service.jar"
  done
}

build_images() { # build_images VERSION
  local started=$SECONDS from=source service words="Building the images of version $1"
  if jars_outside; then
    from=prebuilt
  else
    words="$words from source, which takes some minutes the first time"
  fi
  mkdir -p "$here/target"
  if image_is_there "$1"; then # a tag that is built over keeps what it was, to go back to
    for service in $services; do docker tag "holdfast-$service:$1" "holdfast-$service:$1-previous"; done
  fi
  HOLDFAST_JARS=$from HOLDFAST_SOURCES=$(sources) HOLDFAST_REVISION=$(git -C "$here" rev-parse HEAD 2>/dev/null || echo unknown) VERSION=$1 \
    DOCKER_BUILDKIT=1 run_logged "$images_log" "$words" compose build || {
    grep -i 'error' "$images_log" | tail -n 10 >&2
    die "the images could not be built; the whole output is in $images_log"
  }
  say "Built the images of version $1 in $((SECONDS - started)) s."
}

# ------------------------------------------------------------------------------------------------------------------ waiting

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

# ------------------------------------------------------------------------------------------------------------------ deploy

bring_up() { # bring_up VERSION SECONDS: the stack at that version; 1 where it does not become healthy
  local version=$1 until=$((SECONDS + $2))
  if ! VERSION=$version run_logged "$here/target/compose.log" "Starting the database and the broker" \
    compose up -d --no-build postgres rabbitmq; then
    tail -n 5 "$here/target/compose.log" >&2
    die "the containers could not be started"
  fi
  await_healthy $((until - SECONDS)) postgres rabbitmq || return 1
  # Once more, for a database that was made with other passwords than .env has now.
  compose exec -T postgres psql -X -q -U postgres -d holdfast -f /docker-entrypoint-initdb.d/10-holdfast.sql >"$here/target/compose.log" 2>&1 || {
    tail -n 5 "$here/target/compose.log" >&2
    die "the roles of the database could not be set up"
  }
  if ! VERSION=$version run_logged "$here/target/compose.log" "Starting version $version" \
    compose up -d --no-build; then
    tail -n 5 "$here/target/compose.log" >&2
    die "the containers could not be started"
  fi
  # shellcheck disable=SC2086  # several services
  await_healthy $((until - SECONDS)) $stack
}

api_address() {
  local port
  port=$(compose port api-service 8080 2>/dev/null) || true
  printf 'http://%s' "${port:-127.0.0.1:8080}"
}

valid_version() {
  case $1 in
    '' | [!A-Za-z0-9_]* | *[!A-Za-z0-9_.-]*) misused "'$1' can't be a version: a tag has letters, digits, _ . and - only" ;;
  esac
}

version='' limit='' build_anyway='' build_only=''
parse_deploy() { # parse_deploy COMMAND ARGUMENT...
  local command=$1
  shift
  version='' limit=300
  while [ $# -gt 0 ]; do
    case $1 in
      -h | --help) "usage_$command"; exit 0 ;;
      --timeout) limit=${2:-}; shift $(($# > 1)) ;;
      --timeout=*) limit=${1#*=} ;;
      --build) [ "$command" = deploy ] || misused "unknown option for $command: $1"; build_anyway=1 ;;
      --build-only) [ "$command" = deploy ] || misused "unknown option for $command: $1"; build_anyway=1 build_only=1 ;;
      --dev) [ "$command" = deploy ] || misused "unknown option for $command: $1"; dev=1 ;;
      -*) misused "unknown option for $command: $1; see ./holdfast $command --help" ;;
      *) [ -z "$version" ] || misused "$command takes one version"; valid_version "$1"; version=$1 ;;
    esac
    shift
  done
  if ! is_number "$limit" || [ ${#limit} -gt 5 ] || [ "$limit" -lt 1 ]; then
    misused "--timeout needs a number of seconds, not '$limit'"
  fi
}

way_back() { # way_back VERSION: how to undo the move to it, where that is possible
  local previous
  previous=$(remembered version)
  [ "$previous" != "$1" ] || previous=$(remembered previous)
  if { [ -z "$previous" ] || [ "$previous" = "$1" ]; } && image_is_there "$1-previous"; then
    previous=$1-previous
  fi
  if [ -n "$previous" ] && [ "$previous" != "$1" ] && image_is_there "$previous"; then
    printf '%s\n' "To go back to the version before:  ./holdfast rollback $previous" >&2
  fi
}

deploy() {
  local wanted_dev moving='' started=$SECONDS
  parse_deploy deploy "$@"
  wanted_dev=$dev
  need_docker
  write_env
  open_mounts
  mkdir -p "$here/target"
  find_installation
  dev=$wanted_dev
  [ -n "$version" ] || moving=1
  version=${version:-$([ -z "$dev" ] && echo latest || echo dev)}
  if [ -n "$build_anyway" ] || ! image_is_there "$version" || { [ -n "$moving" ] && ! is_current "$version"; }; then
    build_images "$version"
  fi
  [ -z "$build_only" ] || return 0
  [ -z "$dev" ] || prepare_bind
  if ! bring_up "$version" "$limit"; then
    explain_failure
    way_back "$version"
    remember_attempt
    die "version $version did not become healthy within $((SECONDS - started)) s"
  fi
  remember "$version"
  say "Holdfast $version runs at $(api_address), all five containers healthy after $((SECONDS - started)) s"
  say "It answers programs on this machine alone (127.0.0.1), for it has no accounts yet."
  say "Next:  ./holdfast doctor --docker"
}

remember_attempt() { # a version that has never been healthy is nothing to go back to, but how it was deployed has to be known
  if [ -z "$(remembered version)" ]; then
    mkdir -p "${state%/*}"
    printf 'mode=%s\n' "${dev:+development}" >"$state"
  fi
}

rollback() {
  local before after started=$SECONDS
  parse_deploy rollback "$@"
  [ -n "$version" ] || misused "rollback to which version? see ./holdfast rollback --help"
  need_docker
  find_installation
  image_is_there "$version" || die "there are no images of version $version on this machine" "There are: $(versions)"
  mkdir -p "$here/target"
  before=$(volume_summary) || before=''
  if ! bring_up "$version" "$limit"; then
    explain_failure
    die "version $version did not become healthy within $((SECONDS - started)) s"
  fi
  get api-service '/api/v1/backups?limit=1' >/dev/null || die "version $version runs, but its catalogue of backups can't be read" \
    "docker compose logs api-service"
  # shellcheck disable=SC2016  # for the shell in the container
  compose exec -T backup-worker bash -c 'p=$(mktemp /app/backups/.probe-XXXXXX) && rm "$p"' >/dev/null 2>&1 ||
    die "version $version runs, but it can't write to the volume" "./holdfast doctor --docker"
  after=$(volume_summary) || after=''
  [ -z "$before" ] || [ "${before%% *}" -le "${after%% *}" ] ||
    die "there were ${before%% *} backups on the volume before, and there are ${after%% *} now"
  remember "$version"
  say "Holdfast $version runs again at $(api_address), all five containers healthy after $((SECONDS - started)) s"
  say "The catalogue can be read, the volume can be written to, ${after%% *} backups are on it."
}

# ------------------------------------------------------------------------------------------------------------------ volume

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
    output=$(as_root "$mount_type" "$mount_source" "$(repair_script look)" 2>"$here/target/repair.log") || output=''
    { read -r entries && read -r repaired && read -r before || true; } <<<"$output"
    if [ "${repaired:-1}" = 0 ]; then
      say "Nothing to repair: all $entries entries of the $on have the owner and the permissions that they need."
      say "Backups: $before."
      return 0
    fi
  fi
  trap resume_worker EXIT # whatever ends this: a worker that stays stopped takes no backups, and alerts nobody
  compose stop backup-worker >/dev/null 2>&1 || die "the worker could not be stopped"
  output=$(as_root "$mount_type" "$mount_source" "$(repair_script "$1")" 2>"$here/target/repair.log") || {
    tail -n 5 "$here/target/repair.log" >&2
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
  VERSION=$(running_version) compose up -d --no-build --no-deps backup-worker >"$here/target/compose.log" 2>&1 || {
    tail -n 5 "$here/target/compose.log" >&2
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
  if ! docker volume rm "$mount_source" >/dev/null 2>"$here/target/compose.log"; then
    users=$(docker ps -a --filter "volume=$mount_source" --format '{{.Names}}' | tr '\n' ' ')
    VERSION=$version compose up -d --no-build --no-deps backup-worker >/dev/null 2>&1 || true
    die "the volume could not be deleted: $(tail -n 1 "$here/target/compose.log")" "Containers that use it: ${users:-none}"
  fi
  VERSION=$version compose up -d --no-build --no-deps backup-worker >"$here/target/compose.log" 2>&1 || {
    tail -n 5 "$here/target/compose.log" >&2
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

# ------------------------------------------------------------------------------------------------------------------ doctor

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
      "Do what its remedies say:  curl $(api_address)/api/v1/backups/$id" \
      "then                       curl -X POST $(api_address)/api/v1/backups/$id/retry"
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
