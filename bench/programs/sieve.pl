my $n = 2000000;
my @composite;
for my $i (0 .. $n) { push @composite, 0; }
my ($count, $i) = (0, 2);
while ($i <= $n) {
  if (!$composite[$i]) {
    $count = $count + 1;
    my $j = $i * $i;
    while ($j <= $n) { $composite[$j] = 1; $j = $j + $i; }
  }
  $i = $i + 1;
}
print "$count\n";
