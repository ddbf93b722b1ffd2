# shellcheck shell=bash
# Which installation this is, what runs of it, and what it needs before it runs for the first time.
# shellcheck disable=SC2154,SC2034  # here, project, stack ...: set in ../../holdfast and in the files beside this one

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

containers() { # containers [SERVICE]: the ids of the installation's containers
  docker ps -aq --filter "label=com.docker.compose.project=$project" --filter label=com.docker.compose.oneoff=False \
    ${1:+--filter "label=com.docker.compose.service=$1"} 2>/dev/null
}

container() { containers "$1" | head -n 1; } # container SERVICE: its id, or nothing

running_version() { # the tag that the worker's container was made from, or what was deployed last
  local id image=''
  id=$(container backup-worker)
  [ -z "$id" ] || image=$(docker inspect -f '{{.Config.Image}}' "$id" 2>/dev/null) || true
  case $image in holdfast-*:*) printf '%s\n' "${image##*:}" ;; *) image=$(remembered version); printf '%s\n' "${image:-latest}" ;; esac
}

get() { # get SERVICE PATH: an answer of the service, asked for inside its container
  compose exec -T "$1" holdfast-get "$2" 2>/dev/null
}

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
    HOLDFAST_NOTIFICATION_BROKER_PASSWORD HOLDFAST_INTERNAL_TOKEN HOLDFAST_API_LOCAL_TOKEN; do
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
