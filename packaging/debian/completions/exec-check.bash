# Completion of exec-check's arguments, for bash.
_exec_check() {
  local word=$2 before=$3
  COMPREPLY=()
  case $before in
    --name) return ;;
    --as-user) mapfile -t COMPREPLY < <(compgen -W "$(getent passwd | cut -d: -f3)" -- "$word"); return ;;
  esac
  if [[ $word == -* ]]; then
    local options="-r --recursive --name --as-user --summary --json -0 --null --help --version --"
    mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word")
  else
    compopt -o default
  fi
}
complete -F _exec_check exec-check
