# shellcheck shell=bash
# The images: whether they are there and current, and how they are made.
# shellcheck disable=SC2154,SC2034  # here, project, stack ...: set in ../../holdfast and in the files beside this one

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
