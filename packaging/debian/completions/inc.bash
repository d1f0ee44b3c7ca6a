# Completion of inc's arguments, for bash.
_inc() {
  local word=$2 index
  COMPREPLY=()
  for ((index = 1; index < COMP_CWORD; index++)); do
    case ${COMP_WORDS[index]} in
      # Behind these, everything is the script's own.
      -c | -i | -- | [!-]*) compopt -o default; return ;;
    esac
  done
  if [[ $word == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "-c -i -n --check --ast --explain --status --help --version" -- "$word")
  else
    compopt -o default
  fi
}
complete -F _inc inc
