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

for part in stack images health deploy volume doctor; do
  # shellcheck source=/dev/null
  . "$here/deploy/launcher/$part.sh"
done
unset part
