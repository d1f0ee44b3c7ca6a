fib() {
  if [ $1 -lt 2 ]; then result=$1; return; fi
  set -- $1 "$2"
  fib $(($1 - 1))
  set -- $1 $result
  fib $(($1 - 2))
  result=$((result + $2))
}
fib 30
echo $result
