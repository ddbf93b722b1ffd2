# shellcheck shell=bash
# ./holdfast deploy and ./holdfast rollback.
# shellcheck disable=SC2154,SC2034  # here, project, stack ...: set in ../../holdfast and in the files beside this one

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

bring_up() { # bring_up VERSION SECONDS: the stack at that version; 1 where it does not become healthy
  local version=$1 until=$((SECONDS + $2))
  if ! VERSION=$version run_logged "$here/target/compose-$project.log" "Starting the database and the broker" \
    compose up -d --no-build postgres rabbitmq; then
    tail -n 5 "$here/target/compose-$project.log" >&2
    die "the containers could not be started"
  fi
  await_healthy $((until - SECONDS)) postgres rabbitmq || return 1
  # Once more, for a database that was made with other passwords than .env has now.
  compose exec -T postgres psql -X -q -U postgres -d holdfast -f /docker-entrypoint-initdb.d/10-holdfast.sql >"$here/target/compose-$project.log" 2>&1 || {
    tail -n 5 "$here/target/compose-$project.log" >&2
    die "the roles of the database could not be set up"
  }
  # Likewise for a broker that runs with the users, rights and queues of an earlier version.
  compose exec -T rabbitmq bash /holdfast/start refresh >"$here/target/compose-$project.log" 2>&1 || {
    tail -n 5 "$here/target/compose-$project.log" >&2
    die "the users and queues of the broker could not be set up"
  }
  if ! VERSION=$version run_logged "$here/target/compose-$project.log" "Starting version $version" \
    compose up -d --no-build; then
    tail -n 5 "$here/target/compose-$project.log" >&2
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
  say "It answers on this machine alone (127.0.0.1)."
  say_first_run
  say "Next:  ./holdfast doctor --docker"
}

say_first_run() { # while there is no account, the service leaves the path of its link in its own /tmp
  local path
  path=$(compose exec -T api-service cat /tmp/first-run 2>/dev/null) || path=''
  [ -z "$path" ] || say "First: make the administrator, at $(api_address)$path"
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
