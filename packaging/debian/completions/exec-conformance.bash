# Completion of exec-conformance's arguments, for bash.
_exec_conformance() {
  local word=$2 previous=$3 words
  COMPREPLY=()
  case $previous in
    --adapter | --expect | --write-expect) compopt -o default; return ;;
    --always) words="restrict-file deny-interactive restrict-file,deny-interactive" ;;
    --twin) compopt -o default; return ;;
    --report) words="ktap junit json html badge" ;;
    --only | --reproduce) words=$(exec-conformance --list 2>/dev/null | cut -d ' ' -f 1) ;;
    --jobs | -j | --timeout | --as-user | --seed) return ;;
    *)
      if [[ $word == -* ]]; then
        words="--adapter --list --only --jobs --timeout --as-user --always --twin --no-trace --strict --strict-scope --expect --write-expect --report --seed --details --reproduce --help --version"
      else
        words="inc kernel-sample dash bash busybox python3 perl lua5.4 node ruby gawk zsh mksh fish php tclsh guile m4 make pwsh"
      fi
      ;;
  esac
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
}
complete -F _exec_conformance exec-conformance
