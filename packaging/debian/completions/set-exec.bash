# Completion of set-exec's arguments, for bash.
_set_exec() {
  local word=$2 index
  COMPREPLY=()
  for ((index = 1; index < COMP_CWORD; index++)); do
    case ${COMP_WORDS[index]} in
      --) ;;
      -*) continue ;;
      *) compopt -o default; return ;;
    esac
  done
  if [[ $word == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "-f -i -fi --no-lock --show --help --version --" -- "$word")
  else
    mapfile -t COMPREPLY < <(compgen -c -- "$word")
  fi
}
complete -F _set_exec set-exec
